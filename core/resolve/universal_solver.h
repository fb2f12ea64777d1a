// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resolve/proof.h"
#include "resolve/universal_chooser.h"
#include "resolve/universal_needs.h"
#include "resolve/universal_result.h"

namespace sconce::resolve {

/// One run of the solver for all computers and choices (resolver.md § 7). Forks lie on a stack; the one on
/// top is solved to its end, or split.
class UniversalSolver {
public:
    UniversalSolver(const UniversalRequest &request, Supply &supply);

    /// Nothing: solved. Otherwise the incompatibility that proves that one fork has no solution.
    Result<std::optional<pubgrub::IncompatibilityId>> solve(const JobContext &context);
    /// What was decided; only after success.
    UniversalResolution resolution() { return m_result.take(); }
    /// What a proof speaks about; only after a failure.
    Proof proof(pubgrub::IncompatibilityId failure);
    markers::Marker failedFork() const { return m_failed->fork.full(); }
    /// The package that is to come from two places, or from one that the project does not name, and where:
    /// because of it solve() ended with an error.
    struct Refused {
        names::PackageName package;
        markers::Marker where;
    };
    const std::optional<Refused> &refused() const { return m_refused; }

private:
    using Decision = ForkState::Decision;
    using Undecided = pubgrub::Solver::Undecided;
    enum class Step { GoOn, Finished, Split, Failed };

    std::optional<Fork> initialFork(const markers::Marker &marker) const;
    void pushInitialForks();
    ForkState stateOf(Fork fork);
    void bound(ForkState &state);
    ForkState narrowed(const ForkState &state, Fork fork);
    Result<Step> step(ForkState &state, const JobContext &context);
    Result<Step> decide(ForkState &state, Undecided next, const JobContext &context);
    Result<Step> follow(
        ForkState &state, pubgrub::Package package, Verdict verdict, const JobContext &context);
    Result<Step> take(
        ForkState &state, pubgrub::Package package, const Decision &decision, const JobContext &context);
    Result<Step> takePackage(
        ForkState &state, pubgrub::Package package, const Decision &decision, const JobContext &context);
    Result<Step> branch(ForkState &state, pubgrub::Package package, const versions::Version &version,
        const std::vector<Demand> &demands);
    void split(const ForkState &state, pubgrub::Package package, const Split &split);
    Result<> add(ForkState &state, pubgrub::Package package, const versions::Version &version,
        const std::vector<Demand> &demands);
    std::unexpected<Error> refuse(const ForkState &state, NameId package, Error error);
    /// With the packages that asked for this one.
    Error withAskers(const ForkState &state, NameId package, Error error) const;
    Result<> takeSource(ForkState &state, const Demand &demand);
    Result<> takeIndex(ForkState &state, NameId package, const project::RequirementSource &source);
    void addVersion(ForkState &state, pubgrub::Package package, const versions::Version &version,
        std::span<const pubgrub::Solver::Dependency> dependencies);
    void reject(
        ForkState &state, pubgrub::Package package, const versions::VersionSet &versions, Unusable reason);
    const metadata::IndexLocation *location(const QString &address);
    void lookAhead(const ForkState &state);
    /// What comes in while an answer is on its way tells what to ask for next.
    template <class IsUnderWay>
    void lookAheadWhile(const ForkState &state, IsUnderWay isUnderWay, const JobContext &context);
    void showProgress(const ForkState &state, const JobContext &context);

    const UniversalRequest &m_request;
    Supply &m_supply;
    Packages m_packages;
    Listings m_listings;
    pubgrub::Incompatibilities m_incompatibilities;
    UniversalChooser m_chooser;
    UniversalNeeds m_needs;
    Forking m_forking;
    UniversalResult m_result;
    std::map<QString, metadata::IndexLocation> m_locations;
    std::vector<ForkState> m_open;
    /// The fork that has no solution, and its proof.
    std::optional<ForkState> m_failed;
    pubgrub::IncompatibilityId m_failure;
    unsigned m_steps = 0;
    /// In the present step.
    std::vector<Undecided> m_undecided;
    std::optional<Refused> m_refused;
    std::vector<Unusable> m_reasons;
    IdMap<pubgrub::PackageTag, pubgrub::Range> m_lookedAheadFor;
};

} // namespace sconce::resolve
