// SPDX-License-Identifier: Apache-2.0
#pragma once

class QWidget;

namespace sconce::ui {

/// Makes Tab go through what lies in a widget as its layouts have it, which is the order of reading. For
/// places where widgets come and go: Qt puts a new one behind everything in the window.
void followLayoutWithTab(QWidget &container);

} // namespace sconce::ui
