// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "resolve/conflict.h"
#include "resolve/policy.h"
#include "resolve/supply.h"

namespace sconce::resolve {

enum class Dependencies { Follow, Ignore };

/// A wish and where it stands: "-r requirements.in", "[project] dependencies".
struct Wish {
    requirements::Requirement requirement;
    QString origin;
    /// Pinned to this index (tool.uv.sources).
    std::optional<metadata::IndexLocation> index;
    /// Requirement by local wheel or URL: the file's metadata is asked from Supply through this file.
    std::optional<metadata::IndexFile> file;
};

/// Resolution for one interpreter (resolver.md § 1, "specific").
struct SpecificRequest : Policy {
    std::vector<Wish> wishes;
    Dependencies dependencies = Dependencies::Follow;
    markers::Environment environment;
    versions::Version python;
    tags::CompatibleTags tags;
    /// Versions to prefer when they fit, by package: an existing output file, the installed ones. They have
    /// to be on an index.
    std::multimap<names::PackageName, versions::Version> preferences;
};

struct ResolvedPackage {
    names::PackageName name;
    versions::Version version;
    /// By name.
    std::vector<names::ExtraName> extras;
    /// Without an address for a file that was asked for by its own.
    metadata::IndexLocation index;
    /// The file that will be installed.
    metadata::IndexFile file;
    std::shared_ptr<const metadata::CoreMetadata> metadata;
    /// Names it needs in this environment, in order.
    std::vector<names::PackageName> dependencies;
    /// Origins of the wishes for it ("-r requirements.in"), in order; empty for packages only others need.
    QStringList wishedBy;
    /// Packages that need it, in order of their names.
    std::vector<names::PackageName> neededBy;
};

struct Resolution {
    /// By name.
    std::vector<ResolvedPackage> packages;
    /// What the person should know: yanked versions, extras that do not exist.
    QStringList warnings;
};

/// Chooses a version for everything that is wished for or needed, or says why that cannot be. Runs on the
/// calling thread; a stop is noticed between two questions. Errors are those of the supply, and BadInput for
/// wishes that cannot be taken together (two files or two indexes for one package).
Result<std::variant<Resolution, Conflict>> resolveSpecific(
    const SpecificRequest &request, Supply &supply, const JobContext &context);

} // namespace sconce::resolve
