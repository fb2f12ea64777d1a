// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/inline_list.h"
#include "versions/specifier.h"

namespace sconce::versions {

/// A place between versions, given by a version and the side of it. Two cuts are equal when no version can
/// lie between them: below the pre-releases of 2.0 is before 2.0.dev0.
struct Cut {
    enum class Side : quint8 {
        Start, // below every version; `version` means nothing
        BeforePreReleases,
        Before,
        After, // and below the version's local labels
        AfterLocals,
        AfterPosts,
        End, // above every version; `version` means nothing
    };
    Side side = Side::Start;
    Version version;

    friend std::strong_ordering operator<=>(const Cut &left, const Cut &right);
    friend bool operator==(const Cut &left, const Cut &right) { return (left <=> right) == 0; }
    std::size_t hash() const;
};

/// A set of versions as sorted, disjoint, non-touching intervals (resolver.md § 5).
class VersionSet {
public:
    /// All versions between the cuts; `low` < `high`.
    struct Interval {
        Cut low;
        Cut high;
        bool operator==(const Interval &) const = default;
        /// ">=2, <3", "==4.1", "==2.4.*", "<=1"; "*" for all versions.
        QString text() const;
    };

    /// The empty set.
    VersionSet() = default;
    VersionSet(const VersionSet &) = default;
    VersionSet(VersionSet &&) = default;
    /// For temporaries too: move assignment of QVarLengthArray leaks what was allocated on the left (Qt 6.8).
    VersionSet &operator=(const VersionSet &) = default;
    static VersionSet empty() { return {}; }
    static VersionSet full() { return between({}, {Cut::Side::End, {}}); }
    /// The version alone, without its local labels.
    static VersionSet exactly(const Version &version);
    static VersionSet of(const Specifier &specifier);
    static VersionSet of(const SpecifierSet &specifiers);
    /// Empty unless `low` < `high`.
    static VersionSet between(Cut low, Cut high);

    bool isEmpty() const { return m_intervals.isEmpty(); }
    bool isFull() const { return *this == full(); }
    bool contains(const Version &version) const;
    VersionSet complement() const;
    VersionSet intersection(const VersionSet &other) const;
    VersionSet united(const VersionSet &other) const;
    bool isSubsetOf(const VersionSet &other) const;
    bool isDisjointFrom(const VersionSet &other) const;
    /// The one version when the set came from a single "==" (with or without the span of its local labels).
    std::optional<Version> singleton() const;
    std::span<const Interval> intervals() const { return m_intervals; }

    /// The intervals with " | " between them, for messages; "∅" for the empty set.
    QString text() const;
    bool operator==(const VersionSet &) const = default;
    std::size_t hash() const;

private:
    InlineList<Interval, 1> m_intervals;
};

} // namespace sconce::versions

template <>
struct std::hash<sconce::versions::VersionSet> {
    std::size_t operator()(const sconce::versions::VersionSet &set) const noexcept { return set.hash(); }
};
