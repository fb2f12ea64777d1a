// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lock/lock.h"

namespace sconce::lock {

/// The bytes of the file (§ 2–11). Packages, edges and requirements stand in the order in which the lock has
/// them; arrange() in order.h makes it that of § 12.
QByteArray bytes(const Lock &lock);

} // namespace sconce::lock
