// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "shell/page_model.h"

class QListView;

namespace sconce::ui {

class ElidedLabel;

/// The project's name and the pages.
class SideBar final : public QWidget {
    Q_OBJECT
public:
    explicit SideBar(Session &session, QWidget *parent = nullptr);
    void setPage(Page page);
    QListView *list() const { return m_list; }

Q_SIGNALS:
    void pageChosen(sconce::ui::Page page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void followProject();

    Session &m_session;
    ElidedLabel *m_project;
    QListView *m_list;
};

} // namespace sconce::ui
