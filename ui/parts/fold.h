// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QToolButton>

namespace sconce::ui {

/// A button with a small arrow that shows and hides something below it. Its arrow stands where the text above
/// begins, and its text where that of a radio button stands.
class Fold final : public QToolButton {
    Q_OBJECT
public:
    /// `content` is hidden at first.
    Fold(const QString &title, QWidget *content, QWidget *parent = nullptr);
    void setOpen(bool open) { setChecked(open); }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int indent() const;
};

} // namespace sconce::ui
