// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"
#include "environment/virtual_environment.h"

namespace sconce::actions {

/// Absolute: $UV_PROJECT_ENVIRONMENT (counted from the root of the project or workspace), else .venv there.
QString environmentFolderIn(const QString &root, const Tools &tools);

/// Before anything is read: a change that a crash left half done is finished, in the environments of the
/// projects that `folder` is in.
Result<> finishWhatBrokeOff(const QString &folder, const Tools &tools, const JobContext &context);

/// Where the packages of a project go.
struct ProjectEnvironment {
    QString folder;
    /// What packages are chosen for: the environment's own Python, or the one it will be made with.
    python::Interpreter interpreter;
    /// An environment has to be made; nothing is there, or what is there cannot stay.
    bool isNew = false;
    /// Why the environment that is there cannot stay; empty where none is there, or it stays.
    QString whyReplaced;
    std::vector<environment::Installed> installed;
};

struct EnvironmentWish {
    QString folder;
    /// Where .python-version is looked for.
    QString root;
    /// `--python`; see pythonRequest().
    QString python;
    std::optional<versions::SpecifierSet> requiresPython;
};

/// Looks, and writes nothing. An environment whose Python is gone, or is another than what is asked for, is
/// to be replaced; a folder or file that is no environment never is: BadInput.
Result<ProjectEnvironment> findProjectEnvironment(
    const EnvironmentWish &wish, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
