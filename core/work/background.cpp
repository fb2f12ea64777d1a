// SPDX-License-Identifier: Apache-2.0
#include "work/background.h"

namespace sconce {

Background::~Background()
{
    std::vector<std::jthread> threads;
    {
        const std::lock_guard guard(m_lock);
        m_tasks.clear();
        threads.swap(m_threads);
        // All at once, so that joining one does not wait for another's next task.
        for (std::jthread &thread : threads)
            thread.request_stop();
    }
}

void Background::add(std::function<void()> task)
{
    {
        const std::lock_guard guard(m_lock);
        m_tasks.push_back(std::move(task));
        if (m_idle < m_tasks.size() && m_threads.size() < m_most)
            m_threads.emplace_back([this](const std::stop_token &stop) { run(stop); });
    }
    m_arrived.notify_one();
}

void Background::run(const std::stop_token &stop)
{
    std::unique_lock guard(m_lock);
    while (!stop.stop_requested()) {
        ++m_idle;
        const bool hasTask = m_arrived.wait(guard, stop, [this] { return !m_tasks.empty(); });
        --m_idle;
        if (!hasTask || stop.stop_requested())
            return;
        const std::function<void()> task = std::move(m_tasks.front());
        m_tasks.pop_front();
        guard.unlock();
        task();
        guard.lock();
    }
}

} // namespace sconce
