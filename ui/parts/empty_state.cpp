// SPDX-License-Identifier: Apache-2.0
#include "parts/empty_state.h"

#include <QVBoxLayout>

#include "parts/action_button.h"
#include "parts/headings.h"
#include "parts/metrics.h"
#include "parts/wrapped_label.h"

namespace sconce::ui {

EmptyState::EmptyState(QLatin1StringView iconName, const QString &sentence, QAction *action, QWidget *parent)
    : QWidget(parent)
    , m_sentence(new WrappedLabel(sentence, WrappedLabel::Look::Quiet))
{
    auto *column = new QVBoxLayout(this);
    column->setSpacing(line(*this));
    column->addStretch(2);
    column->addWidget(new PictureLabel(iconName, 3), 0, Qt::AlignHCenter);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setMaximumWidth(letters(*this, 64));
    auto *row = new QHBoxLayout; // stretched rather than aligned: only so its lines wrap as the width says
    row->addStretch(1);
    row->addWidget(m_sentence, 6);
    row->addStretch(1);
    column->addLayout(row);
    if (action)
        column->addWidget(new ActionButton(action), 0, Qt::AlignHCenter);
    column->addStretch(3);
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
}

} // namespace sconce::ui
