// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"
#include "lock/lock.h"
#include "plan/plan.h"

namespace sconce::actions {

struct DoctorRequest {
    /// The project is looked for here and above.
    QString folder;
    QString environmentFolder;
};

/// One thing about an environment that is not as it should be, or that a person should know.
struct Finding {
    /// A word for each kind, for scripts and pages: "missing", "changed", "foreign", "other-build", …
    QString id;
    /// With notes alone an environment is healthy.
    enum class Weight { Fault, Note };
    Weight weight = Weight::Fault;
    std::optional<names::PackageName> package{};
    /// Relative to the environment; may be empty.
    QString path{};
    /// How many files it is about; `path` is the first of them, or the folder that holds them.
    std::size_t count = 1;
    QString sentence{};
    /// What would put it right.
    ///   Relink: the package's files from its wheel, in the place of those that are there.
    ///   RemoveLeftover: a .dist-info folder that stands for nothing.
    ///   Renew: the environment's own files for the place where it is now.
    ///   Sync: the package as the lock has it.
    ///   ByHand: what `advice` says; nothing here does it.
    enum class Remedy { Nothing, Relink, RemoveLeftover, Renew, Sync, ByHand };
    Remedy remedy = Remedy::Nothing;
    /// The remedy as an imperative; empty for Nothing.
    QString advice{};
    /// The .dist-info folder it is about, relative to the environment; may be empty.
    QString distInfo{};
};

/// A project's lock, and what it wants in the environment.
struct LockView {
    QString file;
    lock::Lock lock{};
    /// For this computer, with the default groups of which something is installed, and no extras.
    resolve::Resolution wanted{};
    /// What the other default groups bring.
    resolve::Resolution leftOut{};
};

struct DoctorReport {
    DoctorRequest request;
    /// The environment as a whole first, then by package, files of no package last.
    std::vector<Finding> findings;
    /// How many were looked at. None when the environment's Python does not work.
    std::size_t packages = 0;
    std::size_t files = 0;
    /// Nothing where there is no lock, or none that can be read, or it is another environment's.
    std::optional<LockView> lock;
    /// Nothing when it does not work.
    std::optional<python::Interpreter> interpreter;
    std::vector<environment::Installed> installed;
    /// Where the environment was when its own files were written; empty when that is where it is.
    QString formerPlace;

    bool isHealthy() const;
};

/// Compares an environment with the RECORD of each package, byte by byte, and with the project's lock.
/// Finishes what a crash left half done first; apart from that it only reads. What no extra and no group is
/// known to ask for counts as wanted when the lock has it. NotFound, BadInput when the folder is no
/// environment.
Result<DoctorReport> examine(const DoctorRequest &request, const Tools &tools, const JobContext &context);

/// What a repair would do.
struct RepairPlan {
    /// The environment's own files are written anew with this Python first, and the rest is found out then.
    std::optional<python::Interpreter> renewWith;
    plan::Plan plan;
    /// What cannot be put right, a sentence each with the reason.
    QStringList leftOut;
};
/// Files come from where the lock says, else from the address that the package was installed from, else from
/// the cache, whose copies are compared byte by byte. Reads only.
Result<RepairPlan> planRepair(const DoctorReport &report, const Tools &tools, const JobContext &context);

struct Repair {
    /// What was done.
    bool isRenewed = false;
    plan::Plan plan;
    QStringList leftOut;
    /// The environment afterwards.
    DoctorReport after;
};
/// Carries planRepair() out: all packages that are wrong, or none. Others are not touched, and nothing is
/// written outside of the environment and the cache.
Result<Repair> repair(const DoctorReport &report, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
