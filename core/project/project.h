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
    /// From tool.uv.dev-dependencies, the older name of the group dev.
    bool isLegacy = false;
};

/// [[tool.uv.index]]
struct Index {
    QString name;
    QUrl url;
    bool isDefault = false;
    bool isExplicit = false;
    bool isFlat = false;
    /// See isAbsolutePath().
    bool isAbsolutePath = false;
    std::optional<std::vector<int>> ignoreErrorCodes;
    QString authenticate;
    std::optional<QString> excludeNewer; // "false" switches off
    Place place;
};

/// Whether the text that became the address names a folder with its whole path, which locks keep.
bool isAbsolutePath(const QUrl &url, const QString &written);

/// One entry of tool.uv.sources.<name>
struct Source {
    enum class Kind { Index, Url, Path, Workspace, Git };
    Kind kind = Kind::Index;
    QString index;
    /// With a folder of its archive as fragment: "…#subdirectory=sub".
    QUrl url;
    QString path;
    /// Nothing: not said, which means yes for a member of the workspace and no otherwise.
    std::optional<bool> isEditable;
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

/// Requirements, or names, for the dependencies of one package (of one of its versions) only.
template <class T>
struct Scoped {
    names::PackageName package;
    std::optional<versions::Version> version;
    std::vector<T> dependencies;
};

/// tool.uv.dependency-metadata: what a package says of itself, in place of what its files say.
struct StaticMetadata {
    names::PackageName name;
    std::optional<versions::Version> version;
    std::vector<requirements::Requirement> requiresDist;
    std::optional<versions::SpecifierSet> requiresPython;
    std::vector<names::ExtraName> providesExtras;
};

/// tool.uv.workspace: patterns of folders below the root ("packages/*").
struct WorkspacePatterns {
    QStringList members;
    QStringList exclude;
    Place place;
};

/// tool.uv.default-groups as written.
struct DefaultGroups {
    bool areAll = false;
    std::vector<names::GroupName> groups;
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
    std::vector<Scoped<Declared>> scopedOverrides;
    std::vector<names::PackageName> excludes;
    std::vector<Scoped<names::PackageName>> scopedExcludes;
    std::vector<Declared> buildConstraints;
    std::vector<StaticMetadata> staticMetadata;
    std::optional<WorkspacePatterns> workspace;
    std::optional<DefaultGroups> declaredDefaultGroups;
    /// In effect: as written, all of them for "all", and the group dev where nothing is said.
    std::vector<names::GroupName> defaultGroups;
    /// tool.uv.dependency-groups.<group>.requires-python
    std::map<names::GroupName, versions::SpecifierSet> groupPython;
    /// The older way to name indexes: index-url, extra-index-url, no-index.
    std::optional<QUrl> indexUrl;
    std::vector<QUrl> extraIndexUrls;
    bool noIndex = false;
    /// Folders and pages with files of any package.
    std::vector<Index> findLinks;
    QString resolution;
    QString prerelease;
    QString indexStrategy;
    QString forkStrategy;
    QString torchBackend;
    QString pipTorchBackend;
    std::optional<QString> excludeNewer;
    /// "false" switches off.
    std::map<names::PackageName, QString> excludeNewerPackage;
    std::map<names::PackageName, QString> prereleasePackage;
    bool noBuild = false;
    bool noBinary = false;
    std::vector<names::PackageName> noBuildPackages;
    std::vector<names::PackageName> noBinaryPackages;
    std::optional<bool> isPackage;
    /// Where the value of each key stands.
    std::map<QString, Place> places;
};

/// A project folder as read. Reading writes nothing.
struct Project {
    struct Note {
        QString sentence;
        Place place;
    };
    QString folder;
    /// pyproject.toml, requirements.txt or requirements.in.
    QString file;
    std::optional<names::PackageName> name;
    std::optional<versions::Version> version;
    std::optional<versions::SpecifierSet> requiresPython;
    std::vector<Declared> dependencies;
    std::map<names::ExtraName, std::vector<Declared>> extras;
    /// The same extras in the order of the file.
    std::vector<names::ExtraName> extraOrder;
    /// With the older tool.uv.dev-dependencies at the end of the group dev.
    std::map<names::GroupName, std::vector<GroupEntry>> groups;
    QStringList dynamicFields;
    bool hasBuildSystem = false;
    /// What only a build could tell of the needs of the project, and why; empty: all of it is written down.
    std::vector<Note> leftToBuilds;
    /// tool.sconce.torch-mirror: where the indexes of PyTorch backends lie in place of
    /// download.pytorch.org/whl.
    std::optional<QUrl> torchMirror;
    UvSettings uv;
    /// Set when the project is a requirements file.
    std::optional<requirements::RequirementsFile> requirementsFile;
    /// Odd but not wrong: unknown keys, ignored settings; each with its place.
    std::vector<Note> notes;
};

/// `path`: a folder (pyproject.toml first, then requirements.txt, requirements.in) or one of those files.
/// Errors have a Place.
Result<Project> open(const QString &path);
/// A pyproject.toml whose text is at hand, as if it lay at `file`.
Result<Project> parse(const QString &text, const QString &file);
/// The requirements of a group with its include-groups expanded; cycles and unknown groups are errors.
Result<std::vector<Declared>> groupRequirements(const Project &project, const names::GroupName &group);
/// From `folder` upwards, the first that holds a pyproject.toml.
std::optional<QString> findRoot(const QString &folder);

} // namespace sconce::project
