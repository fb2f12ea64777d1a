// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTableView>

namespace sconce::ui {

/// A table as every page wants it: whole rows, sortable, no grid, Tab leaves it, Ctrl+C copies the selected
/// rows as text.
class Table final : public QTableView {
    Q_OBJECT
public:
    Table(QAbstractItemModel *model, const QString &accessibleName, QWidget *parent = nullptr);
    /// Widths of the first columns, in letters; the last one takes what is left.
    void setColumnLetters(std::initializer_list<int> widths);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void copySelection() const;
};

} // namespace sconce::ui
