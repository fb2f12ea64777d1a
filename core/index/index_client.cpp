// SPDX-License-Identifier: Apache-2.0
#include "index/index_client.h"

#include <set>

#include <QCoreApplication>
#include <QDir>

#include "base/safe_url.h"
#include "index/listing.h"
#include "index/wheel_metadata.h"
#include "work/background.h"
#include "work/once_map.h"

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

QString indexText(const metadata::IndexLocation &index)
{
    return index.name.isEmpty() ? safeText(index.url) : index.name;
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

/// resolver.md § 3.2: codes that mean "this index does not have it".
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

} // namespace

struct IndexClient::State {
    State(net::Fetcher &fetcherToUse, Settings settingsToUse)
        : fetcher(fetcherToUse)
        , settings(std::move(settingsToUse))
        , wheels(fetcher, settings.cacheFolder.isEmpty() ? QDir::tempPath() : settings.cacheFolder)
        , background(settings.atOnce)
    {}
    ~State() { stop.request_stop(); }

    JobContext own() const { return {stop.get_token(), progress}; }
    Result<metadata::PageAnswer> readPage(
        const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context);
    Result<metadata::PageAnswer> readFlat(
        const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context);
    Result<Listing> readFolder(const QUrl &url);
    /// The reply with its page; the page is empty where the status is no success.
    Result<std::pair<net::Reply, Listing>> readListingAt(
        const metadata::IndexLocation &index, const QUrl &url, const JobContext &context);
    Result<std::shared_ptr<const metadata::CoreMetadata>> readMetadata(
        const metadata::IndexFile &file, const JobContext &context);

    net::Fetcher &fetcher;
    const Settings settings;
    std::stop_source stop;
    std::shared_ptr<Progress> progress = std::make_shared<Progress>();
    WheelMetadata wheels;
    OnceMap<QString, metadata::PageAnswer> pages;
    OnceMap<QString, std::shared_ptr<const Listing>> flats;
    OnceMap<QString, std::shared_ptr<const metadata::CoreMetadata>> metadatas;
    OnceMap<QString, std::optional<qint64>> sizes;
    std::mutex lock;
    std::set<QString> learnt;
    std::set<QString> expected;
    Background background; // last: its tasks use all of the above
};

IndexClient::IndexClient(net::Fetcher &fetcher, Settings settings)
    : m_state(std::make_unique<State>(fetcher, std::move(settings)))
{}

IndexClient::~IndexClient() = default;

namespace {

QString pageKey(const metadata::IndexLocation &index, const names::PackageName &package)
{
    // Who ignores other codes may get another answer.
    QString key = index.url.toString(QUrl::FullyEncoded) + u' ' + package.text();
    for (const int code : index.ignoreErrorCodes.value_or(std::vector<int>{}))
        key += u' ' + QString::number(code);
    return key;
}

QString fileKey(const metadata::IndexFile &file)
{
    return file.url.toString(QUrl::FullyEncoded);
}

} // namespace

Result<metadata::PageAnswer> IndexClient::page(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context)
{
    {
        const std::lock_guard guard(m_state->lock);
        if (m_state->learnt.insert(index.name + u' ' + index.url.toString()).second)
            m_state->fetcher.learnIndex(index.name, index.url);
    }
    return *m_state->pages.get(
        pageKey(index, package),
        [&] {
            return index.isFlat ? m_state->readFlat(index, package, context)
                                : m_state->readPage(index, package, context);
        },
        context);
}

Result<std::shared_ptr<const metadata::CoreMetadata>> IndexClient::metadata(
    const metadata::IndexFile &file, const JobContext &context)
{
    return *m_state->metadatas.get(
        fileKey(file), [&] { return m_state->readMetadata(file, context); }, context);
}

void IndexClient::expectPage(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &)
{
    {
        const std::lock_guard guard(m_state->lock);
        if (!m_state->expected.insert(pageKey(index, package)).second)
            return;
    }
    m_state->background.add([this, index, package] { std::ignore = page(index, package, m_state->own()); });
}

void IndexClient::expectMetadata(const metadata::IndexFile &file, const JobContext &)
{
    {
        const std::lock_guard guard(m_state->lock);
        if (!m_state->expected.insert(fileKey(file)).second)
            return;
    }
    m_state->background.add([this, file] { std::ignore = metadata(file, m_state->own()); });
}

std::optional<qint64> IndexClient::sizeOf(const metadata::IndexFile &file, const JobContext &context)
{
    if (file.size)
        return file.size;
    const auto ask = [&]() -> Result<std::optional<qint64>> {
        const net::Reply reply = SCONCE_TRY(
            m_state->fetcher.fetch({.url = file.url, .method = net::Request::Method::Head}, context));
        bool isNumber = false;
        const qint64 size = reply.headers.value("content-length").toLongLong(&isNumber);
        return reply.status == 200 && isNumber && size >= 0 ? std::optional(size) : std::nullopt;
    };
    const auto answer = m_state->sizes.get(fileKey(file), ask, context);
    return *answer ? **answer : std::nullopt;
}

Result<metadata::PageAnswer> IndexClient::State::readPage(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context)
{
    using Kind = metadata::PageAnswer::Kind;
    const QUrl url = pageUrl(index, package);
    const auto [reply, listing] = SCONCE_TRY(readListingAt(index, url, context));
    if (reply.status == 200)
        return metadata::PageAnswer{
            Kind::Found, 200, std::make_shared<const metadata::IndexPage>(pageOf(listing, package))};
    if (meansAbsent(index, reply.status))
        return metadata::PageAnswer{Kind::Absent, reply.status, nullptr};
    if (reply.status == 401 || reply.status == 403)
        return metadata::PageAnswer{Kind::Refused, reply.status, nullptr};
    return std::unexpected(statusError(index, url, reply.status));
}

Result<std::pair<net::Reply, Listing>> IndexClient::State::readListingAt(
    const metadata::IndexLocation &index, const QUrl &url, const JobContext &context)
{
    net::Request request{.url = url, .headers = {{"accept", Accepted}}};
    for (;;) {
        net::Reply reply = SCONCE_TRY(fetcher.fetch(request, context));
        if (reply.status != 200)
            return std::pair(std::move(reply), Listing());
        Result<Listing> listing = readListing(reply.body, reply.headers.value("content-type"), reply.url);
        if (listing)
            return std::pair(std::move(reply), std::move(*listing));
        // A page that was cut or replaced on its way is asked for once more, past every cache.
        if (request.cache == net::Request::Cache::Bypass)
            return std::unexpected(
                std::move(listing.error()).during(tr("Reading the index “%1”").arg(indexText(index))));
        request.cache = net::Request::Cache::Bypass;
    }
}

/// A page or folder that lists files of many packages (find-links).
Result<metadata::PageAnswer> IndexClient::State::readFlat(
    const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context)
{
    using Kind = metadata::PageAnswer::Kind;
    const auto readAll = [&]() -> Result<std::shared_ptr<const Listing>> {
        if (index.url.isLocalFile() && QFileInfo(index.url.toLocalFile()).isDir())
            return std::make_shared<const Listing>(SCONCE_TRY(readFolder(index.url)));
        auto [reply, listing] = SCONCE_TRY(readListingAt(index, index.url, context));
        if (reply.status != 200)
            return std::unexpected(statusError(index, index.url, reply.status));
        // resolver.md § 3.3: nothing but names, addresses and digests counts here.
        for (ListedFile &file : listing.files) {
            file.uploadTime = -1;
            file.requiresPython.clear();
        }
        return std::make_shared<const Listing>(std::move(listing));
    };
    const auto all = flats.get(index.url.toString(QUrl::FullyEncoded), readAll, context);
    if (!*all)
        return std::unexpected(all->error());
    auto page = std::make_shared<const metadata::IndexPage>(pageOf(***all, package));
    if (page->files.empty())
        return metadata::PageAnswer{Kind::Absent, 404, nullptr};
    return metadata::PageAnswer{Kind::Found, 200, std::move(page)};
}

Result<Listing> IndexClient::State::readFolder(const QUrl &url)
{
    const QDir folder(url.toLocalFile());
    Listing listing{.base = QUrl::fromLocalFile(folder.absolutePath() + u'/'), .files = {}};
    for (const QFileInfo &entry : folder.entryInfoList(QDir::Files | QDir::Hidden, QDir::Name)) {
        listing.files.push_back({.fileName = entry.fileName(),
            .url = QUrl::fromLocalFile(entry.absoluteFilePath()).toString(QUrl::FullyEncoded),
            .hashes = {},
            .size = entry.size(),
            .requiresPython = {},
            .yanked = {},
            .metadataSha256 = {}});
    }
    return listing;
}

Result<std::shared_ptr<const metadata::CoreMetadata>> IndexClient::State::readMetadata(
    const metadata::IndexFile &file, const JobContext &context)
{
    if (!file.wheel) {
        return std::unexpected(Error(ErrorKind::NotFound,
            tr("“%1” is a source archive; what it depends on cannot be read without building it")
                .arg(file.fileName)));
    }
    const QByteArray bytes = SCONCE_TRY(wheels.read(file, context));
    Result<metadata::CoreMetadata> parsed = metadata::CoreMetadata::parse(bytes);
    if (!parsed)
        return std::unexpected(
            std::move(parsed.error()).during(tr("Reading the metadata of “%1”").arg(file.fileName)));
    if (parsed->name != file.package || parsed->version != file.version) {
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("The metadata of “%1” is that of %2 %3")
                .arg(file.fileName, parsed->name.text(), parsed->version.text())));
    }
    return std::make_shared<const metadata::CoreMetadata>(std::move(*parsed));
}

} // namespace sconce::index
