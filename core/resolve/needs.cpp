// SPDX-License-Identifier: Apache-2.0
#include "resolve/needs.h"

#include <deque>

#include "markers/extras.h"

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

} // namespace

NeedRules::NeedRules(const Policy &policy)
    : m_excludes(policy.excludes.begin(), policy.excludes.end())
{
    for (const auto &constraint : policy.constraints)
        m_constraints[constraint.name].push_back(&constraint);
    for (const auto &replacement : policy.overrides)
        m_overrides[replacement.name].push_back(&replacement);
}

std::vector<Need> NeedRules::replaced(std::vector<Need> needs) const
{
    if (m_overrides.empty() && m_excludes.empty())
        return needs;
    std::vector<Need> result;
    for (Need &need : needs) {
        if (m_excludes.contains(need.requirement.name))
            continue;
        const auto rules = m_overrides.find(need.requirement.name);
        if (rules == m_overrides.end()) {
            result.push_back(std::move(need));
            continue;
        }
        const Marker extras = topExtras(need.requirement.marker);
        for (const requirements::Requirement *rule : rules->second) {
            result.push_back({*rule, {}, {}});
            result.back().requirement.marker = rule->marker & extras;
        }
    }
    return result;
}

std::vector<Need> NeedRules::constrained(std::vector<Need> needs, const Applies &applies) const
{
    std::vector<Need> result;
    for (Need &need : needs) {
        const Marker marker = need.requirement.marker;
        if (!applies(marker))
            continue;
        const auto rules = m_constraints.find(need.requirement.name);
        result.push_back(std::move(need));
        if (rules == m_constraints.end())
            continue;
        for (const requirements::Requirement *rule : rules->second) {
            const Marker both = rule->marker & marker;
            if (!applies(both))
                continue;
            result.push_back({*rule, {}, {}});
            result.back().requirement.marker = both;
            result.back().requirement.extras.clear();
        }
    }
    return result;
}

std::vector<Need> NeedRules::ofWishes(const std::vector<Need> &wishes, const Applies &applies) const
{
    return constrained(partsFor(replaced(wishes), {}), applies);
}

std::vector<Need> NeedRules::of(const metadata::CoreMetadata &metadata, const std::optional<ExtraName> &extra,
    const Applies &applies) const
{
    std::vector<Need> all;
    all.reserve(metadata.requiresDist.size());
    for (const auto &requirement : metadata.requiresDist)
        all.push_back({requirement, {}, {}});
    all = replaced(std::move(all));
    std::vector<Need> part = partsFor(all, extra);
    const auto isOfItself = [&](const Need &need) { return need.requirement.name == metadata.name; };
    if (extra && std::ranges::any_of(part, isOfItself))
        part = withoutSelfExtras(all, std::move(part), metadata.name);
    return constrained(std::move(part), applies);
}

} // namespace sconce::resolve
