// SPDX-License-Identifier: Apache-2.0
#include "pubgrub/term.h"

namespace sconce::pubgrub {

Term intersection(Ranges &ranges, Term left, Term right)
{
    if (left.isPositive && right.isPositive)
        return Term::positive(ranges.intersection(left.range, right.range));
    if (!left.isPositive && !right.isPositive)
        return Term::negative(ranges.united(left.range, right.range));
    if (right.isPositive)
        std::swap(left, right);
    return Term::positive(ranges.intersection(left.range, ranges.complement(right.range)));
}

Term united(Ranges &ranges, Term left, Term right)
{
    return intersection(ranges, left.negated(), right.negated()).negated();
}

bool isSubset(Ranges &ranges, Term inner, Term outer)
{
    if (inner.isPositive)
        return outer.isPositive ? ranges.isSubset(inner.range, outer.range)
                                : ranges.isDisjoint(inner.range, outer.range);
    return !outer.isPositive && ranges.isSubset(outer.range, inner.range);
}

bool isDisjoint(Ranges &ranges, Term left, Term right)
{
    if (left.isPositive && right.isPositive)
        return ranges.isDisjoint(left.range, right.range);
    if (!left.isPositive && !right.isPositive)
        return false;
    return left.isPositive ? ranges.isSubset(left.range, right.range)
                           : ranges.isSubset(right.range, left.range);
}

} // namespace sconce::pubgrub
