// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <variant>

#include <QDateTime>

#include "resolve/conflict.h"
#include "resolve/supply.h"
#include "torch/backends.h"

namespace sconce::resolve {

enum class IndexStrategy { FirstIndex, UnsafeFirstMatch, UnsafeBestMatch };
enum class Order { Highest, Lowest, LowestDirect };
enum class PreReleases { IfNecessary, Allow, Disallow, Explicit };
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
struct SpecificRequest {
    std::vector<Wish> wishes;
    std::vector<requirements::Requirement> constraints;
    std::vector<requirements::Requirement> overrides;
    std::vector<names::PackageName> excludes;
    /// In order of precedence; the default index last (§ 3.1).
    std::vector<metadata::IndexLocation> indexes;
    IndexStrategy strategy = IndexStrategy::FirstIndex;
    Order order = Order::Highest;
    PreReleases preReleases = PreReleases::IfNecessary;
    Dependencies dependencies = Dependencies::Follow;
    std::optional<QDateTime> excludeNewer;
    bool noBuild = true;
    markers::Environment environment;
    versions::Version python;
    tags::CompatibleTags tags;
    /// torch-backends.md § 5; empty: no torch handling. With `systemRule` (§ 6) for mode auto on CUDA.
    std::vector<const torch::Backend *> torchBackends;
    bool systemRule = false;
    /// Versions to prefer when they fit, by package: an existing output file, the installed ones.
    std::multimap<names::PackageName, versions::Version> preferences;
    /// The base address that backend names are put behind; tests and mirrors replace it.
    std::optional<QUrl> torchMirror;
};

struct ResolvedPackage {
    names::PackageName name;
    versions::Version version;
    std::vector<names::ExtraName> extras;
    metadata::IndexLocation index;
    /// The file that will be installed.
    metadata::IndexFile file;
    std::shared_ptr<const metadata::CoreMetadata> metadata;
    /// Names it needs in this environment.
    std::vector<names::PackageName> dependencies;
    /// Origins of the wishes for it ("-r requirements.in"); empty for packages only others need.
    QStringList wishedBy;
    /// Packages that need it.
    std::vector<names::PackageName> neededBy;
};

/// By name.
struct Resolution {
    std::vector<ResolvedPackage> packages;
};

Result<std::variant<Resolution, Conflict>> resolveSpecific(const SpecificRequest &request, Supply &supply, const JobContext &context);

} // namespace sconce::resolve
