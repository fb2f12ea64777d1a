// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "requirements/requirement.h"

namespace sconce::metadata {

/// The fields of METADATA or PKG-INFO that resolving and showing need.
/// https://packaging.python.org/en/latest/specifications/core-metadata/
struct CoreMetadata {
    QString metadataVersion{};
    names::PackageName name;
    versions::Version version{};
    std::vector<requirements::Requirement> requiresDist{};
    std::optional<versions::SpecifierSet> requiresPython{};
    std::vector<names::ExtraName> providesExtras{};
    /// Names of fields that a build may change, lower case.
    QStringList dynamic{};
    QString summary{};
    QString licence{};

    /// Lenient where the reference is: slips in Requires-Dist and Requires-Python are mended (lenient.h),
    /// extras with impossible names left out, fields that say UNKNOWN ignored. BadInput with line and column
    /// for a missing, repeated or bad Name or Version, a Metadata-Version of 3 or more, a requirement beyond
    /// repair, and more than 16 MiB of fields.
    static Result<CoreMetadata> parse(const QByteArray &bytes);
    /// What parse() reads as the same, in normal form; without summary and licence.
    QByteArray bytes() const;
};

} // namespace sconce::metadata
