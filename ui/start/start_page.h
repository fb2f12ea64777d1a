// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QWidget>

#include "start/recent_projects.h"

class QAction;
class QListView;
class QPushButton;

namespace sconce::ui {

class ElidedLabel;
class EmptyState;
class Heading;
class InlineMessage;
class Session;
class StatusIcon;

/// The first page: open a folder, drop one, take a recent one or the sample.
class StartPage final : public QWidget {
    Q_OBJECT
public:
    struct Actions {
        QAction *openFolder;
        QAction *openSample;
    };
    /// Session and recents outlive the page.
    StartPage(Session &session, RecentProjects &recents, const Actions &actions, QWidget *parent = nullptr);

    QAction *locateAction() const { return m_locate; }
    QAction *removeAction() const { return m_remove; }
    void showError(const Error &error);

Q_SIGNALS:
    void pathChosen(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeOpening(const Actions &actions);
    QWidget *makeRecents();
    QWidget *makeComputerLine();
    void followSelection();
    void followComputer();
    void openSelected();
    void locateSelected();
    void removeSelected();

    Session &m_session;
    RecentProjects &m_recents;
    QAction *m_locate;
    QAction *m_remove;
    QAction *m_undoRemove;
    QAction *m_lookAgain;
    InlineMessage *m_message;
    QPushButton *m_open = nullptr;
    Heading *m_recentsHeading = nullptr;
    QListView *m_list = nullptr;
    QWidget *m_filledRecents = nullptr;
    QWidget *m_noRecents = nullptr;
    StatusIcon *m_computerIcon = nullptr;
    ElidedLabel *m_computer = nullptr;
    QPushButton *m_lookAgainButton = nullptr;
    int m_removedRow = 0;
    RecentProjects::Entry m_removed;
};

} // namespace sconce::ui
