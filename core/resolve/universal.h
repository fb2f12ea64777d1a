// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "base/ids.h"
#include "markers/simplify.h"
#include "resolve/conflict.h"
#include "resolve/fork.h"
#include "resolve/policy.h"
#include "resolve/supply.h"

namespace sconce::resolve {

enum class ForkStrategy {
    RequiresPython, ///< the newest version for each Python, in several forks if need be
    Fewest, ///< one version for all Pythons
};

/// Resolution for every computer that a project is for (resolver.md § 1, "universal"). The rules of the
/// workspace count; those of Policy that a workspace states itself (constraints, overrides, excludes) are
/// left empty.
struct UniversalRequest : Policy {
    project::Workspace workspace;
    /// As the lock shows it, and its outer bounds.
    versions::SpecifierSet requiresPython;
    markers::PythonBounds python;
    ForkStrategy forkStrategy = ForkStrategy::RequiresPython;
    std::vector<markers::Marker> environments;
    std::vector<markers::Marker> requiredEnvironments;
    /// Where the search begins, in the order of the file; none: everything in one.
    std::vector<markers::Marker> initialForks;
    /// Versions to prefer where their fork is; by package.
    struct Preference {
        versions::Version version;
        markers::Marker marker;
        /// Address of the index.
        QString index;
    };
    std::multimap<names::PackageName, Preference> preferences;
    /// Bounds for this run only (--upgrade-package NAME==V).
    std::vector<requirements::Requirement> upgradeConstraints;

    /// What lies at a place that requirements name directly and that is no member: a folder with sources, or
    /// an archive. Every place that can come up is here, those that other places name too (§ 1.3).
    struct Place {
        names::PackageName name;
        versions::Version version;
        bool isDynamic = false;
        std::optional<versions::SpecifierSet> requiresPython;
        std::vector<project::SourcedRequirement> requirements;
        std::vector<names::ExtraName> extras;
        std::map<names::GroupName, std::vector<project::SourcedRequirement>> groups;
        /// Archives: with address or path, hash and size.
        std::shared_ptr<const metadata::IndexFile> file;
    };
    std::map<project::RequirementSource, Place> places;

    versions::Version versionAt(
        const project::RequirementSource &source, const names::PackageName &package) const;
};

/// One version of a package from one place.
struct Distribution {
    names::PackageName name;
    versions::Version version;
    /// Registry: with the address of the index.
    project::RequirementSource source;
    /// Of the version on its index, in the order of their names' bytes; empty for a member. They live as long
    /// as the page.
    std::vector<const metadata::IndexFile *> files;
    std::shared_ptr<const metadata::IndexPage> page;
};

/// What the forks chose and why, with everything that occurs in several forks only once.
struct UniversalResolution {
    using DistributionId = Id<Distribution>;
    /// A distribution, or what one of its extras or groups needs on top.
    struct Node {
        DistributionId distribution;
        std::optional<names::ExtraName> extra;
        std::optional<names::GroupName> group;
        bool operator==(const Node &) const = default;
    };
    using NodeId = Id<Node>;
    /// `from` nothing: the workspace asks for it.
    struct Edge {
        std::optional<NodeId> from;
        NodeId to;
        /// Where it counts, with the conflict items of the fork as extras.
        markers::Marker marker;
    };
    struct Part {
        Fork fork;
        std::vector<NodeId> nodes;
        std::vector<Edge> edges;
    };
    std::vector<Distribution> distributions;
    std::vector<Node> nodes;
    /// In the order in which the forks were completed.
    std::vector<Part> parts;
    /// What the person should know.
    QStringList warnings;
};

/// Chooses versions for all computers and choices of extras at once, or says why that cannot be. As
/// resolveSpecific(), which see. BadInput also for a package that would have to come from two indexes or
/// places at once.
Result<std::variant<UniversalResolution, Conflict>> resolveUniversal(
    const UniversalRequest &request, Supply &supply, const JobContext &context);

} // namespace sconce::resolve
