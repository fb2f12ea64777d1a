// SPDX-License-Identifier: Apache-2.0
#include "resolve/universal_chooser.h"

#include <algorithm>

#include "markers/extras.h"

namespace sconce::resolve {

using names::PackageName;
using versions::Version;
using versions::VersionSet;

namespace {

/// Addresses of one index may differ in a slash at the end.
QString withoutSlash(const QString &address)
{
    return address.endsWith(u'/') ? address.chopped(1) : address;
}

} // namespace

UniversalChooser::UniversalChooser(
    const UniversalRequest &request, Packages &packages, Listings &listings, pubgrub::Ranges &ranges)
    : m_request(request)
    , m_packages(packages)
    , m_listings(listings)
    , m_ranges(ranges)
    , m_verdicts(request, m_yanks, request.python)
    , m_preReleases(request)
{
    for (const auto &[package, preference] : request.preferences) {
        addPreference(packages.name(package), preference, false);
        m_yanks.add(package, preference.version);
    }
}

void UniversalChooser::addWish(const requirements::Requirement &requirement, bool isDirect)
{
    m_yanks.add(requirement);
    m_preReleases.add(requirement);
    if (isDirect)
        m_direct.emplace(requirement.name, markers::withSomeExtras(requirement.marker));
}

void UniversalChooser::addPreference(
    NameId package, const UniversalRequest::Preference &preference, bool isFromOtherFork)
{
    Preferences &preferences = m_preferences[package];
    ++preferences.changes;
    Preference added{preference.version, withoutSlash(preference.index), isFromOtherFork,
        markers::withSomeExtras(preference.marker)};
    for (Preference &known : preferences.list) {
        if (known.version == added.version && known.index == added.index
            && known.isFromOtherFork == added.isFromOtherFork) {
            known.where = known.where | added.where;
            return;
        }
    }
    preferences.list.push_back(std::move(added));
}

Result<Verdict> UniversalChooser::choose(
    const ForkState &state, pubgrub::Solver::Undecided next, const JobContext &context)
{
    const NameId package = m_packages[next.package].name;
    const VersionSet range = m_ranges[next.range];
    if (state.place(package))
        return choosePlace(state, package, range);
    const PackageListings &listings = *SCONCE_TRY(m_listings.of(package, state.pin(package), context));
    if (listings.lists.empty()) {
        const bool isAskable = state.pin(package) || !m_request.indexes.empty();
        return Rejected{
            VersionSet::full(), {isAskable ? Unusable::Kind::NotFound : Unusable::Kind::NoIndex, {}}};
    }
    const std::optional<Choice> found = remembered(state, package, next.range, listings);
    if (!found)
        return NoVersion{};
    const Version &version = found->version();
    if (!found->isUsable())
        return Rejected{widened(state, package, version), found->reason};
    if (auto verdict = checkPython(state, version, found->file->requiresPython))
        return *std::move(verdict);
    // § 4.1: the wheels that end below the fork count only now, so that such a version can still split the
    // fork.
    const Choice &here = m_verdicts.choice(*found->list, *found->release, state.range);
    if (!here.isUsable())
        return Rejected{widened(state, package, version), here.reason};
    if (auto verdict = checkCoverage(state, package, *found))
        return *std::move(verdict);
    if (auto verdict = checkLocal(state, {package, range, listings}, *found))
        return *std::move(verdict);
    return Decision{version, *found};
}

/// What a project asks for by its place has one version.
Verdict UniversalChooser::choosePlace(const ForkState &state, NameId package, const VersionSet &range) const
{
    const Version version = m_request.versionAt(*state.place(package), m_packages[package]);
    if (!range.contains(version))
        return NoVersion{};
    return Decision{version, {}};
}

const std::optional<Choice> &UniversalChooser::remembered(
    const ForkState &state, NameId package, pubgrub::Range range, const PackageListings &listings)
{
    const auto [place, isNew] = m_remembered.try_emplace({&listings, range});
    Answer &answer = place->second;
    const Preferences &preferences = m_preferences[package];
    const bool isForEveryFork = m_request.order != Order::LowestDirect && preferences.list.empty();
    const bool holds = !isNew && answer.changes == preferences.changes
        && (isForEveryFork || answer.fork == state.fork.marker);
    if (!holds)
        answer = {
            candidate(state, {package, m_ranges[range], listings}), state.fork.marker, preferences.changes};
    return answer.choice;
}

std::optional<Choice> UniversalChooser::candidate(const ForkState &state, const Question &question)
{
    const PackageName &name = m_packages[question.package];
    const bool lowestFirst = isLowestFirst(state, name);
    const auto preferences = preferencesFor(state, question.package, lowestFirst);
    return bestCandidate({.package = name,
                             .range = question.range,
                             .listings = question.listings,
                             .lowestFirst = lowestFirst,
                             .preferences = preferences},
        m_request, m_preReleases, [this](const Listing &list, const Release &release) {
            return m_verdicts.choice(list, release, RangeVerdicts::Project);
        });
}

bool UniversalChooser::isLowestFirst(const ForkState &state, const PackageName &package) const
{
    if (m_request.order != Order::LowestDirect)
        return m_request.order == Order::Lowest;
    const auto [first, last] = m_direct.equal_range(package);
    return std::any_of(
        first, last, [&](const auto &direct) { return !direct.second.isDisjointFrom(state.fork.marker); });
}

/// § 8.1: those of this fork before those of others, in the order in which candidates are tried.
std::vector<Version> UniversalChooser::preferencesFor(
    const ForkState &state, NameId package, bool lowestFirst)
{
    const Preferences &preferences = m_preferences[package];
    if (preferences.list.empty())
        return {};
    const metadata::IndexLocation *pin = state.pin(package);
    const QString pinned = pin ? withoutSlash(pin->address()) : QString();
    const bool mayBePreRelease = m_preReleases.of(m_packages[package]) == PreReleases::Allow;
    struct Ranked {
        bool isElsewhere;
        Version version;
    };
    std::vector<Ranked> ranked;
    for (const Preference &preference : preferences.list) {
        if (pin && !preference.index.isEmpty() && preference.index != pinned)
            continue;
        if (preference.version.isPreRelease() && preference.isFromOtherFork && !mayBePreRelease)
            continue;
        ranked.push_back({preference.where.isDisjointFrom(state.fork.marker), preference.version});
    }
    std::ranges::stable_sort(ranked, [&](const Ranked &left, const Ranked &right) {
        if (left.isElsewhere != right.isElsewhere)
            return right.isElsewhere;
        return lowestFirst ? left.version < right.version : right.version < left.version;
    });
    std::vector<Version> versions;
    for (Ranked &row : ranked)
        versions.push_back(std::move(row.version));
    return versions;
}

const Choice *UniversalChooser::guess(const ForkState &state, NameId package, pubgrub::Range range)
{
    if (state.place(package))
        return nullptr;
    const PackageListings *listings = m_listings.atHand(package, state.pin(package));
    if (!listings || listings->lists.empty())
        return nullptr;
    const auto &found = remembered(state, package, range, *listings);
    return found ? &*found : nullptr;
}

VersionSet UniversalChooser::widened(const ForkState &state, NameId package, const Version &version) const
{
    const PackageListings *listings =
        state.place(package) ? nullptr : m_listings.found(package, state.pin(package));
    return listings ? listings->gapAround(version) : VersionSet::exactly(version);
}

} // namespace sconce::resolve
