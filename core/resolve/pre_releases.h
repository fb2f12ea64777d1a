// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "resolve/policy.h"

namespace sconce::resolve {

/// Which packages may be chosen in a pre-release (resolver.md § 8.2).
class PreReleaseRules {
public:
    explicit PreReleaseRules(const Policy &policy);
    /// A requirement of the person's own: with mode `explicit` one that names a pre-release allows them for
    /// its package.
    void add(const requirements::Requirement &requirement);
    /// Never Explicit: that has become one of the others.
    PreReleases of(const names::PackageName &package) const;

private:
    const Policy &m_policy;
    std::set<names::PackageName> m_named;
};

} // namespace sconce::resolve
