// SPDX-License-Identifier: Apache-2.0
#include "parts/tab_order.h"

#include <QLayout>
#include <QWidget>

namespace sconce::ui {

namespace {

void collectStops(QWidget *widget, QList<QWidget *> &stops);

void collectStops(QLayout *layout, QList<QWidget *> &stops)
{
    for (int i = 0; i < layout->count(); ++i) {
        QLayoutItem *item = layout->itemAt(i);
        if (item->widget())
            collectStops(item->widget(), stops);
        else if (item->layout())
            collectStops(item->layout(), stops);
    }
}

void collectStops(QWidget *widget, QList<QWidget *> &stops)
{
    if (widget->focusPolicy() != Qt::NoFocus)
        stops.append(widget);
    if (widget->layout())
        collectStops(widget->layout(), stops);
}

} // namespace

void followLayoutWithTab(QWidget &container)
{
    QList<QWidget *> stops;
    collectStops(&container, stops);
    for (qsizetype i = 1; i < stops.size(); ++i)
        QWidget::setTabOrder(stops[i - 1], stops[i]);
}

} // namespace sconce::ui
