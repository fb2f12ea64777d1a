// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFontMetrics>
#include <QWidget>

namespace sconce::ui {

/// Every distance in the window follows the person's font; nothing is a number of pixels.
inline int line(const QWidget &widget)
{
    return widget.fontMetrics().height();
}
inline int spacing(const QWidget &widget)
{
    return line(widget) / 2;
}
inline int iconSide(const QWidget &widget)
{
    return line(widget) + line(widget) / 8;
}
/// About so many letters wide.
inline int letters(const QWidget &widget, int count)
{
    return widget.fontMetrics().averageCharWidth() * count;
}

} // namespace sconce::ui
