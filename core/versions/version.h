// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <vector>

#include <QString>

#include "base/result.h"

namespace sconce::versions {

/// https://packaging.python.org/en/latest/specifications/version-specifiers/
class Version {
public:
    struct PreRelease {
        enum class Kind { Alpha, Beta, Candidate };
        Kind kind;
        quint64 number;
        auto operator<=>(const PreRelease &) const = default;
    };
    /// A part of a local label: a number, or lower-case text (which sorts below every number).
    struct LocalPart {
        std::optional<quint64> number;
        QString text;
        bool operator==(const LocalPart &) const = default;
    };

    static Result<Version> parse(QStringView text);
    /// For code that knows its version, not for input.
    static Version of(std::initializer_list<quint64> release);

    quint64 epoch() const;
    const std::vector<quint64> &release() const;
    const std::optional<PreRelease> &pre() const;
    const std::optional<quint64> &post() const;
    const std::optional<quint64> &dev() const;
    const std::vector<LocalPart> &local() const;

    /// A pre-release or a development release.
    bool isPreRelease() const { return pre().has_value() || dev().has_value(); }
    bool hasLocal() const { return !local().empty(); }
    Version withoutLocal() const;
    /// The release segment alone: no epoch, pre, post, dev, local.
    Version releaseOnly() const;

    /// Normal form; trailing zeros of the release stay as written.
    QString text() const;

    /// PEP 440 order. Trailing zeros do not count: 1.0 and 1.0.0 are the same version.
    friend std::strong_ordering operator<=>(const Version &left, const Version &right);
    friend bool operator==(const Version &left, const Version &right) { return (left <=> right) == 0; }
    std::size_t hash() const;
private:
    std::size_t placeholder = 0;
};

} // namespace sconce::versions

template <>
struct std::hash<sconce::versions::Version> {
    std::size_t operator()(const sconce::versions::Version &version) const noexcept { return version.hash(); }
};
