// SPDX-License-Identifier: Apache-2.0
#include "work/background.h"

#include <QThread>
#include <QVariant>

namespace sconce {

namespace {

// Whose thread this is stands at the thread itself: the program, its window and its network are libraries
// with a copy of this file each, and of a variable as well.
constexpr const char *Owner = "sconce background";

void setOwner(Background *owner)
{
    QThread::currentThread()->setProperty(Owner, QVariant::fromValue<void *>(owner));
}

Background *owner()
{
    return static_cast<Background *>(QThread::currentThread()->property(Owner).value<void *>());
}

} // namespace

Background::~Background()
{
    std::vector<std::jthread> threads; // joined when the lock is free again
    const std::lock_guard guard(m_lock);
    m_tasks.clear();
    threads.swap(m_threads);
    // All at once, so that joining one does not wait for another's next task.
    for (std::jthread &thread : threads)
        thread.request_stop();
}

void Background::add(std::function<void()> task)
{
    const std::lock_guard guard(m_lock);
    m_tasks.push_back(std::move(task));
    wakeOne();
}

/// Sees that somebody takes the next task if there is room for one. Whoever takes it calls this again.
void Background::wakeOne()
{
    // Waking a thread takes long; whoever is on the way takes the first task and wakes the next.
    if (m_tasks.empty() || m_busy >= m_computing || m_isWaking)
        return;
    if (m_idle > 0) {
        m_isWaking = true;
        m_changed.notify_one();
    } else if (m_threads.size() < m_most) {
        m_threads.emplace_back([this](const std::stop_token &stop) { run(stop); });
    }
}

void Background::run(const std::stop_token &stop)
{
    setOwner(this);
    std::unique_lock guard(m_lock);
    for (;;) {
        ++m_idle;
        m_changed.wait(guard, stop, [this] {
            m_isWaking = false; // whatever it finds, the next one has to be called anew
            return !m_tasks.empty() && m_busy < m_computing;
        });
        --m_idle;
        if (stop.stop_requested())
            return;
        {
            const std::function<void()> task = std::move(m_tasks.front());
            m_tasks.pop_front();
            ++m_busy;
            wakeOne();
            guard.unlock();
            task();
        }
        guard.lock();
        --m_busy;
    }
}

Background::Waiting::Waiting()
    : m_owner(owner())
{
    if (!m_owner)
        return;
    const std::lock_guard guard(m_owner->m_lock);
    --m_owner->m_busy;
    m_owner->wakeOne();
}

Background::Waiting::~Waiting()
{
    if (!m_owner)
        return;
    const std::lock_guard guard(m_owner->m_lock);
    ++m_owner->m_busy;
}

} // namespace sconce
