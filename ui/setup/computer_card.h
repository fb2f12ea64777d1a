// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QAction;
class QGridLayout;
class QWidget;

namespace sconce::ui {

class Card;
class InlineMessage;
class Session;

/// "This computer": each device, each fact with the place it was read from.
class ComputerCard final : public QObject {
    Q_OBJECT
public:
    /// The card belongs to `parent` once it is in a layout; the session outlives both.
    ComputerCard(Session &session, QWidget *parent);
    Card *card() const { return m_card; }

private:
    void follow();
    void showFacts();

    Session &m_session;
    Card *m_card;
    InlineMessage *m_message;
    QWidget *m_facts = nullptr;
    QAction *m_copy;
    QAction *m_lookAgain;
};

} // namespace sconce::ui
