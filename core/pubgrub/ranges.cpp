// SPDX-License-Identifier: Apache-2.0
#include "pubgrub/ranges.h"

#include <utility>

namespace sconce::pubgrub {

using versions::VersionSet;

Ranges::Ranges()
{
    intern(VersionSet::empty());
    intern(VersionSet::full());
}

template <class Work>
std::uint32_t Ranges::Memory::get(Range left, Range right, Work work)
{
    const std::size_t slot =
        (std::size_t(left.value) * 0x9e3779b1u ^ std::size_t(right.value) * 0x85ebca6bu) % Size;
    Row &row = m_rows[slot];
    if (row.left != left || row.right != right)
        row = {left, right, work()};
    return row.answer;
}

Range Ranges::intersection(Range left, Range right)
{
    if (left == right || right == Full)
        return left;
    if (left == Full)
        return right;
    if (right < left)
        std::swap(left, right);
    return {m_intersections.get(
        left, right, [&] { return intern(m_sets[left].intersection(m_sets[right])).value; })};
}

Range Ranges::united(Range left, Range right)
{
    if (left == right || right == Empty)
        return left;
    if (left == Empty)
        return right;
    if (right < left)
        std::swap(left, right);
    return {m_unions.get(left, right, [&] { return intern(m_sets[left].united(m_sets[right])).value; })};
}

Range Ranges::complement(Range range)
{
    if (const std::optional<Range> known = m_complements[range])
        return *known;
    const Range result = intern(m_sets[range].complement());
    m_complements[range] = result;
    m_complements[result] = range;
    return result;
}

bool Ranges::isSubset(Range inner, Range outer)
{
    if (inner == outer || outer == Full || inner == Empty)
        return true;
    return m_subsets.get(
        inner, outer, [&] { return std::uint32_t(m_sets[inner].isSubsetOf(m_sets[outer])); });
}

bool Ranges::isDisjoint(Range left, Range right)
{
    if (left == Empty || right == Empty)
        return true;
    if (left == right)
        return false;
    if (right < left)
        std::swap(left, right);
    return m_disjoint.get(
        left, right, [&] { return std::uint32_t(m_sets[left].isDisjointFrom(m_sets[right])); });
}

} // namespace sconce::pubgrub
