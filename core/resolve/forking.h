// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/simplify.h"
#include "pubgrub/ranges.h"
#include "resolve/fork.h"
#include "resolve/packages.h"

namespace sconce::resolve {

/// What a version needs, on its way to the solver.
struct Demand {
    pubgrub::Package package;
    pubgrub::Range range;
    /// Where it has to come from: an index, a place of its own, or anywhere.
    project::RequirementSource source;
};

/// Demands that hold in one part of what a fork covers.
struct Branch {
    std::vector<Demand> demands;
    Fork fork;
};

/// Whose demands they are: those of the workspace itself are members and groups.
enum class Demander { Workspace, Package };

/// Splits forks where the demands of a version exclude each other (resolver.md § 9, § 10).
class Forking {
public:
    /// All arguments outlive it. `isNewestFirst`: the branch with the newest Python is the last.
    Forking(const Packages &packages, const pubgrub::Ranges &ranges,
        const std::vector<project::ConflictSet> &conflicts, bool isNewestFirst);

    /// The branches of a fork, last the one that is to be solved first. With a single branch its fork means
    /// nothing: the fork stays as it is.
    std::vector<Branch> split(const Fork &fork, const markers::PythonBounds &python, Demander demander,
        const std::vector<Demand> &demands) const;
    /// Where a fork stands: by the lower bound of the Pythons that the marker speaks of.
    bool isEarlier(const markers::Marker &left, const markers::Marker &right) const;

private:
    const markers::Marker &markerOf(const Demand &demand) const { return m_packages[demand.package].marker; }
    project::Item itemOf(const Demand &demand) const;
    std::vector<Branch> splitByMarkers(
        const Fork &fork, const markers::PythonBounds &python, const std::vector<Demand> &demands) const;
    void splitBy(std::vector<Branch> &branches, const Demand &demand, const markers::Marker &python) const;
    std::vector<Branch> splitByConflicts(std::vector<Branch> branches, Demander demander) const;
    bool isSettled(const project::ConflictSet &set, const Fork &fork) const;
    Branch withoutExcluded(const Branch &branch, const Fork &fork, Demander demander) const;
    std::ptrdiff_t boundedCount(const Branch &branch) const;

    const Packages &m_packages;
    const pubgrub::Ranges &m_ranges;
    const std::vector<project::ConflictSet> &m_conflicts;
    bool m_isNewestFirst;
};

} // namespace sconce::resolve
