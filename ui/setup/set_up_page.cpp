// SPDX-License-Identifier: Apache-2.0
#include "setup/set_up_page.h"

#include <QAction>
#include <QFrame>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>

#include "parts/action_button.h"
#include "parts/card.h"
#include "parts/elided_label.h"
#include "parts/empty_state.h"
#include "parts/headings.h"
#include "parts/inline_message.h"
#include "parts/into_view.h"
#include "parts/metrics.h"
#include "parts/rule.h"
#include "parts/tab_order.h"
#include "parts/text.h"
#include "session/session.h"
#include "setup/backend_card.h"
#include "setup/check_card.h"
#include "setup/computer_card.h"
#include "setup/next_step.h"
#include "setup/plan_card.h"
#include "setup/project_card.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

SetUpPage::SetUpPage(Session &session, QAction *openFolder, QAction *showCheck, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_primary(new QAction(this))
    , m_states(new QStackedWidget)
    , m_noProject(new EmptyState("setup"_L1,
          tr("Open a project: its wishes and this computer are compared, and nothing is changed"),
          openFolder))
    , m_title(new Heading(QString(), Heading::Level::Page))
    , m_path(new ElidedLabel)
    , m_message(new InlineMessage)
{
    m_primary->setObjectName(u"setup.next"_s);
    m_primary->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_primary, &QAction::triggered, this, &SetUpPage::takeNextStep);
    m_path->setElideMode(Qt::ElideMiddle);
    m_path->setTextRole(ElidedLabel::TextRole::Quiet);

    m_project = new QWidget;
    auto *column = new QVBoxLayout(m_project);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeCards(showCheck), 1);
    column->addWidget(new Rule);
    column->addWidget(makeFoot());

    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    m_states->addWidget(m_noProject);
    m_states->addWidget(m_project);
    all->addWidget(m_states);
    for (auto changed : {&Session::computerChanged, &Session::projectChanged, &Session::proposalChanged,
             &Session::appliedChanged, &Session::checkChanged})
        connect(&m_session, changed, this, &SetUpPage::follow);
    follow();
}

QWidget *SetUpPage::makeCards(QAction *showCheck)
{
    const int gap = line(*this);
    auto *content = m_cards = new QWidget;
    auto *column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap * 2 / 3);
    column->addWidget(m_title);
    column->addWidget(m_path);
    column->addSpacing(gap / 4);
    column->addWidget(m_message);
    auto *backend = new BackendCard(m_session, content);
    auto *plan = new PlanCard(m_session, content);
    auto *check = new CheckCard(m_session, showCheck, content);
    m_laterCards = {backend->card(), plan->card(), check->card()};
    for (Card *card : {(new ComputerCard(m_session, content))->card(),
             (new ProjectCard(m_session, content))->card(), backend->card(), plan->card(), check->card()})
        column->addWidget(card);
    column->addStretch();

    auto *middle = new QWidget;
    middle->setLayout(column);
    middle->setMaximumWidth(letters(*this, 150));
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(gap * 2, gap * 3 / 2, gap * 2, gap);
    row->addWidget(middle);

    auto *scroll = new QScrollArea;
    // What the person waits for comes into view, and what stands in the way.
    connect(&m_session, &Session::proposalChanged, scroll, [this, card = plan->card()] {
        const auto &answer = m_session.proposal();
        if (!answer.isRunning() && (answer.error || (answer.value && answer.value->conflict())))
            bringIntoView(card);
    });
    connect(&m_session, &Session::appliedChanged, scroll, [this, card = plan->card()] {
        if (m_session.applied().isRunning() || m_session.applied().error)
            bringIntoView(card);
    });
    connect(&m_session, &Session::checkChanged, scroll, [this, card = check->card()] {
        if (m_session.check().value)
            bringIntoView(card);
    });
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

QWidget *SetUpPage::makeFoot()
{
    const int gap = line(*this);
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(gap * 2, gap * 3 / 4, gap * 2, gap * 3 / 4);
    row->setSpacing(gap);
    m_remark = new ElidedLabel;
    m_remark->setTextRole(ElidedLabel::TextRole::Quiet);
    auto *next = new ActionButton(m_primary);
    next->setDefault(true);
    row->addWidget(m_remark, 1);
    row->addWidget(next);
    return foot;
}

void SetUpPage::follow()
{
    m_states->setCurrentWidget(m_session.hasProject() ? m_project : m_noProject);
    const NextStep step = nextStep(m_session);
    m_primary->setText(step.label);
    setReason(*m_primary, step.reason);
    m_remark->setText(step.reason.isEmpty() ? step.remark
            : step.remark.isEmpty()
            ? step.reason
            : tr("%1. %2", "why a button waits; where things stand").arg(step.reason, step.remark));
    m_title->setText(tr("Set up %1").arg(code(m_session.projectName())));
    m_path->setText(shortPath(m_session.path()));

    const std::optional<Error> &error = m_session.overview().error;
    if (!error) {
        m_message->clear();
    } else if (error->kind() == ErrorKind::Stopped) {
        m_message->show(Tone::Info, tr("Reading the project was cancelled"));
    } else {
        m_message->showError(*error);
    }
    for (Card *card : std::as_const(m_laterCards))
        card->setVisible(!error);
    followLayoutWithTab(*m_cards); // choices come and go with the answers
}

void SetUpPage::takeNextStep()
{
    switch (nextStep(m_session).kind) {
    case NextStep::Kind::ReviewPlan: Q_EMIT reviewAsked(); break;
    case NextStep::Kind::TryAgain: m_session.reload(); break;
    case NextStep::Kind::CheckNow: m_session.checkNow(); break;
    }
}

} // namespace sconce::ui
