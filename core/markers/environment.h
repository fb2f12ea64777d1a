// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "versions/version.h"

namespace sconce::markers {

/// The values of the marker variables on one machine with one interpreter (PEP 508, "Environment Markers").
struct Environment {
    QString implementationName; // cpython
    QString implementationVersion; // 3.12.1
    QString osName; // posix
    QString platformMachine; // x86_64
    QString platformPythonImplementation; // CPython
    QString platformRelease;
    QString platformSystem; // Linux
    QString platformVersion;
    QString pythonFullVersion; // 3.12.1
    QString pythonVersion; // 3.12
    QString sysPlatform; // linux
    bool operator==(const Environment &) const = default;
};

} // namespace sconce::markers
