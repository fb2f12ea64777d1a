// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QVBoxLayout;
class QWidget;

namespace sconce::ui {

class Card;
class InlineMessage;
class Session;

/// "This project": what was read, what is odd about it, which of its optional parts to install.
class ProjectCard final : public QObject {
    Q_OBJECT
public:
    ProjectCard(Session &session, QWidget *parent);
    Card *card() const { return m_card; }

private:
    void follow();
    void showParts();
    void chooseParts();

    Session &m_session;
    Card *m_card;
    InlineMessage *m_notes;
    QWidget *m_parts = nullptr;
    /// What m_parts was made for: a project that is read again with the same parts keeps its boxes, and the
    /// focus in them.
    QStringList m_partNames;
};

/// "pyproject.toml · Python ≥3.10 · 5 dependencies · uses PyTorch"
QString projectSummary(const Session &session);

} // namespace sconce::ui
