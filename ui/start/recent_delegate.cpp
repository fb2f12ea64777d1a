// SPDX-License-Identifier: Apache-2.0
#include "start/recent_delegate.h"

#include <QApplication>
#include <QPainter>

#include "parts/text.h"
#include "start/recent_projects.h"
#include "theme/colours.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

void RecentDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString name = std::exchange(item.text, QString());
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool isMissing = index.data(RecentProjects::MissingRole).toBool();
    const bool isSelected = item.state & QStyle::State_Selected;
    const int unit = item.fontMetrics.height();
    const QRect inner = item.rect.adjusted(unit / 3, unit / 3, -unit / 3, -unit / 3);
    const QRect iconRect =
        QStyle::visualRect(item.direction, inner, QRect(inner.left(), inner.top() + unit / 8, unit, unit));
    const QRect textRect = QStyle::visualRect(item.direction, inner, inner.adjusted(unit * 3 / 2, 0, 0, 0));
    const QIcon picture = isMissing ? icon("warning"_L1, Tone::Warning) : icon("project"_L1);
    picture.paint(painter, iconRect, Qt::AlignCenter, isSelected ? QIcon::Selected : QIcon::Normal);

    const QColor strong = item.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QColor quiet = isMissing ? ink(Tone::Warning, item.palette) : quietText(item.palette);
    const int alignment = int(QStyle::visualAlignment(item.direction, Qt::AlignLeft) | Qt::AlignVCenter);
    painter->save();
    painter->setFont(item.font);
    painter->setPen(strong);
    const QRect upper(textRect.left(), textRect.top(), textRect.width(), unit);
    painter->drawText(upper, alignment, item.fontMetrics.elidedText(name, Qt::ElideRight, upper.width()));
    painter->setPen(isSelected ? strong : quiet);
    const QString path = shortPath(index.data(RecentProjects::PathRole).toString());
    const QString sentence = isMissing ? tr("Folder not found: %1") : u"%1"_s;
    const int room = upper.width() - item.fontMetrics.horizontalAdvance(sentence.arg(QString()));
    painter->drawText(upper.translated(0, unit), alignment,
        sentence.arg(item.fontMetrics.elidedText(path, Qt::ElideMiddle, room)));
    painter->restore();
}

QSize RecentDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int unit = option.fontMetrics.height();
    return {unit * 12, unit * 2 + unit / 3 * 2};
}

} // namespace sconce::ui
