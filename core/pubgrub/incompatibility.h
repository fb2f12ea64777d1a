// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include <QVarLengthArray>

#include "pubgrub/term.h"

namespace sconce::pubgrub {

using IncompatibilityId = Id<struct IncompatibilityTag>;

/// Terms that must not all hold together, and why. Never changes once made.
struct Incompatibility {
    enum class Kind {
        Root, ///< the root has to be chosen
        Dependency, ///< a package in a range needs another in a range
        NoVersions, ///< nothing exists in a range
        Unavailable, ///< what exists in a range cannot be used
        Derived, ///< follows from two others
    };
    struct Entry {
        Package package;
        Term term;
    };

    Kind kind = Kind::Derived;
    QVarLengthArray<Entry, 3> entries;
    /// Dependency: what needs what, also where the terms alone do not say it (a range that nothing is in, a
    /// package that needs itself).
    struct Dependency {
        Package package;
        Range versions;
        Package needed;
        Range range;
    } dependency;
    /// Unavailable: the asker's own number for the reason.
    std::uint32_t reason = 0;
    /// Derived.
    IncompatibilityId firstCause;
    IncompatibilityId secondCause;

    const Term *term(Package package) const
    {
        for (const Entry &entry : entries) {
            if (entry.package == package)
                return &entry.term;
        }
        return nullptr;
    }
};

/// All incompatibilities of one resolution, and the ranges they speak in. Shared by the states of a solver
/// that was copied.
class Incompatibilities {
public:
    Ranges ranges;

    const Incompatibility &operator[](IncompatibilityId id) const { return m_rows[id.value]; }
    std::size_t size() const { return m_rows.size(); }

    IncompatibilityId root(Package package, Range version);
    IncompatibilityId dependency(const Incompatibility::Dependency &dependency);
    IncompatibilityId noVersions(Package package, Range range);
    IncompatibilityId unavailable(Package package, Range range, std::uint32_t reason);
    /// What follows from two incompatibilities that clash over `package`.
    IncompatibilityId priorCause(IncompatibilityId incompatibility, IncompatibilityId cause, Package package);

    /// The proof of an incompatibility: everything it follows from and itself, causes before what they lead
    /// to.
    std::vector<IncompatibilityId> derivation(IncompatibilityId incompatibility) const;

private:
    IncompatibilityId add(Incompatibility incompatibility);

    std::deque<Incompatibility> m_rows; // a deque, so that references stay while others are added
};

} // namespace sconce::pubgrub
