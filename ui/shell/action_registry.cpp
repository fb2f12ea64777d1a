// SPDX-License-Identifier: Apache-2.0
#include "shell/action_registry.h"

#include <algorithm>

#include "parts/action_button.h"

namespace sconce::ui {

QAction *ActionRegistry::add(
    const QString &id, const QIcon &icon, const QString &text, const QKeySequence &shortcut)
{
    auto *action = new QAction(icon, text, this);
    action->setObjectName(id);
    action->setShortcut(shortcut);
    setReason(*action, QString());
    adopt(action);
    return action;
}

void ActionRegistry::adopt(QAction *action)
{
    Q_ASSERT(!action->objectName().isEmpty() && !find(action->objectName()));
    const int row = int(m_actions.size());
    beginInsertRows({}, row, row);
    m_actions.append(action);
    endInsertRows();
    connect(action, &QAction::changed, this, [this, action] {
        const int changed = int(m_actions.indexOf(action));
        Q_EMIT dataChanged(index(changed, 0), index(changed, ColumnCount - 1));
    });
}

QAction *ActionRegistry::find(QStringView id) const
{
    const auto place =
        std::ranges::find_if(m_actions, [id](const QAction *action) { return action->objectName() == id; });
    return place == m_actions.end() ? nullptr : *place;
}

QAction *ActionRegistry::actionAt(const QModelIndex &index) const
{
    return index.isValid() ? m_actions.value(index.row()) : nullptr;
}

int ActionRegistry::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_actions.size());
}

int ActionRegistry::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ActionRegistry::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QAction &action = *m_actions[index.row()];
    const QString reason = reasonOf(action);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == CommandColumn ? action.text().remove(u'&')
                                               : action.shortcut().toString(QKeySequence::NativeText);
    case Qt::DecorationRole: return index.column() == CommandColumn ? action.icon() : QVariant();
    case Qt::ToolTipRole:
    case ReasonRole: return reason;
    case Qt::AccessibleDescriptionRole: return reason;
    case IdRole: return action.objectName();
    default: return {};
    }
}

QVariant ActionRegistry::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == CommandColumn ? tr("Command") : tr("Keys");
}

} // namespace sconce::ui
