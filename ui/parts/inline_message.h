// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

#include "base/error.h"
#include "theme/colours.h"

class QAction;
class QBoxLayout;
class QHBoxLayout;
class QLabel;

namespace sconce::ui {

class Fold;
class StatusIcon;

/// A sentence on top of content that stays usable: what happened, what it means, what to do. Hidden while it
/// has no text.
class InlineMessage final : public QFrame {
    Q_OBJECT
public:
    explicit InlineMessage(QWidget *parent = nullptr);

    void show(Tone tone, const QString &sentence, const QStringList &hints = {}, const QString &details = {});
    void showError(const Error &error);
    void clear();
    QString text() const;
    /// Buttons stay until removeActions(); their text is an imperative.
    void addButton(QAction *action);
    void removeButtons();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void paintIcon();

    Tone m_tone = Tone::Info;
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_hints;
    QLabel *m_details;
    Fold *m_showDetails;
    QHBoxLayout *m_buttons;
};

} // namespace sconce::ui
