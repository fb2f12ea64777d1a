// SPDX-License-Identifier: Apache-2.0
#include "net/http_cache.h"

#include <algorithm>

#include <QTimeZone>

#include "files/digest.h"
#include "net/http_date.h"

namespace sconce::net {

using std::chrono::seconds;

namespace {

constexpr qint64 LongestLifetime = 365LL * 24 * 3600;
/// Answers that something is not there are kept for this long at most.
constexpr qint64 LongestAbsence = 600;

/// The directives of Cache-Control, names in lower case; a quoted value loses its quotes.
QHash<QByteArray, QByteArray> directives(const Headers &headers)
{
    QHash<QByteArray, QByteArray> found;
    for (const QByteArray &part : headers.value("cache-control").split(',')) {
        const qsizetype equals = part.indexOf('=');
        QByteArray value = equals < 0 ? QByteArray() : part.mid(equals + 1).trimmed();
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            value = value.sliced(1, value.size() - 2);
        found.insert(part.first(equals < 0 ? part.size() : equals).trimmed().toLower(), value);
    }
    return found;
}

/// Digits only; more of them than a number holds are "very long" and not an overflow.
std::optional<qint64> readSeconds(const QByteArray &text)
{
    if (text.isEmpty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    bool fits = false;
    const qint64 number = text.toLongLong(&fits);
    return fits ? std::min(number, LongestLifetime) : LongestLifetime;
}

qint64 lifetimeBeforeAge(const Headers &headers)
{
    const auto found = directives(headers);
    if (found.contains("no-store") || found.contains("no-cache"))
        return 0;
    if (found.contains("max-age"))
        return readSeconds(found.value("max-age")).value_or(0);
    const QDateTime expires = httpDate(headers.value("expires"));
    const QDateTime date = httpDate(headers.value("date"));
    return expires.isValid() && date.isValid() ? std::clamp<qint64>(date.secsTo(expires), 0, LongestLifetime)
                                               : 0;
}

} // namespace

seconds freshnessLifetime(const Headers &headers)
{
    return seconds(std::max<qint64>(
        0, lifetimeBeforeAge(headers) - readSeconds(headers.value("age").trimmed()).value_or(0)));
}

bool mayBeKept(const Reply &reply)
{
    if (directives(reply.headers).contains("no-store") || reply.headers.value("vary").contains('*'))
        return false;
    const bool isAbsence = reply.status == 404 || reply.status == 410;
    const bool canBeAskedAgain = reply.headers.contains("etag") || reply.headers.contains("last-modified");
    const bool isFresh = freshnessLifetime(reply.headers) > seconds(0);
    return isAbsence ? isFresh : reply.status == 200 && (isFresh || canBeAskedAgain);
}

bool HttpCache::Entry::isFresh(const QDateTime &now) const
{
    qint64 lifetime = freshnessLifetime(reply.headers).count();
    if (reply.status != 200)
        lifetime = std::min(lifetime, LongestAbsence);
    const qint64 age = came.secsTo(now);
    // A clock that was set back makes everything stale rather than fresh for years.
    return age >= 0 && age < lifetime;
}

Headers HttpCache::Entry::conditions() const
{
    Headers conditions;
    if (reply.headers.contains("etag"))
        conditions["if-none-match"] = reply.headers.value("etag");
    if (reply.headers.contains("last-modified"))
        conditions["if-modified-since"] = reply.headers.value("last-modified");
    return conditions;
}

QByteArray HttpCache::keyOf(const Request &request, const std::optional<Login> &login)
{
    QByteArray key = request.url.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveFragment) + '\n'
        + request.headers.value("accept") + '\n';
    if (login)
        key += files::sha256((login->user + u'\n' + login->password).toUtf8());
    return key;
}

// The head of an entry, a line each: status, time, SHA-256 of the body, address, then the headers.
std::optional<HttpCache::Entry> HttpCache::find(const QByteArray &key, const QByteArray &knownDigest) const
{
    const auto parse = [](const QByteArray &head) {
        const QList<QByteArray> lines = head.split('\n');
        Entry entry;
        entry.reply.status = lines.value(0).toInt();
        entry.came = QDateTime::fromMSecsSinceEpoch(lines.value(1).toLongLong(), QTimeZone::UTC);
        entry.reply.digest = QByteArray::fromHex(lines.value(2));
        entry.reply.url = QUrl::fromEncoded(lines.value(3));
        for (const QByteArray &line : lines.mid(4)) {
            const qsizetype colon = line.indexOf(':');
            entry.reply.headers.insert(line.left(colon), line.mid(colon + 1));
        }
        return entry;
    };
    if (!knownDigest.isEmpty()) {
        const std::optional<QByteArray> head = m_store.readHead(key);
        if (!head)
            return std::nullopt;
        Entry entry = parse(*head);
        if (entry.reply.digest == knownDigest) {
            entry.reply.isKnown = true;
            return entry;
        }
    }
    std::optional<files::EntryStore::Entry> whole = m_store.read(key);
    if (!whole)
        return std::nullopt;
    Entry entry = parse(whole->head);
    entry.reply.body = std::move(whole->body);
    return entry;
}

void HttpCache::keep(const QByteArray &key, const Entry &entry) const
{
    QByteArray head = QByteArray::number(entry.reply.status) + '\n'
        + QByteArray::number(entry.came.toMSecsSinceEpoch()) + '\n' + entry.reply.digest.toHex() + '\n'
        + entry.reply.url.toEncoded();
    for (auto header = entry.reply.headers.cbegin(); header != entry.reply.headers.cend(); ++header) {
        // Qt takes no line breaks in values; should one come through, it must not become a header of its own.
        if (!header.value().contains('\n') && !header.key().contains('\n'))
            head += '\n' + header.key() + ':' + header.value();
    }
    m_store.write(key, head, entry.reply.body);
}

void HttpCache::refresh(
    const QByteArray &key, Entry &entry, const Headers &headers, const QDateTime &now) const
{
    for (const char *name : {"cache-control", "date", "expires", "age", "etag", "last-modified", "vary"}) {
        if (headers.contains(name))
            entry.reply.headers[name] = headers.value(name);
        else if (QByteArrayView(name) == "age")
            entry.reply.headers.remove(name);
    }
    entry.came = now;
    // Rewritten whole: an entry is one file, and this happens only where the network was asked.
    Entry whole = entry;
    if (entry.reply.isKnown) {
        const std::optional<Entry> kept = find(key);
        if (!kept || kept->reply.digest != entry.reply.digest)
            return;
        whole.reply.body = kept->reply.body;
    }
    keep(key, whole);
}

} // namespace sconce::net
