// SPDX-License-Identifier: Apache-2.0
#include "work/stop_when.h"

#include <condition_variable>
#include <mutex>

namespace sconce {

StopWhen::StopWhen(const std::stop_token &outer, std::function<bool()> condition)
    : m_condition(std::move(condition))
    , m_outer(outer, [this] { m_stop.request_stop(); })
    , m_watch([this](const std::stop_token &end) { watch(end); })
{}

void StopWhen::watch(const std::stop_token &end)
{
    using namespace std::chrono_literals;
    std::mutex lock;
    std::unique_lock guard(lock);
    std::condition_variable_any never;
    while (!end.stop_requested() && !m_condition())
        never.wait_for(guard, end, 20ms, [] { return false; });
    if (!end.stop_requested())
        m_stop.request_stop();
}

} // namespace sconce
