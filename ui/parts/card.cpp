// SPDX-License-Identifier: Apache-2.0
#include "parts/card.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStyleOptionToolButton>
#include <QToolButton>

#include "parts/elided_label.h"
#include "parts/into_view.h"
#include "parts/metrics.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

/// Takes no room, margins included, while everything in it is hidden.
class BodyLayout final : public QVBoxLayout {
public:
    using QVBoxLayout::QVBoxLayout;

    QSize sizeHint() const override { return isEmpty() ? QSize(0, 0) : QVBoxLayout::sizeHint(); }
    QSize minimumSize() const override { return isEmpty() ? QSize(0, 0) : QVBoxLayout::minimumSize(); }
    int heightForWidth(int width) const override
    {
        return isEmpty() ? 0 : QVBoxLayout::heightForWidth(width);
    }
    int minimumHeightForWidth(int width) const override
    {
        return isEmpty() ? 0 : QVBoxLayout::minimumHeightForWidth(width);
    }
};

/// Checked means that the body is shown, which its arrow says; it does not stay pressed in.
class FoldButton final : public QToolButton {
protected:
    void initStyleOption(QStyleOptionToolButton *option) const override
    {
        QToolButton::initStyleOption(option);
        option->state &= ~QStyle::State_On;
    }
};

} // namespace

QIcon statusIcon(Status status)
{
    switch (status) {
    case Status::Open: return icon("skipped"_L1, Tone::Neutral);
    case Status::Running: return icon("waiting"_L1, Tone::Info);
    case Status::Done: return icon("ok"_L1, Tone::Positive);
    case Status::Attention: return icon("warning"_L1, Tone::Warning);
    case Status::Failed: return icon("error"_L1, Tone::Negative);
    }
    return {};
}

QString statusText(Status status)
{
    switch (status) {
    case Status::Open: return Card::tr("Not yet");
    case Status::Running: return Card::tr("Working");
    case Status::Done: return Card::tr("Done");
    case Status::Attention: return Card::tr("Needs a look");
    case Status::Failed: return Card::tr("Did not work");
    }
    return {};
}

StatusIcon::StatusIcon(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setStatus(Status::Open);
}

void StatusIcon::setStatus(Status status)
{
    m_icon = statusIcon(status);
    setAccessibleName(statusText(status));
    setToolTip(statusText(status));
    update();
}

QSize StatusIcon::sizeHint() const
{
    const int side = iconSide(*this);
    return {side, side};
}

void StatusIcon::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    m_icon.paint(&painter, rect());
}

Card::Card(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_title(title)
    , m_icon(new StatusIcon)
    , m_titleLabel(new QLabel(title))
    , m_summary(new ElidedLabel)
    , m_bodyHolder(new QWidget)
    , m_body(new BodyLayout(m_bodyHolder))
{
    const int gap = spacing(*this);
    QFont bold = m_titleLabel->font();
    bold.setBold(true);
    m_titleLabel->setFont(bold);
    m_summary->setTextRole(ElidedLabel::TextRole::Quiet);

    auto *head = new QHBoxLayout;
    head->setSpacing(gap);
    head->addWidget(m_icon);
    head->addWidget(m_titleLabel, 0, Qt::AlignVCenter);
    head->addSpacing(gap);
    head->addWidget(m_summary, 1, Qt::AlignVCenter);
    head->addStrut(line(*this) * 4 / 3); // as high as one with a button to fold the card

    m_body->setContentsMargins(m_icon->sizeHint().width() + gap, gap, 0, 0);
    m_body->setSpacing(gap);

    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(gap * 2, gap * 3 / 2, gap * 2, gap * 3 / 2);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_bodyHolder);
    setAccessibleName(title);
}

void Card::setStatus(Status status)
{
    m_status = status;
    m_icon->setStatus(status);
    setAccessibleDescription(statusText(status));
}

void Card::setSummary(const QString &text)
{
    m_summary->setText(text);
}

QString Card::summary() const
{
    return m_summary->text();
}

void Card::makeFoldable(const QString &what)
{
    m_fold = new FoldButton;
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setText(what);
    m_fold->setToolTip(what);
    m_fold->setToolButtonStyle(Qt::ToolButtonIconOnly);
    connect(m_fold, &QToolButton::toggled, this, [this](bool shown) { setFolded(!shown); });
    connect(m_fold, &QToolButton::clicked, this, [this](bool shown) {
        if (shown)
            bringIntoView(this);
    });
    static_cast<QHBoxLayout *>(layout()->itemAt(0)->layout())->addWidget(m_fold);
    setFolded(true);
}

void Card::setFolded(bool folded)
{
    m_bodyHolder->setVisible(!folded);
    if (!m_fold)
        return;
    m_fold->setChecked(!folded);
    m_fold->setIcon(icon(folded ? isRightToLeft() ? "more-rtl"_L1 : "more"_L1 : "less"_L1));
}

bool Card::isFolded() const
{
    return m_bodyHolder->isHidden();
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hairline(palette()));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace sconce::ui
