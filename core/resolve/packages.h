// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/marker.h"
#include "pubgrub/term.h"

namespace sconce::resolve {

/// A package's, extra's or system's name as a number; zero is no name.
using NameId = Id<struct NameTag>;

/// What the solver calls a package (resolver.md § 6).
struct VirtualPackage {
    enum class Kind : quint8 {
        Root, ///< what the person asks for
        Python, ///< never chosen; asked for by versions that need another Python
        System, ///< "cuda" or "rocm", torch-backends.md § 6
        Package, ///< a package, or what one of its extras needs
        Extra, ///< stands for a package together with an extra
        Marker, ///< stands for a package that is asked for under a marker
        Group, ///< stands for what a dependency group of a package needs
    };
    Kind kind = Kind::Package;
    NameId name;
    NameId extra{};
    NameId group{};
    markers::Marker marker{};

    bool hasExtra() const { return extra != NameId(); }
    bool hasGroup() const { return group != NameId(); }
    /// The package itself, which all its other forms agree with on the version.
    bool isBase() const { return kind == Kind::Package && !hasExtra() && !hasGroup() && marker.isAlways(); }
    bool isProxy() const { return kind >= Kind::Extra; }
    /// A stand-in that brings the package along. A group does not: it may be wanted without its package.
    bool needsBase() const { return kind == Kind::Extra || kind == Kind::Marker; }
    /// Something with versions on an index.
    bool isReal() const { return kind >= Kind::Package; }
    bool operator==(const VirtualPackage &) const = default;
};

/// Numbers for names and packages.
class Packages {
public:
    static constexpr pubgrub::Package Root{0};
    static constexpr pubgrub::Package Python{1};

    Packages();

    NameId name(const names::PackageName &name) { return {m_names.intern(name).value + 1}; }
    const names::PackageName &operator[](NameId id) const { return m_names[{id.value - 1}]; }
    std::size_t nameCount() const { return m_names.size() + 1; }

    pubgrub::Package intern(const VirtualPackage &package) { return m_packages.intern(package); }
    pubgrub::Package base(NameId name) { return intern({.name = name}); }
    const VirtualPackage &operator[](pubgrub::Package package) const { return m_packages[package]; }
    /// "torch", "torch[extra]", "demo:group", "CUDA"; empty for the root.
    QString text(pubgrub::Package package) const;

private:
    struct Hash {
        std::size_t operator()(const VirtualPackage &package) const noexcept;
    };
    Interner<NameTag, names::PackageName> m_names;
    Interner<pubgrub::PackageTag, VirtualPackage, Hash> m_packages;
};

} // namespace sconce::resolve
