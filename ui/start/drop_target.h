// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

namespace sconce::ui {

/// A dashed frame that takes a project folder or file from a file manager, and lights up while one is over
/// it.
class DropTarget final : public QFrame {
    Q_OBJECT
public:
    explicit DropTarget(QWidget *parent = nullptr);

Q_SIGNALS:
    void dropped(const QString &path);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_isLit = false;
};

} // namespace sconce::ui
