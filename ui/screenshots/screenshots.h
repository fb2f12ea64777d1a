// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "base/result.h"

namespace sconce::ui {

/// Paints every page and state from staged data into `folder` as PNG files, light, dark and right to left,
/// and says how many. Runs the application's event loop.
Result<int> takeScreenshots(const QString &folder);

} // namespace sconce::ui
