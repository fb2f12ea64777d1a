// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDockWidget>
#include <QPointer>

class QAction;
class QLabel;
class QPlainTextEdit;
class QTreeView;

namespace sconce {
class JobBase;
}

namespace sconce::ui {

class ActiveItems;
class JobModel;

/// All jobs with their progress, the log of the selected one, and Cancel.
class ActivityDock final : public QDockWidget {
    Q_OBJECT
public:
    /// `jobs` must outlive the dock.
    explicit ActivityDock(JobModel &jobs, QWidget *parent = nullptr);
    QAction *cancelAction() const { return m_cancel; }
    QAction *copyLogAction() const { return m_copyLog; }
    void setLogVisible(bool visible);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeHead();
    JobBase *selectedJob() const;
    void followJobs();
    void followLog();
    void announce();

    JobModel &m_jobs;
    ActiveItems *m_active;
    QTreeView *m_view;
    QPlainTextEdit *m_log;
    QAction *m_cancel;
    QAction *m_copyLog;
    QAction *m_showAll;
    QPointer<JobBase> m_logged;
    qsizetype m_loggedLines = 0;
    bool m_isEndLogged = false;
    int m_announcedQuarter = 0;
    QPointer<JobBase> m_announced;
};

} // namespace sconce::ui
