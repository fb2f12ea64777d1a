// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>

#include "metadata/index_page.h"
#include "project/project.h"
#include "resolve/cut_off.h"
#include "torch/backends.h"

namespace sconce::resolve {

/// resolver.md § 3.3.
enum class IndexStrategy { FirstIndex, UnsafeFirstMatch, UnsafeBestMatch };
enum class Order { Highest, Lowest, LowestDirect };
/// resolver.md § 8.2.
enum class PreReleases { IfNecessary, Allow, Disallow, Explicit };

/// The rules by which versions are found and chosen, apart from what is wanted and for whom.
struct Policy {
    std::vector<requirements::Requirement> constraints;
    std::vector<requirements::Requirement> overrides;
    std::vector<names::PackageName> excludes;
    /// For what one package needs, in place of the general ones or besides them (§ 2.5).
    std::vector<project::Scoped<requirements::Requirement>> scopedOverrides;
    std::vector<project::Scoped<names::PackageName>> scopedExcludes;
    /// In place of what the files of a package say; see StatedSupply.
    std::vector<project::StaticMetadata> staticMetadata;
    /// In order of precedence; the default index last (§ 3.1).
    std::vector<metadata::IndexLocation> indexes;
    /// Their files join what every index has of packages that are not pinned (§ 3.3).
    std::vector<metadata::IndexLocation> findLinks;
    IndexStrategy strategy = IndexStrategy::FirstIndex;
    Order order = Order::Highest;
    PreReleases preReleases = PreReleases::IfNecessary;
    /// In place of `preReleases` for single packages.
    std::map<names::PackageName, PreReleases> packagePreReleases;
    /// § 4.3.
    CutOffs excludeNewer;
    /// Versions without a wheel cannot be used: of no package, or of these.
    bool noBuild = true;
    std::set<names::PackageName> noBuildPackages;
    /// Wheels of these cannot be used (of no package: `noBinary`).
    std::set<names::PackageName> noBinaryPackages;
    bool noBinary = false;
    /// torch-backends.md § 5; empty: no torch handling. With `systemRule` (§ 6) for mode auto on CUDA.
    std::vector<const torch::Backend *> torchBackends;
    bool systemRule = false;
    /// The base address that backend names are put behind; tests and mirrors replace it.
    std::optional<QUrl> torchMirror;

    /// The index of that address(); one that nobody configured has nothing but its address.
    metadata::IndexLocation location(const QString &address) const;
};

} // namespace sconce::resolve
