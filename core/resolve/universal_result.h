// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <unordered_map>

#include "resolve/fork_state.h"
#include "resolve/universal.h"

namespace sconce::resolve {

/// Gathers what finished forks chose (resolver.md § 11.1).
class UniversalResult {
public:
    UniversalResult(const Packages &packages, pubgrub::Incompatibilities &incompatibilities)
        : m_packages(packages)
        , m_incompatibilities(incompatibilities)
    {}

    void add(const ForkState &state);
    /// The versions that a finished fork took from indexes, as preferences for the next ones.
    using Visit = std::function<void(NameId, UniversalRequest::Preference)>;
    void eachChoice(const ForkState &state, const Visit &visit);
    UniversalResolution take() { return std::move(m_resolution); }

private:
    using NodeId = UniversalResolution::NodeId;
    using DistributionId = UniversalResolution::DistributionId;
    /// In one fork.
    using NodeIds = IdMap<pubgrub::PackageTag, std::optional<NodeId>>;

    DistributionId distribution(const ForkState &state, NameId name, pubgrub::Range version);
    DistributionId newDistribution(const Choice *choice, const metadata::IndexLocation *index, NameId name,
        pubgrub::Range version, const project::RequirementSource *place);
    /// Of the index, without a login; made once for each.
    const QString &addressOf(const metadata::IndexLocation &index);
    NodeId node(DistributionId distribution, const VirtualPackage &package);
    void addEdges(const ForkState &state, const NodeIds &nodes, UniversalResolution::Part &part);

    const Packages &m_packages;
    pubgrub::Incompatibilities &m_incompatibilities;
    UniversalResolution m_resolution;
    std::map<std::tuple<NameId, pubgrub::Range, project::RequirementSource>, DistributionId> m_distributions;
    /// The same by the object of the index, of which one address may have several.
    std::map<std::tuple<NameId, pubgrub::Range, const metadata::IndexLocation *>, DistributionId> m_chosen;
    std::map<std::tuple<DistributionId, NameId, NameId>, NodeId> m_nodes;
    std::unordered_map<const metadata::IndexLocation *, QString> m_addresses;
};

} // namespace sconce::resolve
