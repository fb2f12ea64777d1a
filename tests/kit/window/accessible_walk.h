// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

class QWidget;

namespace sconce::kit {

/// What stands in the way of somebody without a mouse or without eyes in one window as it is shown now; a
/// sentence each. None of these moves the focus:
/// what can be used has a name, not only a value; a value is not the name; what cannot be used says why; no
/// two mnemonics are the same; a label with a mnemonic leads somewhere.
QStringList namingFaults(QWidget &window);

/// Goes once round the active window with Tab and once with Shift+Tab. Every widget that can be used is a
/// stop, none holds the focus, the order is that of reading (right to left where that is the direction), and
/// the way back is the way there. `stops` is what was visited, for kept outputs.
QStringList tabFaults(QWidget &window, QStringList *stops = nullptr);

} // namespace sconce::kit
