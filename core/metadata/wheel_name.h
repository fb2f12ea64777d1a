// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <unordered_map>

#include "base/text.h"
#include "names/package_name.h"
#include "tags/tags.h"
#include "versions/version.h"

namespace sconce::metadata {

/// A wheel's file name, taken apart. Dashes separate, so names inside use underscores.
/// https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-format
struct WheelName {
    /// "1", "2a", "10b": number first, then text.
    struct Build {
        quint64 number = 0;
        QString text;
        auto operator<=>(const Build &other) const = default;
    };
    names::PackageName name;
    versions::Version version;
    std::optional<Build> build;
    tags::WheelTags tags;

    static Result<WheelName> parse(QStringView fileName);
    bool operator==(const WheelName &) const = default;
};

/// WheelName::parse() for many names: what they have in common is read once, and shared.
class WheelNameReader {
public:
    Result<WheelName> read(QStringView fileName);

private:
    template <class Value>
    using Known = std::unordered_map<QString, Value, TextHash, std::equal_to<>>;

    Known<names::PackageName> m_names;
    Known<versions::Version> m_versions;
};

/// name-version.tar.gz (PEP 625) or .zip.
struct SdistName {
    names::PackageName name;
    versions::Version version;
    /// False for the formats from before PEP 625 (.tar.bz2, .tgz …), which are recognised and not used.
    bool isUsable = true;
    /// `expected` tells where the name ends and the version begins: both may have dashes.
    static Result<SdistName> parse(QStringView fileName, const names::PackageName &expected);
    bool operator==(const SdistName &) const = default;
};

} // namespace sconce::metadata
