// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPalette>

namespace sconce::ui {

/// What a colour says. Never the only carrier of a meaning: a word or an icon goes with it.
enum class Tone { Neutral, Positive, Warning, Negative, Info };

/// Relative contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio").
double contrast(const QColor &left, const QColor &right);

/// For text and icons of a tone: at least 4.5 : 1 on the palette's Base, Window and on tint() of the same
/// tone.
QColor ink(Tone tone, const QPalette &palette);
/// A quiet background of a tone; the palette's own text also keeps 4.5 : 1 on it.
QColor tint(Tone tone, const QPalette &palette);
/// The line around something tinted.
QColor edge(Tone tone, const QPalette &palette);
/// For text that steps back: at least 4.5 : 1 on Base and Window.
QColor quietText(const QPalette &palette);
/// The line around cards and fields.
QColor hairline(const QPalette &palette);
/// The ring around what has the keyboard: at least 3 : 1 on Base and Window.
QColor focusRing(const QPalette &palette);
bool isDark(const QPalette &palette);
/// `part` of `over` laid on `under`; 0 to 1.
QColor mixed(const QColor &under, const QColor &over, double part);

} // namespace sconce::ui
