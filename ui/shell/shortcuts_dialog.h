// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace sconce::ui {

class ActionRegistry;

/// Every command and its keys, as a table.
class ShortcutsDialog final : public QDialog {
    Q_OBJECT
public:
    ShortcutsDialog(ActionRegistry &registry, QWidget *parent);
};

} // namespace sconce::ui
