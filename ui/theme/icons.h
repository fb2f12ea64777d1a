// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QIcon>

#include "theme/colours.h"

namespace sconce::ui {

/// One of our own line drawings (resources/icons/<name>.svg), drawn in the palette's text colour of the
/// moment, or in the ink of `tone`. Changes with the palette by itself. An unknown name draws nothing, which
/// a test forbids.
QIcon icon(QLatin1StringView name, std::optional<Tone> tone = std::nullopt);

} // namespace sconce::ui
