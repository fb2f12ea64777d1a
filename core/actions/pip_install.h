// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "actions/requirement_sources.h"
#include "plan/plan.h"

namespace sconce::actions {

struct InstallRequest {
    RequirementSources sources;
    ResolveOptions options;
    /// `--python`; see findEnvironment().
    QString python;
    /// Newer versions are looked for although what is installed fits.
    bool isUpgrade = false;
    QStringList upgradePackages;
    bool isReinstall = false;
    QStringList reinstallPackages;
};

/// What would have to change so that the environment has all of it (torch-backends.md § 8): nothing where
/// everything is there, recursively; else what is installed stays where it fits. A conflict is a result.
/// Carried out by applyPlan().
Result<std::variant<plan::Plan, resolve::Conflict>> planInstall(
    const InstallRequest &request, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
