// SPDX-License-Identifier: Apache-2.0
#include "resolve/universal_result.h"

#include <algorithm>

namespace sconce::resolve {

using project::RequirementSource;
using pubgrub::Package;
using Kind = VirtualPackage::Kind;

UniversalResult::DistributionId UniversalResult::distribution(
    const ForkState &state, NameId name, pubgrub::Range version)
{
    const RequirementSource *place = state.place(name);
    const ForkState::Decision *decision = place ? nullptr : &state.decisions.at({name, version});
    const Choice *choice = decision ? &decision->choice : nullptr;
    const metadata::IndexLocation *index = choice ? &choice->list->indexOf(*choice->file) : nullptr;
    if (const auto known = m_chosen.find({name, version, index}); index && known != m_chosen.end())
        return known->second;
    const DistributionId made = newDistribution(choice, index, name, version, place);
    if (index)
        m_chosen.emplace(std::tuple(name, version, index), made);
    return made;
}

UniversalResult::DistributionId UniversalResult::newDistribution(const Choice *choice,
    const metadata::IndexLocation *index, NameId name, pubgrub::Range version, const RequirementSource *place)
{
    const RequirementSource source =
        place ? *place : RequirementSource{RequirementSource::Kind::Registry, addressOf(*index), {}};
    const DistributionId next{std::uint32_t(m_resolution.distributions.size())};
    const auto [known, isNew] = m_distributions.try_emplace({name, version, source}, next);
    if (!isNew)
        return known->second;
    Distribution made{
        .name = m_packages[name], .version = m_incompatibilities.ranges.version(version), .source = source};
    if (choice) {
        // A range may spell the version in another way than its files do.
        made.version = choice->release->version;
        // Only those of the same index belong together.
        std::ranges::copy_if(choice->release->files(), std::back_inserter(made.files),
            [&](const metadata::IndexFile *file) { return &choice->list->indexOf(*file) == index; });
        made.page = choice->list->pageOf(*choice->file);
    }
    m_resolution.distributions.push_back(std::move(made));
    return next;
}

const QString &UniversalResult::addressOf(const metadata::IndexLocation &index)
{
    QString &address = m_addresses[&index];
    if (address.isEmpty())
        address = index.address();
    return address;
}

UniversalResult::NodeId UniversalResult::node(DistributionId distribution, const VirtualPackage &package)
{
    const NodeId next{std::uint32_t(m_resolution.nodes.size())};
    const auto [known, isNew] = m_nodes.try_emplace({distribution, package.extra, package.group}, next);
    if (!isNew)
        return known->second;
    UniversalResolution::Node made{.distribution = distribution};
    if (package.hasExtra())
        made.extra = m_packages[package.extra];
    if (package.hasGroup())
        made.group = m_packages[package.group];
    m_resolution.nodes.push_back(std::move(made));
    return next;
}

void UniversalResult::add(const ForkState &state)
{
    UniversalResolution::Part part{.fork = state.fork};
    NodeIds nodes;
    for (const Package package : state.solver.packages()) {
        const VirtualPackage &known = m_packages[package];
        const auto decided = state.solver.decision(package);
        if (!decided || known.kind != Kind::Package)
            continue;
        const auto made = node(distribution(state, known.name, *decided), known);
        nodes[package] = made;
        // The same node may stand for several markers.
        if (std::ranges::find(part.nodes, made) == part.nodes.end())
            part.nodes.push_back(made);
    }
    addEdges(state, nodes, part);
    m_resolution.parts.push_back(std::move(part));
}

void UniversalResult::addEdges(const ForkState &state, const NodeIds &nodes, UniversalResolution::Part &part)
{
    const markers::Marker fork = state.fork.full();
    auto &ranges = m_incompatibilities.ranges;
    state.solver.eachDependency([&](const pubgrub::Incompatibility::Dependency &dependency) {
        const VirtualPackage &from = m_packages[dependency.package];
        const VirtualPackage &to = m_packages[dependency.needed];
        if ((from.kind != Kind::Root && from.kind != Kind::Package) || !to.isReal())
            return;
        const auto parent = state.solver.decision(dependency.package);
        const auto child = state.solver.decision(dependency.needed);
        if (!parent || !child || !ranges.isSubset(*parent, dependency.versions)
            || !ranges.isSubset(*child, dependency.range))
            return;
        const auto start = from.kind == Kind::Root ? std::optional<NodeId>() : nodes.at(dependency.package);
        const markers::Marker marker = to.marker & fork;
        const DistributionId end = distribution(state, to.name, *child);
        const auto connect = [&](NodeId target) {
            const bool isOfItself = start && m_resolution.nodes[start->value].distribution == end
                && !m_resolution.nodes[start->value].group;
            if (!isOfItself)
                part.edges.push_back({start, target, marker});
        };
        if (to.kind == Kind::Extra || to.kind == Kind::Marker)
            connect(node(end, {.name = to.name}));
        if (to.kind != Kind::Marker)
            connect(node(end, to));
    });
}

void UniversalResult::eachChoice(const ForkState &state, const Visit &visit)
{
    const markers::Marker fork = state.fork.full();
    for (const Package package : state.solver.packages()) {
        const VirtualPackage &known = m_packages[package];
        const auto decided = state.solver.decision(package);
        if (!decided || !known.isBase() || state.place(known.name))
            continue;
        const Choice &choice = state.decisions.at({known.name, *decided}).choice;
        visit(known.name,
            {m_incompatibilities.ranges.version(*decided), fork,
                addressOf(choice.list->indexOf(*choice.file))});
    }
}

} // namespace sconce::resolve
