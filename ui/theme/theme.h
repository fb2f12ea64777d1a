// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPalette>

namespace sconce::ui {

/// Sconce's own colours, for desktops whose style brings none of its own.
QPalette ownPalette(Qt::ColorScheme scheme);

/// Once, right after QApplication is made: our style and palette where Qt would fall back to plain Fusion,
/// the desktop's own style (Breeze and the like) elsewhere. Follows the system between light and dark from
/// then on.
void installTheme();

/// Unknown follows the system. Takes effect at once in every window.
void setColorScheme(Qt::ColorScheme scheme);

} // namespace sconce::ui
