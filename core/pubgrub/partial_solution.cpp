// SPDX-License-Identifier: Apache-2.0
#include "pubgrub/partial_solution.h"

#include <algorithm>

namespace sconce::pubgrub {

void PartialSolution::append(Package package, Term term, std::optional<IncompatibilityId> cause)
{
    const std::uint32_t last = m_last[package];
    if (last == None)
        m_packages.push_back(package);
    m_trail.push_back({package, m_level, term, cause, last});
    setLast(package, std::uint32_t(m_trail.size() - 1));
}

void PartialSolution::setLast(Package package, std::uint32_t position)
{
    const bool isOpen = position != None && m_trail[position].cause && m_trail[position].term.isPositive;
    m_last[package] = {position, isOpen};
}

void PartialSolution::derive(Ranges &ranges, Package package, Term term, IncompatibilityId cause)
{
    const Term *known = this->term(package);
    append(package, known ? intersection(ranges, *known, term) : term, cause);
}

void PartialSolution::decide(Package package, Range version)
{
    ++m_level;
    append(package, Term::positive(version), {});
}

void PartialSolution::backtrack(int level)
{
    m_level = level;
    while (!m_trail.empty() && m_trail.back().level > level) {
        const Assignment &gone = m_trail.back();
        setLast(gone.package, gone.previous);
        if (gone.previous == None)
            m_packages.pop_back(); // first assignments stand in the same order in both lists
        m_trail.pop_back();
    }
}

std::uint32_t PartialSolution::firstDisjoint(Ranges &ranges, Package package, Term term) const
{
    // What is known only grows narrower: once disjoint, always disjoint.
    std::uint32_t found = m_last.at(package);
    for (std::uint32_t next = m_trail[found].previous; next != None; next = m_trail[next].previous) {
        if (!isDisjoint(ranges, m_trail[next].term, term))
            break;
        found = next;
    }
    return found;
}

PartialSolution::Satisfier PartialSolution::satisfier(
    Incompatibilities &incompatibilities, const Incompatibility &incompatibility) const
{
    Ranges &ranges = incompatibilities.ranges;
    std::uint32_t latest = 0;
    std::uint32_t others = 0; // the latest among the assignments of the other terms
    for (const auto &entry : incompatibility.entries) {
        const std::uint32_t position = firstDisjoint(ranges, entry.package, entry.term.negated());
        others = std::max(others, std::min(latest, position));
        latest = std::max(latest, position);
    }
    const Assignment &last = m_trail[latest];
    Satisfier result{.package = last.package, .cause = last.cause, .previousLevel = 1};
    // The satisfier may hold the term only together with earlier knowledge of the same package: that counts
    // as previous too.
    const Term own = last.cause ? incompatibilities[*last.cause].term(last.package)->negated() : last.term;
    const Term missing = intersection(ranges, own, incompatibility.term(last.package)->negated());
    others = std::max(others, firstDisjoint(ranges, last.package, missing));
    result.previousLevel = std::max(m_trail[others].level, 1);
    if (result.previousLevel < last.level)
        result.cause.reset();
    return result;
}

} // namespace sconce::pubgrub
