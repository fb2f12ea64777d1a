// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QByteArray>
#include <QStringList>

#include "markers/marker.h"
#include "versions/specifier.h"

/// uv.lock (lock-format.md): what it holds, how it is read and written.
namespace sconce::lock {

/// The revision that new locks get. Files of any revision are read, and keep theirs.
inline constexpr qint64 CurrentRevision = 5;

/// A marker and its text in the file. Other releases write the same marker differently, so the text of a file
/// that was read stays; only the meaning is compared.
struct LockedMarker {
    markers::Marker marker;
    /// Empty where the marker is left out because it is always true.
    QString text;

    static LockedMarker of(const markers::Marker &marker) { return {marker, marker.text()}; }
    bool operator==(const LockedMarker &other) const { return marker == other.marker; }
};

/// Where a package comes from (§ 7).
struct Source {
    /// In the order in which packages are sorted.
    enum class Kind { Registry, Git, Url, Path, Directory, Editable, Virtual };
    Kind kind = Kind::Registry;
    /// A URL or a path as written; paths use "/" and are relative to the lock's folder unless absolute.
    QString location;
    /// Kind::Url only.
    QString subdirectory;

    /// A folder with sources: it has no files of its own in the lock, and its version may be dynamic.
    bool isTree() const { return kind >= Kind::Directory; }
    /// Its metadata can change without its version changing, so the lock keeps what was declared.
    bool isMutable() const { return kind != Kind::Registry && kind != Kind::Git; }
    /// A folder of wheels instead of a server.
    bool isFolderRegistry() const
    {
        return kind == Kind::Registry && !location.contains(QLatin1String("://"));
    }
    /// "registry", "git", …: the key in the file.
    QLatin1String key() const;
    bool operator==(const Source &) const = default;
};

/// A wheel or source distribution of a package (§ 8). Texts are empty where the file has none.
struct File {
    QString url;
    /// Of a registry that is a folder: relative to that folder.
    QString path;
    QString filename;
    /// "sha256:…"
    QString hash;
    std::optional<qint64> size;
    /// "2026-10-31T15:10:16Z"
    QString uploadTime;
    struct Zstd {
        QString hash;
        std::optional<qint64> size;
        bool operator==(const Zstd &) const = default;
    };
    std::optional<Zstd> zstd;

    /// The file's name, from whichever of the fields has it, as it is written there.
    QStringView writtenName() const;
    /// With percent-encoding undone.
    QString name() const;
    bool operator==(const File &) const = default;
};

/// From one package to another (§ 9).
struct Dependency {
    /// Index in Lock::packages.
    std::size_t target = 0;
    std::vector<names::ExtraName> extras;
    /// As written: what must hold besides that the parent is needed and that one of the lock's forks applies.
    LockedMarker marker;
    bool operator==(const Dependency &) const = default;
};

/// An extra, a group, or the project as a whole when neither is set (§ 3.2).
struct ConflictItem {
    names::PackageName package;
    std::optional<names::ExtraName> extra;
    std::optional<names::GroupName> group;
    bool operator==(const ConflictItem &) const = default;

    /// The extra that stands for the item in markers: extra-4-demo-cpu (§ 13.3).
    names::ExtraName markerName() const;
};

/// A requirement as declared (§ 11).
struct LockedRequirement {
    names::PackageName name;
    std::vector<names::ExtraName> extras;
    std::vector<names::GroupName> groups;
    LockedMarker marker;
    versions::SpecifierSet specifiers;
    /// URL of the index that is assigned to it; empty: none.
    QString index;
    /// The extra or group for which the index is assigned.
    std::optional<ConflictItem> conflict;
    /// Nothing: from an index.
    std::optional<Source> source;
    bool operator==(const LockedRequirement &) const = default;
};

/// Requirements that change those of other packages; with a scope only those of that package.
struct Scope {
    names::PackageName package;
    std::optional<versions::Version> version;
    bool operator==(const Scope &) const = default;
};
struct Override {
    std::optional<Scope> scope;
    /// One when there is no scope.
    std::vector<LockedRequirement> requirements;
    bool operator==(const Override &) const = default;
};
struct Exclude {
    std::optional<Scope> scope;
    /// One when there is no scope.
    std::vector<names::PackageName> names;
    bool operator==(const Exclude &) const = default;
};

/// A limit on the age of files: a time, a span before now, or none for this package.
struct Cutoff {
    /// RFC 3339 in UTC.
    QString time;
    /// ISO 8601 duration ("P7D"); then the time means nothing.
    QString span;
    bool operator==(const Cutoff &) const = default;
};

/// Settings that are not the default (§ 4); empty: default.
struct Options {
    /// "lowest", "lowest-direct"
    QString resolutionMode;
    /// "disallow", "allow", "explicit"
    QString prereleaseMode;
    /// "fewest"
    QString forkStrategy;
    std::optional<Cutoff> excludeNewer;
    std::vector<std::pair<names::PackageName, QString>> prereleasePackages;
    /// No value: no cutoff for the package.
    std::vector<std::pair<names::PackageName, std::optional<Cutoff>>> excludeNewerPackages;
    bool operator==(const Options &) const = default;
};

/// Metadata that the project states for a package (tool.uv.dependency-metadata).
struct StatedMetadata {
    names::PackageName name;
    QString version;
    QStringList requiresDist;
    QString requiresPython;
    QStringList providesExtras;
    bool operator==(const StatedMetadata &) const = default;
};

/// Inputs that no package block shows (§ 5).
struct Manifest {
    std::vector<names::PackageName> members;
    std::vector<LockedRequirement> requirements;
    std::vector<LockedRequirement> constraints;
    std::vector<Override> overrides;
    std::vector<Exclude> excludes;
    std::vector<LockedRequirement> buildConstraints;
    std::map<names::GroupName, std::vector<LockedRequirement>> dependencyGroups;
    std::vector<StatedMetadata> dependencyMetadata;
    bool operator==(const Manifest &) const = default;
};

/// What a package of a mutable source declared when it was locked (§ 10).
struct DeclaredMetadata {
    std::vector<LockedRequirement> requiresDist;
    std::vector<names::ExtraName> providesExtras;
    std::map<names::GroupName, std::vector<LockedRequirement>> requiresDev;
    bool isEmpty() const { return requiresDist.empty() && providesExtras.empty() && requiresDev.empty(); }
    bool operator==(const DeclaredMetadata &) const = default;
};

struct DefaultGroups {
    bool isAll = false;
    std::vector<names::GroupName> groups;
    bool operator==(const DefaultGroups &) const = default;
};

/// One [[package]] (§ 6).
struct Package {
    names::PackageName name;
    /// Nothing: dynamic, or none declared.
    std::optional<versions::Version> version;
    Source source;
    std::optional<DefaultGroups> defaultGroups;
    /// The forks that it is part of; empty when it is the only one of its name.
    std::vector<LockedMarker> resolutionMarkers;
    std::vector<Dependency> dependencies;
    std::optional<File> sdist;
    std::vector<File> wheels;
    std::map<names::ExtraName, std::vector<Dependency>> optionalDependencies;
    std::map<names::GroupName, std::vector<Dependency>> groupDependencies;
    std::map<names::GroupName, QString> groupRequiresPython;
    DeclaredMetadata metadata;
    bool operator==(const Package &) const = default;
};

struct Lock {
    qint64 revision = CurrentRevision;
    versions::SpecifierSet requiresPython;
    /// Of the forks, in the order in which they were solved.
    std::vector<LockedMarker> resolutionMarkers;
    /// tool.uv.environments: an empty list is written too, nothing is not.
    std::optional<std::vector<LockedMarker>> supportedMarkers;
    std::optional<std::vector<LockedMarker>> requiredMarkers;
    std::vector<std::vector<ConflictItem>> conflicts;
    Options options;
    Manifest manifest;
    /// In the order of the file.
    std::vector<Package> packages;
    /// Equal in every value, markers by meaning (§ 16.4). The revision does not count.
    bool operator==(const Lock &other) const;

    /// Indexes of the packages of that name.
    std::vector<std::size_t> named(const names::PackageName &name) const;
    /// Where walks begin: the members of the workspace, and what the manifest requires.
    std::vector<std::size_t> roots() const;
};

/// All edges of a package: its own, its extras', its groups'.
std::vector<const Dependency *> allDependencies(const Package &package);

} // namespace sconce::lock
