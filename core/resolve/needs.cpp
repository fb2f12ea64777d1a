// SPDX-License-Identifier: Apache-2.0
#include "resolve/needs.h"

#include <algorithm>
#include <deque>

#include "markers/extras.h"
#include "versions/version_set.h"

namespace sconce::resolve {

using markers::Marker;
using names::ExtraName;

namespace {

/// § 2.3: the part of a marker that counts for the package itself, or only for one of its extras.
Marker partFor(const Marker &marker, const std::optional<ExtraName> &extra)
{
    if (marker.isAlways())
        return extra ? Marker::never() : marker;
    const Marker production = withNoExtras(marker);
    return extra ? withNoExtras(withExtra(marker, *extra)) & !production : production;
}

std::vector<Need> partsFor(const std::vector<Need> &needs, const std::optional<ExtraName> &extra)
{
    std::vector<Need> result;
    for (const Need &need : needs) {
        const Marker part = partFor(need.requirement.marker, extra);
        if (part.isNever())
            continue;
        result.push_back(need);
        result.back().requirement.marker = part;
    }
    return result;
}

/// § 2.4: extras of the package that its own extra asks for are opened up, until no new one appears. What
/// remains of a requirement on the package itself is its bound on the version.
std::vector<Need> withoutSelfExtras(
    const std::vector<Need> &all, std::vector<Need> part, const names::PackageName &self)
{
    std::vector<Need> result;
    std::vector<Need> bounds;
    std::deque<std::pair<ExtraName, Marker>> open;
    std::vector<std::pair<ExtraName, Marker>> seen;
    const auto take = [&](std::vector<Need> needs, const Marker &under) {
        for (Need &need : needs) {
            need.requirement.marker = need.requirement.marker & under;
            if (need.requirement.name != self) {
                result.push_back(std::move(need));
                continue;
            }
            for (const ExtraName &extra : need.requirement.extras)
                open.emplace_back(extra, need.requirement.marker);
            need.requirement.extras.clear();
            if (!need.requirement.specifiers.isEmpty())
                bounds.push_back(std::move(need));
        }
    };
    take(std::move(part), Marker::always());
    for (; !open.empty(); open.pop_front()) {
        const auto next = open.front();
        if (std::ranges::contains(seen, next))
            continue;
        seen.push_back(next);
        take(partsFor(all, next.first), next.second);
    }
    result.insert(result.end(), bounds.begin(), bounds.end());
    return result;
}

/// § 2.5: the extra that alone decides over a marker survives an override.
Marker topExtras(const Marker &marker)
{
    Marker result;
    for (const ExtraName &extra : extrasOf(marker)) {
        if (withoutExtra(marker, extra).isNever())
            result = result & Marker::extra(extra);
    }
    return result;
}

std::vector<Need> needsOf(const std::vector<requirements::Requirement> &requirements)
{
    std::vector<Need> needs;
    needs.reserve(requirements.size());
    for (const auto &requirement : requirements)
        needs.push_back({.requirement = requirement});
    return needs;
}

} // namespace

NeedRules::NeedRules(const Policy &policy)
    : NeedRules(policy, needsOf(policy.constraints), needsOf(policy.overrides))
{}

NeedRules::NeedRules(
    const Policy &policy, const std::vector<Need> &constraints, const std::vector<Need> &overrides)
    : m_policy(policy)
    , m_excludes(policy.excludes.begin(), policy.excludes.end())
{
    for (const Need &constraint : constraints)
        m_constraints[constraint.requirement.name].push_back(constraint);
    for (const Need &replacement : overrides)
        m_overrides[replacement.requirement.name].push_back(replacement);
}

NeedRules::ByName NeedRules::scopedOverrides(const Owner &owner) const
{
    const project::Scoped<requirements::Requirement> *own = nullptr;
    for (const auto &scoped : m_policy.scopedOverrides) {
        if (scoped.package != owner.name || (scoped.version && *scoped.version != owner.version))
            continue;
        if (!own || (scoped.version && !own->version))
            own = &scoped;
    }
    ByName rules;
    for (const auto &replacement : own ? own->dependencies : std::vector<requirements::Requirement>())
        rules[replacement.name].push_back({.requirement = replacement});
    return rules;
}

bool NeedRules::isExcluded(const names::PackageName &package, const Owner *owner) const
{
    if (m_excludes.contains(package))
        return true;
    return owner && std::ranges::any_of(m_policy.scopedExcludes, [&](const auto &scoped) {
        return scoped.package == owner->name && (!scoped.version || *scoped.version == owner->version)
            && std::ranges::contains(scoped.dependencies, package);
    });
}

std::vector<Need> NeedRules::replaced(std::vector<Need> needs, const Owner *owner) const
{
    const ByName own = owner ? scopedOverrides(*owner) : ByName();
    if (own.empty() && m_overrides.empty() && m_excludes.empty() && m_policy.scopedExcludes.empty())
        return needs;
    std::vector<Need> result;
    std::set<names::PackageName> added; // by scoped overrides without a requirement to replace, in order
    for (const auto &[name, rules] : own)
        added.insert(name);
    const auto addRules = [&](const std::vector<Need> &rules, const Marker &extras) {
        for (const Need &rule : rules) {
            result.push_back(rule);
            result.back().requirement.marker = rule.requirement.marker & extras;
        }
    };
    for (Need &need : needs) {
        added.erase(need.requirement.name);
        const auto scoped = own.find(need.requirement.name);
        const auto general = m_overrides.find(need.requirement.name);
        if (scoped != own.end())
            addRules(scoped->second, topExtras(need.requirement.marker));
        else if (general != m_overrides.end())
            addRules(general->second, topExtras(need.requirement.marker));
        else
            result.push_back(std::move(need));
    }
    for (const names::PackageName &name : added)
        addRules(own.at(name), Marker::always());
    std::erase_if(result, [&](const Need &need) { return isExcluded(need.requirement.name, owner); });
    return result;
}

/// A constraint counts where the need that it is for does, and where its own marker holds as well.
std::vector<Need> NeedRules::constrained(std::vector<Need> needs) const
{
    if (m_constraints.empty())
        return needs;
    std::vector<Need> result;
    for (Need &need : needs) {
        const Marker marker = need.requirement.marker;
        const auto rules = m_constraints.find(need.requirement.name);
        result.push_back(std::move(need));
        if (rules == m_constraints.end())
            continue;
        for (const Need &rule : rules->second) {
            result.push_back(rule);
            result.back().requirement.marker = rule.requirement.marker & marker;
            result.back().requirement.extras.clear();
        }
    }
    std::erase_if(result, [](const Need &need) { return need.requirement.marker.isNever(); });
    return result;
}

std::vector<Need> NeedRules::ofWishes(const std::vector<Need> &wishes) const
{
    return constrained(partsFor(replaced(wishes, nullptr), {}));
}

std::vector<Need> NeedRules::of(
    const Owner &owner, const std::vector<Need> &needs, const std::optional<ExtraName> &extra) const
{
    const std::vector<Need> all = replaced(needs, &owner);
    std::vector<Need> part = partsFor(all, extra);
    const auto isOfItself = [&](const Need &need) { return need.requirement.name == owner.name; };
    if (extra && std::ranges::any_of(part, isOfItself))
        part = withoutSelfExtras(all, std::move(part), owner.name);
    return constrained(std::move(part));
}

std::vector<Need> NeedRules::ofGroup(const Owner &owner, const std::vector<Need> &needs) const
{
    return constrained(replaced(needs, &owner));
}

std::vector<Need> needsOf(const metadata::CoreMetadata &metadata)
{
    return needsOf(metadata.requiresDist);
}

std::optional<Unusable> whyImpossible(const Need &need)
{
    const auto &requirement = need.requirement;
    if (!versions::VersionSet::of(requirement.specifiers).isEmpty())
        return {};
    return Unusable{
        Unusable::Kind::Impossible, requirement.name.text() + u' ' + requirement.specifiers.text()};
}

} // namespace sconce::resolve
