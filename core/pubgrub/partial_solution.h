// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "pubgrub/incompatibility.h"

namespace sconce::pubgrub {

/// What is known and decided so far, in the order in which it came: a trail that backtracking cuts short.
class PartialSolution {
public:
    /// Levels count decisions; the first decision, the root's, makes level 1.
    int level() const { return m_level; }
    /// Everything known about a package taken together; nothing when nothing is.
    const Term *term(Package package) const
    {
        return isKnown(package) ? &m_trail[m_last.at(package)].term : nullptr;
    }
    bool isDecided(Package package) const { return isKnown(package) && !m_trail[m_last.at(package)].cause; }
    /// Packages of which something is known, in order of the first knowledge.
    std::span<const Package> packages() const { return m_packages; }

    /// Calls `visit(package, range)` for each package that needs a version, in the same order.
    template <class Visit>
    void eachUndecided(Visit visit) const
    {
        // Most packages are decided, most of the time: those are passed over without a look at the trail.
        for (const Package package : m_packages) {
            const Last &last = m_last.at(package);
            if (last.isOpen)
                visit(package, m_trail[last.position].term.range);
        }
    }

    void derive(Ranges &ranges, Package package, Term term, IncompatibilityId cause);
    void decide(Package package, Range version);
    /// Forgets all that came after `level`.
    void backtrack(int level);
    /// The level of the last word on a package.
    int levelOf(Package package) const { return m_trail[m_last.at(package)].level; }

    /// The assignment from which on `incompatibility` held, as conflict resolution needs it.
    struct Satisfier {
        Package package;
        /// Set when `package` was derived on the level from which on all the other terms held: its cause is
        /// to be merged. Otherwise it is time to go back to `previousLevel`.
        std::optional<IncompatibilityId> cause;
        int previousLevel = 1;
    };
    Satisfier satisfier(Incompatibilities &incompatibilities, const Incompatibility &incompatibility) const;

private:
    struct Assignment {
        Package package;
        int level;
        /// Everything known about the package up to here.
        Term term;
        /// Nothing: a decision.
        std::optional<IncompatibilityId> cause;
        /// The assignment before of the same package, or None.
        std::uint32_t previous;
    };
    static constexpr std::uint32_t None = ~0u;

    bool isKnown(Package package) const { return m_last.contains(package) && m_last.at(package) != None; }
    /// Position of the first assignment of a package from which on it is disjoint from `term`.
    std::uint32_t firstDisjoint(Ranges &ranges, Package package, Term term) const;
    void append(Package package, Term term, std::optional<IncompatibilityId> cause);

    std::vector<Assignment> m_trail;
    struct Last {
        std::uint32_t position = None;
        /// Wanted, and not decided.
        bool isOpen = false;
        operator std::uint32_t() const { return position; }
    };
    void setLast(Package package, std::uint32_t position);
    IdMap<PackageTag, Last> m_last;
    std::vector<Package> m_packages;
    int m_level = 0;
};

} // namespace sconce::pubgrub
