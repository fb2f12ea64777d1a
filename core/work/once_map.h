// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "work/job_context.h"

namespace sconce {

/// Each key is worked out once, by whoever asks first; the others wait for that answer. Answers stay, errors
/// too, except a stop: who comes later works it out anew. std:: primitives only, so ThreadSanitizer can see
/// all of it.
template <class Key, class Value, class Hash = std::hash<Key>>
class OnceMap {
public:
    using Answer = std::shared_ptr<const Result<Value>>;

    /// `work` is called without the lock held, at most once at a time for a key.
    template <class Work>
    Answer get(const Key &key, Work &&work, const JobContext &context)
    {
        std::unique_lock guard(m_lock);
        for (;;) {
            auto [place, isNew] = m_slots.try_emplace(key);
            if (isNew)
                break;
            if (place->second)
                return place->second;
            const auto settled = [&] {
                const auto found = m_slots.find(key);
                return found == m_slots.end() || found->second;
            };
            if (!m_arrived.wait(guard, context.stopToken(), settled))
                return std::make_shared<const Result<Value>>(std::unexpected(Error::stopped()));
        }
        guard.unlock();
        auto answer = std::make_shared<const Result<Value>>(work());
        guard.lock();
        const bool stopped = !*answer && answer->error().kind() == ErrorKind::Stopped;
        if (stopped)
            m_slots.erase(key);
        else
            m_slots[key] = answer;
        m_arrived.notify_all();
        return answer;
    }

    /// The answer if there is one already; never waits.
    Answer peek(const Key &key) const
    {
        const std::lock_guard guard(m_lock);
        const auto found = m_slots.find(key);
        return found == m_slots.end() ? nullptr : found->second;
    }

private:
    mutable std::mutex m_lock;
    std::condition_variable_any m_arrived;
    std::unordered_map<Key, Answer, Hash> m_slots;
};

} // namespace sconce
