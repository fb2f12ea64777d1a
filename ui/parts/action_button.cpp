// SPDX-License-Identifier: Apache-2.0
#include "parts/action_button.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

constexpr char ReasonProperty[] = "sconce-reason";

/// Without the marks for mnemonics: those belong to menus, where each is unique.
QString plainText(const QAction &action)
{
    return action.text().remove(u'&');
}

/// "Review Plan… (Ctrl+Return)" or, disabled, "Still working out versions".
QString toolTipOf(const QAction &action)
{
    const QString reason = reasonOf(action);
    if (!reason.isEmpty())
        return reason;
    const QString keys = action.shortcut().toString(QKeySequence::NativeText);
    const QString name = plainText(action);
    return keys.isEmpty() ? name : u"%1 (%2)"_s.arg(name, keys);
}

} // namespace

void setReason(QAction &action, const QString &reason)
{
    action.setProperty(ReasonProperty, reason);
    action.setEnabled(reason.isEmpty());
    action.setToolTip(toolTipOf(action));
    action.setWhatsThis(reason);
    action.setStatusTip(reason);
}

QString reasonOf(const QAction &action)
{
    return action.property(ReasonProperty).toString();
}

ActionButton::ActionButton(QAction *action, QWidget *parent)
    : QPushButton(parent)
{
    setObjectName(action->objectName());
    followAction(*action);
    connect(action, &QAction::changed, this, [this, action] { followAction(*action); });
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
}

void ActionButton::followAction(const QAction &action)
{
    // The action's own shortcut works already; a second one would be ambiguous.
    setText(plainText(action));
    setIcon(action.icon());
    setEnabled(action.isEnabled());
    setToolTip(toolTipOf(action));
    setWhatsThis(action.whatsThis());
    setAccessibleDescription(reasonOf(action));
    // A button without a parent yet must not be shown: it would become a window.
    if (!action.isVisible())
        hide();
    else if (isHidden() && testAttribute(Qt::WA_WState_ExplicitShowHide))
        show();
}

} // namespace sconce::ui
