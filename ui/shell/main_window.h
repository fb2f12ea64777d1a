// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMainWindow>
#include <QThreadPool>

#include "session/work.h"
#include "shell/page_model.h"

class QSettings;
class QStackedWidget;

namespace sconce::ui {

class ActionRegistry;
class ActivityDock;
class CheckPage;
class JobModel;
class PackagesPage;
class PlanSheet;
class ProjectWatch;
class RecentProjects;
class Session;
class SetUpPage;
class SideBar;
class StartPage;
class StatusButtons;

/// One project's window. Only composes: pages own what they show, the session owns the work.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    /// `settings` and `pool` outlive the window. `sampleFolder` is where the sample project is made.
    MainWindow(Work work, QSettings &settings, QThreadPool &pool, const QString &sampleFolder);
    ~MainWindow() override;

    void openProject(const QString &path);
    void showPage(Page page);
    Page page() const;
    Session &session() { return *m_session; }
    ActionRegistry &actions() { return *m_actions; }
    ActivityDock &activity() { return *m_activity; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void addPages();
    void addMenus();
    void addAppearanceMenu(QMenu *menu);
    void connectSession();
    void chooseFolder();
    void reviewPlan();
    void followProject();
    void followCheck();
    void moveFocus(int step);
    void askBeforeClosing();
    void restoreLayout();
    void saveLayout();

    QSettings &m_settings;
    QString m_sampleFolder;
    Session *m_session;
    RecentProjects *m_recents;
    JobModel *m_jobs;
    ActionRegistry *m_actions;
    ProjectWatch *m_watch;
    SideBar *m_sideBar;
    QStackedWidget *m_pages;
    StartPage *m_start = nullptr;
    SetUpPage *m_setUp = nullptr;
    PackagesPage *m_packages = nullptr;
    CheckPage *m_check = nullptr;
    ActivityDock *m_activity;
    StatusButtons *m_status;
    bool m_closesWhenStopped = false;
};

} // namespace sconce::ui
