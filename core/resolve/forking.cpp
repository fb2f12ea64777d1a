// SPDX-License-Identifier: Apache-2.0
#include "resolve/forking.h"

#include <algorithm>
#include <map>

namespace sconce::resolve {

using markers::Marker;
using markers::PythonBounds;
using project::ConflictSet;
using project::Item;

namespace {

std::optional<versions::ReleaseRange::Cut> lowestPython(const Marker &marker)
{
    const auto hull = markers::pythonHull(marker);
    return hull ? hull->low : std::nullopt;
}

bool intersects(const std::set<Item> &left, const std::set<Item> &right)
{
    return std::ranges::any_of(left, [&](const Item &item) { return right.contains(item); });
}

} // namespace

Forking::Forking(const Packages &packages, const pubgrub::Ranges &ranges,
    const std::vector<ConflictSet> &conflicts, bool isNewestFirst)
    : m_packages(packages)
    , m_ranges(ranges)
    , m_conflicts(conflicts)
    , m_isNewestFirst(isNewestFirst)
{}

bool Forking::isEarlier(const Marker &left, const Marker &right) const
{
    const auto first = lowestPython(left);
    const auto second = lowestPython(right);
    return m_isNewestFirst ? first < second : second < first;
}

std::vector<Branch> Forking::split(
    const Fork &fork, const PythonBounds &python, Demander demander, const std::vector<Demand> &demands) const
{
    std::vector<Branch> branches = splitByMarkers(fork, python, demands);
    if (!m_conflicts.empty())
        branches = splitByConflicts(std::move(branches), demander);
    if (branches.size() < 2)
        return branches;
    std::ranges::stable_sort(branches, {}, [this](const Branch &branch) { return boundedCount(branch); });
    std::ranges::stable_sort(branches, [this](const Branch &left, const Branch &right) {
        return isEarlier(left.fork.marker, right.fork.marker);
    });
    return branches;
}

std::ptrdiff_t Forking::boundedCount(const Branch &branch) const
{
    return std::ranges::count_if(branch.demands, [this](const Demand &demand) {
        const versions::VersionSet &range = m_ranges[demand.range];
        return !range.isEmpty() && range.intervals().back().high.side != versions::Cut::Side::End;
    });
}

/// § 9: demands on one package under different markers make branches; they agree on nothing else.
std::vector<Branch> Forking::splitByMarkers(
    const Fork &fork, const PythonBounds &python, const std::vector<Demand> &demands) const
{
    std::map<names::PackageName, std::vector<const Demand *>> byName;
    for (const Demand &demand : demands)
        byName[m_packages[m_packages[demand.package].name]].push_back(&demand);
    std::optional<Marker> inside; // seldom needed
    const auto raises = [&](const Marker &marker) {
        const auto low = marker.isAlways() ? std::nullopt : lowestPython(marker);
        return low && (!python.low || *low > *python.low);
    };
    std::vector<Branch> branches{{{}, fork}};
    for (const auto &[name, group] : byName) {
        const Marker &first = markerOf(*group.front());
        const bool isUniform =
            std::ranges::all_of(group, [&](const Demand *demand) { return markerOf(*demand) == first; });
        const bool splits = !isUniform || raises(first);
        for (const Demand *demand : group) {
            const Marker &marker = markerOf(*demand);
            if (splits && !marker.isAlways()) {
                if (marker.isDisjointFrom(fork.marker))
                    continue;
                if (!inside)
                    inside = markers::pythonWithin(python);
                splitBy(branches, *demand, *inside);
                continue;
            }
            for (Branch &branch : branches) {
                if (marker.isAlways() || !branch.fork.marker.isDisjointFrom(marker))
                    branch.demands.push_back(*demand);
            }
        }
    }
    return branches;
}

void Forking::splitBy(std::vector<Branch> &branches, const Demand &demand, const Marker &python) const
{
    const Marker &marker = markerOf(demand);
    std::vector<Branch> result;
    for (Branch &branch : branches) {
        if (branch.fork.marker.isDisjointFrom(marker)) {
            result.push_back(std::move(branch));
            continue;
        }
        for (const bool takes : {false, true}) {
            Fork part = branch.fork.narrowed(takes ? marker : !marker);
            if (part.marker.isNever() || part.marker.isDisjointFrom(python))
                continue;
            Branch made{{}, std::move(part)};
            for (const Demand &known : branch.demands) {
                if (!markerOf(known).isDisjointFrom(made.fork.marker))
                    made.demands.push_back(known);
            }
            if (takes && !marker.isDisjointFrom(made.fork.marker))
                made.demands.push_back(demand);
            result.push_back(std::move(made));
        }
    }
    branches = std::move(result);
}

Item Forking::itemOf(const Demand &demand) const
{
    const VirtualPackage &package = m_packages[demand.package];
    const names::PackageName &name = m_packages[package.name];
    if (package.kind == VirtualPackage::Kind::Extra)
        return {name, Item::Kind::Extra, m_packages[package.extra].text()};
    if (package.kind == VirtualPackage::Kind::Group)
        return {name, Item::Kind::Group, m_packages[package.group].text()};
    return {name, Item::Kind::Project, {}};
}

/// § 10: one branch without all items of a set, and one for each of them.
std::vector<Branch> Forking::splitByConflicts(std::vector<Branch> branches, Demander demander) const
{
    for (const ConflictSet &set : m_conflicts) {
        std::vector<Branch> result;
        for (Branch &branch : branches) {
            const bool isConcerned = std::ranges::any_of(branch.demands,
                [&](const Demand &demand) { return std::ranges::binary_search(set, itemOf(demand)); });
            if (!isConcerned) {
                result.push_back(std::move(branch));
                continue;
            }
            if (isSettled(set, branch.fork)) {
                result.push_back(withoutExcluded(branch, branch.fork, demander));
                continue;
            }
            const std::set<Item> all(set.begin(), set.end());
            for (std::size_t variant = 0; variant <= set.size(); ++variant) {
                std::set<Item> included;
                std::set<Item> excluded = all;
                if (variant > 0)
                    included.insert(excluded.extract(set[variant - 1]));
                if (intersects(included, branch.fork.excluded) || intersects(excluded, branch.fork.included))
                    continue;
                Fork fork = branch.fork;
                fork.included.merge(included);
                fork.excluded.merge(excluded);
                result.push_back(withoutExcluded(branch, fork, demander));
            }
        }
        branches = std::move(result);
    }
    return branches;
}

/// At most one item of the set can still be in use, and that one is in no conflict elsewhere.
bool Forking::isSettled(const ConflictSet &set, const Fork &fork) const
{
    std::vector<Item> live;
    std::ranges::copy_if(
        set, std::back_inserter(live), [&](const Item &item) { return !fork.excludes(item); });
    if (live.size() > 1)
        return false;
    return std::ranges::none_of(live, [&](const Item &item) {
        return std::ranges::any_of(m_conflicts, [&](const ConflictSet &other) {
            return &other != &set && std::ranges::contains(other, item)
                && std::ranges::any_of(
                    other, [&](const Item &rival) { return rival != item && !fork.excludes(rival); });
        });
    });
}

Branch Forking::withoutExcluded(const Branch &branch, const Fork &fork, Demander demander) const
{
    Branch result{{}, fork};
    std::ranges::copy_if(branch.demands, std::back_inserter(result.demands), [&](const Demand &demand) {
        const Item item = itemOf(demand);
        // A whole project is only left out where the workspace asks for it.
        if (item.kind == Item::Kind::Project)
            return demander != Demander::Workspace || !fork.excluded.contains(item);
        return !fork.excludes(item);
    });
    return result;
}

} // namespace sconce::resolve
