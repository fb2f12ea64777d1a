// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "pubgrub/solver.h"
#include "resolve/file_verdict.h"
#include "resolve/forking.h"
#include "resolve/priorities.h"

namespace sconce::resolve {

/// What is known while one fork is being solved (resolver.md § 7.1). A copy goes its own way; both share the
/// incompatibilities.
struct ForkState {
    /// A version to decide on. `choice` is empty for the root and for what has a place of its own.
    struct Decision {
        versions::Version version;
        Choice choice{};
    };
    /// Made by a split in the middle of a choice: goes on with this package, and perhaps with this version.
    struct Pending {
        pubgrub::Package package;
        std::optional<Decision> decision;
    };
    using Chosen = std::pair<NameId, pubgrub::Range>;

    pubgrub::Solver solver;
    Priorities priorities;
    Fork fork;
    /// The project's bounds, narrowed by those of the fork.
    markers::PythonBounds python;
    /// Within those bounds.
    markers::Marker inside;
    /// The number of the range at RangeVerdicts.
    std::size_t range = 0;
    pubgrub::Package changed = Packages::Root;
    std::optional<Pending> pending{};
    /// By package, the ranges of single versions whose dependencies the solver has.
    std::set<std::pair<pubgrub::Package, pubgrub::Range>> added{};
    /// Packages with a place of their own, and those that come from one index only.
    std::map<NameId, project::RequirementSource> places{};
    std::map<NameId, const metadata::IndexLocation *> pins{};
    std::map<Chosen, Decision> decisions{};

    bool applies(const markers::Marker &marker) const
    {
        return marker.isAlways() || !(marker.isDisjointFrom(inside) || marker.isDisjointFrom(fork.marker));
    }
    const metadata::IndexLocation *pin(NameId package) const
    {
        const auto found = pins.find(package);
        return found == pins.end() ? nullptr : found->second;
    }
    const project::RequirementSource *place(NameId package) const
    {
        const auto found = places.find(package);
        return found == places.end() ? nullptr : &found->second;
    }
};

/// Bounds narrowed by those of a marker (resolver.md § 14).
markers::PythonBounds narrowed(const markers::PythonBounds &bounds, const markers::Marker &marker);

} // namespace sconce::resolve
