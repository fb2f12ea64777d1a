// SPDX-License-Identifier: Apache-2.0
#include "shell/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>

#include "activity/activity_dock.h"
#include "activity/job_model.h"
#include "check/check_page.h"
#include "packages/packages_page.h"
#include "parts/action_button.h"
#include "parts/dropped_path.h"
#include "parts/metrics.h"
#include "plan/plan_sheet.h"
#include "session/project_watch.h"
#include "session/session.h"
#include "setup/set_up_page.h"
#include "shell/action_registry.h"
#include "shell/side_bar.h"
#include "shell/status_buttons.h"
#include "start/start_page.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

/// Raised when docks or tool bars change, so that an old state is not applied to a new layout.
constexpr int LayoutVersion = 1;

} // namespace

MainWindow::MainWindow(Work work, QSettings &settings, QThreadPool &pool, const QString &sampleFolder)
    : m_settings(settings)
    , m_sampleFolder(sampleFolder)
    , m_session(new Session(std::move(work), pool, this))
    , m_recents(new RecentProjects(settings, pool, this))
    , m_jobs(new JobModel(this))
    , m_actions(new ActionRegistry(this))
    , m_watch(new ProjectWatch(this))
    , m_sideBar(new SideBar(*m_session))
    , m_pages(new QStackedWidget)
    , m_activity(new ActivityDock(*m_jobs))
    , m_status(new StatusButtons(*m_session, *m_jobs))
{
    setAcceptDrops(true);
    addMenus();
    addPages();
    auto *center = new QWidget;
    auto *row = new QHBoxLayout(center);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_sideBar);
    row->addWidget(m_pages, 1);
    // Side bar, page, activity, status bar: they come into the window in the order of Tab.
    setCentralWidget(center);
    addDockWidget(Qt::BottomDockWidgetArea, m_activity);
    m_activity->hide();
    setStatusBar(m_status);
    connectSession();
    followProject();
    restoreLayout();
    m_session->lookAtComputer();
}

MainWindow::~MainWindow()
{
    // Pages and models look at jobs of the session: they go first.
    delete m_activity;
    delete takeCentralWidget();
    delete m_status;
}

void MainWindow::addPages()
{
    m_start = new StartPage(
        *m_session, *m_recents, {m_actions->find(u"project.open"), m_actions->find(u"project.sample")});
    m_setUp = new SetUpPage(*m_session, m_actions->find(u"project.open"), m_actions->find(u"page.4"));
    m_packages = new PackagesPage(*m_session, m_actions->find(u"project.open"));
    m_check = new CheckPage(*m_session, m_actions->find(u"project.check"), m_actions->find(u"project.open"));
    for (QWidget *page : std::initializer_list<QWidget *>{m_start, m_setUp, m_packages, m_check})
        m_pages->addWidget(page);
    for (QAction *action : {m_setUp->primaryAction(), m_packages->findAction(), m_check->copyAction(),
             m_activity->cancelAction(), m_activity->copyLogAction(), m_start->locateAction(),
             m_start->removeAction()})
        m_actions->adopt(action);
    QMenu *projectMenu = findChild<QMenu *>(u"menu.project"_s);
    projectMenu->insertAction(projectMenu->actions().front(), m_setUp->primaryAction());
    projectMenu->addSeparator();
    projectMenu->addAction(m_packages->findAction());

    connect(m_start, &StartPage::pathChosen, this, &MainWindow::openProject);
    connect(m_setUp, &SetUpPage::reviewAsked, this, &MainWindow::reviewPlan);
    connect(m_packages->findAction(), &QAction::triggered, this, [this] { showPage(Page::Packages); });
    connect(m_sideBar, &SideBar::pageChosen, this, &MainWindow::showPage);
    connect(m_status, &StatusButtons::activityAsked, this,
        [this] { m_activity->setVisible(!m_activity->isVisible()); });
    connect(m_status, &StatusButtons::environmentAsked, this, [this] { showPage(Page::Packages); });
    connect(m_status, &StatusButtons::computerAsked, this,
        [this] { showPage(m_session->hasProject() ? Page::SetUp : Page::Start); });
}

void MainWindow::connectSession()
{
    connect(m_session, &Session::jobStarted, m_jobs, &JobModel::watch);
    connect(m_session, &Session::opened, m_recents, &RecentProjects::add);
    connect(m_session, &Session::projectChanged, this, &MainWindow::followProject);
    connect(m_session, &Session::checkChanged, this, &MainWindow::followCheck);
    connect(m_session, &Session::sampleRefused, m_start, &StartPage::showError);
    connect(m_session, &Session::sampleRefused, this, [this] { showPage(Page::Start); });
    connect(m_session, &Session::fixPlanned, this, &MainWindow::reviewPlan);
    connect(m_watch, &ProjectWatch::changed, this, [this] {
        if (!m_session->isBusyWriting())
            m_session->reload();
    });
    connect(m_session, &Session::appliedChanged, this, [this] {
        if (m_closesWhenStopped && !m_session->isBusyWriting())
            close();
    });
}

void MainWindow::openProject(const QString &path)
{
    if (m_session->isBusyWriting())
        return; // the actions that lead here are disabled and say why
    m_session->openProject(path);
    showPage(Page::SetUp);
}

void MainWindow::showPage(Page page)
{
    // Qt moves the focus as Tab would when its widget is hidden; a ring is for those who did press a key.
    const bool showsFocus = testAttribute(Qt::WA_KeyboardFocusChange);
    m_pages->setCurrentIndex(int(page));
    setAttribute(Qt::WA_KeyboardFocusChange, showsFocus);
    m_sideBar->setPage(page);
}

Page MainWindow::page() const
{
    return Page(m_pages->currentIndex());
}

void MainWindow::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Open a Project Folder"));
    dialog->setObjectName(u"project.folder"_s);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    const QString last = m_session->hasProject()
        ? m_session->path()
        : m_recents->index(0).data(RecentProjects::PathRole).toString();
    dialog->setDirectory(last.isEmpty() ? QDir::homePath() : QFileInfo(last).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openProject);
    dialog->open();
}

void MainWindow::reviewPlan()
{
    const std::shared_ptr<const Proposal> proposal = m_session->proposal().value;
    if (!proposal || !proposal->plan())
        return;
    const torch::Backend *backend = torch::findBackend(m_session->choice().backend);
    auto *sheet =
        new PlanSheet(proposal, m_session->projectName(), backend ? backend->title() : QString(), this);
    connect(sheet, &QDialog::accepted, this, [this] {
        m_activity->show();
        m_session->applyPlan();
    });
    sheet->open();
}

void MainWindow::followProject()
{
    const bool isOpen = m_session->hasProject();
    setWindowTitle(isOpen ? tr("%1 — Sconce", "project").arg(m_session->projectName()) : tr("Sconce"));
    setWindowFilePath(isOpen ? m_session->path() : QString());
    if (m_session->overview().value)
        m_watch->watch(m_session->overview().value->project.file);
    const QString none = isOpen ? QString() : tr("No project is open");
    setReason(*m_actions->find(u"project.reload"), none);
    followCheck();
}

void MainWindow::followCheck()
{
    QString reason;
    if (!m_session->overview().value)
        reason = m_session->hasProject() ? tr("The project could not be read yet") : tr("No project is open");
    else if (m_session->isBusyWriting())
        reason = tr("The plan is being carried out");
    else if (m_session->check().isRunning())
        reason = tr("The environment is being checked");
    setReason(*m_actions->find(u"project.check"), reason);
    const QString writing = m_session->isBusyWriting() ? tr("The plan is being carried out") : QString();
    setReason(*m_actions->find(u"project.open"), writing);
    setReason(*m_actions->find(u"project.sample"), writing);
    if (!m_session->check().isRunning() && m_session->check().value && !isActiveWindow())
        QApplication::alert(this);
}

/// The areas of the window in reading order: side bar, page, activity, status bar.
void MainWindow::moveFocus(int step)
{
    QList<QWidget *> areas{m_sideBar, m_pages->currentWidget(), m_activity, m_status};
    areas.removeIf([](const QWidget *area) { return !area->isVisible(); });
    const QWidget *focused = QApplication::focusWidget();
    qsizetype current = 0;
    for (qsizetype i = 0; i < areas.size(); ++i) {
        if (focused && (areas[i] == focused || areas[i]->isAncestorOf(focused)))
            current = i;
    }
    for (qsizetype tried = 0; tried < areas.size(); ++tried) {
        current = (current + step + areas.size()) % areas.size();
        const QList<QWidget *> inside = areas[current]->findChildren<QWidget *>();
        for (QWidget *widget : inside) {
            if (widget->isVisible() && widget->isEnabled() && widget->focusPolicy() & Qt::TabFocus
                && !widget->focusProxy()) {
                widget->setFocus(Qt::ShortcutFocusReason);
                return;
            }
        }
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_session->isBusyWriting()) {
        event->ignore();
        if (!m_closesWhenStopped)
            askBeforeClosing();
        return;
    }
    m_session->stopEverything();
    saveLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::askBeforeClosing()
{
    auto *question = new QMessageBox(QMessageBox::Question, tr("Sconce"),
        tr("“%1” is still being set up").arg(m_session->projectName()), QMessageBox::NoButton, this);
    question->setObjectName(u"close.question"_s);
    question->setInformativeText(tr("Cancelling leaves the environment as it was before."));
    QPushButton *quit = question->addButton(tr("Cancel Set-Up and Close"), QMessageBox::AcceptRole);
    QPushButton *stay = question->addButton(tr("Keep Running"), QMessageBox::RejectRole);
    question->setDefaultButton(stay);
    question->setEscapeButton(stay);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(quit, &QPushButton::clicked, this, [this] {
        m_closesWhenStopped = true;
        m_session->stopEverything();
        if (!m_session->isBusyWriting())
            close();
    });
    question->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!m_session->isBusyWriting() && !droppedPath(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    openProject(droppedPath(*event->mimeData()));
}

void MainWindow::restoreLayout()
{
    setMinimumSize(line(*this) * 45, line(*this) * 33);
    resize(std::max(letters(*this, 150), line(*this) * 62), line(*this) * 46);
    if (!restoreGeometry(m_settings.value("window/geometry"_L1).toByteArray()))
        return;
    restoreState(m_settings.value("window/layout"_L1).toByteArray(), LayoutVersion);
}

void MainWindow::saveLayout()
{
    m_settings.setValue("window/geometry"_L1, saveGeometry());
    m_settings.setValue("window/layout"_L1, saveState(LayoutVersion));
}

} // namespace sconce::ui
