// SPDX-License-Identifier: Apache-2.0
#include "setup/check_card.h"

#include <QAction>
#include <QVBoxLayout>

#include "check/check_text.h"
#include "parts/card.h"
#include "parts/inline_message.h"
#include "session/session.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

CheckCard::CheckCard(Session &session, QAction *showCheck, QWidget *parent)
    : QObject(parent)
    , m_session(session)
    , m_card(new Card(tr("Check"), parent))
    , m_message(new InlineMessage)
{
    m_card->body()->addWidget(m_message);
    auto *showSteps = new QAction(showCheck->icon(), tr("Show Steps"), this);
    showSteps->setObjectName(u"check.showSteps"_s);
    connect(showSteps, &QAction::triggered, showCheck, &QAction::trigger);
    m_message->addButton(showSteps);
    connect(&m_session, &Session::checkChanged, this, &CheckCard::follow);
    connect(&m_session, &Session::appliedChanged, this, &CheckCard::follow);
    follow();
}

void CheckCard::follow()
{
    const Answer<actions::CheckReport> &answer = m_session.check();
    m_card->setStatus(checkStatus(answer));
    if (answer.value && !answer.isRunning() && !answer.error) {
        m_card->setSummary({});
        m_message->show(outcomeTone(answer.value->outcome), answer.value->summary);
        return;
    }
    if (answer.error && !answer.wasStopped())
        m_message->show(Tone::Negative, answer.error->summary(), answer.error->hints());
    else
        m_message->clear();
    m_card->setSummary(answer.isRunning() ? tr("Running PyTorch in the environment…")
                                          : tr("Runs by itself after the plan was applied"));
}

} // namespace sconce::ui
