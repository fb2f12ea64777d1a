// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "versions/specifier.h"

namespace sconce::versions {

/// A set of versions as sorted, disjoint, non-touching intervals (resolver.md § 5). Sentinels order against versions:
/// below all pre-releases of V, above V with any local label, above all posts of V.
class VersionSet {
public:
    /// A cut between versions. Minimum lies below every pre-release of the version, MaximumLocal above its local labels
    /// and below its posts, Maximum above its posts.
    struct Cut {
        enum class Kind { Minimum, Exact, MaximumLocal, Maximum };
        Version version;
        Kind kind = Kind::Exact;
        friend std::strong_ordering operator<=>(const Cut &left, const Cut &right);
        friend bool operator==(const Cut &left, const Cut &right) { return (left <=> right) == 0; }
    };
    struct Bound {
        std::optional<Cut> cut; // nothing: unbounded
        bool isIncluded = false;
        bool operator==(const Bound &) const = default;
    };
    struct Interval {
        Bound low;
        Bound high;
        bool operator==(const Interval &) const = default;
    };

    static VersionSet empty() { return {}; }
    static VersionSet full();
    static VersionSet exactly(const Version &version);
    static VersionSet of(const Specifier &specifier);
    static VersionSet of(const SpecifierSet &specifiers);
    static VersionSet between(Bound low, Bound high);

    bool isEmpty() const { return m_intervals.empty(); }
    bool isFull() const;
    bool contains(const Version &version) const;
    VersionSet complement() const;
    VersionSet intersection(const VersionSet &other) const;
    VersionSet united(const VersionSet &other) const;
    bool isSubsetOf(const VersionSet &other) const;
    bool isDisjointFrom(const VersionSet &other) const;
    /// The one version when the set came from a single "==" (with or without the span of its local labels).
    std::optional<Version> singleton() const;
    const std::vector<Interval> &intervals() const { return m_intervals; }

    /// ">=2, <3 | ==4.1" for messages.
    QString text() const;
    bool operator==(const VersionSet &) const = default;
    std::size_t hash() const;

private:
    std::vector<Interval> m_intervals;
};

} // namespace sconce::versions
