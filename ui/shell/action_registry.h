// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>
#include <QAction>

namespace sconce::ui {

/// Every command of a window, once. Menus, the palette and the list of shortcuts read from it; nothing is a
/// command that is not in it. Each action has an id (its object name) and, while disabled, a reason.
class ActionRegistry final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { CommandColumn, ShortcutColumn, ColumnCount };
    enum Role { ReasonRole = Qt::UserRole, IdRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// Makes an action that belongs to the registry.
    QAction *add(
        const QString &id, const QIcon &icon, const QString &text, const QKeySequence &shortcut = {});
    /// Takes in an action that a page owns.
    void adopt(QAction *action);
    QAction *find(QStringView id) const;
    const QList<QAction *> &actions() const { return m_actions; }
    QAction *actionAt(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QList<QAction *> m_actions;
};

} // namespace sconce::ui
