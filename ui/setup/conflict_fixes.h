// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "actions/set_up.h"

class QVBoxLayout;

namespace sconce::ui {

/// The ways out of a conflict that were tried and work, a row each: what to change, what comes out of it, and
/// a button that plans it; for one that nobody but the person can write, its text to copy.
class ConflictFixes final : public QWidget {
    Q_OBJECT
public:
    explicit ConflictFixes(const std::vector<actions::OfferedFix> &fixes, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(int fix);

private:
    void addFix(int number, const actions::OfferedFix &fix, QVBoxLayout *column);
};

} // namespace sconce::ui
