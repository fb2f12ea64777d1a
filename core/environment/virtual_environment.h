// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "metadata/core_metadata.h"
#include "metadata/record.h"
#include "python/interpreter.h"

namespace sconce::environment {

/// A package as its dist-info says it is installed.
struct Installed {
    names::PackageName name;
    versions::Version version;
    /// Absolute path of the .dist-info folder.
    QString distInfo;
    std::optional<metadata::DirectUrl> directUrl;
    QString installer;
    /// Of the files without which nobody can tell what is installed (RECORD, METADATA), one that is not
    /// there; usually none.
    QString missingFile{};
};

struct MakeOptions {
    /// Shown by shells, kept in pyvenv.cfg; empty: shells show the folder's name.
    QString prompt;
    bool seedPackages = false; // pip cannot be fetched here: refused with a sentence
    /// What to do when something is there already. An empty folder is always taken; a file, a link to nothing
    /// and a folder that is no environment are never replaced.
    ///   Refuse: anything else is an error.
    ///   Clear: an environment is replaced by the new one in one step.
    ///   Keep: the new files are put among the others.
    enum class Existing { Refuse, Clear, Keep };
    Existing existing = Existing::Refuse;
};

/// Makes `folder` a virtual environment like uv's: pyvenv.cfg, bin/, activation scripts, .gitignore,
/// CACHEDIR.TAG. Built beside and renamed: never half made. BadInput for a path or prompt that PATH, scripts
/// or pyvenv.cfg cannot hold.
Result<> make(const QString &folder, const python::Interpreter &base, const MakeOptions &options,
    const JobContext &context);

/// Whether a path relative to an environment is one of those that make() fills, in any case of letters: an
/// interpreter, a script for shells, pyvenv.cfg. No package may replace or remove it (reliability.md A68,
/// A70).
bool isOwnFile(const QString &path);

/// Whether the folder has a pyvenv.cfg.
bool isEnvironment(const QString &folder);
/// pyvenv.cfg's keys in lower case; lines without "=" mean nothing, as for Python. NotFound when there is
/// none.
Result<QHash<QString, QString>> readConfig(const QString &folder);

/// All distributions in site-packages, by name; broken ones are skipped with a warning in the context's log.
Result<std::vector<Installed>> installedIn(const python::Interpreter &interpreter, const JobContext &context);
/// METADATA of an installed distribution.
Result<metadata::CoreMetadata> metadataOf(const Installed &installed);

} // namespace sconce::environment
