// SPDX-License-Identifier: Apache-2.0
#include "kit/http2_server.h"

#include <map>

#include <QFile>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QtEndian>

namespace sconce::kit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype FrameHead = 9;
constexpr qsizetype LargestFrame = 16384;
const QByteArray Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

enum Type : quint8 {
    Data = 0,
    HeadersFrame = 1,
    ResetStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8
};
enum Flag : quint8 { EndStream = 1, Acknowledge = 1, EndHeaders = 4 };

QByteArray number(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray frame(quint8 type, quint8 flags, quint32 stream, const QByteArray &payload)
{
    return number(quint32(payload.size())).sliced(1) + char(type) + char(flags) + number(stream) + payload;
}

/// A literal field without indexing: 15 does not fit the four bits of the index, so the rest follows; then
/// the value.
QByteArray lengthField(qsizetype length)
{
    const QByteArray digits = QByteArray::number(length);
    return QByteArray("\x0f") + char(28 - 15) + char(digits.size()) + digits;
}

} // namespace

class Http2Server::Connection : public QObject {
public:
    Connection(Http2Server &owner, QSslSocket *socket)
        : QObject(socket)
        , m_owner(owner)
        , m_socket(socket)
    {
        connect(socket, &QSslSocket::encrypted, this, [this] {
            m_isHttp2 = m_socket->sslConfiguration().nextNegotiatedProtocol() == "h2";
            if (m_isHttp2) {
                ++m_owner.m_connectionsHttp2;
                m_socket->write(frame(Settings, 0, 0, {}));
            }
        });
        connect(socket, &QSslSocket::readyRead, this, &Connection::read);
        connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    }

private:
    void read()
    {
        m_input += m_socket->readAll();
        if (!m_isHttp2)
            return readHttp1();
        if (!m_hasPreface) {
            if (m_input.size() < Preface.size())
                return;
            m_input.remove(0, Preface.size());
            m_hasPreface = true;
        }
        while (m_input.size() >= FrameHead) {
            const auto size = qsizetype(qFromBigEndian<quint32>(m_input.constData()) >> 8);
            if (m_input.size() < FrameHead + size)
                return;
            const quint8 type = quint8(m_input[3]);
            const quint8 flags = quint8(m_input[4]);
            const quint32 stream = qFromBigEndian<quint32>(m_input.constData() + 5);
            const QByteArray payload = m_input.sliced(FrameHead, size);
            m_input.remove(0, FrameHead + size);
            take(type, flags, stream, payload);
        }
    }

    void take(quint8 type, quint8 flags, quint32 stream, const QByteArray &payload)
    {
        if (type == HeadersFrame) {
            ++m_owner.m_timesHttp2;
            answer(stream);
        } else if (type == Settings && !(flags & Acknowledge)) {
            m_socket->write(frame(Settings, Acknowledge, 0, {}));
            for (qsizetype i = 0; i + 6 <= payload.size(); i += 6) {
                if (qFromBigEndian<quint16>(payload.constData() + i) == 4)
                    m_streamWindow = qFromBigEndian<quint32>(payload.constData() + i + 2);
            }
        } else if (type == Ping && !(flags & Acknowledge)) {
            m_socket->write(frame(Ping, Acknowledge, 0, payload));
        } else if (type == WindowUpdate) {
            (stream ? m_windows[stream] : m_window) += qFromBigEndian<quint32>(payload.constData());
            send();
        }
    }

    void answer(quint32 stream)
    {
        switch (m_owner.m_mood) {
        case Mood::Good:
            // HPACK: entry 8 of the static table is ":status 200", 28 is the name "content-length".
            m_socket->write(
                frame(HeadersFrame, EndHeaders, stream, "\x88" + lengthField(m_owner.m_body.size())));
            m_rest[stream] = m_owner.m_body;
            m_windows[stream] += m_streamWindow;
            return send();
        case Mood::ResetsStreams: m_socket->write(frame(ResetStream, 0, stream, number(2))); return;
        case Mood::GoesAway:
            m_socket->write(frame(GoAway, 0, 0, number(0) + number(2)));
            return m_socket->disconnectFromHost();
        case Mood::TalksNonsense: m_socket->write(QByteArray(200, '\xEE')); return;
        case Mood::Hangs: return;
        }
    }

    /// As much as both windows allow.
    void send()
    {
        for (auto &[stream, rest] : m_rest) {
            while (!rest.isEmpty() && m_window > 0 && m_windows[stream] > 0) {
                const auto size =
                    std::min({rest.size(), LargestFrame, qsizetype(m_window), qsizetype(m_windows[stream])});
                m_socket->write(frame(Data, size == rest.size() ? EndStream : 0, stream, rest.first(size)));
                rest.remove(0, size);
                m_window -= size;
                m_windows[stream] -= size;
            }
        }
    }

    void readHttp1()
    {
        for (qsizetype end = m_input.indexOf("\r\n\r\n"); end >= 0; end = m_input.indexOf("\r\n\r\n")) {
            m_input.remove(0, end + 4);
            ++m_owner.m_timesHttp1;
            m_socket->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(m_owner.m_body.size())
                + "\r\n\r\n" + m_owner.m_body);
        }
    }

    Http2Server &m_owner;
    QSslSocket *m_socket;
    QByteArray m_input;
    bool m_isHttp2 = false;
    bool m_hasPreface = false;
    qint64 m_window = 65535;
    qint64 m_streamWindow = 65535;
    std::map<quint32, qint64> m_windows;
    std::map<quint32, QByteArray> m_rest;
};

class Http2Server::Listener : public QTcpServer {
public:
    explicit Listener(Http2Server &owner)
        : m_owner(owner)
    {
        setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        m_tls.setLocalCertificateChain(
            QSslCertificate::fromPath(QStringLiteral(KIT_FOLDER "/certificates/good.pem")));
        QFile key(QStringLiteral(KIT_FOLDER "/certificates/key.pem"));
        if (!key.open(QIODevice::ReadOnly))
            qFatal("no test key");
        m_tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
        m_tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_tls.setAllowedNextProtocols({"h2", "http/1.1"});
    }

protected:
    void incomingConnection(qintptr handle) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSslConfiguration(m_tls);
        socket->setSocketDescriptor(handle);
        new Connection(m_owner, socket);
        socket->startServerEncryption();
    }

private:
    Http2Server &m_owner;
    QSslConfiguration m_tls;
};

Http2Server::Http2Server(Mood mood, QByteArray body)
    : m_mood(mood)
    , m_body(std::move(body))
{
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

Http2Server::~Http2Server()
{
    m_listener->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

QUrl Http2Server::url(const QString &path) const
{
    return QUrl(u"https://127.0.0.1:%1%2"_s.arg(m_port).arg(path));
}

} // namespace sconce::kit
