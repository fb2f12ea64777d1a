// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "markers/marker.h"
#include "project/workspace.h"

namespace sconce::resolve {

/// A part of all computers and choices that is resolved by itself (resolver.md § 9, § 10).
struct Fork {
    /// Which computers and Pythons; without conflict items.
    markers::Marker marker;
    /// Conflict items that are in use, and those that are not; of the others nothing is known.
    std::set<project::Item> included;
    std::set<project::Item> excluded;

    /// The item is not in use here: itself, or for an extra its whole project.
    bool excludes(const project::Item &item) const;
    Fork narrowed(const markers::Marker &part) const { return {marker & part, included, excluded}; }
    /// The marker with the items as extras.
    markers::Marker full() const;
};

} // namespace sconce::resolve
