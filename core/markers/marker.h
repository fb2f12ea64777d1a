// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "base/result.h"
#include "markers/environment.h"
#include "names/package_name.h"

namespace sconce::markers {

/// A marker as a node of an interned decision diagram: equal meaning is equal node, so == is constant time
/// (resolver.md § 12). Text is made anew from the diagram (§ 13). Copies are cheap; safe to use from several threads.
class Marker {
public:
    /// Always true.
    Marker();
    static Marker always() { return {}; }
    static Marker never();
    /// BadInput with a Place whose column counts in `text`.
    static Result<Marker> parse(QStringView text);
    static Marker extra(const names::ExtraName &extra);

    bool isAlways() const;
    bool isNever() const;
    Marker operator&(const Marker &other) const;
    Marker operator|(const Marker &other) const;
    Marker operator!() const;
    bool isDisjointFrom(const Marker &other) const;

    bool evaluate(const Environment &environment, const std::set<names::ExtraName> &extras = {}) const;
    /// As written into lock files; empty for a marker that is always true.
    QString text() const;

    bool operator==(const Marker &other) const = default;
    quint32 node() const { return m_node; }

private:
    explicit Marker(quint32 node)
        : m_node(node)
    {}
    quint32 m_node;
};

} // namespace sconce::markers
