// SPDX-License-Identifier: Apache-2.0
#include "resolve/lock_of.h"

#include <algorithm>

#include "lock/order.h"
#include "markers/extras.h"
#include "resolve/lock_files.h"
#include "resolve/lock_head.h"
#include "resolve/remembered.h"
#include "resolve/resolution_graph.h"

namespace sconce::resolve {

namespace {

using markers::Marker;
using DistributionId = UniversalResolution::DistributionId;
using NodeId = UniversalResolution::NodeId;

/// Markers of forks as they are written (lock-format.md § 13.3).
class ForkMarkers {
public:
    ForkMarkers(const std::vector<Marker> &forks, const markers::PythonBounds &python)
    {
        Marker any = Marker::never();
        for (const Marker &fork : forks) {
            any = any | fork;
            m_forks.push_back({fork, markers::simplified(fork, python),
                markers::simplified(markers::withSomeExtras(fork), python)});
        }
        if (!forks.empty())
            m_environment = markers::simplified(markers::withSomeExtras(any), python);
    }

    /// All together, without extras: what edges take for granted.
    const Marker &environment() const { return m_environment; }

    std::vector<lock::LockedMarker> all() const
    {
        std::vector<const Fork *> forks;
        for (const Fork &fork : m_forks)
            forks.push_back(&fork);
        return written(forks);
    }

    /// Of the forks that are possible where `reached` holds.
    std::vector<lock::LockedMarker> within(const Marker &reached) const
    {
        std::vector<const Fork *> forks;
        for (const Fork &fork : m_forks) {
            if (!fork.marker.isDisjointFrom(reached))
                forks.push_back(&fork);
        }
        return written(forks);
    }

private:
    struct Fork {
        Marker marker;
        Marker simplified;
        Marker withoutExtras;
    };

    static std::vector<lock::LockedMarker> written(const std::vector<const Fork *> &forks)
    {
        // Extras are left out as long as the forks can be told apart without them.
        std::vector<Marker> shown;
        for (const Fork *fork : forks) {
            if (!std::ranges::contains(shown, fork->withoutExtras))
                shown.push_back(fork->withoutExtras);
        }
        if (overlap(shown)) {
            shown.clear();
            std::ranges::transform(forks, std::back_inserter(shown), &Fork::simplified);
        }
        std::vector<lock::LockedMarker> out;
        for (const Marker &marker : shown) {
            if (!marker.isAlways())
                out.push_back(lock::LockedMarker::of(marker));
        }
        return out;
    }

    static bool overlap(const std::vector<Marker> &markers)
    {
        for (auto one = markers.begin(); one != markers.end(); ++one) {
            if (std::any_of(std::next(one), markers.end(),
                    [&](const Marker &other) { return !one->isDisjointFrom(other); }))
                return true;
        }
        return false;
    }

    std::vector<Fork> m_forks;
    Marker m_environment;
};

class Writer {
public:
    Writer(const UniversalRequest &request, const UniversalResolution &resolution)
        : m_request(request)
        , m_resolution(resolution)
        , m_graph(graphOf(resolution, request.workspace.conflicts))
        , m_forks(m_graph.forks, request.python)
        , m_files(request)
        , m_written([&request](const Marker &marker) {
            return markers::minimised(markers::simplified(marker, request.python));
        })
    {}

    lock::Lock write()
    {
        m_lock = lockHead(m_request);
        m_lock.resolutionMarkers = m_forks.all();
        addPackages();
        for (std::uint32_t number = 0; number < m_graph.nodes.size(); ++number) {
            if (m_graph.nodes[number].isNeeded)
                addEdges({number});
        }
        lock::arrange(m_lock);
        return std::move(m_lock);
    }

private:
    /// A package for each distribution that is needed.
    void addPackages()
    {
        std::unordered_map<names::PackageName, int> counts;
        m_bases.resize(m_resolution.distributions.size());
        for (std::uint32_t number = 0; number < m_graph.nodes.size(); ++number) {
            const UniversalResolution::Node &node = m_resolution.nodes[number];
            if (!m_graph.nodes[number].isNeeded || node.extra || node.group)
                continue;
            m_bases[node.distribution.value] = {m_lock.packages.size(), &m_graph.nodes[number]};
            const Distribution &distribution = m_resolution.distributions[node.distribution.value];
            m_lock.packages.push_back(package(distribution, m_graph.nodes[number]));
            ++counts[distribution.name];
        }
        for (const Base &base : m_bases) {
            if (!base.node)
                continue;
            lock::Package &package = m_lock.packages[base.package];
            if (counts.at(package.name) > 1)
                package.resolutionMarkers = m_forks.within(base.node->reached);
        }
    }

    lock::Package package(const Distribution &distribution, const ResolutionGraph::Node &node)
    {
        if (distribution.source.kind == project::RequirementSource::Kind::Registry) {
            lock::Package out{.name = distribution.name, .version = distribution.version};
            m_files.add(out, distribution, node.known);
            return out;
        }
        if (const auto place = m_request.places.find(distribution.source); place != m_request.places.end()) {
            lock::Package out = locked(place->second, distribution.source);
            m_files.add(out, place->second);
            return out;
        }
        lock::Package out = locked(m_request.workspace.members.at(distribution.name));
        out.source = locked(distribution.source);
        return out;
    }

    /// From the package, or from one of its extras or groups.
    void addEdges(NodeId id)
    {
        const UniversalResolution::Node &node = m_resolution.nodes[id.value];
        const Base &base = m_bases[node.distribution.value];
        std::vector<lock::Dependency> edges = dependencies(m_graph.at(id));
        if (!base.node || edges.empty())
            return;
        lock::Package &package = m_lock.packages[base.package];
        if (node.extra)
            package.optionalDependencies.emplace(*node.extra, std::move(edges));
        else if (node.group)
            package.groupDependencies.emplace(*node.group, std::move(edges));
        else
            package.dependencies = std::move(edges);
    }

    /// § 13.2 steps 4–6, and § 9: what a package and its extras are needed for alike becomes one edge.
    std::vector<lock::Dependency> dependencies(const ResolutionGraph::Node &from)
    {
        const Marker known = m_written(from.known);
        std::map<std::pair<std::size_t, quint32>, std::size_t> places;
        std::vector<lock::Dependency> edges;
        for (const ResolutionGraph::Edge &edge : from.edges) {
            const UniversalResolution::Node &to = m_resolution.nodes[edge.to.value];
            const Base &base = m_bases[to.distribution.value];
            if (to.group || !base.node)
                continue;
            const Marker marker = markers::restricted(
                markers::restricted(m_written(edge.marker), known), m_forks.environment());
            const auto [place, isNew] = places.try_emplace({base.package, marker.node()}, edges.size());
            if (isNew)
                edges.push_back({base.package, {}, lock::LockedMarker::of(marker)});
            if (to.extra && hasTable(edge.to))
                edges[place->second].extras.push_back(*to.extra);
        }
        return edges;
    }

    /// Extras without edges are not in the lock.
    bool hasTable(NodeId extra) const
    {
        return std::ranges::any_of(m_graph.at(extra).edges,
            [this](const ResolutionGraph::Edge &edge) { return !m_resolution.nodes[edge.to.value].group; });
    }

    struct Base {
        std::size_t package = 0;
        const ResolutionGraph::Node *node = nullptr;
    };

    const UniversalRequest &m_request;
    const UniversalResolution &m_resolution;
    ResolutionGraph m_graph;
    ForkMarkers m_forks;
    LockFiles m_files;
    /// A marker without what the lock's Pythons make needless (§ 13.2 step 4).
    Remembered<std::function<Marker(const Marker &)>> m_written;
    lock::Lock m_lock;
    std::vector<Base> m_bases;
};

} // namespace

lock::Lock lockOf(const UniversalRequest &request, const UniversalResolution &resolution)
{
    return Writer(request, resolution).write();
}

} // namespace sconce::resolve
