// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace sconce::ui {

/// One line of text that shortens with an ellipsis when there is no room; the tool tip then has the whole of
/// it.
class ElidedLabel final : public QWidget {
    Q_OBJECT
public:
    enum class TextRole { Normal, Quiet };

    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);
    void setText(const QString &text);
    QString text() const { return m_text; }
    void setElideMode(Qt::TextElideMode mode);
    void setTextRole(TextRole role);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showWholeTextInToolTip();

    QString m_text;
    Qt::TextElideMode m_mode = Qt::ElideRight;
    TextRole m_role = TextRole::Normal;
};

} // namespace sconce::ui
