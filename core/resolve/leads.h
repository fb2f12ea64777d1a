// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resolve/conflict.h"
#include "resolve/facts.h"

namespace sconce::resolve {

/// What the facts of a conflict are about, each thing once, in the order of the facts.
Leads leadsIn(const std::vector<Fact> &facts, const Proof &proof);

} // namespace sconce::resolve
