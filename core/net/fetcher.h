// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include <QByteArray>
#include <QHash>
#include <QUrl>

#include "work/job_context.h"

namespace sconce::net {

struct Request {
    QUrl url;
    /// "Accept" and the like; names in lower case.
    QHash<QByteArray, QByteArray> headers;
    /// Both ends included, as in RFC 9110 §14.1.2; nothing asks for the whole body.
    std::optional<qint64> first;
    std::optional<qint64> last;
    enum class Method { Get, Head };
    Method method = Method::Get;
    /// A body larger than this is BadInput.
    qint64 limit = 256LL << 20;
    enum class Cache { Use, Revalidate, Bypass };
    /// Only for bodies kept in memory. Use: fresh cached answers need no request, stale ones are revalidated.
    Cache cache = Cache::Use;
};

struct Reply {
    int status = 0;
    /// Names in lower case.
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
    /// After redirects: relative links count from here.
    QUrl url;
};

/// Takes a body piece by piece. An error ends the transfer.
using Sink = std::function<Result<>(QByteArrayView piece)>;

/// The only way out to the network. Blocks the calling worker; never call it on the GUI thread.
/// Statuses 2xx, 3xx (not followed ones), 4xx and 5xx are replies, not errors: callers judge them. Offline: the host did
/// not answer, with the step (name, connection, TLS, proxy) in the sentence. Redirects are followed (10 at most), never
/// https → http, and credentials never leave their origin.
class Fetcher {
public:
    virtual ~Fetcher() = default;
    virtual Result<Reply> fetch(const Request &request, const JobContext &context) = 0;
    /// Body to the sink (called on the calling thread); reply.body stays empty. Retries and resumes by itself
    /// (Range, If-Range); the sink then gets only what is missing.
    virtual Result<Reply> download(const Request &request, const Sink &sink, const JobContext &context) = 0;
};

} // namespace sconce::net
