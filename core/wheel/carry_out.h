// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wheel/journal.h"

namespace sconce::wheel {

/// Writes the journal, makes the steps, makes them durable, ends. The files come first: only they need room
/// on the disk, and it was set aside with the journal. On an error all is taken back; when that fails too,
/// the journal stays for recover().
Result<> carryOut(const QString &root, const QString &folder, const Journal &journal);
/// The same with a stage that goes with its object, unless the journal in it is needed still.
Result<> carryOut(const QString &root, files::TemporaryFolder &stage, const Journal &journal);
/// The lock that uv takes as well, held while the object lives.
Result<files::LockFile> lockEnvironment(const QString &root, const JobContext &context);
/// Finishes or drops every stage folder; the environment's lock is held.
Result<> finishStages(const QString &root, const JobContext &context);

} // namespace sconce::wheel
