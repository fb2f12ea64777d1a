// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/set_up_target.h"

namespace sconce::actions {

/// Of making a plan: 1 a Python, 2 versions for everybody, 3 what this computer needs of them, 4 sizes.
inline constexpr int PlanStages = 4;

using SetUpAnswer = std::variant<plan::Plan, SetUpConflict>;

/// Whether the project is one that a lock can be made of, and not just a list of requirements.
bool hasLock(const project::Project &project);

/// For this computer only, from the indexes. `locked`: versions that a lock has chosen, to be taken where
/// they fit.
Result<SetUpAnswer> planFromIndexes(const Overview &overview, const SetUpChoice &choice,
    const SetUpTarget &target, const resolve::Resolution &locked, const Tools &tools,
    const JobContext &context);

/// For every computer first: the lock that lies there if it still holds, else a new one; then what this
/// computer gets of it. Packages of PyTorch come from the chosen backend, where one is chosen.
Result<SetUpAnswer> planFromLock(const Overview &overview, const SetUpChoice &choice,
    const SetUpTarget &target, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
