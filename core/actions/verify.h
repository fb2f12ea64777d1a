// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"

namespace sconce::actions {

/// One rung of the ladder import → build → devices → allocate → product.
struct Rung {
    enum class Outcome { Passed, Caveat, Failed, Skipped };
    QString id; // "import", "build", "devices", "allocate", "product"
    Outcome outcome = Outcome::Skipped;
    QString sentence;
    /// What was measured or said: times, versions, the words of an exception.
    QString evidence;
};
struct CheckReport {
    std::vector<Rung> rungs;
    /// "torch sees NVIDIA GeForce RTX 3060 and computes correctly on it".
    QString summary;
    /// The worst of the rungs; what was skipped does not count.
    Rung::Outcome outcome = Rung::Outcome::Skipped;
};
/// Runs the ladder in the environment's interpreter, a process of its own that may take three minutes; a
/// crash or a hang of it is a failed rung. A torch that uses the processor only on a computer whose GPU it
/// could use is a caveat. Without torch every package that is installed is imported instead, a rung for each
/// that fails. NotFound when the folder holds no Python.
Result<CheckReport> verifyEnvironment(const QString &environmentFolder, const hardware::DeviceReport &devices,
    const Tools &tools, const JobContext &context);

} // namespace sconce::actions
