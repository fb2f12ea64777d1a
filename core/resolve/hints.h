// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resolve/conflict.h"
#include "resolve/facts.h"

namespace sconce::resolve {

/// Ways out of a conflict, in the order of the facts they follow from, none twice for one package.
std::vector<Hint> hintsFor(const std::vector<Fact> &facts, const Proof &proof);

} // namespace sconce::resolve
