// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QUrl>

#include "markers/marker.h"
#include "names/package_name.h"
#include "versions/specifier.h"

namespace sconce::requirements {

/// One dependency specifier, by name or by direct reference.
/// https://packaging.python.org/en/latest/specifications/dependency-specifiers/
struct Requirement {
    names::PackageName name;
    /// In the order they were written, each once.
    std::vector<names::ExtraName> extras{};
    versions::SpecifierSet specifiers{};
    /// "name @ url"; then there are no specifiers. A relative one ("name @ ./folder") counts from where it
    /// was written.
    std::optional<QUrl> url{};
    markers::Marker marker{};

    /// BadInput with a Place whose column and length count in `text` (line 1).
    static Result<Requirement> parse(QStringView text);
    /// Normal form: name[extra1,extra2]>=1,<2 ; marker
    QString text() const;
    bool operator==(const Requirement &) const = default;
};

} // namespace sconce::requirements
