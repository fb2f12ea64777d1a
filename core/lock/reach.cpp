// SPDX-License-Identifier: Apache-2.0
#include "reach.h"

#include <deque>

#include "markers/extras.h"

namespace sconce::lock {

namespace {

using markers::Marker;

/// A package, or one of its extras or groups.
struct Node {
    std::size_t package = 0;
    const std::vector<Dependency> *dependencies = nullptr;
    Marker reached = Marker::never();
    bool isWaiting = false;
};

class Walk {
public:
    explicit Walk(const Lock &lock)
        : m_lock(lock)
    {
        // The first nodes are the packages, in order.
        for (std::size_t i = 0; i < lock.packages.size(); ++i)
            m_nodes.push_back({i, &lock.packages[i].dependencies});
        m_extras.resize(lock.packages.size());
        for (std::size_t i = 0; i < lock.packages.size(); ++i) {
            for (const auto &[extra, dependencies] : lock.packages[i].optionalDependencies) {
                m_extras[i].emplace(extra, m_nodes.size());
                m_nodes.push_back({i, &dependencies});
            }
        }
    }

    std::vector<Marker> run()
    {
        for (const std::size_t root : m_lock.roots())
            start(root);
        while (!m_waiting.empty()) {
            const std::size_t current = m_waiting.front();
            m_waiting.pop_front();
            m_nodes[current].isWaiting = false;
            for (const Dependency &dependency : *m_nodes[current].dependencies)
                follow(dependency, m_nodes[current].reached & dependency.marker.marker);
        }
        std::vector<Marker> result;
        for (std::size_t i = 0; i < m_lock.packages.size(); ++i)
            result.push_back(m_nodes[i].reached);
        return result;
    }

private:
    void start(std::size_t root)
    {
        const Package &package = m_lock.packages[root];
        add(root, Marker::always());
        for (const auto &[extra, node] : m_extras[root])
            add(node, Marker::extra(ConflictItem{package.name, extra, {}}.markerName()));
        for (const auto &[group, dependencies] : package.groupDependencies) {
            m_nodes.push_back({root, &dependencies});
            add(m_nodes.size() - 1, Marker::extra(ConflictItem{package.name, {}, group}.markerName()));
        }
    }

    void follow(const Dependency &dependency, const Marker &marker)
    {
        add(dependency.target, marker);
        for (const names::ExtraName &extra : dependency.extras) {
            // An extra without dependencies of its own has no node.
            const auto &extras = m_extras[dependency.target];
            if (const auto node = extras.find(extra); node != extras.end())
                add(node->second, marker);
        }
    }

    void add(std::size_t node, const Marker &marker)
    {
        const Marker all = m_nodes[node].reached | marker;
        if (all == m_nodes[node].reached)
            return;
        m_nodes[node].reached = all;
        if (!m_nodes[node].isWaiting)
            m_waiting.push_back(node);
        m_nodes[node].isWaiting = true;
    }

    const Lock &m_lock;
    std::deque<Node> m_nodes;
    std::vector<std::map<names::ExtraName, std::size_t>> m_extras;
    std::deque<std::size_t> m_waiting;
};

constexpr std::size_t MostConflictItems = 24;

/// Never two items of one set.
Marker withoutConflicts(const Lock &lock)
{
    std::size_t count = 0;
    for (const auto &set : lock.conflicts)
        count += set.size();
    Marker all;
    if (count > MostConflictItems)
        return all;
    for (const auto &set : lock.conflicts) {
        for (auto first = set.begin(); first != set.end(); ++first) {
            for (auto second = std::next(first); second != set.end(); ++second)
                all = all & !(Marker::extra(first->markerName()) & Marker::extra(second->markerName()));
        }
    }
    return all;
}

} // namespace

std::vector<markers::Marker> reach(const Lock &lock)
{
    return Walk(lock).run();
}

markers::Marker environment(const Lock &lock)
{
    if (lock.resolutionMarkers.empty())
        return {};
    Marker any = Marker::never();
    for (const LockedMarker &fork : lock.resolutionMarkers)
        any = any | fork.marker;
    return any;
}

markers::PythonBounds pythonBounds(const Lock &lock)
{
    const auto range = versions::ReleaseRange::of(lock.requiresPython);
    return range.isEmpty() ? markers::PythonBounds() : markers::PythonBounds{range.lower(), range.upper()};
}

markers::Marker world(const Lock &lock)
{
    // Extras of the forks only repeat the conflicts.
    const Marker forks = markers::withSomeExtras(environment(lock));
    return forks & markers::pythonWithin(pythonBounds(lock)) & withoutConflicts(lock);
}

} // namespace sconce::lock
