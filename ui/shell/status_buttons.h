// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStatusBar>

class QToolButton;

namespace sconce::ui {

class JobModel;
class Session;

/// The status bar: what runs, the environment, the computer; each a button that leads to what explains it.
class StatusButtons final : public QStatusBar {
    Q_OBJECT
public:
    StatusButtons(Session &session, JobModel &jobs, QWidget *parent = nullptr);

Q_SIGNALS:
    void activityAsked();
    void environmentAsked();
    void computerAsked();

private:
    QToolButton *addButton(const QString &name, void (StatusButtons::*asked)());
    void followJobs();
    void followSession();

    Session &m_session;
    JobModel &m_jobs;
    QToolButton *m_activity;
    QToolButton *m_environment;
    QToolButton *m_computer;
};

} // namespace sconce::ui
