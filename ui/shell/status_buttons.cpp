// SPDX-License-Identifier: Apache-2.0
#include "shell/status_buttons.h"

#include <QToolButton>

#include "activity/job_model.h"
#include "parts/metrics.h"
#include "session/session.h"
#include "setup/computer_text.h"
#include "theme/icons.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

StatusButtons::StatusButtons(Session &session, JobModel &jobs, QWidget *parent)
    : QStatusBar(parent)
    , m_session(session)
    , m_jobs(jobs)
    , m_activity(addButton(u"status.activity"_s, &StatusButtons::activityAsked))
    , m_environment(addButton(u"status.environment"_s, &StatusButtons::environmentAsked))
    , m_computer(addButton(u"status.computer"_s, &StatusButtons::computerAsked))
{
    setSizeGripEnabled(false);
    connect(&m_jobs, &JobModel::progressed, this, &StatusButtons::followJobs);
    for (auto changed : {&Session::computerChanged, &Session::projectChanged, &Session::proposalChanged,
             &Session::checkChanged})
        connect(&m_session, changed, this, &StatusButtons::followSession);
    followJobs();
    followSession();
}

QToolButton *StatusButtons::addButton(const QString &name, void (StatusButtons::*asked)())
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, asked);
    addPermanentWidget(button);
    return button;
}

void StatusButtons::followJobs()
{
    const JobBase *job = m_jobs.newestRunning();
    QString text = tr("No jobs running");
    if (job) {
        const int percent = m_jobs.index(0, 0).data(JobModel::PercentRole).toInt();
        const bool isFirst = m_jobs.jobAt(m_jobs.index(0, 0)) == job;
        text = isFirst && percent > 0
            ? tr("%1: %2 %", "job: share").arg(job->title(), QLocale().toString(percent))
            : job->title();
    }
    if (text == m_activity->text())
        return;
    m_activity->setText(text);
    m_activity->setToolTip(tr("Show Activity"));
    m_activity->setIcon(icon("activity"_L1));
}

void StatusButtons::followSession()
{
    const Answer<hardware::DeviceReport> &computer = m_session.computer();
    QString device = computerSummary(computer);
    if (computer.value && !computer.value->devices.empty()) {
        const hardware::Device &first = computer.value->devices.front();
        const int others = int(computer.value->devices.size()) - 1;
        device = others > 0 ? tr("%1 and %n more", nullptr, others).arg(first.name.value) : first.name.value;
    } else if (computer.value) {
        device = computer.value->overrideNote.isEmpty() ? tr("No GPU found") : tr("GPU as a variable says");
    } else if (computer.error) {
        device = tr("GPU unknown");
    }
    m_computer->setText(device);
    m_computer->setToolTip(computerSummary(computer));
    m_computer->setIcon(icon("chip"_L1));

    m_environment->setVisible(m_session.hasProject());
    QString state = tr("No environment yet");
    QLatin1StringView picture = "skipped"_L1;
    if (m_session.isSetUp()) {
        state = tr("Environment as wanted");
        picture = "ok"_L1;
    } else if (m_session.overview().value && !m_session.overview().value->installed.empty()) {
        state = tr("Environment differs from the plan");
        picture = "warning"_L1;
    }
    m_environment->setText(state);
    m_environment->setToolTip(tr("Show Packages"));
    m_environment->setIcon(icon(picture,
        picture == "ok"_L1            ? Tone::Positive
            : picture == "warning"_L1 ? Tone::Warning
                                      : Tone::Neutral));
}

} // namespace sconce::ui
