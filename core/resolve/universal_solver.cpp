// SPDX-License-Identifier: Apache-2.0
#include "resolve/universal_solver.h"

#include <algorithm>
#include <chrono>
#include <ranges>

#include "markers/extras.h"

namespace sconce::resolve {

using markers::Marker;
using project::Item;
using pubgrub::Package;
using pubgrub::Range;
using pubgrub::Solver;
using versions::Version;
using versions::VersionSet;
using Kind = VirtualPackage::Kind;

UniversalSolver::UniversalSolver(const UniversalRequest &request, Supply &supply)
    : m_request(request)
    , m_supply(supply)
    , m_listings(request, m_packages, supply, Counting::KnownTags)
    , m_chooser(request, m_packages, m_listings, m_incompatibilities.ranges)
    , m_needs(request, m_packages, m_incompatibilities.ranges, supply)
    , m_forking(m_packages, m_incompatibilities.ranges, request.workspace.conflicts,
          request.forkStrategy == ForkStrategy::RequiresPython && request.order != Order::Lowest)
    , m_result(m_packages, m_incompatibilities)
{
    m_needs.eachWish([this](const requirements::Requirement &requirement, bool isDirect) {
        m_chooser.addWish(requirement, isDirect);
    });
}

Result<std::optional<pubgrub::IncompatibilityId>> UniversalSolver::solve(const JobContext &context)
{
    pushInitialForks();
    while (!m_open.empty()) {
        ForkState state = std::move(m_open.back());
        m_open.pop_back();
        Step step = Step::GoOn;
        while (step == Step::GoOn) {
            SCONCE_TRY(context.goOn());
            step = SCONCE_TRY(this->step(state, context));
        }
        if (step == Step::Failed) {
            m_failed = std::move(state);
            return m_failure;
        }
        if (step == Step::Finished) {
            m_result.add(state);
            if (m_request.order != Order::LowestDirect)
                m_result.eachChoice(state, [this](NameId package, auto preference) {
                    m_chooser.prefer(package, std::move(preference));
                });
        }
    }
    return std::nullopt;
}

// ---- Forks

/// Conflict items in the marker become rules; nothing for items that are in no conflict any more.
std::optional<Fork> UniversalSolver::initialFork(const Marker &marker) const
{
    Fork fork{markers::withSomeExtras(marker), {}, {}};
    if (fork.marker.isNever())
        return {};
    std::map<names::ExtraName, Item> items;
    for (const auto &set : m_request.workspace.conflicts) {
        for (const Item &item : set)
            items.emplace(item.asExtra(), item);
    }
    for (const names::ExtraName &extra : markers::extrasOf(marker)) {
        const bool isNeeded = markers::withoutExtra(marker, extra).isNever();
        if (!isNeeded && !markers::withExtra(marker, extra).isNever())
            continue;
        const auto item = items.find(extra);
        if (item == items.end())
            return {};
        (isNeeded ? fork.included : fork.excluded).insert(item->second);
    }
    return fork;
}

void UniversalSolver::pushInitialForks()
{
    for (const Marker &marker : std::views::reverse(m_request.initialForks)) {
        if (auto fork = initialFork(marker))
            m_open.push_back(stateOf(*std::move(fork)));
    }
    if (m_open.empty())
        m_open.push_back(stateOf({}));
    std::ranges::stable_sort(m_open, [this](const ForkState &left, const ForkState &right) {
        return m_forking.isEarlier(left.fork.marker, right.fork.marker);
    });
}

ForkState UniversalSolver::stateOf(Fork fork)
{
    ForkState state{.solver = Solver(m_incompatibilities, Packages::Root, Version()),
        .priorities = Priorities(m_packages),
        .fork = std::move(fork),
        .python = m_request.python};
    bound(state);
    return state;
}

void UniversalSolver::bound(ForkState &state)
{
    state.python = resolve::narrowed(state.python, state.fork.marker);
    state.inside = markers::pythonWithin(state.python);
    state.range = m_chooser.verdicts().rangeUpTo(state.python.high);
}

ForkState UniversalSolver::narrowed(const ForkState &state, Fork fork)
{
    ForkState result = state;
    result.fork = std::move(fork);
    bound(result);
    return result;
}

void UniversalSolver::split(const ForkState &state, Package package, const Split &split)
{
    for (const Split::Part &part : split.parts) {
        ForkState made = narrowed(state, state.fork.narrowed(part.marker));
        made.pending = ForkState::Pending{package, part.decision};
        // Below the project's Pythons there is nothing to do; above them the reference goes on all the same.
        const auto hull = markers::pythonHull(made.fork.marker);
        if (!(hull && hull->high && state.python.low && *hull->high <= *state.python.low))
            m_open.push_back(std::move(made));
    }
}

// ---- Steps (§ 7.2)

Result<UniversalSolver::Step> UniversalSolver::step(ForkState &state, const JobContext &context)
{
    if (const auto pending = std::exchange(state.pending, {})) {
        state.changed = pending->package;
        if (!pending->decision)
            return decide(state, {pending->package, state.solver.term(pending->package)->range}, context);
        // The plain version of a local build was chosen without a look at its Pythons.
        auto verdict = m_chooser.checkPython(
            state, pending->decision->version, pending->decision->choice.file->requiresPython);
        return follow(
            state, pending->package, verdict ? *std::move(verdict) : Verdict(*pending->decision), context);
    }
    const auto conflicts = state.solver.propagate(state.changed);
    if (!conflicts) {
        m_failure = conflicts.error();
        return Step::Failed;
    }
    for (const Solver::Conflict &conflict : *conflicts)
        state.priorities.count(m_incompatibilities[conflict.incompatibility], conflict.package);
    state.priorities.apply(state.solver);
    m_undecided = state.solver.undecided();
    if (m_undecided.empty())
        return Step::Finished;
    showProgress(state, context);
    lookAhead(state);
    const Undecided next = state.priorities.first(m_undecided);
    state.changed = next.package;
    return decide(state, next, context);
}

Result<UniversalSolver::Step> UniversalSolver::decide(
    ForkState &state, Undecided next, const JobContext &context)
{
    switch (m_packages[next.package].kind) {
    case Kind::Root: return take(state, next.package, {}, context);
    case Kind::Python: return follow(state, next.package, NoVersion{}, context);
    default: break;
    }
    const NameId name = m_packages[next.package].name;
    if (!state.place(name))
        lookAheadWhile(state, [&] { return m_listings.isUnderWay(name, state.pin(name)); }, context);
    Verdict verdict = SCONCE_TRY(m_chooser.choose(state, next, context));
    if (std::holds_alternative<NoVersion>(verdict)) {
        state.solver.addNoVersions(next.package, next.range);
        return Step::GoOn;
    }
    return follow(state, next.package, std::move(verdict), context);
}

Result<UniversalSolver::Step> UniversalSolver::follow(
    ForkState &state, Package package, Verdict verdict, const JobContext &context)
{
    if (auto *decision = std::get_if<Decision>(&verdict))
        return take(state, package, *decision, context);
    if (auto *split = std::get_if<Split>(&verdict)) {
        this->split(state, package, *split);
        return Step::Split;
    }
    if (auto *rejected = std::get_if<Rejected>(&verdict)) {
        reject(state, package, rejected->versions, std::move(rejected->reason));
    } else if (const auto *wrong = std::get_if<WrongPython>(&verdict)) {
        // A Python that cannot be had, so that the conflict has a reason to tell.
        state.priorities.see(Packages::Python, Priorities::Class::Root);
        const Range range = m_incompatibilities.ranges.intern(VersionSet::of(wrong->requiresPython));
        const Solver::Dependency python{Packages::Python, range};
        addVersion(state, package, wrong->version, std::span(&python, 1));
    } else {
        state.solver.addNoVersions(package, state.solver.term(package)->range);
    }
    return Step::GoOn;
}

Result<UniversalSolver::Step> UniversalSolver::take(
    ForkState &state, Package package, const Decision &decision, const JobContext &context)
{
    const VirtualPackage known = m_packages[package];
    const Range exact = m_incompatibilities.ranges.exactly(decision.version);
    if (decision.choice.list)
        state.decisions.insert_or_assign({known.name, exact}, decision);
    if (!state.added.emplace(package, exact).second) {
        state.solver.decide(package, exact);
        return Step::GoOn;
    }
    if (known.kind == Kind::Root)
        return branch(state, package, decision.version, m_needs.ofWorkspace());
    if (known.isProxy()) {
        SCONCE_TRY(add(state, package, decision.version, m_needs.ofProxy(state, package, decision.version)));
        return Step::GoOn;
    }
    return takePackage(state, package, decision, context);
}

Result<UniversalSolver::Step> UniversalSolver::takePackage(
    ForkState &state, Package package, const Decision &decision, const JobContext &context)
{
    const NameId name = m_packages[package].name;
    if (const metadata::IndexFile *file = decision.choice.metadataFile)
        lookAheadWhile(state, [&] { return m_supply.isUnderWay(*file); }, context);
    auto answer = m_needs.describe(state, name, decision, context);
    if (!answer)
        return std::unexpected(withAskers(state, name, std::move(answer).error()));
    const auto described = *std::move(answer);
    const auto pass = [&](const Unusable &reason) {
        reject(state, package, m_chooser.widened(state, name, decision.version), reason);
        return Step::GoOn;
    };
    if (const auto *reason = std::get_if<Unusable>(&described))
        return pass(*reason);
    const Description &description = *std::get<const Description *>(described);
    if (decision.choice.file && !decision.choice.file->requiresPython) {
        if (auto verdict = m_chooser.checkPython(state, decision.version, description.requiresPython))
            return follow(state, package, *std::move(verdict), context);
    }
    const auto demands = m_needs.of(state, package, description);
    if (const auto *reason = std::get_if<Unusable>(&demands))
        return pass(*reason);
    return branch(state, package, decision.version, std::get<std::vector<Demand>>(demands));
}

/// § 9: either all demands are added here, or each branch goes on with its own.
Result<UniversalSolver::Step> UniversalSolver::branch(
    ForkState &state, Package package, const Version &version, const std::vector<Demand> &demands)
{
    const auto demander = package == Packages::Root ? Demander::Workspace : Demander::Package;
    std::vector<Branch> branches = m_forking.split(state.fork, state.python, demander, demands);
    if (branches.size() < 2) {
        SCONCE_TRY(
            add(state, package, version, branches.empty() ? std::vector<Demand>() : branches[0].demands));
        return Step::GoOn;
    }
    for (Branch &part : branches) {
        ForkState made = narrowed(state, std::move(part.fork));
        SCONCE_TRY(add(made, package, version, part.demands));
        m_open.push_back(std::move(made));
    }
    return Step::Split;
}

template <class IsUnderWay>
void UniversalSolver::lookAheadWhile(const ForkState &state, IsUnderWay isUnderWay, const JobContext &context)
{
    // An answer from the cache is there sooner than a look at what else has come.
    constexpr std::chrono::milliseconds Soon(1);
    const auto begin = std::chrono::steady_clock::now();
    while (isUnderWay() && m_supply.awaitNews(context)) {
        if (std::chrono::steady_clock::now() - begin > Soon)
            lookAhead(state);
    }
}

void UniversalSolver::reject(ForkState &state, Package package, const VersionSet &versions, Unusable reason)
{
    auto known = std::ranges::find(m_reasons, reason);
    if (known == m_reasons.end())
        known = m_reasons.insert(known, std::move(reason));
    state.solver.addUnavailable(
        package, m_incompatibilities.ranges.intern(versions), std::uint32_t(known - m_reasons.begin()));
}

void UniversalSolver::addVersion(ForkState &state, Package package, const Version &version,
    std::span<const Solver::Dependency> dependencies)
{
    auto &ranges = m_incompatibilities.ranges;
    const Range exact = ranges.exactly(version);
    const Range gap = package == Packages::Root
        ? exact
        : ranges.intern(m_chooser.widened(state, m_packages[package].name, version));
    const auto clash = state.solver.addVersion(package, exact, gap, dependencies);
    if (clash)
        state.priorities.count(m_incompatibilities[*clash], package);
}

} // namespace sconce::resolve
