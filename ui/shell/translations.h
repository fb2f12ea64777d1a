// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocale>

namespace sconce::ui {

/// Loads our texts and Qt's own for a language, and sets the direction of reading. Called again, it replaces
/// the former.
void installTranslations(const QLocale &locale);

} // namespace sconce::ui
