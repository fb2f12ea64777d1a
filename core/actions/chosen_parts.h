// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

#include "lock/select.h"
#include "project/project.h"

namespace sconce::actions {

/// Extras and groups as a person names them: words of the command line. What is excluded goes before what is
/// asked for.
struct ChosenParts {
    QStringList extras;
    QStringList excludedExtras;
    bool areAllExtras = false;
    QStringList groups;
    QStringList excludedGroups;
    bool areAllGroups = false;
    /// Nothing of the project but these.
    QStringList onlyGroups;
    /// The group dev, which need not exist: asked for, excluded, or nothing but it.
    bool isDev = false;
    bool isNoDev = false;
    bool isOnlyDev = false;
    bool isWithoutDefaults = false;
};

/// Sets parts, extras and groups of a demand whose projects are set. `project` says which groups are the
/// default. BadInput for words that exclude each other and for what is no name; NotFound for an excluded
/// extra or group that nobody has: select() sees to the others.
Result<> setParts(
    lock::Demand &demand, const ChosenParts &parts, const lock::Lock &lock, const project::Project &project);

} // namespace sconce::actions
