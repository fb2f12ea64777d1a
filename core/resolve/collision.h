// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resolve/conflict.h"
#include "resolve/facts.h"

namespace sconce::resolve {

/// The two ways that meet where there is no version for both; one way where there is none at all. The
/// shortest that the proof has. Without chains when the proof has no such place.
Collision collisionIn(const std::vector<Fact> &facts, const Proof &proof);

} // namespace sconce::resolve
