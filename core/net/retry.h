// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <mutex>

#include <QDateTime>
#include <QHash>

#include "net/fetcher.h"

namespace sconce::net {

/// Whether a status may go away by itself: 408, 429 and 5xx (but not 501 and 505, which are about the
/// request).
bool isPassing(int status);

/// Retry-After as seconds or as a date; nothing where it is absent or nonsense.
std::optional<std::chrono::seconds> retryAfter(const Headers &headers, const QDateTime &now);

/// A longer wait than this is not waited for.
constexpr std::chrono::seconds LongestRetryAfter{60};

/// How long to wait before retry number `retry` (from 0): four times longer each time, a quarter up or down
/// by chance so that many workers do not come back at once.
std::chrono::milliseconds retryPause(int retry, int firstDelay);

/// Waits, or comes back with the stop.
Result<> pause(std::chrono::milliseconds duration, const JobContext &context);

/// Keeps count of the failures of each origin since its last good answer, so that 200 packages of a host that
/// is down are not retried 200 times over. Thread-safe.
class RetryBudget {
public:
    /// Notes a failure; false once the origin has had its share.
    bool spend(const QString &origin);
    void restore(const QString &origin);

private:
    static constexpr int Share = 16;
    std::mutex m_lock;
    QHash<QString, int> m_failures;
};

} // namespace sconce::net
