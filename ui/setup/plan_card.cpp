// SPDX-License-Identifier: Apache-2.0
#include "setup/plan_card.h"

#include <chrono>

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QTimer>
#include <QTreeView>

#include "activity/job_model.h"
#include "parts/action_button.h"
#include "parts/card.h"
#include "parts/fold.h"
#include "parts/inline_message.h"
#include "parts/metrics.h"
#include "parts/wrapped_label.h"
#include "plan/plan_text.h"
#include "session/session.h"
#include "setup/conflict_fixes.h"
#include "setup/conflict_model.h"
#include "setup/conflict_picture.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace sconce::ui {

PlanCard::PlanCard(Session &session, QWidget *parent)
    : QObject(parent)
    , m_session(session)
    , m_card(new Card(tr("Plan"), parent))
    , m_message(new InlineMessage)
    , m_edits(new InlineMessage)
    , m_text(new WrappedLabel)
    , m_stage(new WrappedLabel({}, WrappedLabel::Look::Quiet))
    , m_bar(new QProgressBar)
    , m_progress(new QWidget)
    , m_cancel(new QAction(icon("stop"_L1), tr("Cancel"), this))
    , m_again(new QAction(icon("refresh"_L1), tr("Work Out Again"), this))
    , m_leaveOut(new QAction(tr("Leave This Change Out"), this))
    , m_conflictParts(new QVBoxLayout)
    , m_tick(new QTimer(this))
    , m_facts(new QTreeView)
    , m_showFacts(new Fold(tr("Show the facts behind this"), m_facts))
{
    m_showFacts->setObjectName(u"plan.showFacts"_s);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the plan"));
    m_cancel->setObjectName(u"plan.cancel"_s);
    m_facts->setHeaderHidden(true);
    m_facts->setAccessibleName(tr("Facts behind the conflict"));
    m_facts->setMinimumHeight(line(*m_card) * 8);
    auto *row = new QHBoxLayout(m_progress);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_bar, 1);
    row->addWidget(new ActionButton(m_cancel));
    for (QWidget *part : std::initializer_list<QWidget *>{m_edits, m_message, m_text, m_stage, m_progress})
        m_card->body()->addWidget(part);
    m_card->body()->addLayout(m_conflictParts);
    m_leaveOut->setObjectName(u"plan.leaveOut"_s);
    connect(m_leaveOut, &QAction::triggered, &m_session, &Session::dropEdits);
    m_card->body()->addWidget(m_showFacts, 0, Qt::AlignLeft);
    m_card->body()->addWidget(m_facts);
    m_showFacts->hide();

    m_tick->setInterval(50ms);
    connect(m_tick, &QTimer::timeout, this, &PlanCard::followProgress);
    connect(m_again, &QAction::triggered, &m_session, &Session::reload);
    connect(m_cancel, &QAction::triggered, this, [this] {
        if (JobBase *job = m_session.applied().job ? m_session.applied().job : m_session.proposal().job)
            job->stop();
        followProgress();
    });
    for (auto changed : {&Session::proposalChanged, &Session::appliedChanged, &Session::projectChanged,
             &Session::computerChanged})
        connect(&m_session, changed, this, &PlanCard::follow);
    follow();
}

void PlanCard::follow()
{
    m_message->clear();
    m_edits->clear();
    hideConflict();
    const bool isRunning = m_session.applied().isRunning() || m_session.proposal().isRunning();
    m_progress->setVisible(isRunning);
    m_stage->setVisible(isRunning);
    if (isRunning) {
        m_card->setStatus(Status::Running);
        m_card->setSummary(
            m_session.applied().isRunning() ? tr("Being carried out") : tr("Working out versions…"));
        m_text->setVisible(m_session.applied().isRunning() && !m_text->text().isEmpty());
        m_tick->start();
        followProgress();
        return;
    }
    m_tick->stop();
    showProposal();
}

void PlanCard::followProgress()
{
    const JobBase *job = m_session.applied().job ? m_session.applied().job : m_session.proposal().job;
    if (!job)
        return;
    const Progress::Reading reading = job->reading();
    const bool isCounted = reading.total > 0 && !m_session.applied().isRunning();
    m_stage->setText(isCounted ? tr("%1 · %2 of %3", "what is done; how many of how many")
                                     .arg(stageText(reading), QLocale().toString(reading.done),
                                         QLocale().toString(reading.total))
                               : stageText(reading));
    m_bar->setRange(0, reading.total > 0 ? 1000 : 0);
    if (reading.total > 0)
        m_bar->setValue(int(reading.done * 1000 / reading.total));
    setReason(*m_cancel, job->isStopping() ? tr("Being cancelled") : QString());
}

void PlanCard::showProposal()
{
    const Answer<Proposal> &answer = m_session.proposal();
    m_text->hide();
    m_message->removeButtons();
    showEdits();
    if (const std::optional<Error> &error = m_session.applied().error;
        error && !m_session.applied().wasStopped()) {
        m_card->setStatus(Status::Failed);
        m_card->setSummary(tr("Could not be carried out, the environment is as before"));
        m_message->addButton(m_again);
        m_message->showError(*error);
        return;
    }
    if (answer.error) {
        m_card->setStatus(answer.wasStopped() ? Status::Attention : Status::Failed);
        m_card->setSummary(answer.wasStopped() ? tr("Cancelled") : tr("Could not be made"));
        if (!answer.wasStopped())
            m_message->showError(*answer.error);
        return;
    }
    if (!answer.value) {
        m_card->setStatus(Status::Open);
        m_card->setSummary(m_session.overview().isRunning() || m_session.computer().isRunning()
                ? tr("Waiting for the facts above")
                : QString());
        return;
    }
    if (answer.value->conflict()) {
        showConflict();
        return;
    }
    const plan::Plan &plan = *answer.value->plan();
    m_card->setStatus(plan.warnings.empty() ? Status::Done : Status::Attention);
    m_card->setSummary(
        m_session.isSetUp() ? changesText(plan) : u"%1 · %2"_s.arg(changesText(plan), downloadText(plan)));
    QStringList sentences;
    for (const plan::Warning &warning : plan.warnings)
        sentences << warning.sentence;
    if (!sentences.isEmpty())
        m_message->show(Tone::Warning, sentences.join(u'\n'));
    m_text->setText(plan.createWith
            ? tr("Python %1 makes the environment.").arg(plan.createWith->version().text())
            : QString());
    m_text->setVisible(!m_text->text().isEmpty());
}

/// A plan that changes the project as well says so, and the person can have it without.
void PlanCard::showEdits()
{
    m_edits->removeButtons();
    QStringList changes;
    for (const plan::FileChange &edit : m_session.choice().edits)
        changes << edit.summary;
    changes.removeDuplicates();
    if (changes.isEmpty())
        return;
    m_edits->addButton(m_leaveOut);
    m_edits->show(Tone::Info, tr("The plan also changes the project: %1").arg(changes.join(u"; "_s)));
}

void PlanCard::showConflict()
{
    const actions::SetUpConflict &conflict = *m_session.proposal().value->conflict();
    m_card->setStatus(Status::Failed);
    m_card->setSummary(tr("The wishes of the project cannot be met together"));
    QStringList hints;
    for (const resolve::Hint &hint : conflict.hints)
        hints << hint.text;
    m_message->show(Tone::Negative, conflict.sentence, hints);
    if (!conflict.collision.chains.empty())
        m_conflictParts->addWidget(new ConflictPicture(conflict.collision, m_session.projectName()));
    if (!conflict.fixes.empty()) {
        auto *fixes = new ConflictFixes(conflict.fixes);
        connect(fixes, &ConflictFixes::chosen, &m_session, &Session::tryFix);
        m_conflictParts->addWidget(fixes);
    }
    m_conflict = new ConflictModel(conflict.derivation, m_facts);
    m_facts->setModel(m_conflict);
    m_facts->expandToDepth(2);
    m_showFacts->show();
}

void PlanCard::hideConflict()
{
    while (QLayoutItem *item = m_conflictParts->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_showFacts->setOpen(false);
    m_showFacts->hide();
    m_facts->setModel(nullptr);
    delete std::exchange(m_conflict, nullptr);
}

} // namespace sconce::ui
