// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "requirements/requirements_file.h"

namespace sconce::project {

/// A requirement and where it stands in the file.
struct Declared {
    requirements::Requirement requirement;
    Place place;
};

/// [[tool.uv.index]]
struct Index {
    QString name;
    QUrl url;
    bool isDefault = false;
    bool isExplicit = false;
    bool isFlat = false;
    std::optional<std::vector<int>> ignoreErrorCodes;
    QString authenticate;
    std::optional<QString> excludeNewer; // "false" switches off
    Place place;
};

/// One entry of tool.uv.sources.<name>
struct Source {
    enum class Kind { Index, Url, Path, Workspace, Git };
    Kind kind = Kind::Index;
    QString index;
    QUrl url;
    QString path;
    bool isEditable = false;
    std::optional<bool> isPackage;
    markers::Marker marker;
    std::optional<names::ExtraName> extra;
    std::optional<names::GroupName> group;
    Place place;
};

struct ConflictItem {
    std::optional<names::PackageName> package;
    std::optional<names::ExtraName> extra;
    std::optional<names::GroupName> group;
    bool operator==(const ConflictItem &) const = default;
};

struct GroupEntry {
    std::optional<Declared> requirement;
    std::optional<names::GroupName> includeGroup;
    Place place;
};

/// [tool.uv] as far as it is understood; the rest is named in Project::notes.
struct UvSettings {
    std::vector<Index> indexes;
    std::map<names::PackageName, std::vector<Source>> sources;
    std::vector<std::vector<ConflictItem>> conflicts;
    std::vector<markers::Marker> environments;
    std::vector<markers::Marker> requiredEnvironments;
    std::vector<Declared> constraints;
    std::vector<Declared> overrides;
    std::vector<names::PackageName> excludes;
    /// In effect: as written, all of them for "all", and the group dev where nothing is said.
    std::vector<names::GroupName> defaultGroups;
    /// tool.uv.dependency-groups.<group>.requires-python
    std::map<names::GroupName, versions::SpecifierSet> groupPython;
    /// The older way to name indexes: index-url, extra-index-url, no-index.
    std::optional<QUrl> indexUrl;
    std::vector<QUrl> extraIndexUrls;
    bool noIndex = false;
    QString resolution;
    QString prerelease;
    QString indexStrategy;
    QString forkStrategy;
    QString torchBackend;
    QString pipTorchBackend;
    std::optional<QString> excludeNewer;
    bool noBuild = false;
    std::vector<names::PackageName> noBuildPackages;
    std::vector<names::PackageName> noBinaryPackages;
    std::optional<bool> isPackage;
};

/// A project folder as read. Reading writes nothing.
struct Project {
    QString folder;
    /// pyproject.toml, requirements.txt or requirements.in.
    QString file;
    std::optional<names::PackageName> name;
    std::optional<versions::Version> version;
    std::optional<versions::SpecifierSet> requiresPython;
    std::vector<Declared> dependencies;
    std::map<names::ExtraName, std::vector<Declared>> extras;
    /// With the older tool.uv.dev-dependencies at the end of the group dev.
    std::map<names::GroupName, std::vector<GroupEntry>> groups;
    QStringList dynamicFields;
    bool hasBuildSystem = false;
    UvSettings uv;
    /// Set when the project is a requirements file.
    std::optional<requirements::RequirementsFile> requirementsFile;
    /// Odd but not wrong: unknown keys, ignored settings; each with its place.
    struct Note {
        QString sentence;
        Place place;
    };
    std::vector<Note> notes;
};

/// `path`: a folder (pyproject.toml first, then requirements.txt, requirements.in) or one of those files.
/// Errors have a Place.
Result<Project> open(const QString &path);
/// The requirements of a group with its include-groups expanded; cycles and unknown groups are errors.
Result<std::vector<Declared>> groupRequirements(const Project &project, const names::GroupName &group);
/// From `folder` upwards, the first that holds a pyproject.toml.
std::optional<QString> findRoot(const QString &folder);

} // namespace sconce::project
