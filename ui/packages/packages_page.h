// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace sconce::ui {

class EmptyState;
class InlineMessage;
class PackageFilter;
class PackageModel;
class Session;

/// What is installed and what the plan wants, in one table.
class PackagesPage final : public QWidget {
    Q_OBJECT
public:
    PackagesPage(Session &session, QAction *openFolder, QWidget *parent = nullptr);
    QAction *findAction() const { return m_find; }

private:
    QWidget *makeTable();
    void follow();
    void followCount();

    Session &m_session;
    PackageModel *m_model;
    PackageFilter *m_filter;
    QAction *m_find;
    QStackedWidget *m_states;
    QWidget *m_noProject;
    EmptyState *m_noPackages;
    QWidget *m_table = nullptr;
    QLineEdit *m_search = nullptr;
    QLabel *m_count = nullptr;
    InlineMessage *m_message;
};

} // namespace sconce::ui
