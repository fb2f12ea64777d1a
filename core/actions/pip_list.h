// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"
#include "environment/virtual_environment.h"

namespace sconce::actions {

/// What is installed where: `python` as in findEnvironment(), except that installations outside of an
/// environment may be looked at as well.
struct PackageList {
    python::Interpreter interpreter;
    std::vector<environment::Installed> packages;
};
Result<PackageList> pipList(
    const QString &python, const QString &folder, const Tools &tools, const JobContext &context);

/// What does not fit together, a sentence each: missing packages, other versions than needed, another Python,
/// one package twice, metadata that cannot be read.
struct PackageCheck {
    std::size_t packages = 0;
    QStringList problems;
};
Result<PackageCheck> pipCheck(
    const QString &python, const QString &folder, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
