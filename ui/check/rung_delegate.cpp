// SPDX-License-Identifier: Apache-2.0
#include "check/rung_delegate.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPainter>

#include "check/check_model.h"
#include "theme/colours.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

struct Boxes {
    QRect icon;
    QRect sentence;
    QRect evidence;
    int height = 0;
};

Boxes layOut(const QStyleOptionViewItem &item, int width, const QString &sentence, const QString &evidence)
{
    const int unit = item.fontMetrics.height();
    const int left = unit * 3;
    const int textWidth = std::max(unit * 8, width - left - unit);
    const auto needed = [&](const QString &text) {
        return text.isEmpty()
            ? 0
            : item.fontMetrics.boundingRect(QRect(0, 0, textWidth, 10000), Qt::TextWordWrap, text).height();
    };
    Boxes boxes;
    int y = unit * 2 / 3;
    boxes.icon = QRect(unit, y, unit * 5 / 4, unit * 5 / 4);
    boxes.sentence = QRect(left, y, textWidth, needed(sentence));
    y += boxes.sentence.height();
    if (!evidence.isEmpty()) {
        y += unit / 6;
        boxes.evidence = QRect(left, y, textWidth, needed(evidence));
        y += boxes.evidence.height();
    }
    boxes.height = y + unit * 2 / 3;
    return boxes;
}

} // namespace

void RungDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString sentence = std::exchange(item.text, QString());
    const QString evidence = index.data(CheckModel::EvidenceRole).toString();
    const QIcon picture = std::exchange(item.icon, QIcon());
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const Boxes boxes = layOut(item, item.rect.width(), sentence, evidence);
    const auto placed = [&item](const QRect &box) {
        return QStyle::visualRect(item.direction, item.rect, box.translated(item.rect.topLeft()));
    };
    const bool isSelected = item.state & QStyle::State_Selected;
    picture.paint(painter, placed(boxes.icon), Qt::AlignCenter, isSelected ? QIcon::Selected : QIcon::Normal);
    const int flags = Qt::TextWordWrap | int(QStyle::visualAlignment(item.direction, Qt::AlignLeft));
    const QColor text = item.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    painter->save();
    painter->setFont(item.font);
    painter->setPen(text);
    painter->drawText(placed(boxes.sentence), flags, sentence);
    painter->setPen(isSelected ? text : quietText(item.palette));
    painter->drawText(placed(boxes.evidence), flags, evidence);
    painter->restore();
}

QSize RungDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    return {option.fontMetrics.height() * 12,
        layOut(option, width, index.data().toString(), index.data(CheckModel::EvidenceRole).toString())
            .height};
}

} // namespace sconce::ui
