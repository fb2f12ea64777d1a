// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/simplify.h"
#include "tags/tags.h"

/// Where wheels run, asked of all computers at once instead of one.
namespace sconce::resolve {

/// Whether the Python and ABI tags fit a version within the bounds (lock-format.md § 14 step 1).
bool servesPython(const tags::WheelTags &wheel, const markers::PythonBounds &bounds);
/// The computers and Pythons that the wheel's tags speak of (resolver.md § 4.2).
markers::Marker impliedMarker(const tags::WheelTags &wheel);
/// Whether the wheel belongs into a lock, given where its package is needed (lock-format.md § 14).
bool isNeeded(const tags::WheelTags &wheel, const markers::PythonBounds &bounds, const markers::Marker &where);

} // namespace sconce::resolve
