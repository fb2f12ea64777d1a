// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lock/lock.h"
#include "tags/tags.h"

namespace sconce::lock {

/// Who asks: what of the workspace is wanted, on which computer, with which Python.
struct Demand {
    /// Members to install for.
    std::vector<names::PackageName> projects;
    /// OnlyGroups: not what the members ask for, only their groups.
    enum class Parts { Everything, OnlyGroups };
    Parts parts = Parts::Everything;
    /// Of whichever of the members has them; groups also of a workspace root that is no project.
    std::vector<names::ExtraName> extras;
    std::vector<names::GroupName> groups;
    markers::Environment environment;
    versions::Version python;
    tags::CompatibleTags tags;
};

/// What one computer gets of a lock.
struct Selection {
    struct Item {
        /// Index in Lock::packages.
        std::size_t package = 0;
        /// By name.
        std::vector<names::ExtraName> extras;
        /// Index in Package::wheels; nothing for a folder with sources.
        std::optional<std::size_t> wheel;
        /// Indexes in Lock::packages, ascending.
        std::vector<std::size_t> neededBy;
        /// One of the members asked for.
        bool isProject = false;
        /// A member asked for needs it itself.
        bool isDirect = false;
    };
    /// In the order of the lock.
    std::vector<Item> items;
};

/// Walks the lock for one computer and chooses the files (resolver.md § 16). BadInput for a Python or a
/// computer that the lock is not for, for extras and groups that exclude each other, and for a package
/// without a wheel that runs there; NotFound for extras and groups that nobody has.
Result<Selection> select(const Lock &lock, const Demand &demand);

/// Which of a package's wheels such a computer gets: an index in Package::wheels; nothing for a folder with
/// sources. BadInput as of select().
Result<std::optional<std::size_t>> wheelFor(const Package &package, const tags::CompatibleTags &tags);

} // namespace sconce::lock
