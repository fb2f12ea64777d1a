// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include <QtTypes>

namespace sconce::ui {

/// Speed and remaining time of a transfer, from readings taken now and then. Says nothing before it has three
/// seconds of readings: an early guess is worse than none.
class TransferRate {
public:
    using Milliseconds = std::chrono::milliseconds;

    /// `time` never goes back. Fewer bytes than before start a new transfer.
    void add(Milliseconds time, qint64 bytes);
    void clear() { m_readings.clear(); }
    /// Over the last five seconds.
    std::optional<qint64> bytesPerSecond() const;
    std::optional<std::chrono::seconds> remaining(qint64 total) const;

private:
    struct Reading {
        Milliseconds time;
        qint64 bytes;
    };
    std::deque<Reading> m_readings;
};

} // namespace sconce::ui
