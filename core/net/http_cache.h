// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>

#include "files/entry_store.h"
#include "net/credentials.h"
#include "net/fetcher.h"

namespace sconce::net {

/// How long an answer counts as fresh from the moment it came, by its own headers (RFC 9111 § 4.2), less the
/// age it had then. Absurd values are none; a year is the most. Nothing is guessed where the server says
/// nothing.
std::chrono::seconds freshnessLifetime(const Headers &headers);
/// Whether an answer may be kept at all: not with "no-store" or "Vary: *", and only if it can ever be used
/// again.
bool mayBeKept(const Reply &reply);

/// Answers on disk, for one person: what is private is kept too. Thread-safe, and safe beside other programs
/// of ours.
class HttpCache {
public:
    explicit HttpCache(const QString &folder)
        : m_store(folder)
    {}

    struct Entry {
        Reply reply;
        QDateTime came;
        bool isFresh(const QDateTime &now) const;
        /// If-None-Match, If-Modified-Since.
        Headers conditions() const;
    };

    /// Answers depend on what is accepted and on who asks; both are part of the key, so nobody gets another's
    /// answer.
    static QByteArray keyOf(const Request &request, const std::optional<Login> &login);
    /// `knownDigest`: as in Request.
    std::optional<Entry> find(const QByteArray &key, const QByteArray &knownDigest = {}) const;
    void keep(const QByteArray &key, const Entry &entry) const;
    /// A 304 came: takes over its headers.
    void refresh(const QByteArray &key, Entry &entry, const Headers &headers, const QDateTime &now) const;
    void remove(const QByteArray &key) const { m_store.remove(key); }

private:
    files::EntryStore m_store;
};

} // namespace sconce::net
