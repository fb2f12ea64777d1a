// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QTimer>

#include "net/exchange.h"
#include "net/fetcher_qt.h"
#include "net/proxies.h"

namespace sconce::net {

/// One request as it goes out: no redirect, no retry, no login of its own.
struct Wire {
    QUrl url;
    Headers headers;
    Request::Method method = Request::Method::Get;
    bool mayUseHttp2 = true;
};

class Line;

/// Does what must happen on the network thread: owns the managers and the replies, ends those that stall.
class Clerk : public QObject {
public:
    explicit Clerk(const FetcherSettings &settings);
    ~Clerk() override;

    /// An exchange from the worker's side; dropping it ends the request.
    class Call {
    public:
        Call(Clerk &clerk, const Wire &wire);
        ~Call();
        Q_DISABLE_COPY_MOVE(Call)
        Outcome<Head> head(const JobContext &context) { return m_exchange->head(context); }
        Outcome<QByteArray> next(const JobContext &context);

    private:
        Clerk &m_clerk;
        std::shared_ptr<Exchange> m_exchange = std::make_shared<Exchange>();
    };

private:
    friend class Line;
    void start(const Wire &wire, const std::shared_ptr<Exchange> &exchange);
    void sweep();
    Result<QNetworkRequest> requestFor(const Wire &wire);
    const Result<QSslConfiguration> &tls();
    QNetworkAccessManager &manager(bool mayUseHttp2);

    const FetcherSettings m_settings;
    const Proxies m_proxies;
    std::optional<Result<QSslConfiguration>> m_tls;
    // HTTP/2 that broke once keeps its broken connections; without it everything is fresh.
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<QNetworkAccessManager> m_managerWithoutHttp2;
    QHash<const Exchange *, Line *> m_lines;
    // A request in Qt's queue for a host is not stalled while that host is busy with others.
    QHash<QString, QElapsedTimer> m_lastBytes;
    QTimer m_sweeper{this};
};

} // namespace sconce::net
