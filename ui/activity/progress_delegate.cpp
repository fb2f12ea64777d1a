// SPDX-License-Identifier: Apache-2.0
#include "activity/progress_delegate.h"

#include <QApplication>
#include <QPainter>

#include "activity/job_model.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

QIcon stateIcon(JobModel::State state)
{
    switch (state) {
    case JobModel::State::Waiting: return icon("waiting"_L1, Tone::Neutral);
    case JobModel::State::Done: return icon("ok"_L1, Tone::Positive);
    case JobModel::State::Stopped: return icon("skipped"_L1, Tone::Neutral);
    case JobModel::State::Failed: return icon("error"_L1, Tone::Negative);
    default: return {};
    }
}

} // namespace

void ProgressDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const auto state = index.data(JobModel::StateRole).value<JobModel::State>();
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    item.icon = stateIcon(state);
    if (!item.icon.isNull()) {
        item.features |= QStyleOptionViewItem::HasDecoration;
        item.decorationSize = QSize(item.fontMetrics.height(), item.fontMetrics.height());
        style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        return;
    }
    const QString share = std::exchange(item.text, QString());
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const int gap = item.fontMetrics.height() / 2;
    const int textWidth =
        std::max(item.fontMetrics.horizontalAdvance(u"100 %"_s), item.fontMetrics.horizontalAdvance(share));
    QStyleOptionProgressBar bar;
    bar.direction = item.direction;
    bar.fontMetrics = item.fontMetrics;
    bar.palette = item.palette;
    if (item.state & QStyle::State_Selected) { // the accent is the ground here
        bar.palette.setColor(QPalette::Window, item.palette.color(QPalette::Highlight));
        bar.palette.setColor(QPalette::WindowText, item.palette.color(QPalette::HighlightedText));
        bar.palette.setColor(QPalette::Highlight, item.palette.color(QPalette::HighlightedText));
    }
    bar.state = item.state | QStyle::State_Horizontal;
    const QRect inner = item.rect.adjusted(gap / 2, 0, -gap / 2, 0);
    bar.rect = QStyle::visualRect(item.direction, inner, inner.adjusted(0, 0, -textWidth - gap, 0));
    const int percent = index.data(JobModel::PercentRole).toInt();
    bar.minimum = 0;
    bar.maximum = percent < 0 ? 0 : 100;
    bar.progress = percent;
    style->drawControl(QStyle::CE_ProgressBarGroove, &bar, painter, item.widget);
    style->drawControl(QStyle::CE_ProgressBarContents, &bar, painter, item.widget);

    const QRect textRect =
        QStyle::visualRect(item.direction, inner, inner.adjusted(inner.width() - textWidth, 0, 0, 0));
    const bool isSelected = item.state & QStyle::State_Selected;
    style->drawItemText(painter, textRect, Qt::AlignVCenter | Qt::AlignTrailing, item.palette, true, share,
        isSelected ? QPalette::HighlightedText : QPalette::Text);
}

QSize ProgressDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(std::max(size.height(), option.fontMetrics.height() * 7 / 4));
    return size;
}

} // namespace sconce::ui
