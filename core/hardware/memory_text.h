// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hardware/devices.h"

namespace sconce::hardware {

/// The memory of a device as its vendor names it: "12 GB" for 12 × 2^30 bytes. What is not a number stays as
/// it was read.
QString memoryText(const Fact &memory);

} // namespace sconce::hardware
