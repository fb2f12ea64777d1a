// SPDX-License-Identifier: Apache-2.0
#pragma once

class QWidget;

namespace sconce::ui {

/// Scrolls the page so that the widget is seen, from its top if it is taller than the page; once the layout
/// has made room for it. Nothing happens outside of a scroll area.
void bringIntoView(QWidget *widget);

} // namespace sconce::ui
