// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include <QString>
#include <QStringList>

#include "project/workspace.h"

namespace sconce::resolve {

/// Why there is no solution, as a tree of facts: what a window draws and what the sentence is made from.
struct Derivation {
    enum class Kind { Derived, Requires, NoVersions, Unusable, PythonTooOld, Unavailable };
    Kind kind = Kind::Derived;
    /// The fact or the conclusion in words: "torchvision 0.22.1 needs torch 2.7.1".
    QString text;
    /// Requires: package at range needs dependency at its range. Others: package at range. Empty package: the
    /// person's own wishes.
    QString package;
    QString range;
    QString dependency;
    QString dependencyRange;
    /// Unusable, Unavailable: the reason.
    QString reason;
    /// Derived: what it follows from; two or more. The same step may occur at several places.
    std::vector<std::shared_ptr<const Derivation>> causes;
};

/// A way out that a window can offer as a button.
struct Hint {
    enum class Kind {
        AllowPreReleases,
        OtherIndexHasVersion,
        IndexRefused,
        NoWheelForPlatform,
        PythonTooOld,
        NeedsBuild,
        Other
    };
    Kind kind = Kind::Other;
    /// The package it concerns; may be empty.
    QString package;
    QString text;
    bool operator==(const Hint &) const = default;
};

/// What the proof of a conflict speaks about, for those who look for a way out.
struct Leads {
    /// The workspace's own projects, their extras and groups.
    std::vector<project::Item> items;
    /// Packages that the workspace asks for within bounds, by name.
    std::vector<names::PackageName> bounded;
    /// Packages of which no version that would do was found.
    std::vector<names::PackageName> missing;
    /// The oldest Pythons that versions demand.
    std::vector<versions::Version> pythons;
    bool operator==(const Leads &) const = default;
};

/// A conflict as a picture: requirements that lead to one package from two sides.
struct Collision {
    struct Stop {
        /// "torchaudio 2.9.1", "demo[cpu]"; empty: the person's own requirements.
        QString label;
        /// What it needs of the next one: "torch 2.9.1".
        QString need;
        /// "torchaudio 2.9.1 needs torch 2.9.1"
        QString sentence;
        bool operator==(const Stop &) const = default;
    };
    /// Where they meet: "torch".
    QString package;
    /// Why they cannot: "No version of torch is both 2.9.1 and <2.9".
    QString reason;
    /// None, one or two; the last need of each is for `package`.
    std::vector<std::vector<Stop>> chains;
    bool operator==(const Collision &) const = default;
};

struct Conflict {
    std::shared_ptr<const Derivation> derivation;
    /// One sentence or several, a line each:
    /// "Because torchvision 0.22.1 needs torch 2.7.1 and you ask for torch 2.8.0 and torchvision 0.22.1, your
    /// requirements cannot be met"
    QString sentence;
    std::vector<Hint> hints;
    /// The part of all computers and choices that has no solution; always: there is only one.
    markers::Marker where{};
    Leads leads{};
    Collision collision{};
};

} // namespace sconce::resolve
