// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lock/lock.h"
#include "markers/simplify.h"

namespace sconce::lock {

/// For each package: where it is needed, as the union of all ways from the roots. Extras and groups of the
/// roots stand in it as ConflictItem::markerName(), declared as conflicts or not: extra ==
/// 'extra-4-demo-cpu'.
std::vector<markers::Marker> reach(const Lock &lock);

/// The union of the forks, which edges take for granted (§ 13.2); always where there are none.
markers::Marker environment(const Lock &lock);

/// The outer bounds of requires-python.
markers::PythonBounds pythonBounds(const Lock &lock);

/// Where the lock makes a statement: in one of its forks, on a Python version that it is for, and with at
/// most one item of each conflict set. A lock with very many conflicts says nothing about them here: the
/// marker would not end.
markers::Marker world(const Lock &lock);

} // namespace sconce::lock
