// SPDX-License-Identifier: Apache-2.0
#include "start/drop_target.h"

#include <QDropEvent>
#include <QPainter>

#include "parts/dropped_path.h"
#include "theme/colours.h"

namespace sconce::ui {

DropTarget::DropTarget(QWidget *parent)
    : QFrame(parent)
{
    setAcceptDrops(true);
}

void DropTarget::dragEnterEvent(QDragEnterEvent *event)
{
    if (droppedPath(*event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    m_isLit = true;
    update();
}

void DropTarget::dragLeaveEvent(QDragLeaveEvent *)
{
    m_isLit = false;
    update();
}

void DropTarget::dropEvent(QDropEvent *event)
{
    m_isLit = false;
    update();
    event->acceptProposedAction();
    Q_EMIT dropped(droppedPath(*event->mimeData()));
}

void DropTarget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen dashes(
        m_isLit ? focusRing(palette()) : mixed(palette().color(QPalette::Base), quietText(palette()), 0.6),
        m_isLit ? 2 : 1.2);
    dashes.setDashPattern({4, 3});
    painter.setPen(dashes);
    painter.setBrush(m_isLit ? tint(Tone::Info, palette()) : palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
}

} // namespace sconce::ui
