// SPDX-License-Identifier: Apache-2.0
#include "resolve/universal_needs.h"

#include <algorithm>

#include "resolve/read_metadata.h"

namespace sconce::resolve {

using project::Item;
using project::RequirementSource;
using project::SourcedRequirement;
using versions::VersionSet;
using Kind = VirtualPackage::Kind;

namespace {

Need needOf(const SourcedRequirement &requirement)
{
    Need need{.requirement = {.name = requirement.name,
                  .extras = requirement.extras,
                  .specifiers = requirement.specifiers,
                  .marker = requirement.marker}};
    need.groups = requirement.groups;
    need.source = requirement.source;
    return need;
}

std::vector<Need> needsOf(const std::vector<SourcedRequirement> &requirements)
{
    std::vector<Need> needs;
    for (const SourcedRequirement &requirement : requirements)
        needs.push_back(needOf(requirement));
    return needs;
}

NeedRules rulesOf(const UniversalRequest &request)
{
    std::vector<Need> constraints = needsOf(request.workspace.constraints);
    for (const auto &bound : request.upgradeConstraints)
        constraints.push_back({.requirement = bound});
    return {request, std::move(constraints), needsOf(request.workspace.overrides)};
}

} // namespace

UniversalNeeds::UniversalNeeds(
    const UniversalRequest &request, Packages &packages, pubgrub::Ranges &ranges, Supply &supply)
    : m_request(request)
    , m_packages(packages)
    , m_ranges(ranges)
    , m_supply(supply)
    , m_rules(rulesOf(request))
{
    for (const auto &set : request.workspace.conflicts)
        m_conflicting.insert(set.begin(), set.end());
}

void UniversalNeeds::eachWish(
    const std::function<void(const requirements::Requirement &, bool isDirect)> &visit) const
{
    const auto visitAll = [&](const std::vector<SourcedRequirement> &requirements, bool isDirect) {
        for (const SourcedRequirement &requirement : requirements)
            visit(needOf(requirement).requirement, isDirect);
    };
    const project::Workspace &workspace = m_request.workspace;
    for (const auto &[name, member] : workspace.members) {
        visitAll(member.requirements, true);
        for (const auto &[group, requirements] : member.groups)
            visitAll(requirements, true);
    }
    for (const auto &[group, requirements] : workspace.rootGroups)
        visitAll(requirements, true);
    visitAll(workspace.constraints, false);
    visitAll(workspace.overrides, false);
}

/// § 1.1: members with all their extras, members with all their groups, then groups of a root that is no
/// project.
UniversalNeeds::Demands UniversalNeeds::ofWorkspace()
{
    Demands demands;
    const project::Workspace &workspace = m_request.workspace;
    for (const auto &[name, member] : workspace.members) {
        Need need{.requirement = {.name = name}};
        need.source = member.source();
        for (const auto &[extra, requirements] : member.project.extras)
            need.requirement.extras.push_back(extra);
        addDemands(demands, need, Demander::Workspace);
    }
    for (const auto &[name, member] : workspace.members) {
        if (member.groups.empty())
            continue;
        Need need{.requirement = {.name = name}};
        need.source = member.source();
        for (const auto &[group, requirements] : member.groups)
            need.groups.push_back(group);
        addDemands(demands, need, Demander::Workspace);
    }
    for (const auto &[group, requirements] : workspace.rootGroups) {
        for (const SourcedRequirement &requirement : requirements)
            addDemands(demands, needOf(requirement), Demander::Workspace);
    }
    return demands;
}

/// § 6: one stand-in for each extra or group; else the package itself, by a stand-in where a marker stands at
/// it.
void UniversalNeeds::addDemands(Demands &demands, const Need &need, Demander demander)
{
    const auto &requirement = need.requirement;
    const NameId name = m_packages.name(requirement.name);
    const pubgrub::Range range = m_ranges.intern(VersionSet::of(requirement.specifiers));
    const auto add = [&](const VirtualPackage &package) {
        demands.push_back({m_packages.intern(package), range, need.source});
    };
    const auto addBase = [&] {
        add({.kind = requirement.marker.isAlways() ? Kind::Package : Kind::Marker,
            .name = name,
            .marker = requirement.marker});
    };
    const auto isConflicting = [&](Item::Kind kind, const names::PackageName &part) {
        return demander == Demander::Workspace
            && m_conflicting.contains({requirement.name, kind, part.text()});
    };
    if (std::ranges::any_of(
            requirement.extras, [&](const auto &extra) { return isConflicting(Item::Kind::Extra, extra); })
        || std::ranges::any_of(
            need.groups, [&](const auto &group) { return isConflicting(Item::Kind::Group, group); })
        || (requirement.extras.empty() && need.groups.empty()))
        addBase();
    for (const auto &extra : requirement.extras) {
        add({.kind = Kind::Extra,
            .name = name,
            .extra = m_packages.name(extra),
            .marker = requirement.marker});
    }
    if (!requirement.extras.empty())
        return;
    for (const auto &group : need.groups) {
        add({.kind = Kind::Group,
            .name = name,
            .group = m_packages.name(group),
            .marker = requirement.marker});
    }
}

UniversalNeeds::Demands UniversalNeeds::ofProxy(
    const ForkState &state, pubgrub::Package proxy, const versions::Version &version)
{
    const VirtualPackage known = m_packages[proxy];
    const pubgrub::Range exact = m_ranges.exactly(version);
    const RequirementSource *place = state.place(known.name);
    Demands demands;
    const auto add = [&](const VirtualPackage &package) {
        demands.push_back({m_packages.intern(package), exact, place ? *place : RequirementSource()});
    };
    for (const auto &marker : {markers::Marker(), known.marker}) {
        if (!known.hasGroup())
            add({.name = known.name, .marker = marker});
        if (known.hasExtra() || known.hasGroup())
            add({.name = known.name, .extra = known.extra, .group = known.group, .marker = marker});
        if (known.marker.isAlways())
            break;
    }
    return demands;
}

const Description &UniversalNeeds::describePlace(
    const RequirementSource &place, const names::PackageName &name)
{
    const auto known = m_places.find(place);
    if (known != m_places.end())
        return known->second;
    const auto read = [&](const auto &owner, const versions::Version &version) {
        Description description{.name = name, .version = version, .needs = needsOf(owner.requirements)};
        for (const auto &[group, requirements] : owner.groups)
            description.groups.emplace(group, needsOf(requirements));
        return description;
    };
    const auto member = m_request.workspace.members.find(name);
    if (member != m_request.workspace.members.end())
        return m_places.emplace(place, read(member->second, member->second.version())).first->second;
    const UniversalRequest::Place &other = m_request.places.at(place);
    Description description = read(other, other.version);
    description.requiresPython = other.requiresPython;
    return m_places.emplace(place, std::move(description)).first->second;
}

Result<std::variant<const Description *, Unusable>> UniversalNeeds::describe(
    const ForkState &state, NameId package, const ForkState::Decision &decision, const JobContext &context)
{
    if (const RequirementSource *place = state.place(package))
        return &describePlace(*place, m_packages[package]);
    const metadata::IndexFile &file = *decision.choice.metadataFile;
    if (const auto known = m_described.find(&file); known != m_described.end())
        return &known->second;
    const auto metadata = SCONCE_TRY(readMetadata(m_supply, file, context));
    if (const auto *reason = std::get_if<Unusable>(&metadata))
        return *reason;
    const metadata::CoreMetadata &read = *std::get<0>(metadata);
    Description description{.name = read.name,
        .version = read.version,
        .requiresPython = read.requiresPython,
        .needs = needsOf(read)};
    // An address in the metadata of an index' package has to be one that the project names, too.
    for (Need &need : description.needs) {
        if (const auto &url = need.requirement.url)
            need.source = {RequirementSource::Kind::Url, url->toString(QUrl::FullyEncoded), {}};
    }
    return &m_described.emplace(&file, std::move(description)).first->second;
}

const std::vector<UniversalNeeds::Prepared> &UniversalNeeds::prepared(
    pubgrub::Package package, const Description &description)
{
    const VirtualPackage known = m_packages[package];
    const auto [place, isNew] = m_prepared.try_emplace({&description, known.extra, known.group});
    if (!isNew)
        return place->second;
    const NeedRules::Owner owner{description.name, description.version};
    std::vector<Need> needs;
    if (known.hasGroup()) {
        const auto group = description.groups.find(m_packages[known.group]);
        if (group != description.groups.end())
            needs = m_rules.ofGroup(owner, group->second);
    } else {
        const auto extra = known.hasExtra() ? std::optional(m_packages[known.extra]) : std::nullopt;
        needs = m_rules.of(owner, description.needs, extra);
    }
    for (const Need &need : needs) {
        Prepared ready{need.requirement.marker, {}, whyImpossible(need)};
        if (!ready.impossible)
            addDemands(ready.demands, need, Demander::Package);
        place->second.push_back(std::move(ready));
    }
    return place->second;
}

std::variant<UniversalNeeds::Demands, Unusable> UniversalNeeds::of(
    const ForkState &state, pubgrub::Package package, const Description &description)
{
    Demands demands;
    for (const Prepared &need : prepared(package, description)) {
        if (!state.applies(need.marker))
            continue;
        if (need.impossible)
            return *need.impossible;
        demands.insert(demands.end(), need.demands.begin(), need.demands.end());
    }
    return demands;
}

} // namespace sconce::resolve
