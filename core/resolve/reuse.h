// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lock/lock.h"
#include "resolve/universal.h"

/// What an earlier lock is still good for (lock-format.md § 16, § 17).
namespace sconce::resolve {

/// What the person wants newer, however well the lock fits.
struct Upgrade {
    bool isForAll = false;
    /// --upgrade-package NAME or NAME==V
    std::vector<requirements::Requirement> packages;
    /// --refresh: nothing has to be newer, but the indexes are to be looked into.
    bool isAskedAgain = false;
};

struct Reuse {
    enum class Kind {
        Nothing, ///< everything is chosen anew
        Versions, ///< its versions are preferred
        VersionsAndForks, ///< the same, and the search begins with its forks
        Everything, ///< it still says what a new lock would say
    };
    Kind kind = Kind::Everything;
    /// What differs, as a sentence; empty for Everything.
    QString reason;
};

/// § 16.1 and § 16.2. `checkIndexes`: whether the person configured any index, so that packages may not come
/// from others.
enum class CheckIndexes { No, Yes };
Reuse reuseOf(const lock::Lock &old, const UniversalRequest &request, const Upgrade &upgrade,
    CheckIndexes checkIndexes);

/// Fills the preferences and initial forks of the request as far as the lock may be used.
void takeOver(const lock::Lock &old, Reuse::Kind kind, const Upgrade &upgrade, UniversalRequest &request);

/// § 16.3: whether both lists ask for the same, however they are written: for each package and place the same
/// versions, extras and groups on every computer.
bool askForTheSame(const std::vector<lock::LockedRequirement> &left,
    const std::vector<lock::LockedRequirement> &right, const markers::PythonBounds &python);

} // namespace sconce::resolve
