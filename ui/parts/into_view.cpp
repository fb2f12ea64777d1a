// SPDX-License-Identifier: Apache-2.0
#include "parts/into_view.h"

#include <QScrollArea>
#include <QScrollBar>

#include "parts/metrics.h"

namespace sconce::ui {

namespace {

QScrollArea *areaAround(QWidget *widget)
{
    for (QWidget *above = widget->parentWidget(); above; above = above->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(above))
            return area;
    }
    return nullptr;
}

} // namespace

void bringIntoView(QWidget *widget)
{
    QMetaObject::invokeMethod(
        widget,
        [widget] {
            QScrollArea *area = areaAround(widget);
            if (!area || !widget->isVisible())
                return;
            if (widget->height() > area->viewport()->height())
                area->verticalScrollBar()->setValue(
                    widget->mapTo(area->widget(), QPoint()).y() - spacing(*widget));
            else
                area->ensureWidgetVisible(widget, 0, spacing(*widget));
        },
        Qt::QueuedConnection);
}

} // namespace sconce::ui
