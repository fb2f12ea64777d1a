// SPDX-License-Identifier: Apache-2.0
#include "parts/table.h"

#include <algorithm>

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include "parts/metrics.h"

namespace sconce::ui {

namespace {

/// Of a thousand rows the first ones tell how wide a column wants to be.
constexpr int RowsMeasured = 50;

} // namespace

Table::Table(QAbstractItemModel *model, const QString &accessibleName, QWidget *parent)
    : QTableView(parent)
{
    setModel(model);
    setAccessibleName(accessibleName);
    setSelectionBehavior(SelectRows);
    setSortingEnabled(true);
    sortByColumn(-1, Qt::AscendingOrder); // the model's own order, until a header is clicked
    setShowGrid(false);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(line(*this) * 7 / 4);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    horizontalHeader()->setMinimumHeight(line(*this) * 7 / 4);
    horizontalHeader()->setResizeContentsPrecision(RowsMeasured);
    setIconSize({line(*this), line(*this)});
    connect(model, &QAbstractItemModel::modelReset, this, &Table::fitColumns);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        m_isFittedByHand = m_isFittedByHand || (!m_isFitting && column < m_letters.size());
    });
}

void Table::setColumnLetters(std::initializer_list<int> widths)
{
    m_letters = widths;
    fitColumns();
}

void Table::fitColumns()
{
    if (m_isFittedByHand)
        return;
    m_isFitting = true;
    for (int column = 0; column < m_letters.size(); ++column) {
        const int least = letters(*this, m_letters[column]);
        setColumnWidth(column, std::clamp(sizeHintForColumn(column), least, least * 2));
    }
    m_isFitting = false;
}

void Table::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copySelection();
    else
        QTableView::keyPressEvent(event);
}

void Table::copySelection() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column)
            cells << row.siblingAtColumn(column).data().toString();
        lines << cells.join(u'\t');
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace sconce::ui
