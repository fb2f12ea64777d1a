// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"
#include "environment/virtual_environment.h"

namespace sconce::actions {

/// What is asked for: `given` (`--python`), else UV_PYTHON, else the file .python-version in `folder`; may be
/// empty.
QString pythonRequest(const QString &given, const QString &folder, const Tools &tools);

/// An interpreter that a new environment in `folder` can be made with.
Result<python::Interpreter> findPython(const QString &given, const QString &folder,
    const std::optional<versions::SpecifierSet> &requiresPython, const Tools &tools,
    const JobContext &context);

/// Whether an interpreter outside of an environment will do: for looking, not for changing.
enum class MayBeOutside { No, Yes };
/// The environment that a pip verb works on: `given` (`--python`: an environment, its interpreter, or a
/// request that leads to one), else VIRTUAL_ENV, CONDA_PREFIX, else .venv in `folder` or above. BadInput for
/// an interpreter outside of an environment, unless it may be.
Result<python::Interpreter> findEnvironment(const QString &given, const QString &folder, MayBeOutside outside,
    const Tools &tools, const JobContext &context);

} // namespace sconce::actions
