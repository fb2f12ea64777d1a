// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QFrame>

#include "resolve/conflict.h"
#include "theme/colours.h"

class QLabel;
class QVBoxLayout;

namespace sconce::ui {

/// A package, or the person's own requirements, as a box. The keyboard comes to it and a screen reader tells
/// what it needs.
class ConflictStop final : public QFrame {
    Q_OBJECT
public:
    ConflictStop(const QString &label, const QString &sentence, Tone tone, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void dress();

    Tone m_tone;
    QLabel *m_label;
};

/// The chains of requirements that collide, side by side from the top down to the package where they meet.
class ConflictPicture final : public QWidget {
    Q_OBJECT
public:
    ConflictPicture(
        const resolve::Collision &collision, const QString &projectName, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addChain(
        const std::vector<resolve::Collision::Stop> &stops, const QString &projectName, QVBoxLayout *column);
    int arrowAt(const QWidget &box) const;

    /// From which box to which an arrow goes.
    std::vector<std::pair<QWidget *, QWidget *>> m_arrows;
    /// The last boxes of the chains, whose arrows lead to the end.
    std::vector<QWidget *> m_last;
    ConflictStop *m_end = nullptr;
};

} // namespace sconce::ui
