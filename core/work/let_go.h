// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <thread>

namespace sconce {

/// Gives back something large on a thread of its own, for which nobody waits, not even the end of the
/// program: its destructor must not need anything but memory.
template <class Large>
void letGo(std::unique_ptr<Large> large)
{
    std::thread([gone = std::move(large)] {}).detach();
}

} // namespace sconce
