// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "actions/resolve_options.h"
#include "lock/version_changes.h"
#include "resolve/conflict.h"
#include "resolve/fixes.h"

namespace sconce::actions {

struct LockRequest {
    /// A folder in the project or workspace.
    QString folder;
    ResolveOptions options;
    /// `--python`; asked only when no member says which Pythons it is for.
    QString python;
    bool isUpgrade = false;
    /// NAME, or NAME==V for this run only.
    QStringList upgradePackages;
    /// Look: what would be written is told, and nothing is.
    enum class Writing { Look, Write };
    Writing writing = Writing::Write;
    /// Whether ways out of a conflict are tried, which takes a resolution each.
    enum class Fixes { LeaveOut, Try };
    Fixes fixes = Fixes::Try;
    /// Files of projects that count as if they said this, by path.
    std::map<QString, QString> drafts{};
};

/// A lock that says what the project asks for now.
struct LockOutcome {
    QString file;
    /// What lay there; nothing when there was no lock.
    std::optional<lock::Lock> before;
    std::optional<QByteArray> bytesBefore;
    /// The files of projects that it depends on.
    QStringList projectFiles;
    /// Equal to `before` when that still holds.
    lock::Lock after;
    /// The bytes of `after` where it differs.
    QByteArray bytes;
    /// Why the earlier lock was not enough; empty when it was, or when there was none.
    QString reason;
    std::vector<lock::VersionChange> changes;
    /// What is odd in the files of the projects, each with its place.
    QStringList notes;
    /// What the person should know besides.
    QStringList warnings;

    bool isChanged() const { return !bytes.isEmpty(); }
};

/// Reads projects as if the drafts lay on disk.
project::OpenProject openWith(const std::map<QString, QString> &drafts);

/// Why there can be no lock, and changes of the project with which there is one.
struct LockConflict : resolve::Conflict {
    std::vector<resolve::Fix> fixes;
};

/// Locks the project: the earlier uv.lock stays as it is while it means what is asked for; otherwise versions
/// are chosen anew, its own first, and the file is replaced when it means something else then. A conflict is
/// a result. BadInput with its place for what cannot be read: nothing is overwritten then, nor when the file
/// changed meanwhile.
/// `options.torchBackend` does not count: a lock is for every computer.
Result<std::variant<LockOutcome, LockConflict>> lockProject(
    const LockRequest &request, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
