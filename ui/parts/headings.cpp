// SPDX-License-Identifier: Apache-2.0
#include "parts/headings.h"

#include <QEvent>
#include <QHBoxLayout>

#include "parts/metrics.h"
#include "parts/wrapped_label.h"
#include "theme/icons.h"

namespace sconce::ui {

Heading::Heading(const QString &text, Level level, QWidget *parent)
    : QLabel(text, parent)
{
    QFont larger = font();
    larger.setPointSizeF(larger.pointSizeF() * (level == Level::Page ? 1.7 : 1.15));
    larger.setWeight(QFont::DemiBold);
    setFont(larger);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

PictureLabel::PictureLabel(QLatin1StringView iconName, double lines, QWidget *parent)
    : QLabel(parent)
    , m_iconName(iconName)
    , m_lines(lines)
{
    paintIcon();
}

void PictureLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange)
        paintIcon();
    QLabel::changeEvent(event);
}

void PictureLabel::paintIcon()
{
    const int side = int(line(*this) * m_lines);
    setPixmap(icon(m_iconName, Tone::Neutral).pixmap(QSize(side, side), devicePixelRatioF()));
}

PictureRow::PictureRow(QLatin1StringView iconName, const QString &sentence, QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(line(*this));
    row->addWidget(new PictureLabel(iconName, 1.4), 0, Qt::AlignTop);
    row->addWidget(new WrappedLabel(sentence), 1);
}

} // namespace sconce::ui
