// SPDX-License-Identifier: Apache-2.0
#include "net/line.h"

#include <algorithm>

#include <QCoreApplication>

#include "base/safe_url.h"

namespace sconce::net {

namespace {

/// Slower than this over twice the time limit counts as stalled (reliability.md § 4.7).
constexpr qint64 LeastBytesPerSecond = 1024;
constexpr qsizetype HeaderLimit = 64 << 10;

} // namespace

Line::Line(Clerk &clerk, Wire wire, std::shared_ptr<Exchange> exchange, QNetworkReply *reply)
    : m_clerk(clerk)
    , m_wire(std::move(wire))
    , m_exchange(std::move(exchange))
    , m_reply(reply)
    , m_origin(originOf(m_wire.url))
{
    m_reply->setParent(this);
    m_reply->setReadBufferSize(Exchange::Capacity);
    m_lastByte.start();
    m_window.start();
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [this] { note(Step::Connecting); });
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { note(Step::Waiting); });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Line::readHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &Line::move);
    connect(m_reply, &QNetworkReply::finished, this, &Line::finish);
    connect(m_reply, &QNetworkReply::sslErrors, this,
        [this](const QList<QSslError> &faults) { m_certificateFaults = faults; });
}

Line::~Line()
{
    m_reply->disconnect(this);
    if (m_reply->isRunning())
        m_reply->abort();
}

void Line::note(Step step)
{
    m_step = step;
    m_lastByte.start();
    m_window.start();
    m_bytesInWindow = 0;
}

void Line::readHead()
{
    if (m_status)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 200)
        return;
    m_status = status;
    note(Step::Receiving);
    Head head{status, {}, m_reply->attribute(QNetworkRequest::Http2WasUsedAttribute).toBool()};
    qsizetype size = 0;
    for (const auto &[name, value] : m_reply->rawHeaderPairs()) {
        head.headers.insert(name.toLower(), value);
        size += name.size() + value.size();
    }
    if (size > HeaderLimit) {
        m_exchange->finish(Fault{Error(ErrorKind::BadInput,
            QCoreApplication::translate("net", "“%1” sent more than 64 KB of headers")
                .arg(hostText(m_wire.url)))});
        m_reply->abort();
        return;
    }
    m_exchange->setHead(std::move(head));
}

void Line::move()
{
    readHead();
    const bool wasFull = m_isFull;
    if (!handOver())
        return;
    // The pause was the taker's, not the sender's.
    if (wasFull)
        note(Step::Receiving);
    if (m_reply->isFinished())
        finish();
}

bool Line::handOver()
{
    for (;;) {
        const qsizetype room = m_reply->bytesAvailable() > 0 ? m_exchange->room() : -1;
        m_isFull = room == 0;
        if (m_isFull)
            return false;
        const QByteArray piece = room > 0 ? m_reply->read(room) : QByteArray();
        if (piece.isEmpty())
            return true;
        m_bytesInWindow += piece.size();
        m_lastByte.start();
        m_clerk.m_lastBytes[m_origin].start();
        m_exchange->add(piece);
    }
}

void Line::checkPace()
{
    const int limit = m_clerk.m_settings.timeoutSeconds;
    if (m_isFull || m_reply->isFinished())
        return;
    const qint64 patience = limit * 1000LL;
    qint64 silence = m_lastByte.elapsed();
    const auto others = m_clerk.m_lastBytes.constFind(m_origin);
    if (m_step == Step::Queued && others != m_clerk.m_lastBytes.constEnd())
        silence = std::min(silence, others->elapsed());
    const bool isWindowOver = m_step == Step::Receiving && m_window.elapsed() >= 2 * patience;
    m_wasSlow = isWindowOver && m_bytesInWindow < LeastBytesPerSecond * 2 * limit;
    if (silence >= patience || m_wasSlow) {
        m_silentSeconds = limit;
        m_reply->abort(); // finish() follows
    } else if (isWindowOver) {
        m_window.start();
        m_bytesInWindow = 0;
    }
}

void Line::finish()
{
    const QNetworkReply::NetworkError code = m_reply->error();
    readHead();
    if (code == QNetworkReply::NoError) {
        if (!handOver())
            return; // the worker wakes move() when there is room
    } else if (m_reply->bytesAvailable() > 0) {
        m_exchange->add(m_reply->readAll()); // no room asked for: it lies in memory already
    }
    // Qt makes errors of the statuses 4xx and 5xx; here they are answers.
    const bool isStatus = m_status >= 400
        && (code > QNetworkReply::UnknownProxyError
            || code == QNetworkReply::ProxyAuthenticationRequiredError);
    if (code == QNetworkReply::NoError || isStatus)
        m_exchange->finish(std::nullopt);
    else
        m_exchange->finish(faultOf(failure()));
}

Failure Line::failure() const
{
    const auto proxy = m_clerk.m_proxies.forUrl(m_wire.url);
    return {.url = m_wire.url,
        .proxy = proxy ? proxyText(*proxy) : QString(),
        .step = m_step,
        .code = m_reply->error(),
        .systemText = m_reply->errorString(),
        .certificateFaults = m_certificateFaults,
        .silentSeconds = m_silentSeconds,
        .wasSlow = m_wasSlow};
}

} // namespace sconce::net
