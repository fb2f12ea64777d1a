// SPDX-License-Identifier: Apache-2.0
#include "version_changes.h"

#include <set>

namespace sconce::lock {

std::vector<VersionChange> versionChanges(const Lock &before, const Lock &after)
{
    using Versions = std::set<std::optional<versions::Version>>;
    std::map<names::PackageName, std::pair<Versions, Versions>> packages;
    for (const Package &package : before.packages)
        packages[package.name].first.insert(package.version);
    for (const Package &package : after.packages)
        packages[package.name].second.insert(package.version);
    std::vector<VersionChange> changes;
    for (const auto &[name, versions] : packages) {
        const auto &[old, current] = versions;
        if (old != current)
            changes.push_back({name, {old.begin(), old.end()}, {current.begin(), current.end()}});
    }
    return changes;
}

} // namespace sconce::lock
