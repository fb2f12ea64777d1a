// SPDX-License-Identifier: Apache-2.0
#include "parts/fold.h"

#include <QStyleOptionFocusRect>
#include <QStylePainter>

#include "parts/into_view.h"
#include "parts/metrics.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

Fold::Fold(const QString &title, QWidget *content, QWidget *parent)
    : QToolButton(parent)
{
    setText(title);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    const auto follow = [this, content](bool open) {
        content->setVisible(open);
        setIcon(ui::icon(open ? "less"_L1 : isRightToLeft() ? "more-rtl"_L1 : "more"_L1));
    };
    connect(this, &QToolButton::toggled, content, follow);
    connect(this, &QToolButton::clicked, content, [content](bool open) {
        if (open)
            bringIntoView(content);
    });
    follow(false);
}

int Fold::indent() const
{
    return style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, this)
        + style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing, nullptr, this);
}

QSize Fold::sizeHint() const
{
    return {indent() + fontMetrics().horizontalAdvance(text()) + spacing(*this), line(*this) * 4 / 3};
}

void Fold::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    const auto placed = [this](
                            const QRect &box) { return QStyle::visualRect(layoutDirection(), rect(), box); };
    const int side = style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, this);
    const QIcon::Mode mode = isEnabled() ? QIcon::Normal : QIcon::Disabled;
    icon().paint(&painter, placed(QRect(0, (height() - side) / 2, side, side)), Qt::AlignCenter, mode);
    QFont font = painter.font();
    font.setUnderline(underMouse() && isEnabled());
    painter.setFont(font);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(placed(rect().adjusted(indent(), 0, 0, 0)),
        int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter), text());
    if (hasFocus()) {
        QStyleOptionFocusRect ring;
        ring.initFrom(this);
        painter.drawPrimitive(QStyle::PE_FrameFocusRect, ring);
    }
}

} // namespace sconce::ui
