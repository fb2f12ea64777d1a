// SPDX-License-Identifier: Apache-2.0
#include "setup/backend_option.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QRadioButton>
#include <QStyle>

#include "parts/badge.h"
#include "parts/metrics.h"
#include "parts/wrapped_label.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

BackendOption::BackendOption(const Texts &texts, QWidget *parent)
    : QWidget(parent)
    , m_backend(texts.backend)
    , m_button(new QRadioButton(texts.title))
{
    const int gap = spacing(*this);
    QStringList spoken{texts.sentence};
    m_button->setAccessibleName(
        texts.badge.isEmpty() ? texts.title : u"%1, %2"_s.arg(texts.title, texts.badge));
    m_button->setAutoExclusive(false); // the card's button group spans several folds

    auto *head = new QHBoxLayout;
    head->setSpacing(gap);
    head->addWidget(m_button);
    if (!texts.badge.isEmpty())
        head->addWidget(new Badge(texts.badge, texts.badgeTone));
    head->addStretch();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap / 3);
    column->addLayout(head);
    const auto addBelow = [&](const QString &text, WrappedLabel::Look look) {
        if (text.isEmpty())
            return;
        auto *label = new WrappedLabel(text, look);
        label->setTextInteractionFlags(Qt::NoTextInteraction);
        const int indent = m_button->style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth)
            + m_button->style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing);
        auto *row = new QHBoxLayout;
        row->addSpacing(indent);
        row->addWidget(label, 1);
        column->addLayout(row);
    };
    addBelow(texts.sentence, WrappedLabel::Look::Normal);
    addBelow(texts.evidence, WrappedLabel::Look::Quiet);
    if (!texts.hint.isEmpty()) {
        addBelow(u"→ "_s + texts.hint, WrappedLabel::Look::Quiet);
        spoken << texts.hint;
    }
    m_button->setAccessibleDescription(spoken.join(u". "_s));
}

void BackendOption::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        m_button->click();
}

} // namespace sconce::ui
