// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/marker.h"
#include "versions/release_range.h"

/// Markers as a lock needs them: without what is known from elsewhere (lock-format.md § 13).
namespace sconce::markers {

/// Outer bounds of the Python versions in question; a side without a value is unbounded.
using PythonBounds = versions::ReleaseRange::Interval;

/// True for the Python versions within the bounds. `marker & pythonWithin(bounds)` undoes simplified().
Marker pythonWithin(const PythonBounds &bounds);
/// Says nothing more about Python versions outside of the bounds (§ 13.5).
Marker simplified(const Marker &marker, const PythonBounds &bounds);
/// The smallest bounds that hold all Python versions for which the marker can be true; nothing for never.
std::optional<PythonBounds> pythonHull(const Marker &marker);
/// Equals `marker` wherever `assumption` holds, and is as short as it happens to get elsewhere (§ 13.4).
Marker restricted(const Marker &marker, const Marker &assumption);
/// Differs from `marker` only for combinations that no computer has: the one its text is made from.
Marker minimised(const Marker &marker);

/// The order of markers in a lock (§ 12.1): always first, never second.
std::strong_ordering order(const Marker &left, const Marker &right);

} // namespace sconce::markers
