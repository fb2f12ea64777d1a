// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include "session/work.h"

class QButtonGroup;
class QVBoxLayout;
class QWidget;

namespace sconce::ui {

class BackendOption;
class Card;
class Session;

/// "GPU support": the recommended backend with its sentence, the others folded away by whether they fit.
class BackendCard final : public QObject {
    Q_OBJECT
public:
    BackendCard(Session &session, QWidget *parent);
    Card *card() const { return m_card; }

private:
    void follow();
    void rebuild();
    void addOption(QVBoxLayout *column, const torch::Verdict &verdict);
    void addFolded(
        QVBoxLayout *column, const QString &title, const std::vector<const torch::Verdict *> &verdicts);
    void followChoice();

    Session &m_session;
    Card *m_card;
    QWidget *m_options = nullptr;
    QButtonGroup *m_group = nullptr;
    QList<BackendOption *> m_rows;
    /// What m_options was made from.
    std::shared_ptr<const std::vector<torch::Verdict>> m_shown;
    bool m_shownProjectRow = false;
};

} // namespace sconce::ui
