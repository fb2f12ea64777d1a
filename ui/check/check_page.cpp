// SPDX-License-Identifier: Apache-2.0
#include "check/check_page.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListView>
#include <QProgressBar>
#include <QStackedWidget>

#include "check/check_model.h"
#include "check/check_text.h"
#include "check/rung_delegate.h"
#include "parts/action_button.h"
#include "parts/empty_state.h"
#include "parts/headings.h"
#include "parts/inline_message.h"
#include "parts/metrics.h"
#include "session/session.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

CheckPage::CheckPage(Session &session, QAction *checkNow, QAction *openFolder, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new CheckModel(this))
    , m_copy(new QAction(icon("copy"_L1), tr("Copy Report"), this))
    , m_states(new QStackedWidget)
    , m_noProject(new EmptyState("folder"_L1, tr("Open a project to check its environment"), openFolder))
    , m_notChecked(new EmptyState("check"_L1,
          tr("Nothing was checked yet. A check runs a small computation with PyTorch in the environment and "
             "compares the result."),
          checkNow))
    , m_result(new QWidget)
    , m_summary(new InlineMessage)
    , m_bar(new QProgressBar)
    , m_list(new QListView)
{
    m_copy->setObjectName(u"check.copy"_s);
    const int gap = line(*this);
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the check"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RungDelegate(m_list));
    m_list->setAccessibleName(tr("Steps of the check"));
    m_list->setResizeMode(QListView::Adjust);
    m_list->setSpacing(0);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(gap / 2);
    buttons->addWidget(new ActionButton(checkNow));
    buttons->addWidget(new ActionButton(m_copy));
    buttons->addStretch();

    auto *result = new QVBoxLayout(m_result);
    result->setContentsMargins(0, 0, 0, 0);
    result->setSpacing(gap);
    result->addWidget(m_summary);
    result->addWidget(m_bar);
    result->addWidget(m_list, 1);
    result->addLayout(buttons);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gap * 2, gap * 3 / 2, gap * 2, gap * 3 / 2);
    column->setSpacing(gap);
    column->addWidget(new Heading(tr("Check"), Heading::Level::Page));
    for (QWidget *state : {m_noProject, m_notChecked, m_result})
        m_states->addWidget(state);
    column->addWidget(m_states, 1);

    connect(m_copy, &QAction::triggered, this, [this] {
        if (m_session.check().value)
            QGuiApplication::clipboard()->setText(
                checkMarkdown(*m_session.check().value, m_session.projectName()));
    });
    connect(&m_session, &Session::checkChanged, this, &CheckPage::follow);
    connect(&m_session, &Session::projectChanged, this, &CheckPage::follow);
    follow();
}

void CheckPage::follow()
{
    const Answer<actions::CheckReport> &answer = m_session.check();
    m_model->show(answer.value);
    m_bar->setVisible(answer.isRunning());
    setReason(*m_copy, answer.value ? QString() : tr("Nothing was checked yet"));
    if (!m_session.hasProject()) {
        m_states->setCurrentWidget(m_noProject);
        return;
    }
    if (!answer.value && !answer.error && !answer.isRunning()) {
        m_states->setCurrentWidget(m_notChecked);
        return;
    }
    m_states->setCurrentWidget(m_result);
    if (answer.isRunning())
        m_summary->show(Tone::Info, tr("Running PyTorch in a process of its own…"));
    else if (answer.wasStopped())
        m_summary->show(Tone::Info, tr("The check was cancelled"));
    else if (answer.error)
        m_summary->showError(*answer.error);
    else
        m_summary->show(outcomeTone(answer.value->outcome), answer.value->summary);
}

} // namespace sconce::ui
