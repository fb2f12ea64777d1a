// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>
#include <thread>

namespace sconce {

/// Gives work a token that is stopped when the outer one is, or once a condition holds: asked on a thread of
/// its own, many times a second, for as long as the object lives.
class StopWhen {
public:
    StopWhen(const std::stop_token &outer, std::function<bool()> condition);
    std::stop_token token() const { return m_stop.get_token(); }

private:
    void watch(const std::stop_token &end);

    const std::function<bool()> m_condition;
    std::stop_source m_stop;
    std::stop_callback<std::function<void()>> m_outer;
    std::jthread m_watch; // last: ends before what it uses
};

} // namespace sconce
