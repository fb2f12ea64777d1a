// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "versions/specifier.h"

namespace sconce::versions {

/// A range of Python versions as `requires-python` means it: only release numbers count, so 3.13.0b1 is 3.13
/// and
/// "<3.13" has no part in it (resolver.md § 5 and § 14, lock-format.md § 3.1). Bounds remember their
/// spelling.
class ReleaseRange {
public:
    /// Just below a release, or just above it.
    struct Cut {
        Version release;
        bool isAbove = false;
        auto operator<=>(const Cut &) const = default;
    };
    struct Interval {
        /// Nothing: no bound on that side.
        std::optional<Cut> low;
        std::optional<Cut> high;
        bool operator==(const Interval &) const = default;
    };

    /// Every version.
    ReleaseRange() = default;
    static ReleaseRange of(const SpecifierSet &specifiers);

    bool isEmpty() const { return m_intervals.empty(); }
    bool contains(const Version &version) const;
    /// Ascending, with holes between.
    const std::vector<Interval> &intervals() const { return m_intervals; }
    /// Where both have the same bound, the spelling of `other` stays.
    ReleaseRange intersection(const ReleaseRange &other) const;
    /// The outer bounds; holes between them do not count for solving. Only for a range that is not empty.
    const std::optional<Cut> &lower() const { return m_intervals.front().low; }
    const std::optional<Cut> &upper() const { return m_intervals.back().high; }
    /// The outer bounds alone, as a range without holes.
    ReleaseRange withoutHoles() const;
    /// Specifiers for this range, as a lock shows them. Holes that are neither single versions nor whole
    /// minor versions
    /// ("!=3.12.1.*") cannot be written and are left out. Only for a range that is not empty.
    SpecifierSet specifiers() const;
    /// "==3.12.*", ">=3.10, !=3.11.*, <3.14"; empty for every version.
    QString text() const { return specifiers().text(); }
    bool operator==(const ReleaseRange &) const = default;

private:
    std::vector<Interval> m_intervals{Interval()};
};

} // namespace sconce::versions
