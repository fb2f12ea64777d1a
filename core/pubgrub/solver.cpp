// SPDX-License-Identifier: Apache-2.0
#include "pubgrub/solver.h"

#include <algorithm>
#include <ranges>

namespace sconce::pubgrub {

Solver::Solver(Incompatibilities &incompatibilities, Package root, const versions::Version &version)
    : m_incompatibilities(&incompatibilities)
    , m_root(root)
{
    add(incompatibilities.root(root, incompatibilities.ranges.exactly(version)));
}

Solver::Number Solver::add(IncompatibilityId id)
{
    const Number number = Number(m_numbers.size());
    m_numbers.push_back(id);
    m_contradictedSince.push_back(Never);
    for (const auto &entry : (*m_incompatibilities)[id].entries)
        m_byPackage[entry.package].push_back(number);
    return number;
}

/// A dependency that other versions of the package have already joins theirs: one incompatibility for all of
/// them.
IncompatibilityId Solver::merge(const Incompatibility::Dependency &dependency)
{
    if (dependency.package == dependency.needed) {
        const IncompatibilityId id = m_incompatibilities->dependency(dependency);
        add(id);
        return id;
    }
    auto &list = m_dependencies[dependency.package];
    const auto past = std::ranges::find_if(list, [&](const Known &known) {
        return known.needed == dependency.needed && known.range == dependency.range;
    });
    if (past == list.end()) {
        const IncompatibilityId id = m_incompatibilities->dependency(dependency);
        list.push_back({dependency.needed, dependency.range, add(id)});
        return id;
    }
    const Incompatibility &old = (*m_incompatibilities)[m_numbers[past->number]];
    auto both = dependency;
    both.versions = m_incompatibilities->ranges.united(old.dependency.versions, dependency.versions);
    for (const auto &entry : old.entries)
        std::erase(m_byPackage[entry.package], past->number);
    const IncompatibilityId id = m_incompatibilities->dependency(both);
    past->number = add(id);
    return id;
}

Solver::Judgement Solver::judge(const Incompatibility &incompatibility) const
{
    Ranges &ranges = m_incompatibilities->ranges;
    Judgement result{Relation::Satisfied};
    for (const auto &entry : incompatibility.entries) {
        if (const Term *known = m_solution.term(entry.package)) {
            if (isSubset(ranges, *known, entry.term))
                continue;
            if (isDisjoint(ranges, *known, entry.term))
                return {Relation::Contradicted};
        }
        // A second open term does not settle it: a later one may still be contradicted.
        result = result.relation == Relation::Satisfied ? Judgement{Relation::AlmostSatisfied, entry.package}
                                                        : Judgement{Relation::Inconclusive};
    }
    return result;
}

void Solver::derive(Package package, Number number)
{
    const IncompatibilityId id = m_numbers[number];
    m_solution.derive(
        m_incompatibilities->ranges, package, (*m_incompatibilities)[id].term(package)->negated(), id);
    contradict(number);
}

void Solver::contradict(Number number)
{
    m_contradictedSince[number] = m_solution.level();
    m_contradicted.push_back(number);
}

void Solver::backtrack(int level)
{
    m_hasBacktracked = true;
    m_solution.backtrack(level);
    while (!m_contradicted.empty() && m_contradictedSince[m_contradicted.back()] > level) {
        m_contradictedSince[m_contradicted.back()] = Never;
        m_contradicted.pop_back();
    }
}

std::expected<std::vector<Solver::Conflict>, IncompatibilityId> Solver::propagate(Package package)
{
    std::vector<Conflict> conflicts;
    std::vector<Package> changed{package};
    while (!changed.empty()) {
        const Package current = changed.back();
        changed.pop_back();
        std::optional<Number> clash;
        for (const Number number : std::views::reverse(m_byPackage[current])) {
            if (m_contradictedSince[number] != Never)
                continue;
            const Judgement judgement = judge((*m_incompatibilities)[m_numbers[number]]);
            if (judgement.relation == Relation::Satisfied) {
                clash = number;
                break;
            }
            if (judgement.relation == Relation::Contradicted) {
                contradict(number);
            } else if (judgement.relation == Relation::AlmostSatisfied) {
                if (!std::ranges::contains(changed, judgement.open))
                    changed.push_back(judgement.open);
                derive(judgement.open, number);
            }
        }
        if (clash) {
            const auto learnt = resolveConflict(*clash, conflicts);
            if (!learnt)
                return std::unexpected(learnt.error());
            changed = {learnt->package};
            derive(learnt->package, learnt->number);
        }
    }
    return conflicts;
}

std::expected<Solver::Learnt, IncompatibilityId> Solver::resolveConflict(
    Number number, std::vector<Conflict> &conflicts)
{
    IncompatibilityId id = m_numbers[number];
    bool isNew = false;
    for (;;) {
        const Incompatibility &incompatibility = (*m_incompatibilities)[id];
        const auto &entries = incompatibility.entries;
        if (entries.isEmpty()
            || (entries.size() == 1 && entries[0].package == m_root && entries[0].term.isPositive))
            return std::unexpected(id);
        const PartialSolution::Satisfier satisfier =
            m_solution.satisfier(*m_incompatibilities, incompatibility);
        if (!satisfier.cause) {
            backtrack(satisfier.previousLevel);
            if (isNew)
                number = add(id);
            conflicts.push_back({satisfier.package, id});
            return Learnt{satisfier.package, number};
        }
        id = m_incompatibilities->priorCause(id, *satisfier.cause, satisfier.package);
        isNew = true;
        conflicts.push_back({satisfier.package, id});
    }
}

std::vector<Solver::Undecided> Solver::undecided() const
{
    std::vector<Undecided> result;
    result.reserve(m_solution.packages().size());
    m_solution.eachUndecided([&](Package package, Range range) { result.push_back({package, range}); });
    return result;
}

bool Solver::clashesAtOnce(Package package, Range version, const Incompatibility &incompatibility) const
{
    Ranges &ranges = m_incompatibilities->ranges;
    return std::ranges::all_of(incompatibility.entries, [&](const auto &entry) {
        if (entry.package == package)
            return isSubset(ranges, Term::positive(version), entry.term);
        const Term *known = m_solution.term(entry.package);
        return known && isSubset(ranges, *known, entry.term);
    });
}

std::optional<IncompatibilityId> Solver::addVersion(
    Package package, Range version, Range versions, std::span<const Dependency> dependencies)
{
    std::optional<IncompatibilityId> clash;
    for (const Dependency &dependency : dependencies) {
        const IncompatibilityId id = merge({package, versions, dependency.package, dependency.range});
        if (m_hasBacktracked && !clash && clashesAtOnce(package, version, (*m_incompatibilities)[id]))
            clash = id;
    }
    if (!clash)
        decide(package, version);
    return clash;
}

bool Solver::backtrackBefore(Package package)
{
    if (!m_solution.isDecided(package))
        return false;
    backtrack(m_solution.levelOf(package) - 1);
    return true;
}

} // namespace sconce::pubgrub
