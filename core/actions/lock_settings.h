// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/resolve_options.h"
#include "resolve/reuse.h"

namespace sconce::actions {

/// What a project and a person ask of a lock, before anything is asked of an index.
struct LockSettings {
    resolve::UniversalRequest request;
    IndexSettings indexes;
    resolve::CheckIndexes checkIndexes = resolve::CheckIndexes::No;
    /// What the person should know of the project: each a sentence.
    QStringList warnings;
};

/// resolver.md § 1.2. `python` is asked only when no member says which Pythons it is for. BadInput, with a
/// place where there is one, for settings that contradict each other.
Result<LockSettings> lockSettings(project::Workspace workspace, const ResolveOptions &options,
    const QString &folder, const std::function<Result<versions::Version>()> &python);

} // namespace sconce::actions
