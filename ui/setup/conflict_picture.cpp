// SPDX-License-Identifier: Apache-2.0
#include "setup/conflict_picture.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>

#include "parts/metrics.h"
#include "parts/text.h"
#include "parts/wrapped_label.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

ConflictStop::ConflictStop(const QString &label, const QString &sentence, Tone tone, QWidget *parent)
    : QFrame(parent)
    , m_tone(tone)
    , m_label(new WrappedLabel(label))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(sentence);
    setToolTip(sentence);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *row = new QHBoxLayout(this);
    const int gap = spacing(*this);
    row->setContentsMargins(gap * 3 / 2, gap, gap * 3 / 2, gap);
    row->setSpacing(gap);
    // The box is told as one.
    m_label->setTextInteractionFlags(Qt::NoTextInteraction);
    row->addWidget(m_label, 1);
    dress();
}

void ConflictStop::dress()
{
    QPalette own;
    own.setColor(QPalette::WindowText,
        m_tone == Tone::Negative ? ink(m_tone, QPalette()) : QPalette().color(QPalette::WindowText));
    m_label->setPalette(own);
    QFont font;
    font.setBold(m_tone == Tone::Negative);
    m_label->setFont(font);
}

void ConflictStop::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::StyleChange)
        dress();
    QFrame::changeEvent(event);
}

void ConflictStop::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down)
        focusNextChild();
    else if (event->key() == Qt::Key_Up)
        focusPreviousChild();
    else
        QFrame::keyPressEvent(event);
}

void ConflictStop::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isEnd = m_tone == Tone::Negative;
    const bool showsFocus = hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange);
    const double width = showsFocus || isEnd ? 2 : 1;
    painter.setPen(QPen(showsFocus ? focusRing(palette())
            : isEnd                ? edge(m_tone, palette())
                                   : hairline(palette()),
        width));
    painter.setBrush(isEnd ? tint(m_tone, palette()) : palette().color(QPalette::Window));
    const double inset = width / 2;
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(inset, inset, -inset, -inset), spacing(*this) * 0.7, spacing(*this) * 0.7);
}

ConflictPicture::ConflictPicture(
    const resolve::Collision &collision, const QString &projectName, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"conflict.picture"_s);
    setAccessibleName(tr("How the requirements collide at %1").arg(code(collision.package)));
    const int gap = spacing(*this);
    auto *columns = new QGridLayout(this);
    columns->setContentsMargins(0, gap, 0, gap);
    columns->setHorizontalSpacing(gap * 3);
    columns->setVerticalSpacing(0);
    int column = 0;
    for (const auto &chain : collision.chains) {
        auto *boxes = new QVBoxLayout;
        boxes->setSpacing(0);
        addChain(chain, projectName, boxes);
        columns->addLayout(boxes, 0, column);
        columns->setColumnStretch(column++, 1);
    }
    m_end = new ConflictStop(collision.reason, collision.reason, Tone::Negative);
    columns->addWidget(m_end, 1, 0, 1, std::max(1, column));
}

void ConflictPicture::addChain(
    const std::vector<resolve::Collision::Stop> &stops, const QString &projectName, QVBoxLayout *column)
{
    const int gap = spacing(*this);
    QWidget *above = nullptr;
    for (const resolve::Collision::Stop &stop : stops) {
        auto *box = new ConflictStop(
            stop.label.isEmpty() ? code(projectName) : stop.label, stop.sentence, Tone::Neutral);
        if (above)
            m_arrows.emplace_back(above, box);
        above = box;
        column->addWidget(box);
        auto *need = new WrappedLabel(tr("needs %1").arg(stop.need), WrappedLabel::Look::Quiet);
        need->setTextInteractionFlags(Qt::NoTextInteraction);
        auto *beside = new QHBoxLayout;
        // The arrow goes down in front of the text.
        beside->setContentsMargins(isRightToLeft() ? 0 : gap * 4, gap, isRightToLeft() ? gap * 4 : 0, gap);
        beside->addWidget(need, 1);
        column->addLayout(beside);
    }
    column->addStretch(1);
    if (above)
        m_last.push_back(above);
}

int ConflictPicture::arrowAt(const QWidget &box) const
{
    const QRect place(box.mapTo(this, QPoint()), box.size());
    const int inset = spacing(*this) * 2;
    return isRightToLeft() ? place.right() - inset : place.left() + inset;
}

void ConflictPicture::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double head = spacing(*this) * 0.6;
    const auto draw = [&](const QWidget &from, const QWidget &to, Tone tone) {
        const QColor colour = tone == Tone::Negative ? ink(tone, palette()) : quietText(palette());
        const double x = arrowAt(from);
        const double top = from.mapTo(this, QPoint(0, from.height())).y();
        const double bottom = to.mapTo(this, QPoint()).y() - 1;
        painter.setPen(QPen(colour, 1.5));
        painter.drawLine(QPointF(x, top + 2), QPointF(x, bottom - head));
        QPainterPath arrow;
        arrow.moveTo(x, bottom);
        arrow.lineTo(x - head * 0.7, bottom - head);
        arrow.lineTo(x + head * 0.7, bottom - head);
        arrow.closeSubpath();
        painter.fillPath(arrow, colour);
    };
    for (const auto &[from, to] : m_arrows)
        draw(*from, *to, Tone::Neutral);
    for (const QWidget *last : m_last)
        draw(*last, *m_end, Tone::Negative);
}

} // namespace sconce::ui
