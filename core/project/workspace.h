// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "project/project.h"

namespace sconce::project {

/// An extra, a group or a whole project that cannot be installed together with others of its conflict set
/// (resolver.md § 10). Ordered as lock files order them.
struct Item {
    enum class Kind { Extra, Group, Project };
    names::PackageName package;
    Kind kind = Kind::Project;
    /// Of the extra or group.
    QString name;

    /// The name under which markers speak of the item: "extra-4-demo-cpu".
    names::ExtraName asExtra() const;
    auto operator<=>(const Item &) const = default;
    bool operator==(const Item &) const = default;
};
/// Sorted, two or more.
using ConflictSet = std::vector<Item>;

/// Where a requirement is to come from, as lock files tell it (lock-format.md § 7, § 11).
struct RequirementSource {
    enum class Kind { Registry, Git, Url, Path, Directory, Editable, Virtual };
    Kind kind = Kind::Registry;
    /// Registry: address of the pinned index, empty without a pin. Otherwise the address, or the path
    /// relative to the workspace root ("." for the root itself).
    QString location;
    /// The extra or group to which the pin is limited.
    std::optional<Item> conflict;
    auto operator<=>(const RequirementSource &) const = default;
    bool operator==(const RequirementSource &) const = default;
};

/// A requirement with its source applied and, for optional dependencies, its extra in the marker.
struct SourcedRequirement {
    names::PackageName name;
    std::vector<names::ExtraName> extras;
    /// Only members are asked for with groups.
    std::vector<names::GroupName> groups;
    markers::Marker marker;
    versions::SpecifierSet specifiers;
    RequirementSource source;
    bool operator==(const SourcedRequirement &) const = default;
};

/// A project of the workspace. `path` is relative to the root: ".", "packages/core".
struct Member {
    QString path;
    Project project;
    names::PackageName name;
    /// False for a virtual member, which is never installed itself.
    bool isPackage = false;
    /// No version is written down.
    bool isDynamic = false;
    std::vector<SourcedRequirement> requirements;
    /// Includes expanded; every group, also the empty ones.
    std::map<names::GroupName, std::vector<SourcedRequirement>> groups;

    versions::Version version() const { return project.version.value_or(versions::Version()); }
    RequirementSource source() const
    {
        return {isPackage ? RequirementSource::Kind::Editable : RequirementSource::Kind::Virtual, path,
            std::nullopt};
    }
};

/// A package that must come from one index wherever the marker holds and the item is included (resolver.md
/// § 3.4).
struct Pin {
    names::PackageName name;
    markers::Marker marker;
    std::optional<Item> item;
    QString index;
};

/// The root project with all members, everything read that a lock depends on (resolver.md § 1.1, § 2).
struct Workspace {
    Project root;
    std::map<names::PackageName, Member> members;
    /// Groups of a root without [project].
    std::map<names::GroupName, std::vector<SourcedRequirement>> rootGroups;
    /// Declared sets, then those that follow through include-group (lock-format.md § 3.2).
    std::vector<ConflictSet> conflicts;
    std::vector<Pin> pins;
    std::vector<SourcedRequirement> constraints;
    std::vector<SourcedRequirement> overrides;
    std::vector<SourcedRequirement> buildConstraints;

    bool hasRootProject() const { return root.name.has_value(); }
};

/// Reads one pyproject.toml; project::open outside of tests.
using OpenProject = std::function<Result<Project>(const QString &path)>;

/// Reads the workspace whose root is `root`: members found by tool.uv.workspace, sources applied. Errors have
/// a Place.
Result<Workspace> openWorkspace(Project root, const OpenProject &open = project::open);

/// The same for the workspace that a folder is in: the nearest project upwards, or above it the root that has
/// it as a member. NotFound where there is no pyproject.toml.
Result<Workspace> openWorkspaceAround(const QString &folder, const OpenProject &open = project::open);

} // namespace sconce::project
