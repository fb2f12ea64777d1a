// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QAction;
class QWidget;

namespace sconce::ui {

class Card;
class InlineMessage;
class Session;

/// "Check": what the environment answered, in one sentence.
class CheckCard final : public QObject {
    Q_OBJECT
public:
    CheckCard(Session &session, QAction *showCheck, QWidget *parent);
    Card *card() const { return m_card; }

private:
    void follow();

    Session &m_session;
    Card *m_card;
    InlineMessage *m_message;
};

} // namespace sconce::ui
