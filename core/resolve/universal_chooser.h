// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "resolve/candidates.h"
#include "resolve/fork_state.h"
#include "resolve/range_verdicts.h"
#include "resolve/universal.h"

namespace sconce::resolve {

/// What to do about an undecided package.
struct NoVersion {};
struct Rejected {
    versions::VersionSet versions;
    Unusable reason;
};
/// The version demands another Python.
struct WrongPython {
    versions::Version version;
    versions::SpecifierSet requiresPython;
};
/// The fork is to be cut into these parts, of which each goes on with the package. Last the one that is to be
/// solved first.
struct Split {
    struct Part {
        markers::Marker marker;
        /// Chosen already in this part.
        std::optional<ForkState::Decision> decision{};
    };
    std::vector<Part> parts;
};
using Verdict = std::variant<ForkState::Decision, NoVersion, Rejected, WrongPython, Split>;

/// Chooses versions for forks (resolver.md § 8).
class UniversalChooser {
public:
    /// All arguments outlive it.
    UniversalChooser(
        const UniversalRequest &request, Packages &packages, Listings &listings, pubgrub::Ranges &ranges);

    Result<Verdict> choose(
        const ForkState &state, pubgrub::Solver::Undecided next, const JobContext &context);
    /// Nothing when the Pythons of the fork satisfy the bound (§ 8.3).
    /// `requiresPython` stays where it is.
    std::optional<Verdict> checkPython(const ForkState &state, const versions::Version &version,
        const std::optional<versions::SpecifierSet> &requiresPython) const;
    /// What choose() would most likely answer; null before the pages have come.
    const Choice *guess(const ForkState &state, NameId package, pubgrub::Range range);
    /// A requirement of the workspace, which may name yanked versions and pre-releases.
    void addWish(const requirements::Requirement &requirement, bool isDirect);
    /// Later forks take what an earlier one chose, where they can.
    void prefer(NameId package, const UniversalRequest::Preference &preference)
    {
        addPreference(package, preference, true);
    }
    /// The gap around a version of a package, see PackageListings; places of their own have no neighbours.
    versions::VersionSet widened(
        const ForkState &state, NameId package, const versions::Version &version) const;
    RangeVerdicts &verdicts() { return m_verdicts; }
    const PreReleaseRules &preReleases() const { return m_preReleases; }

private:
    using Decision = ForkState::Decision;
    struct Preference {
        versions::Version version;
        /// Address of the index, without a slash at the end.
        QString index;
        bool isFromOtherFork = false;
        /// Of all forks that prefer it; conflict items do not count.
        markers::Marker where;
    };
    struct Question {
        NameId package;
        const versions::VersionSet &range;
        const PackageListings &listings;
    };

    struct Preferences {
        std::vector<Preference> list;
        /// How often the list has changed.
        unsigned changes = 0;
    };
    /// What was answered to a question, and for which state of things that holds.
    struct Answer {
        std::optional<Choice> choice;
        markers::Marker fork;
        unsigned changes = 0;
    };

    void addPreference(NameId package, const UniversalRequest::Preference &preference, bool isFromOtherFork);
    Verdict choosePlace(const ForkState &state, NameId package, const versions::VersionSet &range) const;
    std::optional<Choice> candidate(const ForkState &state, const Question &question);
    const std::optional<Choice> &remembered(
        const ForkState &state, NameId package, pubgrub::Range range, const PackageListings &listings);
    std::vector<versions::Version> preferencesFor(const ForkState &state, NameId package, bool lowestFirst);
    bool isLowestFirst(const ForkState &state, const names::PackageName &package) const;
    std::optional<std::vector<Split::Part>> pythonParts(
        const ForkState &state, const std::optional<versions::SpecifierSet> &requiresPython) const;
    std::optional<Verdict> checkCoverage(const ForkState &state, NameId package, const Choice &choice);
    std::optional<Verdict> checkLocal(const ForkState &state, const Question &question, const Choice &choice);
    const std::vector<markers::Marker> &implied(const Choice &choice, std::size_t range)
    {
        return m_verdicts.implied(*choice.list, *choice.release, range);
    }
    markers::Marker reach(const ForkState &state, NameId package) const;

    const UniversalRequest &m_request;
    Packages &m_packages;
    Listings &m_listings;
    pubgrub::Ranges &m_ranges;
    AllowedYanks m_yanks;
    RangeVerdicts m_verdicts;
    PreReleaseRules m_preReleases;
    IdMap<NameTag, Preferences> m_preferences;
    /// Markers of the workspace's own requirements, by name.
    std::multimap<names::PackageName, markers::Marker> m_direct;
    std::map<std::pair<const PackageListings *, pubgrub::Range>, Answer> m_remembered;
    /// Where the Pythons of a bound begin, by the bound's own place, at a file or in its metadata.
    mutable std::unordered_map<const std::optional<versions::SpecifierSet> *,
        std::optional<versions::ReleaseRange::Cut>>
        m_lowest;
};

} // namespace sconce::resolve
