// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sconce {

/// Small tasks on threads of its own, for work that somebody will want soon: at most `threads` at a time,
/// first come first served. Threads start when they are needed. Destruction drops what has not begun and
/// waits for what has.
class Background {
public:
    explicit Background(std::size_t threads)
        : m_most(threads)
    {}
    ~Background();
    Background(const Background &) = delete;
    Background &operator=(const Background &) = delete;
    void add(std::function<void()> task);

private:
    void run(const std::stop_token &stop);

    const std::size_t m_most;
    std::mutex m_lock;
    std::condition_variable_any m_arrived;
    std::deque<std::function<void()>> m_tasks;
    std::size_t m_idle = 0;
    std::vector<std::jthread> m_threads;
};

} // namespace sconce
