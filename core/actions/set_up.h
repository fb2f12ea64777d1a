// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "actions/resolve_options.h"
#include "plan/plan.h"
#include "project/project.h"
#include "resolve/fixes.h"
#include "torch/backends.h"

namespace sconce::actions {

/// Everything the Set Up page shows before a plan is made. Reading only.
struct Overview {
    project::Project project;
    /// Whether torch or a package of its family is asked for.
    bool usesTorch = false;
    /// Absolute: $UV_PROJECT_ENVIRONMENT (counted from the project), else .venv in the project.
    QString environmentFolder;
    /// Installed packages when the folder holds an environment already.
    std::vector<environment::Installed> installed;
    /// Why the environment there cannot be used.
    std::optional<QString> environmentProblem;
    /// What $UV_TORCH_BACKEND asks for; goes before what the project says. May be "auto", or no backend at
    /// all.
    QString askedBackend;
};
Result<Overview> openProject(const QString &path, const Tools &tools, const JobContext &context);

Result<hardware::DeviceReport> detectDevices(const Tools &tools, const JobContext &context);
/// `offered` as offeredBackends() gives it; nothing where the project does not name a mirror, or it did not
/// answer.
std::vector<torch::Verdict> judgeBackends(
    const hardware::DeviceReport &report, const std::optional<QStringList> &offered = std::nullopt);

/// What the person chose.
struct SetUpChoice {
    /// A backend's name, "auto", or empty: the project's own indexes decide.
    QString backend;
    std::vector<names::ExtraName> extras;
    std::vector<names::GroupName> groups;
    /// `--python`; empty: what fits requires-python.
    QString python;
    /// Changes of the project that are planned as if they were made, and made with the plan.
    std::vector<plan::FileChange> edits{};
};

/// A way out of a conflict that was tried and works.
struct OfferedFix : resolve::Fix {
    /// The files that say so, for SetUpChoice::edits; empty where it has to be written by hand.
    std::vector<plan::FileChange> edits;
    /// What to write into pyproject.toml.
    QString byHand;
};

/// Why no versions fit together, and what would help.
struct SetUpConflict : resolve::Conflict {
    std::vector<OfferedFix> fixes;
};

/// A project gets a lock for every computer (the one that lies there stays while it holds), and this computer
/// what it needs of it; a requirements file is resolved for this computer alone. Compares with what is
/// installed; nothing is written. A conflict is a result. BadInput for extras or groups that exclude each
/// other (tool.uv.conflicts).
Result<std::variant<plan::Plan, SetUpConflict>> planSetUp(
    const Overview &overview, const SetUpChoice &choice, const Tools &tools, const JobContext &context);

/// Carries the plan out: the environment and the files, or neither. BadInput when an input of the plan
/// changed since it was made.
Result<> applyPlan(const plan::Plan &plan, const Tools &tools, const JobContext &context);

/// Commands of uv that do the same as the plan, for copying.
QStringList equivalentCommands(const Overview &overview, const SetUpChoice &choice);

} // namespace sconce::actions
