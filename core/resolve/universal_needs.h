// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>
#include <variant>

#include "resolve/fork_state.h"
#include "resolve/needs.h"
#include "resolve/universal_chooser.h"

namespace sconce::resolve {

/// What a version says of itself.
struct Description {
    names::PackageName name;
    versions::Version version;
    std::optional<versions::SpecifierSet> requiresPython;
    std::vector<Need> needs;
    std::map<names::GroupName, std::vector<Need>> groups;
};

/// What versions need in a fork (resolver.md § 2.3–2.5, § 6).
class UniversalNeeds {
public:
    /// All arguments outlive it.
    UniversalNeeds(
        const UniversalRequest &request, Packages &packages, pubgrub::Ranges &ranges, Supply &supply);

    using Demands = std::vector<Demand>;
    Demands ofWorkspace();
    /// What a stand-in stands for.
    Demands ofProxy(const ForkState &state, pubgrub::Package proxy, const versions::Version &version);
    /// BadInput in the metadata comes back as a reason to pass the version over.
    Result<std::variant<const Description *, Unusable>> describe(const ForkState &state, NameId package,
        const ForkState::Decision &decision, const JobContext &context);
    /// What a package, or one of its extras or groups, needs. A need that nothing can satisfy is a reason to
    /// pass the version over.
    std::variant<Demands, Unusable> of(
        const ForkState &state, pubgrub::Package package, const Description &description);
    /// Every requirement of the workspace's own: dependencies and groups of members, constraints, overrides.
    void eachWish(const std::function<void(const requirements::Requirement &, bool isDirect)> &visit) const;

private:
    /// A need, ready for any fork.
    struct Prepared {
        markers::Marker marker;
        Demands demands;
        std::optional<Unusable> impossible;
    };
    using Part = std::tuple<const Description *, NameId, NameId>; // extra, group
    const std::vector<Prepared> &prepared(pubgrub::Package package, const Description &description);
    void addDemands(Demands &demands, const Need &need, Demander demander);
    const Description &describePlace(const project::RequirementSource &place, const names::PackageName &name);

    const UniversalRequest &m_request;
    Packages &m_packages;
    pubgrub::Ranges &m_ranges;
    Supply &m_supply;
    NeedRules m_rules;
    /// All items of conflict sets.
    std::set<project::Item> m_conflicting;
    std::map<project::RequirementSource, Description> m_places;
    std::unordered_map<const metadata::IndexFile *, Description> m_described;
    std::map<Part, std::vector<Prepared>> m_prepared;
};

} // namespace sconce::resolve
