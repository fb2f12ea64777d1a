// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QAction;
class QStackedWidget;

namespace sconce::ui {

class Card;
class ElidedLabel;
class Heading;
class InlineMessage;
class Session;

/// The guided page: this computer, this project, GPU support, plan, check, and one primary button.
class SetUpPage final : public QWidget {
    Q_OBJECT
public:
    /// `openFolder` and `showCheck` are the window's actions.
    SetUpPage(Session &session, QAction *openFolder, QAction *showCheck, QWidget *parent = nullptr);
    /// The one next step; its text and reason follow the session.
    QAction *primaryAction() const { return m_primary; }

Q_SIGNALS:
    void reviewAsked();

private:
    QWidget *makeCards(QAction *showCheck);
    QWidget *makeFoot();
    void follow();
    void takeNextStep();

    Session &m_session;
    QAction *m_primary;
    QStackedWidget *m_states;
    QWidget *m_noProject;
    QWidget *m_project = nullptr;
    QWidget *m_cards = nullptr;
    Heading *m_title;
    ElidedLabel *m_path;
    InlineMessage *m_message;
    ElidedLabel *m_remark = nullptr;
    /// Cards that make no sense while the project could not be read.
    QList<Card *> m_laterCards;
};

} // namespace sconce::ui
