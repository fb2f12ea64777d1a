// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "project/workspace.h"

namespace sconce::project {

/// The sets of all members, the root's first, each member's declared ones before those that follow because a
/// group that includes a conflicting group conflicts too (lock-format.md § 3.2).
std::vector<ConflictSet> conflictSets(const Workspace &workspace);

} // namespace sconce::project
