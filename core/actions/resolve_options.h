// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/index_settings.h"
#include "actions/tools.h"
#include "index/index_client.h"
#include "python/interpreter.h"
#include "resolve/specific.h"

namespace sconce::actions {

/// How versions are chosen, as a person says it: words of the command line. Empty: what the project says,
/// else the default.
struct ResolveOptions {
    IndexOptions index;
    QString indexStrategy;
    QString resolution;
    QString prerelease;
    QString excludeNewer;
    QString forkStrategy;
    /// Versions without a wheel cannot be used.
    bool noBuild = false;
    /// A backend's name or "auto".
    QString torchBackend;
    /// "3.12", "3.12.4": for another Python than the interpreter.
    QString pythonVersion;
    /// A name of tags::platformNames(): for another computer.
    QString pythonPlatform;
    bool noDependencies = false;
    /// Pages of indexes are asked for again though they are fresh: all, or those of the packages named.
    bool isRefresh = false;
    QStringList refreshPackages;

    /// UV_INDEX…, UV_INDEX_STRATEGY, UV_RESOLUTION, UV_PRERELEASE, UV_EXCLUDE_NEWER, UV_FORK_STRATEGY,
    /// UV_NO_BUILD, UV_TORCH_BACKEND.
    static ResolveOptions fromVariables(const QHash<QString, QString> &variables);
};

/// A request without wishes: who resolves for which Python, by which rules, from which indexes.
struct PreparedRequest {
    resolve::SpecificRequest request;
    IndexSettings indexes;
    /// torch-backends.md § 7: a backend's name, "auto" or empty. For chooseBackends().
    QString torchBackend;
    tags::Platform platform;
    index::Refresh refresh;
};
/// BadInput for a name that is none.
Result<index::Refresh> refreshOf(const ResolveOptions &options);
/// Everything that a person or project says of the choice of versions, except constraints and overrides.
Result<> setRules(resolve::Policy &policy, const ResolveOptions &options, const project::UvSettings &uv);
/// `project` and `file` may be nothing.
Result<PreparedRequest> prepareRequest(const ResolveOptions &options, const QString &folder,
    const project::Project *project, const requirements::RequirementsFile *file,
    const python::Interpreter &interpreter, const Tools &tools);
/// Gives packages of PyTorch the indexes of the wanted backend. Looks for accelerators when that is "auto".
Result<> chooseBackends(PreparedRequest &prepared, const Tools &tools, const JobContext &context);

torch::TargetSystem targetSystem(const tags::Platform &platform);

} // namespace sconce::actions
