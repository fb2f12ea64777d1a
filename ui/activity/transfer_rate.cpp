// SPDX-License-Identifier: Apache-2.0
#include "activity/transfer_rate.h"

namespace sconce::ui {

using namespace std::chrono_literals;

void TransferRate::add(Milliseconds time, qint64 bytes)
{
    if (!m_readings.empty() && bytes < m_readings.back().bytes)
        m_readings.clear();
    m_readings.push_back({time, bytes});
    while (m_readings.size() > 2 && time - m_readings.front().time > 5s)
        m_readings.pop_front();
}

std::optional<qint64> TransferRate::bytesPerSecond() const
{
    if (m_readings.size() < 2)
        return std::nullopt;
    const Milliseconds span = m_readings.back().time - m_readings.front().time;
    if (span < 3s)
        return std::nullopt;
    return (m_readings.back().bytes - m_readings.front().bytes) * 1000 / span.count();
}

std::optional<std::chrono::seconds> TransferRate::remaining(qint64 total) const
{
    const std::optional<qint64> rate = bytesPerSecond();
    if (!rate || *rate <= 0 || total <= m_readings.back().bytes)
        return std::nullopt;
    return std::chrono::seconds((total - m_readings.back().bytes) / *rate);
}

} // namespace sconce::ui
