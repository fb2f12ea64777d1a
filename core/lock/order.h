// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>

#include "lock/lock.h"

/// The orders in which a lock stands (§ 12).
namespace sconce::lock {

std::strong_ordering order(const Source &left, const Source &right);
/// By name, version (none first) and source.
std::strong_ordering order(const Package &left, const Package &right);
std::strong_ordering order(const LockedRequirement &left, const LockedRequirement &right);

/// Puts packages, edges, requirements and the items of conflict sets in order, and lets each requirement
/// stand once. Left as they are: the order of wheels, of forks, of conflict sets, and of extras inside a
/// requirement.
void arrange(Lock &lock);

} // namespace sconce::lock
