// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "base/result.h"
#include "markers/environment.h"
#include "names/package_name.h"

namespace sconce::markers {

class Diagrams;

/// A condition on the computer and on the extras in use, as a node of an interned decision diagram: equal
/// meaning is equal node, so == takes constant time (resolver.md § 12). Combinations that no computer has
/// (os_name 'nt' on Linux) are false. Copies are cheap. All of this module may be used from several threads.
class Marker {
public:
    /// Always true.
    Marker() = default;
    static Marker always() { return {}; }
    static Marker never();
    /// BadInput with a Place whose column counts in `text`, also for a marker with more combinations than
    /// memory is for. Comparisons that mean nothing (two texts, a version that is none) are left out, as the
    /// reference does.
    static Result<Marker> parse(QStringView text);
    static Marker extra(const names::ExtraName &extra);

    bool isAlways() const { return m_node == 0; }
    bool isNever() const { return m_node == 1; }
    Marker operator&(const Marker &other) const;
    Marker operator|(const Marker &other) const;
    Marker operator!() const;
    /// No computer satisfies both; wider than (a & b).isNever(), because the result is asked, not only the
    /// steps.
    bool isDisjointFrom(const Marker &other) const;
    /// Whenever this holds, `other` does.
    bool implies(const Marker &other) const;

    /// Versions count by their release numbers alone. An extra in `extras` also answers 'x' in extras.
    bool evaluate(const Environment &environment, const std::set<names::ExtraName> &extras = {}) const;
    /// As written into lock files (marker-text.md); empty for a marker that is always true.
    QString text() const;

    bool operator==(const Marker &other) const { return m_node == other.m_node; }
    /// A number per meaning, for hashing; not stable between runs.
    quint32 node() const { return m_node; }

private:
    friend struct Nodes;
    Marker(const Diagrams &diagrams, quint32 spelled);

    quint32 m_node = 0;
    /// The node as written: versions may have needless zeros.
    quint32 m_spelled = 0;
};

/// Where '3.12' and '3.12.0' meet, the spelling stays that was used first. A new process knows none; after
/// this it is so again, and the texts of markers read from here on do not depend on what was done before.
void forgetSpellings();

} // namespace sconce::markers

template <>
struct std::hash<sconce::markers::Marker> {
    std::size_t operator()(const sconce::markers::Marker &marker) const noexcept { return marker.node(); }
};
