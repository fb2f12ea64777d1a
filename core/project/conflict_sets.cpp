// SPDX-License-Identifier: Apache-2.0
#include "project/conflict_sets.h"

#include <algorithm>
#include <set>

namespace sconce::project {

namespace {

void addOnce(std::vector<ConflictSet> &sets, ConflictSet set)
{
    if (!std::ranges::contains(sets, set))
        sets.push_back(std::move(set));
}

ConflictSet sorted(ConflictSet set)
{
    std::ranges::sort(set);
    const auto rest = std::ranges::unique(set);
    set.erase(rest.begin(), rest.end());
    return set;
}

Item asItem(const ConflictItem &declared, const std::optional<names::PackageName> &owner)
{
    // A root without a name can only conflict by naming packages, which the reader of the file demands.
    const names::PackageName package = declared.package ? *declared.package : *owner;
    if (declared.extra)
        return {package, Item::Kind::Extra, declared.extra->text()};
    if (declared.group)
        return {package, Item::Kind::Group, declared.group->text()};
    return {package, Item::Kind::Project, {}};
}

/// The groups that a group includes, directly or through others.
void collectIncluded(const Project &project, const names::GroupName &group, std::set<names::GroupName> &found)
{
    const auto entries = project.groups.find(group);
    if (entries == project.groups.end())
        return;
    for (const GroupEntry &entry : entries->second) {
        if (entry.includeGroup && found.insert(*entry.includeGroup).second)
            collectIncluded(project, *entry.includeGroup, found);
    }
}

/// The item itself, then the groups that include it, by name.
std::vector<Item> choicesFor(const Project &project, const Item &item)
{
    std::vector<Item> choices{item};
    if (item.kind != Item::Kind::Group || project.name != item.package)
        return choices;
    const names::GroupName own = *names::GroupName::parse(item.name);
    for (const auto &[group, entries] : project.groups) {
        std::set<names::GroupName> included;
        collectIncluded(project, group, included);
        if (group != own && included.contains(own))
            choices.push_back({item.package, Item::Kind::Group, group.text()});
    }
    return choices;
}

/// Every way to replace items of the set by groups that include them.
std::vector<ConflictSet> combinations(const Project &project, const ConflictSet &set)
{
    std::vector<ConflictSet> out{{}};
    for (const Item &item : set) {
        std::vector<ConflictSet> longer;
        for (const ConflictSet &start : out) {
            for (const Item &choice : choicesFor(project, item)) {
                longer.push_back(start);
                longer.back().push_back(choice);
            }
        }
        out = std::move(longer);
    }
    return out;
}

void addSetsOf(const Project &project, std::vector<ConflictSet> &sets)
{
    std::vector<ConflictSet> own;
    for (const std::vector<ConflictItem> &declared : project.uv.conflicts) {
        ConflictSet set;
        for (const ConflictItem &item : declared)
            set.push_back(asItem(item, project.name));
        own.push_back(sorted(std::move(set)));
    }
    for (const ConflictSet &set : own)
        addOnce(sets, set);
    for (const ConflictSet &set : own) {
        for (const ConflictSet &combination : combinations(project, set)) {
            ConflictSet one = sorted(combination);
            if (one.size() == set.size())
                addOnce(sets, std::move(one));
        }
    }
}

} // namespace

std::vector<ConflictSet> conflictSets(const Workspace &workspace)
{
    std::vector<ConflictSet> sets;
    addSetsOf(workspace.root, sets);
    for (const auto &[name, member] : workspace.members) {
        if (member.path != u".")
            addSetsOf(member.project, sets);
    }
    return sets;
}

} // namespace sconce::project
