// SPDX-License-Identifier: Apache-2.0
#include "resolve/active_items.h"

#include <algorithm>
#include <deque>

#include "markers/extras.h"

namespace sconce::resolve {

namespace {

using markers::Marker;
using NodeId = ResolutionGraph::NodeId;
using Edges = std::vector<ResolutionGraph::Edge>;

/// Items that are in use together, by their place in a list of all; sorted.
using ItemSet = std::vector<std::size_t>;
struct SetTag;
using SetId = Id<SetTag>;

/// The items of the conflict sets, sets of them, and what follows from a set.
class Items {
public:
    explicit Items(const std::vector<project::ConflictSet> &conflicts)
        : m_conflicts(conflicts)
    {
        for (const project::ConflictSet &set : conflicts)
            m_items.insert(m_items.end(), set.begin(), set.end());
        std::ranges::sort(m_items);
        const auto repeated = std::ranges::unique(m_items);
        m_items.erase(repeated.begin(), repeated.end());
        intern({});
    }

    static SetId none() { return {}; }

    std::optional<std::size_t> find(const project::Item &item) const
    {
        const auto found = std::ranges::lower_bound(m_items, item);
        if (found == m_items.end() || *found != item)
            return {};
        return std::size_t(found - m_items.begin());
    }

    SetId with(SetId set, std::optional<std::size_t> item)
    {
        if (!item || std::ranges::binary_search(m_sets[set.value].items, *item))
            return set;
        ItemSet more = m_sets[set.value].items;
        more.insert(std::ranges::lower_bound(more, *item), *item);
        return intern(std::move(more));
    }

    /// Nothing but the set's items, as extras, is needed to make the marker true.
    bool decides(SetId set, const Marker &marker) const
    {
        return markers::holdsByExtras(marker, m_sets[set.value].included);
    }

    /// The marker where the set is in use and what conflicts with it is not.
    Marker assume(SetId set, const Marker &marker)
    {
        const auto [place, isNew] = m_assumed.try_emplace({marker.node(), set}, marker);
        if (isNew) {
            for (const names::ExtraName &extra : m_sets[set.value].included)
                place->second = markers::withExtra(place->second, extra);
            for (const names::ExtraName &extra : m_sets[set.value].excluded)
                place->second = markers::withoutExtra(place->second, extra);
        }
        return place->second;
    }

private:
    struct Set {
        ItemSet items;
        std::set<names::ExtraName> included;
        std::set<names::ExtraName> excluded;
    };

    SetId intern(ItemSet items)
    {
        const auto [place, isNew] = m_ids.try_emplace(items, SetId{std::uint32_t(m_sets.size())});
        if (!isNew)
            return place->second;
        Set set;
        for (const std::size_t item : items)
            set.included.insert(m_items[item].asExtra());
        for (const project::ConflictSet &conflict : m_conflicts) {
            if (std::ranges::none_of(
                    items, [&](auto item) { return std::ranges::contains(conflict, m_items[item]); }))
                continue;
            for (const project::Item &other : conflict)
                set.excluded.insert(other.asExtra());
        }
        std::erase_if(set.excluded, [&](const auto &extra) { return set.included.contains(extra); });
        set.items = std::move(items);
        m_sets.push_back(std::move(set));
        return place->second;
    }

    const std::vector<project::ConflictSet> &m_conflicts;
    std::vector<project::Item> m_items;
    std::vector<Set> m_sets;
    std::map<ItemSet, SetId> m_ids;
    std::map<std::pair<quint32, SetId>, Marker> m_assumed;
};

/// Which sets can arrive at each node.
class Arrivals {
public:
    Arrivals(const ResolutionGraph &graph, const UniversalResolution &resolution, Items &items)
        : m_graph(graph)
        , m_resolution(resolution)
        , m_items(items)
    {}

    void run(const Edges &starts)
    {
        for (const auto &edge : starts)
            arrive(edge.to, Items::none());
        while (!m_waiting.empty()) {
            const auto [node, set] = m_waiting.front();
            m_waiting.pop_front();
            for (const auto &edge : m_graph.at(node).edges)
                arrive(edge.to, set);
        }
    }

    std::vector<SetId> at(NodeId node) const
    {
        if (!m_sets.contains(node))
            return {};
        const std::set<SetId> &sets = m_sets.at(node);
        return {sets.begin(), sets.end()};
    }

private:
    /// Nodes of extras and groups bring an item along.
    std::optional<std::size_t> itemOf(NodeId id) const
    {
        const UniversalResolution::Node &node = m_resolution.nodes[id.value];
        const names::PackageName &package = m_resolution.distributions[node.distribution.value].name;
        if (node.extra)
            return m_items.find({package, project::Item::Kind::Extra, node.extra->text()});
        if (node.group)
            return m_items.find({package, project::Item::Kind::Group, node.group->text()});
        return {};
    }

    void arrive(NodeId node, SetId set)
    {
        const SetId all = m_items.with(set, itemOf(node));
        if (m_sets[node].insert(all).second)
            m_waiting.emplace_back(node, all);
    }

    const ResolutionGraph &m_graph;
    const UniversalResolution &m_resolution;
    Items &m_items;
    IdMap<UniversalResolution::Node, std::set<SetId>> m_sets;
    std::deque<std::pair<NodeId, SetId>> m_waiting;
};

Marker simplified(const Marker &marker, const std::vector<SetId> &sets, Items &items)
{
    if (std::ranges::all_of(sets, [&](SetId set) { return items.decides(set, marker); })) {
        Marker result = marker;
        for (const SetId set : sets)
            result = items.assume(set, result);
        return result;
    }
    const Marker first = items.assume(sets.front(), marker);
    const bool allAlike =
        std::ranges::all_of(sets, [&](SetId set) { return items.assume(set, marker) == first; });
    return allAlike ? first : marker;
}

} // namespace

void simplifyByActiveItems(ResolutionGraph &graph, const Edges &starts, const UniversalResolution &resolution,
    const std::vector<project::ConflictSet> &conflicts)
{
    Items items(conflicts);
    Arrivals arrivals(graph, resolution, items);
    arrivals.run(starts);
    const auto nameOf = [&](NodeId node) -> const names::PackageName & {
        return resolution.distributions[resolution.nodes[node.value].distribution.value].name;
    };
    for (std::uint32_t number = 0; number < resolution.nodes.size(); ++number) {
        const std::vector<SetId> sets = arrivals.at({number});
        if (sets.empty())
            continue;
        Edges &edges = graph.nodes[number].edges;
        std::unordered_map<names::PackageName, int> counts;
        for (const auto &edge : edges)
            ++counts[nameOf(edge.to)];
        for (auto &edge : edges) {
            if (counts[nameOf(edge.to)] == 1)
                edge.marker = simplified(edge.marker, sets, items);
        }
    }
}

} // namespace sconce::resolve
