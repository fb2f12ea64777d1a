// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "files/files.h"
#include "wheel/journal.h"

/// What a finished change replaced stays in the environment, so that the change can be undone:
///     .sconce-states/<n>         a change that is made: what left, as the journal's steps left it
///     .sconce-states/<n>.undone  one that was undone: what had arrived
/// They are moved, never copied, so a state takes the room that its files took before. It is as with the undo
/// of an editor: undone changes can be made again until another change is made, which drops them. The newest
/// five that are made are kept.
namespace sconce::wheel {

struct State {
    /// Counts up; a change that was undone keeps its number.
    int number = 0;
    bool isUndone = false;
    /// Relative to the environment.
    QString folder;
    /// As commit() got it.
    QByteArray note;
    /// Undoing it takes the environment away.
    bool madeEnvironment = false;
};

/// The newest first; those that no longer can be gone to, because another change was made after they were
/// undone, are left out. One whose journal cannot be used is there all the same: planGoing() says why.
std::vector<State> statesIn(const QString &root);

/// The folder it gets when it is undone, or made again.
QString otherNameOf(const State &state);

/// Bytes of the state's files that nothing else has a link to: what is free once it is dropped.
qint64 costOf(const QString &root, const State &state);

/// The last step of a change: its stage becomes the newest state.
Result<> keepAsState(const QString &root, const QString &stage);
/// Drops states beyond the newest five and those that were undone before the newest was made. What cannot be
/// dropped now goes with the next change.
void dropOldStates(const QString &root);

/// Renames the environment in one step, then removes it. A link to it stays, with an empty folder.
Result<> takeAway(const QString &root);
/// Removes what a crash left of environments that were taken away beside this one.
void dropTakenAway(const QString &root);

} // namespace sconce::wheel
