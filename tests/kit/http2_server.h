// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

#include <QByteArray>
#include <QThread>
#include <QUrl>

namespace sconce::kit {

/// A TLS server that prefers HTTP/2 and answers every request with the same body; over HTTP/1.1 it does so
/// without fail. https://www.rfc-editor.org/rfc/rfc9113
class Http2Server {
public:
    /// What it does with a request over HTTP/2.
    enum class Mood { Good, ResetsStreams, GoesAway, TalksNonsense, Hangs };

    Http2Server(Mood mood, QByteArray body);
    ~Http2Server();
    Q_DISABLE_COPY_MOVE(Http2Server)

    QUrl url(const QString &path) const;
    /// Requests that came over each version, and connections of the newer one.
    int timesHttp2() const { return m_timesHttp2; }
    int timesHttp1() const { return m_timesHttp1; }
    int connectionsHttp2() const { return m_connectionsHttp2; }

private:
    class Listener;
    class Connection;
    const Mood m_mood;
    const QByteArray m_body;
    std::atomic<int> m_timesHttp2 = 0;
    std::atomic<int> m_timesHttp1 = 0;
    std::atomic<int> m_connectionsHttp2 = 0;
    quint16 m_port = 0;
    QThread m_thread;
    Listener *m_listener = nullptr;
};

} // namespace sconce::kit
