// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include <QByteArray>
#include <QHash>
#include <QMetaType>
#include <QThread>
#include <QUrl>

namespace sconce::kit {

/// A request as it came in.
struct Asked {
    QByteArray method;
    /// As on the request line: a path, or a whole address when the server is used as a proxy.
    QByteArray target;
    /// Names in lower case.
    QHash<QByteArray, QByteArray> headers;
    /// The whole head, for searching it for what must not be there.
    QByteArray raw;
};

/// What the server sends, and how it misbehaves.
struct Told {
    int status = 200;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    /// Sends so many bytes of head and body, then resets the connection.
    qint64 cutAfter = -1;
    /// Sends so many bytes of head and body, then nothing more, with the connection open.
    qint64 stallAfter = -1;
    /// Milliseconds before the first byte.
    int delay = 0;
    /// Sends the body in single bytes, so many milliseconds apart.
    int dripping = 0;
    /// Sent instead of head and body.
    QByteArray raw;
    /// Content-Length is sent unless the headers have one, or this is off.
    bool saysLength = true;
    bool closes = false;
};

/// A scripted HTTP/1.1 server on a thread of its own, on 127.0.0.1. Also a plain proxy (absolute targets are
/// looked up like paths) and, with tunnelTo(), a CONNECT proxy.
class HttpServer {
public:
    enum class Tls { No, Good, Expired, OtherName, UnknownAuthority };
    using Script = std::function<Told(const Asked &)>;

    explicit HttpServer(Tls tls = Tls::No);
    ~HttpServer();
    Q_DISABLE_COPY_MOVE(HttpServer)

    /// `target`: a path, or a whole address for a proxy. Unknown targets are answered 404.
    void on(const QByteArray &target, Script script);
    void tell(const QByteArray &target, const Told &told);
    /// Serves bytes as a good file server does: ETag, 304, ranges with If-Range, HEAD.
    void serve(const QByteArray &target, const QByteArray &body,
        const QByteArray &type = "application/octet-stream");
    /// CONNECT to any host goes to this server. `authorization`: what Proxy-Authorization must be; 407
    /// otherwise.
    void tunnelTo(const HttpServer &server, const QByteArray &authorization = {});
    /// Requests are answered 407 until they carry this Proxy-Authorization.
    void wantProxyAuthorization(const QByteArray &authorization);

    quint16 port() const { return m_port; }
    QUrl url(const QString &path) const;
    std::vector<Asked> asked() const;
    int timesAsked(const QByteArray &target) const;
    /// Connections that were accepted so far.
    int connections() const;
    /// The PEM file of the authority that signed the certificates (all but UnknownAuthority).
    static QString authorityFile();

private:
    class Listener;
    friend class Listener;
    Told answerTo(const Asked &asked);

    const Tls m_tls;
    mutable std::mutex m_lock;
    std::map<QByteArray, Script> m_scripts;
    std::vector<Asked> m_asked;
    QByteArray m_proxyAuthorization;
    quint16 m_tunnelPort = 0;
    int m_connections = 0;
    quint16 m_port = 0;
    QThread m_thread;
    Listener *m_listener = nullptr;
};

/// A good file server's answer.
Told serveFile(const Asked &asked, const QByteArray &body, const QByteArray &type);

} // namespace sconce::kit

Q_DECLARE_METATYPE(sconce::kit::Told)
