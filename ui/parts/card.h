// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

#include "theme/colours.h"

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace sconce::ui {

class ElidedLabel;
class StatusIcon;

/// How far the thing a card speaks of is.
enum class Status { Open, Running, Done, Attention, Failed };

/// A frame with a head (state, title, summary) and a body. The body can be folded away behind a button in the
/// head.
class Card final : public QFrame {
    Q_OBJECT
public:
    explicit Card(const QString &title, QWidget *parent = nullptr);

    void setStatus(Status status);
    Status status() const { return m_status; }
    /// One line beside the title; elided when there is no room, the whole of it in the tool tip.
    void setSummary(const QString &text);
    QString summary() const;
    /// Where the card's own widgets go.
    QVBoxLayout *body() const { return m_body; }
    /// Gives the head a button that shows and hides the body; the body starts hidden.
    void makeFoldable(const QString &what);
    void setFolded(bool folded);
    bool isFolded() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Status m_status = Status::Open;
    QString m_title;
    StatusIcon *m_icon;
    QLabel *m_titleLabel;
    ElidedLabel *m_summary;
    QToolButton *m_fold = nullptr;
    QWidget *m_bodyHolder;
    QVBoxLayout *m_body;
};

/// The icon for a status, with the same as a word for those who do not see it.
class StatusIcon final : public QWidget {
    Q_OBJECT
public:
    explicit StatusIcon(QWidget *parent = nullptr);
    void setStatus(Status status);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
};

QIcon statusIcon(Status status);
/// "Done", "Needs attention" …
QString statusText(Status status);

} // namespace sconce::ui
