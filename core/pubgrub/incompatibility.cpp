// SPDX-License-Identifier: Apache-2.0
#include "pubgrub/incompatibility.h"

#include <algorithm>

namespace sconce::pubgrub {

using Kind = Incompatibility::Kind;

IncompatibilityId Incompatibilities::add(Incompatibility incompatibility)
{
    m_rows.push_back(std::move(incompatibility));
    return {std::uint32_t(m_rows.size() - 1)};
}

IncompatibilityId Incompatibilities::root(Package package, Range version)
{
    return add({.kind = Kind::Root, .entries = {{package, Term::negative(version)}}});
}

IncompatibilityId Incompatibilities::dependency(const Incompatibility::Dependency &dependency)
{
    const auto &[package, versions, needed, range] = dependency;
    Incompatibility result{.kind = Kind::Dependency, .dependency = dependency};
    if (package == needed) {
        // Only versions that shut themselves out are lost.
        result.entries.append(
            {package, Term::positive(ranges.intersection(versions, ranges.complement(range)))});
    } else {
        result.entries.append({package, Term::positive(versions)});
        if (range != Ranges::Empty)
            result.entries.append({needed, Term::negative(range)});
    }
    return add(std::move(result));
}

IncompatibilityId Incompatibilities::noVersions(Package package, Range range)
{
    return add({.kind = Kind::NoVersions, .entries = {{package, Term::positive(range)}}});
}

IncompatibilityId Incompatibilities::unavailable(Package package, Range range, std::uint32_t reason)
{
    return add({.kind = Kind::Unavailable, .entries = {{package, Term::positive(range)}}, .reason = reason});
}

IncompatibilityId Incompatibilities::priorCause(
    IncompatibilityId incompatibility, IncompatibilityId cause, Package package)
{
    const Incompatibility &first = m_rows[incompatibility.value];
    const Incompatibility &second = m_rows[cause.value];
    Incompatibility result{.kind = Kind::Derived, .firstCause = incompatibility, .secondCause = cause};
    for (const auto &entry : first.entries) {
        if (entry.package != package)
            result.entries.append(entry);
    }
    for (const auto &entry : second.entries) {
        if (entry.package == package)
            continue;
        const auto known = std::ranges::find(result.entries, entry.package, &Incompatibility::Entry::package);
        if (known == result.entries.end())
            result.entries.append(entry);
        else
            known->term = intersection(ranges, known->term, entry.term);
    }
    const Term both = united(ranges, *first.term(package), *second.term(package));
    if (both != Term::any())
        result.entries.append({package, both});
    return add(std::move(result));
}

std::vector<IncompatibilityId> Incompatibilities::derivation(IncompatibilityId incompatibility) const
{
    std::vector<IncompatibilityId> found;
    std::vector<bool> isFound(m_rows.size());
    std::vector<IncompatibilityId> open{incompatibility};
    while (!open.empty()) {
        const IncompatibilityId next = open.back();
        open.pop_back();
        if (isFound[next.value])
            continue;
        isFound[next.value] = true;
        found.push_back(next);
        const Incompatibility &row = m_rows[next.value];
        if (row.kind == Kind::Derived)
            open.insert(open.end(), {row.firstCause, row.secondCause});
    }
    std::ranges::sort(found); // causes are always made before what follows from them
    return found;
}

} // namespace sconce::pubgrub
