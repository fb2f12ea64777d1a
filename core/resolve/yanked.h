// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "requirements/requirement.h"

namespace sconce::resolve {

/// Yanked versions that may be used all the same: those the person named exactly (resolver.md § 4.1).
class AllowedYanks {
public:
    /// A requirement with "==V" or "===V" and nothing else allows V.
    void add(const requirements::Requirement &requirement);
    void add(const names::PackageName &package, const versions::Version &version)
    {
        m_allowed.emplace(package, version);
    }
    bool contains(const names::PackageName &package, const versions::Version &version) const
    {
        return m_allowed.contains({package, version});
    }

private:
    std::set<std::pair<names::PackageName, versions::Version>> m_allowed;
};

} // namespace sconce::resolve
