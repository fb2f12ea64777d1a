// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QSortFilterProxyModel>

class QLineEdit;
class QListView;

namespace sconce::ui {

class ActionRegistry;

/// Commands that hold the typed letters in their order; those that can be used now come first.
class CommandFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit CommandFilter(ActionRegistry &registry, QObject *parent = nullptr);
    void setTyped(const QString &typed);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QString m_typed;
};

/// Type a few letters, press Enter: any command of the window, with its keys, or the reason why it cannot be
/// used now.
class CommandPalette final : public QDialog {
    Q_OBJECT
public:
    explicit CommandPalette(ActionRegistry &registry, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void run();

    ActionRegistry &m_registry;
    CommandFilter *m_filter;
    QLineEdit *m_typed;
    QListView *m_list;
};

} // namespace sconce::ui
