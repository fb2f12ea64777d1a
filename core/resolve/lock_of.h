// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lock/lock.h"
#include "resolve/universal.h"

namespace sconce::resolve {

/// The lock that says what was resolved, in the order of lock files (lock-format.md § 3–13).
lock::Lock lockOf(const UniversalRequest &request, const UniversalResolution &resolution);

} // namespace sconce::resolve
