// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/set_up.h"

namespace sconce::actions {

/// The interpreter to set up for, and whether an environment has to be made with it.
struct SetUpTarget {
    python::Interpreter interpreter;
    bool isNew = false;
};

/// The environment's own Python where there is one, else one that fits. BadInput when the environment cannot
/// be used, or has another Python than the one that is asked for.
Result<SetUpTarget> findTarget(
    const Overview &overview, const SetUpChoice &choice, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
