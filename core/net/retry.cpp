// SPDX-License-Identifier: Apache-2.0
#include "net/retry.h"

#include <algorithm>
#include <condition_variable>

#include <QRandomGenerator>

#include "net/http_date.h"
#include "work/background.h"

namespace sconce::net {

bool isPassing(int status)
{
    return status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505);
}

std::optional<std::chrono::seconds> retryAfter(const Headers &headers, const QDateTime &now)
{
    const QByteArray text = headers.value("retry-after").trimmed();
    bool isNumber = false;
    const qint64 seconds = text.toLongLong(&isNumber);
    if (isNumber)
        return seconds < 0 ? std::nullopt : std::optional(std::chrono::seconds(seconds));
    const QDateTime date = httpDate(text);
    if (!date.isValid())
        return std::nullopt;
    return std::chrono::seconds(std::max<qint64>(0, now.secsTo(date)));
}

std::chrono::milliseconds retryPause(int retry, int firstDelay)
{
    const double delay = firstDelay * double(1LL << std::min(2 * retry, 20));
    return std::chrono::milliseconds(qint64(delay * (0.75 + QRandomGenerator::global()->bounded(0.5))));
}

Result<> pause(std::chrono::milliseconds duration, const JobContext &context)
{
    const Background::Waiting waiting;
    std::mutex lock;
    std::condition_variable_any never;
    std::unique_lock guard(lock);
    never.wait_for(guard, context.stopToken(), duration, [] { return false; });
    return context.goOn();
}

bool RetryBudget::spend(const QString &origin)
{
    const std::lock_guard guard(m_lock);
    return ++m_failures[origin] <= Share;
}

void RetryBudget::restore(const QString &origin)
{
    const std::lock_guard guard(m_lock);
    m_failures.remove(origin);
}

} // namespace sconce::net
