// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wheel/changes.h"
#include "wheel/file_changes.h"

/// The change of an environment as it survives a crash (reliability.md § 4.3). Everything is in one folder of
/// the environment:
///     .sconce-stage-<id>/new      what arrives, laid out as the environment
///     .sconce-stage-<id>/old      what left
///     .sconce-stage-<id>/files    the project's files, before and after
///     .sconce-stage-<id>/note     what the change is, for whoever lists it later
///     .sconce-stage-<id>/journal  the steps; once this file is there, they are made, now or by the next
///                                 command
/// When the change is over the folder goes, or it stays as a state that can be gone back to (states.h).
namespace sconce::wheel {

inline const QString StagePrefix = QStringLiteral(".sconce-stage-");
inline const QString JournalName = QStringLiteral("journal");
inline const QString NoteName = QStringLiteral("note");
/// Room on the disk for the files, given up when they are written: a full disk then stops nothing.
inline const QString RoomName = QStringLiteral("room");

struct Journal {
    /// Paths of the journal's own folder are given with the folder's name of now.
    std::vector<Change> changes;
    std::vector<FileChange> files{};
    /// What becomes of the folder when all steps are made.
    enum class End {
        Drop,
        /// Kept as a state.
        Keep,
        /// The whole environment goes with it: it was not there before.
        TakeEnvironmentAway,
    };
    End end = End::Drop;
    /// The environment was made for this change.
    bool madeEnvironment = false;
};

/// `folder`: of the stage or the state, relative to the environment. Durable when it returns; the contents of
/// the files come first.
Result<> writeJournal(const QString &root, const QString &folder, const Journal &journal);
/// NotFound when there is none or it is torn, BadInput when a newer program made it, or it was copied with
/// its environment: then the entries are others.
Result<Journal> readJournal(const QString &root, const QString &folder);

} // namespace sconce::wheel
