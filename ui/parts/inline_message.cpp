// SPDX-License-Identifier: Apache-2.0
#include "parts/inline_message.h"

#include <QAccessible>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include "parts/action_button.h"
#include "parts/fold.h"
#include "parts/metrics.h"
#include "parts/wrapped_label.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

QLatin1StringView iconName(Tone tone)
{
    switch (tone) {
    case Tone::Positive: return "ok"_L1;
    case Tone::Warning: return "warning"_L1;
    case Tone::Negative: return "error"_L1;
    default: return "info"_L1;
    }
}

} // namespace

InlineMessage::InlineMessage(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(new WrappedLabel)
    , m_hints(new WrappedLabel)
    , m_details(new WrappedLabel)
    , m_showDetails(new Fold(tr("Details"), m_details))
    , m_buttons(new QHBoxLayout)
{
    const int gap = spacing(*this);
    m_details->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));

    m_buttons->setSpacing(gap);
    m_buttons->addWidget(m_showDetails);
    m_buttons->addStretch();

    auto *texts = new QVBoxLayout;
    texts->setSpacing(gap / 2);
    texts->addWidget(m_text);
    texts->addWidget(m_hints);
    texts->addWidget(m_details);
    texts->addLayout(m_buttons);

    auto *all = new QHBoxLayout(this);
    all->setContentsMargins(gap * 3 / 2, gap, gap * 3 / 2, gap);
    all->setSpacing(gap);
    all->addWidget(m_icon, 0, Qt::AlignTop);
    all->addLayout(texts, 1);
    hide();
}

void InlineMessage::show(Tone tone, const QString &sentence, const QStringList &hints, const QString &details)
{
    m_tone = tone;
    const bool isNew = m_text->text() != sentence;
    m_text->setText(sentence);
    QStringList rows;
    for (const QString &hint : hints)
        rows << u"→ "_s + hint;
    m_hints->setText(rows.join(u'\n'));
    m_hints->setVisible(!rows.isEmpty());
    m_details->setText(details);
    m_showDetails->setVisible(!details.isEmpty());
    m_showDetails->setChecked(false);
    setAccessibleName(sentence);
    paintIcon();
    setVisible(true);
    if (isNew && isVisible()) {
        QAccessibleAnnouncementEvent event(this, sentence);
        event.setPoliteness(tone == Tone::Negative ? QAccessible::AnnouncementPoliteness::Assertive
                                                   : QAccessible::AnnouncementPoliteness::Polite);
        QAccessible::updateAccessibility(&event);
    }
}

void InlineMessage::showError(const Error &error)
{
    const QString whole = error.forLog();
    show(Tone::Negative, error.summary(), error.hints(), whole == error.summary() ? QString() : whole);
}

void InlineMessage::clear()
{
    m_text->clear();
    hide();
}

QString InlineMessage::text() const
{
    return m_text->text();
}

void InlineMessage::addButton(QAction *action)
{
    m_buttons->insertWidget(m_buttons->count() - 1, new ActionButton(action));
}

void InlineMessage::removeButtons()
{
    const QList<ActionButton *> buttons = findChildren<ActionButton *>();
    for (ActionButton *button : buttons) {
        button->hide();
        button->deleteLater();
    }
}

void InlineMessage::paintIcon()
{
    const int side = iconSide(*this);
    m_icon->setPixmap(icon(iconName(m_tone), m_tone).pixmap(QSize(side, side), devicePixelRatioF()));
}

void InlineMessage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        paintIcon();
    QFrame::changeEvent(event);
}

void InlineMessage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(edge(m_tone, palette()));
    painter.setBrush(tint(m_tone, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace sconce::ui
