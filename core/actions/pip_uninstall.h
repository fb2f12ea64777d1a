// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"
#include "plan/plan.h"

namespace sconce::actions {

/// The removal of packages by name, carried out by applyPlan(). Names that are not installed get a warning in
/// the plan; what others still need is removed all the same.
Result<plan::Plan> planUninstall(const QStringList &packages, const QString &python, const QString &folder,
    const Tools &tools, const JobContext &context);

} // namespace sconce::actions
