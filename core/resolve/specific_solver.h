// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "pubgrub/solver.h"
#include "resolve/candidates.h"
#include "resolve/needs.h"
#include "resolve/priorities.h"
#include "resolve/proof.h"
#include "resolve/specific.h"

namespace sconce::resolve {

/// One run of the solver for one interpreter (resolver.md § 7.2 without forks).
class SpecificSolver {
public:
    SpecificSolver(const SpecificRequest &request, Supply &supply);

    /// Nothing: solved. Otherwise the incompatibility that proves that there is no solution.
    Result<std::optional<pubgrub::IncompatibilityId>> solve(const JobContext &context);
    /// What was decided; only after success.
    Result<Resolution> resolution(const JobContext &context);
    /// What a proof speaks about.
    Proof proof(pubgrub::IncompatibilityId failure);

private:
    /// A version to decide on and its files.
    struct Decision {
        versions::Version version;
        const metadata::IndexFile *file = nullptr;
        const metadata::IndexFile *metadataFile = nullptr;
        /// Null for a file that was asked for by its own.
        const Listing *list = nullptr;
    };
    using Dependencies = std::vector<pubgrub::Solver::Dependency>;
    using Metadata = std::shared_ptr<const metadata::CoreMetadata>;

    // Choosing
    Result<> decide(pubgrub::Solver::Undecided next, const JobContext &context);
    Result<> decideReal(pubgrub::Solver::Undecided next, const JobContext &context);
    /// Nothing when none can be chosen, which the solver has been told then.
    Result<std::optional<Decision>> choose(pubgrub::Solver::Undecided next, const JobContext &context);
    std::optional<Decision> chooseFile(pubgrub::Solver::Undecided next, const metadata::IndexFile &file);
    const std::optional<Choice> &candidate(
        NameId package, pubgrub::Range range, const PackageListings &listings);
    bool acceptsPython(const std::optional<versions::SpecifierSet> &requiresPython) const;
    void demandPython(pubgrub::Package package, const versions::Version &version,
        const versions::SpecifierSet &requiresPython);
    void reject(pubgrub::Package package, const versions::VersionSet &versions, Unusable reason);
    versions::VersionSet widened(NameId package, const versions::Version &version);

    // Dependencies
    Result<> addWishes();
    Result<> addProxy(pubgrub::Package package, const Decision &decision);
    Result<> addPackage(pubgrub::Package package, const Decision &decision, const JobContext &context);
    Result<std::optional<Metadata>> metadataFor(
        pubgrub::Package package, const Decision &decision, const JobContext &context);
    Result<Dependencies> dependenciesOf(const std::vector<Need> &needs);
    Result<> takeSource(NameId package, const Need &need);
    void announce(pubgrub::Package package, pubgrub::Range range);
    void addVersion(pubgrub::Package package, const versions::Version &version,
        const versions::VersionSet &versions, const Dependencies &dependencies);
    std::optional<torch::SystemDependency> systemDependency(const Decision &decision) const;

    // The result
    Result<std::map<names::PackageName, ResolvedPackage>> chosenPackages(const JobContext &context);
    void connect(std::map<names::PackageName, ResolvedPackage> &packages) const;

    // Looking ahead
    void lookAhead(std::span<const pubgrub::Solver::Undecided> undecided);
    void lookFurther(NameId package, pubgrub::Range range, const PackageListings &listings);
    void showProgress(std::span<const pubgrub::Solver::Undecided> undecided, const JobContext &context) const;

    const metadata::IndexLocation *pin(NameId package) const;
    const metadata::IndexFile *fileOf(NameId package) const;
    bool applies(const markers::Marker &marker) const
    {
        return marker.isAlways() || marker.evaluate(m_request.environment);
    }

    const SpecificRequest &m_request;
    Supply &m_supply;
    Packages m_packages;
    Listings m_listings;
    NeedRules m_needRules;
    PreReleaseRules m_preReleases;
    AllowedYanks m_yanks;
    Fit m_fit;
    std::unordered_set<names::PackageName> m_wished;

    mutable pubgrub::Incompatibilities m_incompatibilities; // ranges remember what was asked
    pubgrub::Solver m_solver;
    Priorities m_priorities;
    std::map<NameId, metadata::IndexLocation> m_pins;
    std::map<NameId, std::shared_ptr<const metadata::IndexFile>> m_files;
    /// By package, the ranges of single versions whose dependencies the solver has.
    std::set<std::pair<pubgrub::Package, pubgrub::Range>> m_added;
    std::map<std::pair<NameId, pubgrub::Range>, Decision> m_decisions;
    std::map<std::pair<NameId, pubgrub::Range>, std::optional<Choice>> m_candidates;
    std::vector<Unusable> m_reasons;
    IdMap<pubgrub::PackageTag, pubgrub::Range> m_lookedAheadFor;
    IdMap<NameTag, int> m_tried;
};

} // namespace sconce::resolve
