// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lock/lock.h"

namespace sconce::lock {

/// One side of a change.
struct ChangeSide {
    std::optional<versions::Version> version;
    Source source;
    /// "cpu", "cu128", "rocm6.4", "xpu": which build it is, for packages that exist in several; else empty.
    QString backend;
    /// Where the package is needed, leaving out what holds wherever the lock applies; always: on all
    /// platforms.
    markers::Marker scope;
};

/// A file that only one side has, or that differs.
struct FileChange {
    enum class Kind {
        Added,
        Removed,
        /// Another hash under the same name.
        Hash,
        /// Another server, and no hash to show that it is the same file.
        Unverified,
        /// Another server; the hash is the same, or the server is known for the same contents.
        Host,
        /// Size, time, spelling of the URL; a hash that was added.
        Details,
    };
    Kind kind = Kind::Details;
    QString name;
    std::optional<File> before;
    std::optional<File> after;
};

/// What happened to a package. One that is locked in several versions can have several changes.
struct Change {
    /// The gravest first; a change is of the first kind that fits.
    enum class Kind {
        /// The same version with other contents: somebody replaced a published file.
        HashChanged,
        Down,
        BackendSwitch,
        SourceMoved,
        Removed,
        Added,
        Up,
        /// Needed on other platforms, Python versions or with other extras than before.
        ScopeChanged,
        /// Files added or removed, other sizes or times, other edges, other declared requirements.
        MetadataOnly,
        /// The same files from a sibling server.
        HostNoise,
    };
    Kind kind = Kind::MetadataOnly;
    names::PackageName name;
    std::optional<ChangeSide> before;
    std::optional<ChangeSide> after;
    /// Only for the same version from the same source.
    std::vector<FileChange> files;
    std::vector<names::PackageName> dependenciesAdded;
    std::vector<names::PackageName> dependenciesRemoved;
    bool isScopeChanged = false;
    bool isDeclaredMetadataChanged = false;

    /// Whether the version falls, also in a change of another kind (a switch to a backend with older builds).
    bool isDowngrade() const { return before && after && after->version < before->version; }
};

/// Something in the head of the file: the lines that only one side has.
struct SettingChange {
    /// "requires-python", "options.exclude-newer", "manifest.constraints"
    QString key;
    QStringList before;
    QStringList after;
};

struct LockDiff {
    /// By name, then version.
    std::vector<Change> changes;
    std::vector<SettingChange> settings;

    bool isEmpty() const { return changes.empty() && settings.empty(); }
    std::size_t count(Change::Kind kind) const;
};

/// What two locks differ in, by meaning: layout, order and spelling of markers do not count. Scopes are
/// compared where both locks apply.
LockDiff diff(const Lock &before, const Lock &after);

} // namespace sconce::lock
