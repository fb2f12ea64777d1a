// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QListView;
class QProgressBar;
class QStackedWidget;

namespace sconce::ui {

class CheckModel;
class InlineMessage;
class Session;

/// Whether PyTorch works in the environment, rung by rung.
class CheckPage final : public QWidget {
    Q_OBJECT
public:
    /// `checkNow` and `openFolder` are the window's actions.
    CheckPage(Session &session, QAction *checkNow, QAction *openFolder, QWidget *parent = nullptr);
    QAction *copyAction() const { return m_copy; }

private:
    void follow();

    Session &m_session;
    CheckModel *m_model;
    QAction *m_copy;
    QStackedWidget *m_states;
    QWidget *m_noProject;
    QWidget *m_notChecked;
    QWidget *m_result;
    InlineMessage *m_summary;
    QProgressBar *m_bar;
    QListView *m_list;
};

} // namespace sconce::ui
