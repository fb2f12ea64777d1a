// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPushButton>

class QAction;

namespace sconce::ui {

/// A button for a QAction: text, icon, reason for being disabled all come from it.
class ActionButton final : public QPushButton {
    Q_OBJECT
public:
    explicit ActionButton(QAction *action, QWidget *parent = nullptr);

private:
    void followAction(const QAction &action);
};

/// Disables `action` and says why in its tool tip and "What's this"; an empty reason enables it.
void setReason(QAction &action, const QString &reason);
/// Why it is disabled; empty when it is not.
QString reasonOf(const QAction &action);

} // namespace sconce::ui
