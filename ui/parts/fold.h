// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QToolButton>

namespace sconce::ui {

/// A button with a small arrow that shows and hides something below it.
class Fold final : public QToolButton {
    Q_OBJECT
public:
    /// `content` is hidden at first.
    Fold(const QString &title, QWidget *content, QWidget *parent = nullptr);
    void setOpen(bool open) { setChecked(open); }
};

} // namespace sconce::ui
