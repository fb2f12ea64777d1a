// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QDateTime>
#include <QUrl>

#include "metadata/core_metadata.h"
#include "metadata/wheel_name.h"

namespace sconce::metadata {

/// A package source as configured (resolver.md § 3).
struct IndexLocation {
    /// Empty where none was given.
    QString name;
    QUrl url;
    bool isDefault = false;
    bool isExplicit = false;
    bool isFlat = false;
    /// A folder that was named by its whole path: locks do the same.
    bool isAbsolutePath = false;
    /// Replaces the host's default list when set.
    std::optional<std::vector<int>> ignoreErrorCodes;

    /// As locks tell it: without a login.
    QString address() const { return url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo); }
    bool operator==(const IndexLocation &) const = default;
};

/// One file of a project as an index lists it.
struct IndexFile {
    QString fileName;
    /// Absolute.
    QUrl url;
    /// As the page has it, before it was made absolute.
    QString urlAsWritten;
    /// Lower-case hex by algorithm; usually sha256 only.
    std::vector<std::pair<QString, QString>> hashes;
    std::optional<qint64> size;
    std::optional<QDateTime> uploadTime;
    std::optional<versions::SpecifierSet> requiresPython;
    std::optional<QString> yanked; // the reason, perhaps empty
    /// PEP 658/714: the metadata is at url + ".metadata".
    bool hasMetadataFile = false;
    QString metadataSha256;
    names::PackageName package;
    versions::Version version;
    /// Nothing for an sdist.
    std::optional<WheelName> wheel;
    QString sha256() const;
};

/// What an index knows of one package; files in order of their names' bytes, unparsable names left out.
struct IndexPage {
    QUrl url;
    std::vector<IndexFile> files;
};

/// How an index answered for one package.
struct PageAnswer {
    enum class Kind { Found, Absent, Refused };
    Kind kind = Kind::Absent;
    int status = 200;
    std::shared_ptr<const IndexPage> page;
};

} // namespace sconce::metadata
