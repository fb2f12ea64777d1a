// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lock/select.h"
#include "plan/plan.h"

namespace sconce::plan {

/// What a selection wants in an environment, with the files that the lock names. `folder`: where the lock
/// lies. Folders with sources are not in it: they would have to be built.
resolve::Resolution wantedFrom(
    const lock::Lock &lock, const lock::Selection &selection, const QString &folder);

/// A folder with sources that somebody needs, or that is asked for itself.
struct SourceFolder {
    names::PackageName name;
    /// Absolute.
    QString folder;
    Editable editable = Editable::Yes;
    bool isProject = false;
};
/// Those of a selection that are to be installed: not the virtual ones.
std::vector<SourceFolder> foldersOf(
    const lock::Lock &lock, const lock::Selection &selection, const QString &folder);

/// What a person should know of a selection: folders with sources that somebody needs and that are left out.
std::vector<Warning> warningsFor(const lock::Lock &lock, const lock::Selection &selection);

} // namespace sconce::plan
