// SPDX-License-Identifier: Apache-2.0
#include <ranges>

#include "resolve/specific_solver.h"

namespace sconce::resolve {

using pubgrub::Range;
using pubgrub::Solver;

/// § 15: while one package is being decided, the metadata that the others will most likely need is on its
/// way.
void SpecificSolver::lookAhead(std::span<const Solver::Undecided> undecided)
{
    if (m_request.dependencies == resolve::Dependencies::Ignore)
        return;
    for (const auto &[package, range] : undecided) {
        const VirtualPackage &known = m_packages[package];
        if (!known.isBase() || fileOf(known.name) || m_lookedAheadFor[package] == range)
            continue;
        const NameId name = known.name;
        const PackageListings *listings = m_listings.atHand(name, pin(name));
        if (!listings || listings->lists.empty())
            continue;
        m_lookedAheadFor[package] = range;
        const auto &choice = candidate(name, range, *listings);
        if (choice && choice->isUsable() && acceptsPython(choice->file->requiresPython))
            m_supply.expectMetadata(*choice->metadataFile);
        if (const int tried = m_tried[name]; tried == 5 || tried == 10 || (tried >= 20 && tried % 20 == 0))
            lookFurther(name, range, *listings);
    }
}

/// A package of which many versions were tried will have more of them tried.
void SpecificSolver::lookFurther(NameId package, Range range, const PackageListings &listings)
{
    int left = std::min(m_tried[package], 50);
    const versions::VersionSet &set = m_incompatibilities.ranges[range];
    for (const Listing &list : listings.lists) {
        for (const Release &release : std::views::reverse(list.releases)) {
            if (left == 0)
                return;
            if (!set.contains(release.version) || !release.exists)
                continue;
            const Choice choice = judge(list, release, m_request, m_yanks, m_fit);
            if (!choice.isUsable() || !choice.metadataFile->wheel)
                continue;
            m_supply.expectMetadata(*choice.metadataFile);
            --left;
        }
    }
}

} // namespace sconce::resolve
