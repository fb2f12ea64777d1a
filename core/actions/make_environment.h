// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"
#include "environment/virtual_environment.h"

namespace sconce::actions {

struct EnvironmentRequest {
    /// Where the command was given; a project there or above says which Pythons fit.
    QString folder;
    /// Counted from `folder`; empty: .venv.
    QString path;
    /// `--python`; see pythonRequest().
    QString python;
    environment::MakeOptions options;
};
/// Makes an environment and gives the Python it was made with.
Result<python::Interpreter> makeEnvironment(
    const EnvironmentRequest &request, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
