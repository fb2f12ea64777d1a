// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/clerk.h"
#include "net/faults.h"

namespace sconce::net {

/// One running reply: moves its bytes to the exchange, notices when none come. Lives on the network thread.
class Line : public QObject {
public:
    Line(Clerk &clerk, Wire wire, std::shared_ptr<Exchange> exchange, QNetworkReply *reply);
    ~Line() override;
    /// Takes up reading again after the worker made room.
    void move();
    /// Ends the transfer when it is silent or too slow.
    void checkPace();

private:
    void note(Step step);
    void readHead();
    /// What has come goes to the exchange; false when there was no room for all of it.
    bool handOver();
    void finish();
    Failure failure() const;

    Clerk &m_clerk;
    const Wire m_wire;
    const std::shared_ptr<Exchange> m_exchange;
    QNetworkReply *const m_reply;
    const QString m_origin;
    Step m_step = Step::Queued;
    int m_status = 0; // 0 until the head is handed over
    bool m_isFull = false;
    QList<QSslError> m_certificateFaults;
    int m_silentSeconds = 0;
    bool m_wasSlow = false;
    QElapsedTimer m_lastByte;
    QElapsedTimer m_window;
    qint64 m_bytesInWindow = 0;
};

} // namespace sconce::net
