// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>

#include "pubgrub/partial_solution.h"

namespace sconce::pubgrub {

/// One state of the PubGrub algorithm (https://github.com/dart-lang/pub/blob/master/doc/solver.md). It knows
/// nothing of where packages come from: its owner asks what is undecided, picks a package and a version, and
/// tells what that needs.
///
/// A copy is a state of its own that shares the incompatibilities; copying costs a few arrays of numbers.
///
/// Details that decide which of several solutions comes out: incompatibilities are tried newest first; as
/// long as nothing was ever taken back, a version is decided without a look at its dependencies; dependencies
/// of the same range are merged over the versions that have them.
class Solver {
public:
    /// `incompatibilities` outlives the solver and all copies.
    Solver(Incompatibilities &incompatibilities, Package root, const versions::Version &version);

    /// A package whose knowledge was involved in a conflict, and the incompatibility in question.
    struct Conflict {
        Package package;
        IncompatibilityId incompatibility;
    };
    /// Draws all conclusions from news about `package`. Returns the conflicts that were met and overcome on
    /// the way, or the incompatibility that proves that there is no solution.
    std::expected<std::vector<Conflict>, IncompatibilityId> propagate(Package package);

    struct Undecided {
        Package package;
        Range range;
    };
    /// Packages that need a version, with the range that it must be in.
    std::vector<Undecided> undecided() const;

    struct Dependency {
        Package package;
        Range range;
    };
    /// Every version in `versions` needs `dependencies`; then `version` (one of them) is decided. When
    /// something was taken back before and the dependencies clash at once with what is known, nothing is
    /// decided and the clash is returned.
    std::optional<IncompatibilityId> addVersion(
        Package package, Range version, Range versions, std::span<const Dependency> dependencies);
    /// For a version whose dependencies were added before.
    void decide(Package package, Range version) { m_solution.decide(package, version); }
    void addDependency(const Incompatibility::Dependency &dependency) { merge(dependency); }
    void addNoVersions(Package package, Range range) { add(m_incompatibilities->noVersions(package, range)); }
    /// `reason`: a number of the caller's that comes back in the proof.
    void addUnavailable(Package package, Range range, std::uint32_t reason)
    {
        add(m_incompatibilities->unavailable(package, range, reason));
    }

    /// Takes back the decision on a package and everything after it; false when it is not decided.
    bool backtrackBefore(Package package);

    const Term *term(Package package) const { return m_solution.term(package); }
    /// Nothing while undecided.
    std::optional<Range> decision(Package package) const
    {
        return m_solution.isDecided(package) ? std::optional(m_solution.term(package)->range) : std::nullopt;
    }
    /// All packages of which something is known.
    std::span<const Package> packages() const { return m_solution.packages(); }
    /// The dependencies in force, for reading the graph.
    template <class Visit>
    void eachDependency(Visit visit) const
    {
        for (const auto &list : m_dependencies) {
            for (const Known &known : list)
                visit((*m_incompatibilities)[m_numbers[known.number]].dependency);
        }
    }

private:
    /// An incompatibility's number in this state and its copies.
    using Number = std::uint32_t;
    struct Known {
        Package needed;
        Range range;
        Number number;
    };
    enum class Relation { Satisfied, Contradicted, AlmostSatisfied, Inconclusive };
    struct Judgement {
        Relation relation;
        Package open{};
    };
    struct Learnt {
        Package package;
        Number number;
    };

    Number add(IncompatibilityId id);
    IncompatibilityId merge(const Incompatibility::Dependency &dependency);
    Judgement judge(const Incompatibility &incompatibility) const;
    bool clashesAtOnce(Package package, Range version, const Incompatibility &incompatibility) const;
    void derive(Package package, Number number);
    void contradict(Number number);
    void backtrack(int level);
    std::expected<Learnt, IncompatibilityId> resolveConflict(Number number, std::vector<Conflict> &conflicts);

    static constexpr int Never = -1;

    Incompatibilities *m_incompatibilities;
    Package m_root;
    PartialSolution m_solution;
    std::vector<IncompatibilityId> m_numbers;
    /// The level since which an incompatibility cannot hold, by number; speed only.
    std::vector<int> m_contradictedSince;
    std::vector<Number> m_contradicted;
    IdMap<PackageTag, std::vector<Number>> m_byPackage;
    IdMap<PackageTag, std::vector<Known>> m_dependencies;
    bool m_hasBacktracked = false;
};

} // namespace sconce::pubgrub
