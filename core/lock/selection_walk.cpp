// SPDX-License-Identifier: Apache-2.0
#include "lock/selection_walk.h"

#include <algorithm>

#include "base/text.h"
#include "lock/reach.h"
#include "lock/words.h"

namespace sconce::lock {

namespace {

/// The lock has no such extra or group.
std::unexpected<Error> unknown(const QString &sentence, const names::Name &name, const QStringList &known)
{
    Error error(ErrorKind::NotFound, sentence.arg(name.text()));
    if (const std::optional<QString> similar = mostSimilar(name.text(), known))
        return std::unexpected(std::move(error).hint(tr("Write “%1”").arg(*similar)));
    if (known.isEmpty())
        return std::unexpected(std::move(error));
    return std::unexpected(std::move(error).hint(tr("Choose one of %1").arg(listText(known))));
}

template <class Map>
void addKeys(const Map &map, QStringList &texts)
{
    for (const auto &[name, value] : map)
        texts.append(name.text());
}

bool hasExtra(const Package &package, const names::ExtraName &extra)
{
    // Extras without requirements have no edges.
    return package.optionalDependencies.contains(extra)
        || std::ranges::contains(package.metadata.providesExtras, extra);
}

bool hasGroup(const Package &package, const names::GroupName &group)
{
    return package.groupDependencies.contains(group) || package.metadata.requiresDev.contains(group);
}

} // namespace

SelectionWalk::SelectionWalk(const Lock &lock, const Demand &demand)
    : m_lock(lock)
    , m_demand(demand)
    , m_forks(environment(lock))
{}

Result<> SelectionWalk::start()
{
    for (const names::PackageName &name : m_demand.projects) {
        for (const std::size_t root : m_lock.roots()) {
            if (m_lock.packages[root].name == name)
                m_projects.push_back(root);
        }
    }
    if (m_demand.parts == Demand::Parts::OnlyGroups)
        return startGroups();
    for (const std::size_t project : m_projects) {
        m_roots.push_back({project, {}});
        m_active.insert(ConflictItem{m_lock.packages[project].name, {}, {}}.markerName());
    }
    for (const LockedRequirement &requirement : m_lock.manifest.requirements)
        startRequirement(requirement);
    SCONCE_TRY(startExtras());
    return startGroups();
}

Result<> SelectionWalk::startExtras()
{
    for (const names::ExtraName &extra : m_demand.extras) {
        bool isKnown = false;
        QStringList known;
        for (const std::size_t project : m_projects) {
            const Package &package = m_lock.packages[project];
            for (const names::ExtraName &other : package.metadata.providesExtras)
                known.append(other.text());
            if (!hasExtra(package, extra))
                continue;
            isKnown = true;
            m_roots.push_back({project, extra});
            m_active.insert(ConflictItem{package.name, extra, {}}.markerName());
        }
        if (!isKnown)
            return unknown(tr("The project has no extra “%1”"), extra, known);
    }
    return {};
}

Result<> SelectionWalk::startGroups()
{
    for (const names::GroupName &group : m_demand.groups) {
        bool isKnown = false;
        QStringList known;
        for (const std::size_t project : m_projects) {
            addKeys(m_lock.packages[project].metadata.requiresDev, known);
            if (!hasGroup(m_lock.packages[project], group))
                continue;
            isKnown = true;
            SCONCE_TRY(startGroup(project, group));
        }
        addKeys(m_lock.manifest.dependencyGroups, known);
        if (const auto own = m_lock.manifest.dependencyGroups.find(group);
            own != m_lock.manifest.dependencyGroups.end()) {
            isKnown = true;
            for (const LockedRequirement &requirement : own->second)
                startRequirement(requirement);
        }
        if (!isKnown)
            return unknown(tr("The project has no group “%1”"), group, known);
    }
    return {};
}

Result<> SelectionWalk::startGroup(std::size_t project, const names::GroupName &group)
{
    const Package &package = m_lock.packages[project];
    if (const auto stated = package.groupRequiresPython.find(group);
        stated != package.groupRequiresPython.end()) {
        const auto pythons = SCONCE_TRY(versions::SpecifierSet::parse(stated->second));
        if (!pythons.contains(m_demand.python.releaseOnly())) {
            return std::unexpected(Error(ErrorKind::BadInput,
                tr("The group “%1” needs Python %2, and this is Python %3")
                    .arg(group.text(), pythons.text(), m_demand.python.text()))
                    .hint(tr("Choose another Python")));
        }
    }
    m_active.insert(ConflictItem{package.name, {}, group}.markerName());
    if (const auto edges = package.groupDependencies.find(group); edges != package.groupDependencies.end()) {
        for (const Dependency &edge : edges->second)
            m_groupEdges.emplace_back(project, &edge);
    }
    return {};
}

void SelectionWalk::startRequirement(const LockedRequirement &requirement)
{
    if (!requirement.marker.marker.evaluate(m_demand.environment))
        return;
    for (const std::size_t package : m_lock.named(requirement.name)) {
        const auto &forks = m_lock.packages[package].resolutionMarkers;
        const auto isHere = [this](const LockedMarker &fork) {
            return fork.marker.evaluate(m_demand.environment, m_active);
        };
        if (!forks.empty() && std::ranges::none_of(forks, isHere))
            continue;
        m_ownWishes.push_back({package, {}});
        for (const names::ExtraName &extra : requirement.extras)
            m_ownWishes.push_back({package, extra});
    }
}

const SelectionWalk::Edges &SelectionWalk::edgesOf(const Node &node) const
{
    static const Edges none;
    const Package &package = m_lock.packages[node.package];
    if (!node.extra)
        return package.dependencies;
    const auto found = package.optionalDependencies.find(*node.extra);
    return found == package.optionalDependencies.end() ? none : found->second;
}

/// Edges take for granted that one of the forks applies (lock-format.md § 13.2).
bool SelectionWalk::holds(const markers::Marker &marker, const std::set<names::ExtraName> &active) const
{
    return marker.evaluate(m_demand.environment, active) && m_forks.evaluate(m_demand.environment, active);
}

std::vector<SelectionWalk::Node> SelectionWalk::nodesOf(const Dependency &dependency)
{
    std::vector<Node> nodes{{dependency.target, {}}};
    for (const names::ExtraName &extra : dependency.extras)
        nodes.push_back({dependency.target, extra});
    return nodes;
}

void SelectionWalk::activate()
{
    std::map<Node, markers::Marker> reached;
    std::deque<Node> waiting;
    const auto reach = [&](const Node &node, const markers::Marker &marker) {
        const auto [place, isNew] = reached.emplace(node, marker);
        const markers::Marker all = place->second | marker;
        if (!isNew && all == place->second)
            return;
        place->second = all;
        if (!std::ranges::contains(waiting, node))
            waiting.push_back(node);
    };
    const auto follow = [&](const Dependency &edge, const markers::Marker &parent) {
        std::set<names::ExtraName> active = m_active;
        for (const names::ExtraName &extra : edge.extras)
            active.insert(ConflictItem{m_lock.packages[edge.target].name, extra, {}}.markerName());
        const markers::Marker marker = edge.marker.marker & parent;
        if (!holds(marker, active))
            return;
        m_active = std::move(active);
        for (const Node &node : nodesOf(edge))
            reach(node, marker);
    };
    for (const auto *list : {&m_roots, &m_ownWishes}) {
        for (const Node &node : *list)
            reach(node, {});
    }
    for (const auto &[project, edge] : m_groupEdges)
        follow(*edge, {});
    while (!waiting.empty()) {
        const Node node = waiting.front();
        waiting.pop_front();
        const markers::Marker here = reached.at(node);
        for (const Dependency &edge : edgesOf(node))
            follow(edge, here);
    }
}

std::vector<Selection::Item> SelectionWalk::collect()
{
    std::map<std::size_t, Selection::Item> items;
    std::set<Node> seen;
    std::deque<Node> waiting;
    const auto visit = [&](const Node &node) -> Selection::Item & {
        if (seen.insert(node).second)
            waiting.push_back(node);
        Selection::Item &item = items[node.package];
        item.package = node.package;
        if (node.extra && !std::ranges::contains(item.extras, *node.extra))
            item.extras.push_back(*node.extra);
        return item;
    };
    const auto follow = [&](const Dependency &edge, std::size_t parent) {
        if (!holds(edge.marker.marker, m_active))
            return;
        for (const Node &node : nodesOf(edge)) {
            Selection::Item &item = visit(node);
            item.isDirect = item.isDirect || std::ranges::contains(m_projects, parent);
            if (parent != node.package && !std::ranges::contains(item.neededBy, parent))
                item.neededBy.push_back(parent);
        }
    };
    for (const Node &node : m_ownWishes)
        visit(node).isDirect = true;
    for (const Node &node : m_roots)
        visit(node).isProject = true;
    for (const auto &[project, edge] : m_groupEdges)
        follow(*edge, project);
    while (!waiting.empty()) {
        const Node node = waiting.front();
        waiting.pop_front();
        for (const Dependency &edge : edgesOf(node))
            follow(edge, node.package);
    }
    std::vector<Selection::Item> result;
    for (auto &[package, item] : items) {
        std::ranges::sort(item.extras);
        std::ranges::sort(item.neededBy);
        result.push_back(std::move(item));
    }
    return result;
}

} // namespace sconce::lock
