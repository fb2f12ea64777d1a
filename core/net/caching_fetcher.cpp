// SPDX-License-Identifier: Apache-2.0
#include "net/caching_fetcher.h"

#include <QCoreApplication>
#include <QDateTime>

#include "base/safe_url.h"
#include "files/digest.h"
#include "net/local_files.h"

namespace sconce::net {

using namespace Qt::StringLiterals;

namespace {

Error offlineError(const QUrl &url)
{
    return Error(ErrorKind::Offline,
        QCoreApplication::translate(
            "net", "“%1” is not asked in offline mode, and the cache does not have %2")
            .arg(hostText(url), safeText(url)))
        .hint(QCoreApplication::translate("net", "Switch offline mode off"));
}

Result<> checkAddress(const QUrl &url)
{
    if (url.isValid() && !url.host().isEmpty() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1))
        return {};
    return std::unexpected(Error(ErrorKind::BadInput,
        QCoreApplication::translate("net", "“%1” is not an address that can be asked").arg(safeText(url)))
            .hint(QCoreApplication::translate(
                "net", "Use an address that begins with https://, http:// or file://")));
}

} // namespace

CachingFetcher::CachingFetcher(FetcherSettings settings, std::unique_ptr<Fetcher> next)
    : m_isOffline(settings.isOffline)
    , m_credentials(std::move(settings.credentials))
    , m_next(std::move(next))
{
    if (!settings.cacheFolder.isEmpty())
        m_cache.emplace(settings.cacheFolder + "/http-1"_L1);
}

void CachingFetcher::learnIndex(const QString &name, const QUrl &url)
{
    if (m_credentials)
        m_credentials->learnIndex(name, url);
}

Result<Reply> CachingFetcher::fetch(const Request &request, const JobContext &context)
{
    if (request.url.isLocalFile())
        return readLocal(request, context);
    SCONCE_TRY(checkAddress(request.url));
    const bool isCacheable = m_cache && request.method == Request::Method::Get && !request.first;
    if (!isCacheable)
        return ask(request, context);
    const QByteArray key = HttpCache::keyOf(request, loginFor(request.url, m_credentials.get()));
    std::optional<HttpCache::Entry> entry;
    if (request.cache != Request::Cache::Bypass)
        entry = m_cache->find(key, request.knownDigest);
    if (entry
        && (m_isOffline
            || (request.cache == Request::Cache::Use && entry->isFresh(QDateTime::currentDateTimeUtc()))))
        return std::move(entry->reply);
    Request conditional = request;
    if (entry)
        conditional.headers.insert(entry->conditions());
    Reply reply = SCONCE_TRY(ask(conditional, context));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (entry && reply.status == 304) {
        m_cache->refresh(key, *entry, reply.headers, now);
        return std::move(entry->reply);
    }
    if (reply.status == 200)
        reply.digest = files::sha256(reply.body);
    // What a caller goes past it does not trust, and the next one should not either. Trouble of the server
    // (5xx) says nothing about the page.
    const bool isVerdict = reply.status == 200 || reply.status == 404 || reply.status == 410;
    if (request.cache != Request::Cache::Bypass && mayBeKept(reply))
        m_cache->keep(key, {reply, now});
    else if (request.cache == Request::Cache::Bypass || isVerdict)
        m_cache->remove(key);
    if (!reply.digest.isEmpty() && reply.digest == request.knownDigest) {
        reply.isKnown = true;
        reply.body.clear();
    }
    return reply;
}

/// Past the cache.
Result<Reply> CachingFetcher::ask(const Request &request, const JobContext &context)
{
    if (m_isOffline)
        return std::unexpected(offlineError(request.url));
    return m_next->fetch(request, context);
}

Result<Reply> CachingFetcher::download(const Request &request, const Sink &sink, const JobContext &context)
{
    if (request.url.isLocalFile())
        return readLocal(request, sink, context);
    SCONCE_TRY(checkAddress(request.url));
    if (m_isOffline)
        return std::unexpected(offlineError(request.url));
    return m_next->download(request, sink, context);
}

} // namespace sconce::net
