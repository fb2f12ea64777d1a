// SPDX-License-Identifier: Apache-2.0
#include <QActionGroup>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>

#include "activity/activity_dock.h"
#include "parts/action_button.h"
#include "session/session.h"
#include "shell/action_registry.h"
#include "shell/command_palette.h"
#include "shell/main_window.h"
#include "shell/shortcuts_dialog.h"
#include "theme/icons.h"
#include "theme/theme.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

void MainWindow::addMenus()
{
    const auto add = [this](QMenu *menu, const char16_t *id, const QIcon &picture, const QString &text,
                         const QKeySequence &keys, auto act) {
        QAction *action = m_actions->add(QString::fromUtf16(id), picture, text, keys);
        connect(action, &QAction::triggered, this, act);
        menu->addAction(action);
        return action;
    };
    QMenu *file = menuBar()->addMenu(tr("&File"));
    add(file, u"project.open", icon("folder"_L1), tr("&Open Folder…"), QKeySequence::Open,
        [this] { chooseFolder(); });
    add(file, u"project.sample", icon("sample"_L1), tr("Open the &Sample Project"), {}, [this] {
        m_session->openSample(m_sampleFolder);
        showPage(Page::SetUp);
    });
    file->addSeparator();
    add(file, u"window.close", {}, tr("&Close Window"), QKeySequence::Close, [this] { close(); });
    add(file, u"app.quit", {}, tr("&Quit"), QKeySequence::Quit, [] { QCoreApplication::quit(); });

    QMenu *project = menuBar()->addMenu(tr("&Project"));
    project->setObjectName(u"menu.project"_s);
    add(project, u"project.reload", icon("refresh"_L1), tr("&Read Again"), QKeySequence::Refresh,
        [this] { m_session->reload(); });
    add(project, u"project.check", icon("check"_L1), tr("Check &Now"), QKeySequence(Qt::CTRL | Qt::Key_T),
        [this] {
            m_session->checkNow();
            showPage(Page::Check);
        });
    add(project, u"computer.look", icon("chip"_L1), tr("&Look for GPUs Again"), {},
        [this] { m_session->lookAtComputer(); });

    QMenu *view = menuBar()->addMenu(tr("&View"));
    for (int row = 0; row < PageCount; ++row) {
        QAction *action = m_actions->add(u"page.%1"_s.arg(row + 1), icon(pageIcon(Page(row))),
            pageTitle(Page(row)), QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + row)));
        connect(action, &QAction::triggered, this, [this, row] { showPage(Page(row)); });
        view->addAction(action);
    }
    view->addSeparator();
    QAction *activity = m_actions->add(
        u"view.activity"_s, icon("activity"_L1), tr("&Activity"), QKeySequence(Qt::CTRL | Qt::Key_J));
    activity->setCheckable(true);
    connect(activity, &QAction::triggered, m_activity, &QWidget::setVisible);
    connect(m_activity, &QDockWidget::visibilityChanged, activity,
        [this, activity] { activity->setChecked(!m_activity->isHidden()); });
    view->addAction(activity);
    add(view, u"view.nextArea", {}, tr("&Next Area"), QKeySequence(Qt::Key_F6), [this] { moveFocus(1); });
    add(view, u"view.previousArea", {}, tr("&Previous Area"), QKeySequence(Qt::SHIFT | Qt::Key_F6),
        [this] { moveFocus(-1); });
    view->addSeparator();
    addAppearanceMenu(view->addMenu(tr("Appearan&ce")));
    add(view, u"view.fullScreen", {}, tr("&Full Screen"), QKeySequence::FullScreen,
        [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    add(help, u"help.commands", icon("search"_L1), tr("&Find a Command…"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
        [this] { (new CommandPalette(*m_actions, this))->open(); });
    add(help, u"help.keys", {}, tr("&Keyboard Shortcuts"), QKeySequence(Qt::CTRL | Qt::Key_F1),
        [this] { (new ShortcutsDialog(*m_actions, this))->open(); });
    add(help, u"help.about", icon("info"_L1), tr("&About Sconce"), {}, [this] {
        auto *about = new QMessageBox(QMessageBox::NoIcon, tr("About Sconce"),
            tr("Sconce %1").arg(QCoreApplication::applicationVersion()), QMessageBox::Close, this);
        about->setObjectName(u"about"_s);
        about->setIconPixmap(QIcon(u":/icons/sconce.svg"_s).pixmap(QSize(64, 64), devicePixelRatioF()));
        about->setInformativeText(tr("Environments for PyTorch projects: from a folder to a computation on "
                                     "your GPU. Licence: Apache 2.0."));
        about->setAttribute(Qt::WA_DeleteOnClose);
        about->open();
    });
}

void MainWindow::addAppearanceMenu(QMenu *menu)
{
    auto *group = new QActionGroup(this);
    const int kept = m_settings.value("appearance"_L1, int(Qt::ColorScheme::Unknown)).toInt();
    const auto add = [this, menu, group, kept](
                         const QString &id, const QString &text, Qt::ColorScheme scheme) {
        QAction *action = m_actions->add(id, {}, text);
        action->setCheckable(true);
        action->setChecked(kept == int(scheme));
        group->addAction(action);
        menu->addAction(action);
        connect(action, &QAction::triggered, this, [this, scheme] {
            m_settings.setValue("appearance"_L1, int(scheme));
            setColorScheme(scheme);
        });
    };
    add(u"appearance.system"_s, tr("Like the &System"), Qt::ColorScheme::Unknown);
    add(u"appearance.light"_s, tr("&Light"), Qt::ColorScheme::Light);
    add(u"appearance.dark"_s, tr("&Dark"), Qt::ColorScheme::Dark);
    if (kept != int(Qt::ColorScheme::Unknown))
        setColorScheme(Qt::ColorScheme(kept));
}

} // namespace sconce::ui
