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
    /// Least widths of the first columns, in letters; longer cells widen them up to twice that, until the
    /// person drags a column. The last one takes what is left.
    void setColumnLetters(std::initializer_list<int> widths);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void copySelection() const;
    void fitColumns();

    QList<int> m_letters;
    bool m_isFitting = false;
    bool m_isFittedByHand = false;
};

} // namespace sconce::ui
