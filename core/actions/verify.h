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
    QString evidence;
};
struct CheckReport {
    std::vector<Rung> rungs;
    /// "torch sees NVIDIA GeForce RTX 3060", "CPU only on a computer with a GPU" …
    QString summary;
    /// The worst of the rungs.
    Rung::Outcome outcome = Rung::Outcome::Skipped;
};
/// Runs the ladder in the environment's interpreter, a process of its own with a limit. Without torch: imports every package
/// that is installed and says so.
Result<CheckReport> verifyEnvironment(const QString &environmentFolder, const hardware::DeviceReport &devices, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
