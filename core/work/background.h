// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sconce {

/// Small tasks on threads of its own, for work that somebody will want soon; first come first served. Only as
/// many of them compute at a time as the computer has cores, but a task that waits for something outside
/// makes room for another, so that many can wait together. Threads start when they are needed. Destruction
/// drops what has not begun and waits for what has.
class Background {
public:
    /// `threads`: at most so many tasks are under way, those that wait included.
    explicit Background(
        std::size_t threads, std::size_t computing = std::max(1U, std::thread::hardware_concurrency()))
        : m_most(threads)
        , m_computing(computing)
    {}
    ~Background();
    Background(const Background &) = delete;
    Background &operator=(const Background &) = delete;
    void add(std::function<void()> task);

    /// Lives around a wait, in whatever a task calls. On other threads it does nothing.
    class Waiting {
    public:
        Waiting();
        ~Waiting();
        Waiting(const Waiting &) = delete;
        Waiting &operator=(const Waiting &) = delete;

    private:
        Background *const m_owner;
    };

private:
    void run(const std::stop_token &stop);
    void wakeOne();

    const std::size_t m_most;
    const std::size_t m_computing;
    std::mutex m_lock;
    std::condition_variable_any m_changed;
    std::deque<std::function<void()>> m_tasks;
    std::size_t m_idle = 0;
    /// An idle thread was called and has not come yet.
    bool m_isWaking = false;
    std::size_t m_busy = 0;
    std::vector<std::jthread> m_threads;
};

} // namespace sconce
