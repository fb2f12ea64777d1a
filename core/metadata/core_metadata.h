// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "requirements/requirement.h"

namespace sconce::metadata {

/// The fields of METADATA or PKG-INFO that resolving and showing need.
/// https://packaging.python.org/en/latest/specifications/core-metadata/
struct CoreMetadata {
    QString metadataVersion;
    names::PackageName name;
    versions::Version version;
    std::vector<requirements::Requirement> requiresDist;
    std::optional<versions::SpecifierSet> requiresPython;
    std::vector<names::ExtraName> providesExtras;
    QStringList dynamic;
    QString summary;
    QString licence;

    /// Lenient where the reference is (repairs of common slips in Requires-Dist), strict on Name and Version.
    static Result<CoreMetadata> parse(const QByteArray &bytes);
};

} // namespace sconce::metadata
