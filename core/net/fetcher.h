// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include <QByteArray>
#include <QHash>
#include <QUrl>

#include "work/job_context.h"

namespace sconce::net {

using Headers = QHash<QByteArray, QByteArray>;

struct Request {
    /// http, https or file. User info is taken as login, and as login for what else lies on that origin.
    QUrl url;
    /// "Accept" and the like; names in lower case.
    Headers headers;
    /// Both ends included, as in RFC 9110 §14.1.2; nothing asks for the whole body. `first` alone: from there
    /// to the end.
    std::optional<qint64> first;
    std::optional<qint64> last;
    enum class Method { Get, Head };
    Method method = Method::Get;
    /// A body larger than this (decoded) is BadInput.
    qint64 limit = 256LL << 20;
    enum class Cache { Use, Revalidate, Bypass };
    /// Only for bodies kept in memory. Use: fresh cached answers need no request, stale ones are revalidated.
    Cache cache = Cache::Use;
    /// SHA-256 of a body the caller already has in a form of its own: an answer with just that body comes
    /// back with `isKnown` set and the body left out, which saves reading it from the cache.
    QByteArray knownDigest;
    /// For download(): called on the calling thread when the server changed its mind and what the sink got so
    /// far is void; the next piece is the first again. Without it such a transfer ends with an error.
    std::function<Result<>()> restart;
};

struct Reply {
    int status = 0;
    /// Names in lower case.
    Headers headers;
    QByteArray body;
    /// After redirects, without user info: relative links count from here.
    QUrl url;
    /// SHA-256 of the body of an answer 200 that the cache may keep; empty otherwise.
    QByteArray digest;
    /// The body is the one the request names by `knownDigest`.
    bool isKnown = false;
};

/// Takes a body piece by piece. An error ends the transfer.
using Sink = std::function<Result<>(QByteArrayView piece)>;

/// The only way out to the network. Blocks the calling worker; never call it on the GUI thread.
/// Statuses 2xx, 3xx (not followed ones), 4xx and 5xx are replies, not errors: callers judge them. Offline:
/// the host did not answer, with the step (name, connection, TLS, proxy) in the sentence. Redirects are
/// followed (10 at most), never https → http, and credentials never leave their origin.
class Fetcher {
public:
    virtual ~Fetcher() = default;
    virtual Result<Reply> fetch(const Request &request, const JobContext &context) = 0;
    /// Body of a 2xx answer to the sink (called on the calling thread), reply.body stays empty; the body of
    /// any other status is in the reply. Retries and resumes by itself (Range, If-Range); the sink then gets
    /// only what is missing.
    virtual Result<Reply> download(const Request &request, const Sink &sink, const JobContext &context) = 0;
    /// Tells that an index has this name, so that its login (user info of the URL, or variables made of the
    /// name) serves for everything below its address and, where no other index has one, on its origin.
    virtual void learnIndex(const QString &name, const QUrl &url)
    {
        Q_UNUSED(name)
        Q_UNUSED(url)
    }
};

} // namespace sconce::net
