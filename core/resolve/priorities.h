// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pubgrub/solver.h"
#include "resolve/packages.h"

namespace sconce::resolve {

/// Which undecided package comes next (resolver.md § 7.3), and what conflicts do to that (§ 7.4).
/// All forms of one package have one class and one place in the order.
class Priorities {
public:
    enum class Class : quint8 { Unspecified, ConflictLate, ConflictEarly, Singleton, Url, Root };

    explicit Priorities(const Packages &packages);

    /// A package came up as a dependency.
    void see(pubgrub::Package package, Class theClass);
    /// `affected` was being worked on when `incompatibility` got in its way.
    void count(const pubgrub::Incompatibility &incompatibility, pubgrub::Package affected);
    /// Packages that were in the way too often move up; may take decisions back.
    void apply(pubgrub::Solver &solver);
    /// The one of highest priority; there must be one.
    pubgrub::Solver::Undecided first(std::span<const pubgrub::Solver::Undecided> undecided) const;

private:
    static constexpr int TooOften = 5;
    struct Rank {
        Class theClass = Class::Unspecified;
        /// Place in the order of first sight; zero: not seen yet.
        std::uint32_t place = 0;
    };
    Rank &rank(pubgrub::Package package);
    void see(pubgrub::Package package);
    auto key(pubgrub::Package package) const;
    NameId nameOf(pubgrub::Package package) const;

    const Packages *m_packages;
    IdMap<NameTag, Rank> m_names;
    std::uint32_t m_namePlaces = 0;
    struct Place {
        /// As in Rank.
        std::uint32_t place = 0;
        NameId name;
        bool isBase = false;
    };
    IdMap<pubgrub::PackageTag, Place> m_places;
    std::uint32_t m_packagePlaces = 0;
    IdMap<pubgrub::PackageTag, int> m_affected;
    IdMap<pubgrub::PackageTag, int> m_culprits;
    std::vector<pubgrub::Package> m_early;
    std::vector<pubgrub::Package> m_late;
};

} // namespace sconce::resolve
