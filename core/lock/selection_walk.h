// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <set>

#include "lock/select.h"

namespace sconce::lock {

/// The two walks of resolver.md § 16 over the edges of a lock: which conflict items are in use, then what is
/// installed. Only select() uses it.
class SelectionWalk {
public:
    SelectionWalk(const Lock &lock, const Demand &demand);

    /// Finds where to begin. NotFound for an extra or group that nobody has, BadInput for a group that is for
    /// other Pythons.
    Result<> start();
    /// § 16.3: follows edges with the items in use so far, until nothing new comes into use.
    void activate();
    /// § 16.4: with the items fixed.
    std::vector<Selection::Item> collect();
    /// Items in use, under their names in markers.
    const std::set<names::ExtraName> &active() const { return m_active; }

private:
    /// A package, or an extra of it.
    struct Node {
        std::size_t package = 0;
        std::optional<names::ExtraName> extra;
        auto operator<=>(const Node &) const = default;
    };
    using Edges = std::vector<Dependency>;

    Result<> startExtras();
    Result<> startGroups();
    Result<> startGroup(std::size_t project, const names::GroupName &group);
    void startRequirement(const LockedRequirement &requirement);
    const Edges &edgesOf(const Node &node) const;
    bool holds(const markers::Marker &marker, const std::set<names::ExtraName> &active) const;
    static std::vector<Node> nodesOf(const Dependency &dependency);

    const Lock &m_lock;
    const Demand &m_demand;
    const markers::Marker m_forks;
    std::vector<std::size_t> m_projects;
    std::vector<Node> m_roots;
    /// Of groups, with the project that has the group.
    std::vector<std::pair<std::size_t, const Dependency *>> m_groupEdges;
    /// What a workspace root asks for that is no project.
    std::vector<Node> m_ownWishes;
    std::set<names::ExtraName> m_active;
};

} // namespace sconce::lock
