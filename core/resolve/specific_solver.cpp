// SPDX-License-Identifier: Apache-2.0
#include "resolve/specific_solver.h"

#include <algorithm>

#include "versions/release_range.h"

namespace sconce::resolve {

using pubgrub::Package;
using pubgrub::Range;
using pubgrub::Solver;
using versions::Version;
using versions::VersionSet;
using Kind = VirtualPackage::Kind;

SpecificSolver::SpecificSolver(const SpecificRequest &request, Supply &supply)
    : m_request(request)
    , m_supply(supply)
    , m_listings(request, m_packages, supply, Counting::Everything)
    , m_needRules(request)
    , m_preReleases(request)
    , m_fit(Fit::forTags(request.tags))
    , m_solver(m_incompatibilities, Packages::Root, Version())
    , m_priorities(m_packages)
{
    for (const Wish &wish : request.wishes) {
        if (!applies(wish.requirement.marker))
            continue;
        m_preReleases.add(wish.requirement);
        m_yanks.add(wish.requirement);
        m_wished.insert(wish.requirement.name);
    }
    for (const auto *list : {&request.constraints, &request.overrides}) {
        for (const auto &requirement : *list)
            m_yanks.add(requirement);
    }
    for (const auto &[package, version] : request.preferences)
        m_yanks.add(package, version);
}

Result<std::optional<pubgrub::IncompatibilityId>> SpecificSolver::solve(const JobContext &context)
{
    Package changed = Packages::Root;
    for (;;) {
        SCONCE_TRY(context.goOn());
        const auto conflicts = m_solver.propagate(changed);
        if (!conflicts)
            return conflicts.error();
        for (const Solver::Conflict &conflict : *conflicts)
            m_priorities.count(m_incompatibilities[conflict.incompatibility], conflict.package);
        m_priorities.apply(m_solver);
        const auto undecided = m_solver.undecided();
        showProgress(undecided, context);
        if (undecided.empty())
            return std::nullopt;
        lookAhead(undecided);
        const Solver::Undecided next = m_priorities.first(undecided);
        SCONCE_TRY(decide(next, context));
        changed = next.package;
    }
}

Result<> SpecificSolver::decide(Solver::Undecided next, const JobContext &context)
{
    switch (m_packages[next.package].kind) {
    case Kind::Root: return addWishes();
    case Kind::Python: // the interpreter is given, there is no other
        m_solver.addNoVersions(next.package, next.range);
        return {};
    case Kind::System:
        if (const auto only = m_incompatibilities.ranges[next.range].singleton())
            addVersion(next.package, *only, VersionSet::exactly(*only), {});
        else
            m_solver.addNoVersions(next.package, next.range);
        return {};
    default: return decideReal(next, context);
    }
}

Result<> SpecificSolver::decideReal(Solver::Undecided next, const JobContext &context)
{
    const auto decision = SCONCE_TRY(choose(next, context));
    if (!decision)
        return {};
    const Range exact = m_incompatibilities.ranges.exactly(decision->version);
    m_decisions.insert_or_assign({m_packages[next.package].name, exact}, *decision);
    if (!m_added.emplace(next.package, exact).second) {
        m_solver.decide(next.package, exact);
        return {};
    }
    if (m_packages[next.package].isProxy())
        return addProxy(next.package, *decision);
    return addPackage(next.package, *decision, context);
}

Result<std::optional<SpecificSolver::Decision>> SpecificSolver::choose(
    Solver::Undecided next, const JobContext &context)
{
    const NameId name = m_packages[next.package].name;
    if (const metadata::IndexFile *file = fileOf(name))
        return chooseFile(next, *file);
    const PackageListings &listings = *SCONCE_TRY(m_listings.of(name, pin(name), context));
    if (listings.lists.empty()) {
        const bool isAskable = pin(name) || !m_request.indexes.empty();
        reject(next.package, VersionSet::full(),
            {isAskable ? Unusable::Kind::NotFound : Unusable::Kind::NoIndex, {}});
        return std::nullopt;
    }
    const std::optional<Choice> &choice = candidate(name, next.range, listings);
    if (!choice) {
        m_solver.addNoVersions(next.package, next.range);
        return std::nullopt;
    }
    ++m_tried[name];
    if (!choice->isUsable()) {
        reject(next.package, widened(name, choice->version()), choice->reason);
        return std::nullopt;
    }
    if (!acceptsPython(choice->file->requiresPython)) {
        demandPython(next.package, choice->version(), *choice->file->requiresPython);
        return std::nullopt;
    }
    return Decision{choice->version(), choice->file, choice->metadataFile, choice->list};
}

std::optional<SpecificSolver::Decision> SpecificSolver::chooseFile(
    Solver::Undecided next, const metadata::IndexFile &file)
{
    if (!m_incompatibilities.ranges[next.range].contains(file.version)) {
        m_solver.addNoVersions(next.package, next.range);
        return {};
    }
    if (const auto part = file.wheel ? misfit(file, m_request.tags) : std::nullopt) {
        reject(next.package, VersionSet::exactly(file.version), {*part, {}});
        return {};
    }
    return Decision{file.version, &file, &file, nullptr};
}

const std::optional<Choice> &SpecificSolver::candidate(
    NameId package, Range range, const PackageListings &listings)
{
    const auto [place, isNew] = m_candidates.try_emplace({package, range});
    if (!isNew)
        return place->second;
    const names::PackageName &name = m_packages[package];
    std::vector<Version> preferences;
    const auto [first, last] = m_request.preferences.equal_range(name);
    for (auto preference = first; preference != last; ++preference)
        preferences.push_back(preference->second);
    const bool lowestFirst = m_request.order == Order::Lowest
        || (m_request.order == Order::LowestDirect && m_wished.contains(name));
    std::ranges::sort(preferences);
    if (!lowestFirst)
        std::ranges::reverse(preferences);
    const auto judgeHere = [this](const Listing &list, const Release &release) {
        return judge(list, release, m_request, m_yanks, m_fit);
    };
    place->second = bestCandidate({.package = name,
                                      .range = m_incompatibilities.ranges[range],
                                      .listings = listings,
                                      .lowestFirst = lowestFirst,
                                      .preferences = preferences},
        m_request, m_preReleases, judgeHere);
    return place->second;
}

/// § 8.3: only the lower bound counts, as for the reference.
bool SpecificSolver::acceptsPython(const std::optional<versions::SpecifierSet> &requiresPython) const
{
    if (!requiresPython)
        return true;
    const auto range = versions::ReleaseRange::of(*requiresPython);
    if (range.isEmpty() || !range.lower())
        return true;
    return *range.lower() <= versions::ReleaseRange::Cut{m_request.python.releaseOnly(), false};
}

void SpecificSolver::demandPython(
    Package package, const Version &version, const versions::SpecifierSet &requiresPython)
{
    m_priorities.see(Packages::Python, Priorities::Class::Root);
    const Range range = m_incompatibilities.ranges.intern(VersionSet::of(requiresPython));
    addVersion(package, version, widened(m_packages[package].name, version), {{Packages::Python, range}});
}

void SpecificSolver::reject(Package package, const VersionSet &versions, Unusable reason)
{
    auto known = std::ranges::find(m_reasons, reason);
    if (known == m_reasons.end())
        known = m_reasons.insert(known, std::move(reason));
    m_solver.addUnavailable(
        package, m_incompatibilities.ranges.intern(versions), std::uint32_t(known - m_reasons.begin()));
}

VersionSet SpecificSolver::widened(NameId package, const Version &version)
{
    const PackageListings *listings = fileOf(package) ? nullptr : m_listings.found(package, pin(package));
    return listings ? listings->gapAround(version) : VersionSet::exactly(version);
}

void SpecificSolver::addVersion(
    Package package, const Version &version, const VersionSet &versions, const Dependencies &dependencies)
{
    auto &ranges = m_incompatibilities.ranges;
    const auto clash =
        m_solver.addVersion(package, ranges.exactly(version), ranges.intern(versions), dependencies);
    if (clash)
        m_priorities.count(m_incompatibilities[*clash], package);
}

const metadata::IndexLocation *SpecificSolver::pin(NameId package) const
{
    const auto found = m_pins.find(package);
    return found == m_pins.end() ? nullptr : &found->second;
}

const metadata::IndexFile *SpecificSolver::fileOf(NameId package) const
{
    const auto found = m_files.find(package);
    return found == m_files.end() ? nullptr : found->second.get();
}

void SpecificSolver::showProgress(
    std::span<const Solver::Undecided> undecided, const JobContext &context) const
{
    const auto isBase = [this](Package package) { return m_packages[package].isBase(); };
    const auto open = std::ranges::count_if(undecided, isBase, &Solver::Undecided::package);
    const auto all = std::ranges::count_if(m_solver.packages(), isBase);
    context.progress().setTotal(all);
    context.progress().setDone(all - open);
}

} // namespace sconce::resolve
