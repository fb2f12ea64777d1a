// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include <QString>
#include <QStringList>

namespace sconce::resolve {

/// Why there is no solution, as a tree of facts: what a window draws and what the sentence is made from.
struct Derivation {
    enum class Kind { Derived, Requires, NoVersions, Unusable, PythonTooOld, Unavailable };
    Kind kind = Kind::Derived;
    /// Requires: package at range needs dependency at its range. Others: package at range.
    QString package;
    QString range;
    QString dependency;
    QString dependencyRange;
    /// Unusable, Unavailable: the reason.
    QString reason;
    std::shared_ptr<const Derivation> first;
    std::shared_ptr<const Derivation> second;
};

/// A way out that a window can offer as a button.
struct Hint {
    enum class Kind { AllowPreReleases, OtherIndexHasVersion, IndexRefused, NoWheelForPlatform, PythonTooOld, NeedsBuild, Other };
    Kind kind = Kind::Other;
    QString text;
};

struct Conflict {
    std::shared_ptr<const Derivation> derivation;
    /// "Because torchvision 0.22.1 needs torch 2.7.1 and you ask for torch 2.8.0, …"
    QString sentence;
    std::vector<Hint> hints;
};

} // namespace sconce::resolve
