// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "theme/colours.h"

class QRadioButton;

namespace sconce::ui {

/// One backend to choose: its title, a badge, the sentence that says why or why not, what to do about it.
class BackendOption final : public QWidget {
    Q_OBJECT
public:
    struct Texts {
        /// Empty: the project's own indexes decide.
        QString backend;
        QString title;
        QString badge;
        Tone badgeTone = Tone::Neutral;
        QString sentence;
        QString evidence;
        QString hint;
    };
    explicit BackendOption(const Texts &texts, QWidget *parent = nullptr);

    const QString &backend() const { return m_backend; }
    QRadioButton *button() const { return m_button; }

protected:
    /// A click on the sentence is a click on the button.
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QString m_backend;
    QRadioButton *m_button;
};

} // namespace sconce::ui
