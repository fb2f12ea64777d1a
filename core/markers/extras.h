// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/marker.h"

/// The extras of a marker, conflict items included, which are encoded as extras (resolver.md § 12.4).
namespace sconce::markers {

/// The marker where the extra is in use.
Marker withExtra(const Marker &marker, const names::ExtraName &extra);
/// The marker where the extra is not in use.
Marker withoutExtra(const Marker &marker, const names::ExtraName &extra);
/// True where some choice of extras satisfies the marker.
Marker withSomeExtras(const Marker &marker);
/// The marker where no extra is in use.
Marker withNoExtras(const Marker &marker);
/// The extras that it asks for; lists ('x' in extras) do not count.
std::set<names::ExtraName> extrasOf(const Marker &marker);
/// The extras in use decide it alone: it is true on every computer.
bool holdsByExtras(const Marker &marker, const std::set<names::ExtraName> &extras);

} // namespace sconce::markers
