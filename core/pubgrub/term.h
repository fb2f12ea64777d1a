// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pubgrub/ranges.h"

namespace sconce::pubgrub {

/// A package in the solver's eyes; what it stands for is the asker's affair.
using Package = Id<struct PackageTag>;

/// A statement about one package. Positive: a version in the range is chosen. Negative: none is, or the
/// package is not chosen at all.
struct Term {
    Range range = Ranges::Full;
    bool isPositive = false;

    static Term positive(Range range) { return {range, true}; }
    static Term negative(Range range) { return {range, false}; }
    /// True of every choice.
    static Term any() { return {Ranges::Empty, false}; }

    Term negated() const { return {range, !isPositive}; }
    bool operator==(const Term &) const = default;
};

/// Both hold.
Term intersection(Ranges &ranges, Term left, Term right);
/// At least one holds.
Term united(Ranges &ranges, Term left, Term right);
/// Whenever `inner` holds, `outer` does.
bool isSubset(Ranges &ranges, Term inner, Term outer);
/// They never hold together.
bool isDisjoint(Ranges &ranges, Term left, Term right);

} // namespace sconce::pubgrub
