// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wheel/changes.h"

/// The change of an environment as it survives a crash (reliability.md § 4.3). Everything is in one folder of
/// the environment:
///     .sconce-stage-<id>/new      what arrives, laid out as the environment
///     .sconce-stage-<id>/old      what left
///     .sconce-stage-<id>/journal  the steps; once this file is there, they are made, now or by the next
///     command
namespace sconce::wheel {

inline const QString StagePrefix = QStringLiteral(".sconce-stage-");

struct Journal {
    std::vector<Change> changes;
    /// Of the stage folder: another one means that the environment was copied with a change half made.
    quint64 stageInode = 0;
};

/// `stage` is absolute. Durable when it returns.
Result<> writeJournal(const QString &stage, const Journal &journal);
/// NotFound when there is none or it is torn, BadInput when a newer program or another folder made it.
Result<Journal> readJournal(const QString &stage);

/// Writes the journal, makes the steps, makes them durable, drops the journal. On an error all is taken back;
/// when that fails too, the journal stays for recover().
Result<> carryOut(const QString &root, const QString &stage, const std::vector<Change> &changes);
/// Finishes or drops every stage folder; the environment's lock is held.
Result<> finishStages(const QString &root, const JobContext &context);

} // namespace sconce::wheel
