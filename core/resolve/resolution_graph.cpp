// SPDX-License-Identifier: Apache-2.0
#include "resolve/resolution_graph.h"

#include <algorithm>

#include "markers/extras.h"
#include "resolve/active_items.h"
#include "resolve/remembered.h"

namespace sconce::resolve {

namespace {

using markers::Marker;
using NodeId = ResolutionGraph::NodeId;
using Edges = std::vector<ResolutionGraph::Edge>;

std::vector<Marker> forksOf(const UniversalResolution &resolution)
{
    std::vector<Marker> forks;
    for (const UniversalResolution::Part &part : resolution.parts)
        forks.push_back(part.fork.full());
    if (forks.size() == 1 && forks.front().isAlways())
        forks.clear();
    return forks;
}

Marker anyOf(const std::vector<Marker> &forks)
{
    Marker any = forks.empty() ? Marker::always() : Marker::never();
    for (const Marker &fork : forks)
        any = any | fork;
    return any;
}

/// The edges of all parts, those between the same two nodes as one.
class Merged {
public:
    explicit Merged(const UniversalResolution &resolution)
        : m_root{std::uint32_t(resolution.nodes.size())}
    {
        for (const UniversalResolution::Part &part : resolution.parts) {
            for (const UniversalResolution::Edge &edge : part.edges)
                m_edges.push_back(&edge);
        }
        std::ranges::stable_sort(m_edges, {},
            [this](const UniversalResolution::Edge *edge) { return std::pair(from(*edge), edge->to); });
    }

    NodeId from(const UniversalResolution::Edge &edge) const { return edge.from.value_or(m_root); }

    /// Into the nodes, except for the edges of the workspace itself, which are returned.
    Edges fill(ResolutionGraph &graph) const
    {
        Edges starts;
        for (auto edge = m_edges.begin(); edge != m_edges.end();) {
            const NodeId start = from(**edge);
            const NodeId end = (*edge)->to;
            Marker marker = (*edge)->marker;
            while (++edge != m_edges.end() && from(**edge) == start && (*edge)->to == end)
                marker = marker | (*edge)->marker;
            (start == m_root ? starts : graph.at(start).edges).push_back({end, marker});
        }
        return starts;
    }

private:
    NodeId m_root;
    std::vector<const UniversalResolution::Edge *> m_edges;
};

/// § 11.2. Nodes are visited in an order in which, but for cycles, all edges lead forward, so that most are
/// visited once.
class Reachability {
public:
    Reachability(ResolutionGraph &graph, const Edges &starts, const Marker &everywhere)
        : m_graph(graph)
    {
        for (const auto &edge : starts)
            visit(edge.to);
        std::ranges::reverse(m_order);
        for (std::size_t place = 0; place < m_order.size(); ++place)
            m_places[m_order[place]].place = place;
        for (const auto &edge : starts)
            reach(edge.to, everywhere & edge.marker);
    }

    void run()
    {
        while (std::exchange(m_goesBack, false)) {
            for (std::size_t place = 0; place < m_order.size(); ++place) {
                const NodeId node = m_order[place];
                if (!std::exchange(m_places[node].isWaiting, false))
                    continue;
                for (const auto &edge : m_graph.at(node).edges) {
                    if (reach(edge.to, m_graph.at(node).reached & edge.marker)
                        && m_places[edge.to].place <= place)
                        m_goesBack = true;
                }
            }
        }
    }

private:
    struct Place {
        bool wasVisited = false;
        bool isWaiting = false;
        std::size_t place = 0;
    };

    /// Appends everything that can be reached, the farthest first. Without recursion: chains can be long.
    void visit(NodeId start)
    {
        std::vector<std::pair<NodeId, std::size_t>> way;
        const auto enter = [&](NodeId node) {
            if (!std::exchange(m_places[node].wasVisited, true))
                way.emplace_back(node, 0);
        };
        enter(start);
        while (!way.empty()) {
            auto &[node, next] = way.back();
            const auto &edges = m_graph.at(node).edges;
            if (next < edges.size()) {
                enter(edges[next++].to);
            } else {
                m_order.push_back(node);
                way.pop_back();
            }
        }
    }

    bool reach(NodeId node, const Marker &marker)
    {
        Marker &reached = m_graph.at(node).reached;
        const Marker all = reached | marker;
        if (all == reached)
            return false;
        reached = all;
        m_places[node].isWaiting = true;
        return true;
    }

    ResolutionGraph &m_graph;
    std::vector<NodeId> m_order;
    IdMap<UniversalResolution::Node, Place> m_places;
    bool m_goesBack = true;
};

/// § 11.3: never two items of one set.
Marker worldOf(const std::vector<project::ConflictSet> &conflicts)
{
    Marker world;
    for (const project::ConflictSet &set : conflicts) {
        std::vector<Marker> absent;
        for (const project::Item &item : set)
            absent.push_back(!Marker::extra(item.asExtra()));
        for (auto one = absent.begin(); one != absent.end(); ++one) {
            for (auto other = std::next(one); other != absent.end(); ++other)
                world = world & (*one | *other);
        }
    }
    return world;
}

/// lock-format.md § 13.2, clean-up of step 2: extras that matter in impossible worlds only go again.
Marker withoutNeedlessExtras(const Marker &marker, const Marker &world)
{
    const Marker inside = markers::minimised(marker & world);
    const Marker plain = markers::withSomeExtras(inside);
    return !plain.isNever() && markers::minimised(plain & world) == inside ? plain : marker;
}

} // namespace

ResolutionGraph graphOf(
    const UniversalResolution &resolution, const std::vector<project::ConflictSet> &conflicts)
{
    ResolutionGraph graph;
    graph.forks = forksOf(resolution);
    graph.nodes.resize(resolution.nodes.size());
    const Edges starts = Merged(resolution).fill(graph);
    Reachability(graph, starts, anyOf(graph.forks)).run();

    const Marker world = worldOf(conflicts);
    Remembered cleaned([&](const Marker &marker) { return withoutNeedlessExtras(marker | !world, world); });
    if (!conflicts.empty()) {
        for (ResolutionGraph::Node &node : graph.nodes) {
            for (auto &edge : node.edges)
                edge.marker = cleaned(edge.marker);
        }
        simplifyByActiveItems(graph, starts, resolution, conflicts);
    }
    Remembered known([&](const Marker &reached) { return markers::withSomeExtras(cleaned(reached)); });
    for (ResolutionGraph::Node &node : graph.nodes) {
        node.isNeeded = !conflicts.empty() || !node.reached.isNever();
        node.known = known(node.reached);
    }
    for (ResolutionGraph::Node &node : graph.nodes) {
        if (!node.isNeeded)
            node.edges.clear();
        std::erase_if(node.edges, [&](const auto &edge) { return !graph.at(edge.to).isNeeded; });
    }
    return graph;
}

} // namespace sconce::resolve
