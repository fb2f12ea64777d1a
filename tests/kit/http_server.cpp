// SPDX-License-Identifier: Apache-2.0
#include "kit/http_server.h"

#include <QCryptographicHash>
#include <QFile>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

namespace sconce::kit {

using namespace Qt::StringLiterals;

namespace {

QString certificatePath(const QString &name)
{
    return QStringLiteral(KIT_FOLDER "/certificates/") + name;
}

QSslConfiguration tlsFor(HttpServer::Tls tls)
{
    using enum HttpServer::Tls;
    const QString stem = tls == Expired ? u"expired"_s
        : tls == OtherName              ? u"other-name"_s
        : tls == UnknownAuthority       ? u"unknown-authority"_s
                                        : u"good"_s;
    QSslConfiguration configuration;
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(certificatePath(stem + ".pem"_L1)));
    QFile key(certificatePath(u"key.pem"_s));
    if (!key.open(QIODevice::ReadOnly))
        qFatal("no test key");
    configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

Asked parseHead(const QByteArray &raw)
{
    Asked asked{.raw = raw};
    const QList<QByteArray> lines = raw.trimmed().split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    asked.method = words.value(0);
    asked.target = words.value(1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        asked.headers.insert(
            line.first(std::max<qsizetype>(0, colon)).toLower(), line.mid(colon + 1).trimmed());
    }
    return asked;
}

QByteArray bytesOf(const Told &told, bool isHead)
{
    if (!told.raw.isEmpty())
        return told.raw;
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(told.status) + " Status\r\n";
    bool hasLength = !told.saysLength;
    for (const auto &[name, value] : told.headers) {
        bytes += name + ": " + value + "\r\n";
        hasLength |= name.toLower() == "content-length" || name.toLower() == "transfer-encoding";
    }
    if (!hasLength)
        bytes += "Content-Length: " + QByteArray::number(told.body.size()) + "\r\n";
    if (told.closes)
        bytes += "Connection: close\r\n";
    return bytes + "\r\n" + (isHead ? QByteArray() : told.body);
}

/// One connection: reads heads, sends answers one after the other.
class Connection : public QObject {
public:
    using Answer = std::function<Told(const Asked &)>;
    Connection(QTcpSocket *socket, Answer answer, std::function<quint16(const Asked &)> tunnel)
        : QObject(socket)
        , m_socket(socket)
        , m_answer(std::move(answer))
        , m_tunnel(std::move(tunnel))
    {
        connect(socket, &QTcpSocket::readyRead, this, &Connection::read);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        read();
    }

private:
    void read()
    {
        if (m_far) {
            m_far->write(m_socket->readAll());
            return;
        }
        m_input += m_socket->readAll();
        // TLS where none is spoken: what servers do.
        if (m_input.startsWith('\x16')) {
            m_socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            return m_socket->disconnectFromHost();
        }
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (end < 0 || m_isBusy)
            return;
        const Asked asked = parseHead(m_input.first(end + 4));
        m_input.remove(0, end + 4);
        const Told told = m_answer(asked);
        if (asked.method == "CONNECT" && told.status == 200)
            return openTunnel(m_tunnel(asked));
        m_isBusy = true;
        QTimer::singleShot(told.delay, this,
            [this, told, isHead = asked.method == "HEAD"] { send(told, bytesOf(told, isHead)); });
    }

    void openTunnel(quint16 port)
    {
        m_far = new QTcpSocket(this);
        m_far->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        connect(m_far, &QTcpSocket::readyRead, this, [this] { m_socket->write(m_far->readAll()); });
        connect(m_far, &QTcpSocket::disconnected, m_socket, [this] { m_socket->disconnectFromHost(); });
        connect(m_far, &QTcpSocket::connected, this,
            [this] { m_socket->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
        m_far->connectToHost(u"127.0.0.1"_s, port);
    }

    void send(const Told &told, const QByteArray &bytes)
    {
        if (told.dripping > 0) {
            const qsizetype head = bytes.indexOf("\r\n\r\n") + 4;
            m_socket->write(bytes.first(head));
            return drip(told, bytes, head);
        }
        if (told.cutAfter >= 0) {
            m_socket->write(bytes.first(std::min<qint64>(told.cutAfter, bytes.size())));
            m_socket->flush();
            // Sent before the reset, or the other side may never see it.
            if (told.cutAfter > 0)
                m_socket->waitForBytesWritten(1000);
            m_socket->disconnectFromHost();
            return;
        }
        if (told.stallAfter >= 0) {
            m_socket->write(bytes.first(std::min<qint64>(told.stallAfter, bytes.size())));
            return;
        }
        m_socket->write(bytes);
        done(told);
    }

    void drip(const Told &told, const QByteArray &bytes, qsizetype place)
    {
        if (place >= bytes.size())
            return done(told);
        m_socket->write(bytes.sliced(place, 1));
        QTimer::singleShot(told.dripping, this, [this, told, bytes, place] { drip(told, bytes, place + 1); });
    }

    void done(const Told &told)
    {
        m_isBusy = false;
        if (told.closes)
            m_socket->disconnectFromHost();
        else
            read();
    }

    QTcpSocket *m_socket;
    QTcpSocket *m_far = nullptr;
    const Answer m_answer;
    const std::function<quint16(const Asked &)> m_tunnel;
    QByteArray m_input;
    bool m_isBusy = false;
};

} // namespace

class HttpServer::Listener : public QTcpServer {
public:
    explicit Listener(HttpServer &owner)
        : m_owner(owner)
    {
        setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        if (owner.m_tls != Tls::No)
            m_tls = tlsFor(owner.m_tls);
    }

protected:
    void incomingConnection(qintptr handle) override
    {
        {
            const std::lock_guard guard(m_owner.m_lock);
            ++m_owner.m_connections;
        }
        QTcpSocket *socket = nullptr;
        if (m_tls) {
            auto *secure = new QSslSocket(this);
            secure->setSslConfiguration(*m_tls);
            secure->setSocketDescriptor(handle);
            secure->startServerEncryption();
            socket = secure;
        } else {
            socket = new QTcpSocket(this);
            socket->setSocketDescriptor(handle);
        }
        new Connection(
            socket, [this](const Asked &asked) { return m_owner.answerTo(asked); },
            [this](const Asked &) {
                const std::lock_guard guard(m_owner.m_lock);
                return m_owner.m_tunnelPort;
            });
    }

private:
    HttpServer &m_owner;
    std::optional<QSslConfiguration> m_tls;
};

HttpServer::HttpServer(Tls tls)
    : m_tls(tls)
{
    m_thread.setObjectName(u"test server"_s);
    m_thread.start();
    auto *place = new QObject;
    place->moveToThread(&m_thread);
    QMetaObject::invokeMethod(
        place,
        [this] {
            m_listener = new Listener(*this);
            if (!m_listener->listen(QHostAddress::LocalHost))
                qFatal("no port for the test server");
            m_port = m_listener->serverPort();
        },
        Qt::BlockingQueuedConnection);
    place->deleteLater();
}

HttpServer::~HttpServer()
{
    m_listener->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

void HttpServer::on(const QByteArray &target, Script script)
{
    const std::lock_guard guard(m_lock);
    m_scripts[target] = std::move(script);
}

void HttpServer::tell(const QByteArray &target, const Told &told)
{
    on(target, [told](const Asked &) { return told; });
}

void HttpServer::serve(const QByteArray &target, const QByteArray &body, const QByteArray &type)
{
    on(target, [body, type](const Asked &asked) { return serveFile(asked, body, type); });
}

void HttpServer::tunnelTo(const HttpServer &server, const QByteArray &authorization)
{
    const std::lock_guard guard(m_lock);
    m_tunnelPort = server.port();
    m_proxyAuthorization = authorization;
}

void HttpServer::wantProxyAuthorization(const QByteArray &authorization)
{
    const std::lock_guard guard(m_lock);
    m_proxyAuthorization = authorization;
}

QUrl HttpServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
            .arg(m_tls == Tls::No ? u"http"_s : u"https"_s)
            .arg(m_port)
            .arg(path));
}

std::vector<Asked> HttpServer::asked() const
{
    const std::lock_guard guard(m_lock);
    return m_asked;
}

int HttpServer::timesAsked(const QByteArray &target) const
{
    const std::lock_guard guard(m_lock);
    return int(std::ranges::count(m_asked, target, &Asked::target));
}

int HttpServer::connections() const
{
    const std::lock_guard guard(m_lock);
    return m_connections;
}

QString HttpServer::authorityFile()
{
    return certificatePath(u"authority.pem"_s);
}

Told HttpServer::answerTo(const Asked &asked)
{
    Script script;
    {
        const std::lock_guard guard(m_lock);
        m_asked.push_back(asked);
        if (!m_proxyAuthorization.isEmpty()
            && asked.headers.value("proxy-authorization") != m_proxyAuthorization)
            return {.status = 407, .headers = {{"Proxy-Authenticate", "Basic realm=\"proxy\""}}};
        if (asked.method == "CONNECT")
            return {.status = m_tunnelPort ? 200 : 501};
        const auto found = m_scripts.find(asked.target);
        if (found == m_scripts.end())
            return {.status = 404, .body = "nothing here\n"};
        script = found->second;
    }
    return script(asked);
}

Told serveFile(const Asked &asked, const QByteArray &body, const QByteArray &type)
{
    const QByteArray tag =
        '"' + QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex().first(16) + '"';
    Told told{.headers = {{"Content-Type", type}, {"ETag", tag}, {"Accept-Ranges", "bytes"}}, .body = body};
    if (asked.headers.value("if-none-match") == tag)
        return {.status = 304, .headers = {{"ETag", tag}}, .saysLength = false};
    const QByteArray range = asked.headers.value("range");
    const QByteArray condition = asked.headers.value("if-range");
    if (!range.startsWith("bytes=") || (!condition.isEmpty() && condition != tag))
        return told;
    const QList<QByteArray> ends = range.mid(6).split('-');
    const qint64 first =
        ends[0].isEmpty() ? std::max<qint64>(0, body.size() - ends[1].toLongLong()) : ends[0].toLongLong();
    const qint64 last = ends[0].isEmpty() || ends[1].isEmpty()
        ? body.size() - 1
        : std::min<qint64>(ends[1].toLongLong(), body.size() - 1);
    if (first > last)
        return {.status = 416, .headers = {{"Content-Range", "bytes */" + QByteArray::number(body.size())}}};
    told.status = 206;
    told.body = body.sliced(first, last - first + 1);
    told.headers.append({"Content-Range",
        "bytes " + QByteArray::number(first) + '-' + QByteArray::number(last) + '/'
            + QByteArray::number(body.size())});
    return told;
}

} // namespace sconce::kit
