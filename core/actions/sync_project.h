// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/chosen_parts.h"
#include "actions/lock_project.h"
#include "plan/plan.h"

namespace sconce::actions {

/// Which of the packages of a selection are installed: words of the command line. Others are left out, and
/// removed where what is not wanted is removed.
struct InstallFilter {
    enum class Part { Project, Workspace, Local };
    /// Everything but these.
    std::vector<Part> leftOut;
    QStringList leftOutPackages;
    /// Nothing but these, where any is given.
    std::vector<Part> only;
    QStringList onlyPackages;
};

struct SyncRequest {
    /// Its folder says the project, its Python the environment's. Written is nothing but by applyPlan().
    LockRequest lock;
    /// Update: a lock that no longer holds is made anew. Locked: that is an error. Frozen: the lock is taken
    /// as it is, whatever the project says.
    enum class Locking { Update, Locked, Frozen };
    Locking locking = Locking::Update;
    ChosenParts parts;
    InstallFilter filter;
    plan::Extraneous extraneous = plan::Extraneous::Remove;
    bool isReinstall = false;
    QStringList reinstallPackages;
    /// No: copies, also of members of the workspace.
    plan::Editable editable = plan::Editable::Yes;
    /// Members to install for; empty: the one that the folder is in, or all where it is in none.
    QStringList members;
    bool areAllMembers = false;
};

struct SyncPlan {
    /// Nothing for a lock that is taken as it is.
    std::optional<LockOutcome> lock;
    /// With the lock among its files where it changes.
    plan::Plan plan;
};

/// The lock is missing or not up to date, and the request forbids to make it.
struct StaleLock {
    Error error;
};

using SyncAnswer = std::variant<SyncPlan, LockConflict, StaleLock>;

/// What makes the environment of a project equal to its lock (resolver.md § 16). A conflict is a result, and
/// so is a lock that would have to be made.
Result<SyncAnswer> planSync(const SyncRequest &request, const Tools &tools, const JobContext &context);

/// The lock of an outcome as a change of its file.
plan::FileChange lockChange(const LockOutcome &outcome);

} // namespace sconce::actions
