// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QAction;
class QLabel;
class QProgressBar;
class QTimer;
class QTreeView;
class QVBoxLayout;
class QWidget;

namespace sconce {
class JobBase;
}

namespace sconce::ui {

class Card;
class ConflictModel;
class Fold;
class InlineMessage;
class Session;

/// "Plan": what would change, how far the versions are worked out, or why they cannot be; then how far it is
/// carried out.
class PlanCard final : public QObject {
    Q_OBJECT
public:
    PlanCard(Session &session, QWidget *parent);
    Card *card() const { return m_card; }

private:
    void follow();
    void followProgress();
    void showProposal();
    void showEdits();
    void showConflict();
    void hideConflict();

    Session &m_session;
    Card *m_card;
    InlineMessage *m_message;
    InlineMessage *m_edits;
    QLabel *m_text;
    QLabel *m_stage;
    QProgressBar *m_bar;
    QWidget *m_progress;
    QAction *m_cancel;
    QAction *m_again;
    QAction *m_leaveOut;
    /// The picture of a conflict and the ways out of it.
    QVBoxLayout *m_conflictParts;
    QTimer *m_tick;
    QTreeView *m_facts;
    Fold *m_showFacts;
    ConflictModel *m_conflict = nullptr;
};

} // namespace sconce::ui
