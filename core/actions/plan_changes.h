// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "actions/resolve_options.h"
#include "plan/plan.h"
#include "sync/apply.h"

namespace sconce::actions {

/// What an environment holds.
struct Present {
    std::vector<environment::Installed> installed;
    /// Those that may stay although no index has them.
    std::vector<environment::Installed> offered;
};

/// Resolves, compares with what is installed, and finds out the sizes of what has to be downloaded. The plan
/// has no folder yet.
Result<std::variant<plan::Plan, resolve::Conflict>> planChanges(const PreparedRequest &prepared,
    const Present &present, plan::Extraneous extraneous, const plan::Reinstall &reinstall, const Tools &tools,
    const JobContext &context);

/// The same for packages that are chosen already, and folders.
Result<plan::Plan> planWanted(const resolve::Resolution &wanted, const Present &present,
    plan::Extraneous extraneous, const plan::Reinstall &reinstall, const Tools &tools,
    const JobContext &context, const std::vector<plan::FolderWheel> &folders = {});

/// The files with the digest they have now.
Result<std::vector<plan::Plan::Input>> inputsOf(const QStringList &paths);

/// Asks the indexes for a solution.
Result<std::variant<resolve::Resolution, resolve::Conflict>> resolveFromIndexes(
    const PreparedRequest &prepared, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
