// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include <QDateTime>

#include "metadata/index_page.h"
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
    /// In order of precedence; the default index last (§ 3.1).
    std::vector<metadata::IndexLocation> indexes;
    IndexStrategy strategy = IndexStrategy::FirstIndex;
    Order order = Order::Highest;
    PreReleases preReleases = PreReleases::IfNecessary;
    /// In place of `preReleases` for single packages.
    std::map<names::PackageName, PreReleases> packagePreReleases;
    /// Files from this time on do not exist (§ 4.3).
    std::optional<QDateTime> excludeNewer;
    /// Versions without a wheel cannot be used.
    bool noBuild = true;
    /// torch-backends.md § 5; empty: no torch handling. With `systemRule` (§ 6) for mode auto on CUDA.
    std::vector<const torch::Backend *> torchBackends;
    bool systemRule = false;
    /// The base address that backend names are put behind; tests and mirrors replace it.
    std::optional<QUrl> torchMirror;
};

} // namespace sconce::resolve
