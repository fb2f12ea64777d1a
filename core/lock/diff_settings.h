// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lock/diff.h"

namespace sconce::lock {

/// The head of the file, compared: only what means something else.
std::vector<SettingChange> settingChanges(const Lock &before, const Lock &after);

} // namespace sconce::lock
