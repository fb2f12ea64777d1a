// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lock/lock.h"

namespace sconce::lock {

/// The versions of a package that one lock has and another has not, for a line in a report; diff() tells
/// more.
struct VersionChange {
    /// Without a value: dynamic.
    using Versions = std::vector<std::optional<versions::Version>>;
    names::PackageName name;
    /// All of them, ascending; empty: the package was added, or removed.
    Versions before;
    Versions after;
    bool operator==(const VersionChange &) const = default;
};

/// By name. Packages whose versions are the same are left out.
std::vector<VersionChange> versionChanges(const Lock &before, const Lock &after);

} // namespace sconce::lock
