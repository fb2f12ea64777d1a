// SPDX-License-Identifier: Apache-2.0
#include "index/page_source.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>

#include "base/safe_url.h"

namespace sconce::index {

using namespace Qt::StringLiterals;

namespace {

/// JSON first, as it says sizes and upload times; HTML where there is nothing else.
const QByteArray Accepted =
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01";

QString tr(const char *text)
{
    return QCoreApplication::translate("index", text);
}

/// The address of a project's page; whatever query the index has (a signature, perhaps) stays.
QUrl pageUrl(const metadata::IndexLocation &index, const names::PackageName &package)
{
    QUrl url = index.url;
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + u'/' + package.text() + u'/', QUrl::TolerantMode);
    return url;
}

/// Codes that mean "this index does not have it".
bool meansAbsent(const metadata::IndexLocation &index, int status)
{
    if (status == 404)
        return true;
    if (index.ignoreErrorCodes)
        return std::ranges::contains(*index.ignoreErrorCodes, status);
    return status == 403 && index.url.host() == "download.pytorch.org"_L1;
}

Error statusError(const metadata::IndexLocation &index, const QUrl &url, int status)
{
    Error error(
        ErrorKind::Broken, tr("The index “%1” answered with status %2").arg(indexText(index)).arg(status));
    if (status == 407)
        error = std::move(error).hint(
            tr("Put a name and a password in the address of the proxy: http://name:password@host:port"));
    else if (status == 429)
        error = std::move(error).hint(tr("It was asked too often: wait, then try again"));
    else if (status >= 500)
        error = std::move(error).hint(tr("The trouble is on its side: try again later"));
    return std::move(error).detail(safeText(url));
}

Listing readFolder(const QUrl &url)
{
    const QDir folder(url.toLocalFile());
    Listing listing{.base = QUrl::fromLocalFile(folder.absolutePath() + u'/'), .files = {}};
    for (const QFileInfo &entry : folder.entryInfoList(QDir::Files | QDir::Hidden, QDir::Name)) {
        ListedFile file;
        file.fileName = entry.fileName();
        file.url = QUrl::fromLocalFile(entry.absoluteFilePath()).toString(QUrl::FullyEncoded);
        file.size = entry.size();
        listing.files.push_back(std::move(file));
    }
    return listing;
}

} // namespace

QString indexText(const metadata::IndexLocation &index)
{
    return index.name.isEmpty() ? safeText(index.url) : index.name;
}

PageSource::PageSource(net::Fetcher &fetcher, const QString &cacheFolder, Refresh refresh)
    : m_fetcher(fetcher)
    , m_store(cacheFolder.isEmpty() ? QString() : cacheFolder + "/pages-3"_L1)
    , m_refresh(std::move(refresh))
{}

Result<metadata::PageAnswer> PageSource::page(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context)
{
    return index.isFlat ? flatPage(index, package, context) : projectPage(index, package, context);
}

Result<metadata::PageAnswer> PageSource::projectPage(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context)
{
    using Kind = metadata::PageAnswer::Kind;
    const QUrl url = pageUrl(index, package);
    const QByteArray key = url.toEncoded(QUrl::RemoveUserInfo);
    const std::optional<files::EntryStore::Entry> known = m_store.read(key);
    net::Request request{.url = url, .headers = {{"accept", Accepted}}};
    request.knownDigest = known ? known->head : QByteArray();
    if (m_refresh.covers(package))
        request.cache = net::Request::Cache::Revalidate;
    const Answer answer = SCONCE_TRY(ask(index, request, context));
    const int status = answer.reply.status;
    if (answer.reply.isKnown)
        return metadata::PageAnswer{Kind::Found, status, unpackPage(known->body, package)};
    if (answer.listing) {
        SharedPage page = pageOf(*answer.listing, package);
        if (!answer.reply.digest.isEmpty())
            m_store.write(key, answer.reply.digest, packPage(*page, answer.listing->base));
        return metadata::PageAnswer{Kind::Found, status, std::move(page)};
    }
    if (meansAbsent(index, status))
        return metadata::PageAnswer{Kind::Absent, status, nullptr};
    if (status == 401 || status == 403)
        return metadata::PageAnswer{Kind::Refused, status, nullptr};
    return std::unexpected(statusError(index, url, status));
}

Result<metadata::PageAnswer> PageSource::flatPage(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context)
{
    using Kind = metadata::PageAnswer::Kind;
    const auto all = m_flat.get(
        index.url.toString(QUrl::FullyEncoded), [&] { return flatListing(index, context); }, context);
    if (!*all)
        return std::unexpected(all->error());
    SharedPage page = pageOf(***all, package, metadata::IndexPage::Order::ByTags);
    if (page->releases().empty())
        return metadata::PageAnswer{Kind::Absent, 404, nullptr};
    return metadata::PageAnswer{Kind::Found, 200, std::move(page)};
}

Result<std::shared_ptr<const Listing>> PageSource::flatListing(
    const metadata::IndexLocation &index, const JobContext &context)
{
    if (index.url.isLocalFile() && QFileInfo(index.url.toLocalFile()).isDir())
        return std::make_shared<const Listing>(readFolder(index.url));
    net::Request request{.url = index.url, .headers = {{"accept", Accepted}}};
    if (m_refresh.isAny()) // whoever they are, their files may be in it
        request.cache = net::Request::Cache::Revalidate;
    Answer answer = SCONCE_TRY(ask(index, std::move(request), context));
    if (!answer.listing)
        return std::unexpected(statusError(index, index.url, answer.reply.status));
    // resolver.md § 3.3: no upload times, and requires-python only from the metadata.
    for (ListedFile &file : answer.listing->files) {
        file.uploadTime = -1;
        file.requiresPython.clear();
    }
    return std::make_shared<const Listing>(*std::move(answer.listing));
}

Result<PageSource::Answer> PageSource::ask(
    const metadata::IndexLocation &index, net::Request request, const JobContext &context)
{
    for (;;) {
        net::Reply reply = SCONCE_TRY(m_fetcher.fetch(request, context));
        if (reply.status != 200 || reply.isKnown)
            return Answer{std::move(reply), {}};
        Result<Listing> listing = readListing(reply.body, reply.headers.value("content-type"), reply.url);
        if (listing)
            return Answer{std::move(reply), *std::move(listing)};
        if (request.cache == net::Request::Cache::Bypass)
            return std::unexpected(
                std::move(listing.error()).during(tr("Reading the index “%1”").arg(indexText(index))));
        request.cache = net::Request::Cache::Bypass;
        request.knownDigest.clear();
    }
}

} // namespace sconce::index
