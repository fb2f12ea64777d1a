// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resolve/conflict.h"
#include "resolve/proof.h"

namespace sconce::resolve {

/// A proof for people, in three steps: facts about packages they know, equal facts merged, words.
Conflict explain(const Proof &proof);

} // namespace sconce::resolve
