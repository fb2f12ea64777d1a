// SPDX-License-Identifier: Apache-2.0
#include "resolve/pre_releases.h"

#include <algorithm>

namespace sconce::resolve {

PreReleaseRules::PreReleaseRules(const Policy &policy)
    : m_policy(policy)
{
    for (const auto *list : {&policy.constraints, &policy.overrides}) {
        for (const auto &requirement : *list)
            add(requirement);
    }
}

void PreReleaseRules::add(const requirements::Requirement &requirement)
{
    const bool namesOne = std::ranges::any_of(requirement.specifiers.specifiers(), [](const auto &specifier) {
        return specifier.version.isPreRelease() && specifier.op != versions::Specifier::Operator::NotEqual;
    });
    if (namesOne)
        m_named.insert(requirement.name);
}

PreReleases PreReleaseRules::of(const names::PackageName &package) const
{
    const auto own = m_policy.packagePreReleases.find(package);
    const PreReleases mode = own != m_policy.packagePreReleases.end() ? own->second : m_policy.preReleases;
    if (mode != PreReleases::Explicit)
        return mode;
    return m_named.contains(package) ? PreReleases::IfNecessary : PreReleases::Disallow;
}

} // namespace sconce::resolve
