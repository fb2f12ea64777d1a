// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/doctor.h"
#include "environment/audit.h"
#include "wheel/audit.h"

/// Facts of other modules as findings: weight, remedy and words for each kind.
namespace sconce::actions {

Finding findingOf(const environment::OwnFault &fault);
Finding findingOf(const wheel::Fault &fault);
/// Of a change that the lock would make: Add, another version, another build, another origin.
Finding findingOf(const plan::Operation &change);
/// Another build than the lock's, chosen by the person.
Finding chosenBuild(const plan::Operation &change);
/// A package of a default group that was left out.
Finding leftOut(const resolve::ResolvedPackage &package);
/// A package that the lock does not have.
Finding extraneous(const environment::Installed &installed);
/// A second .dist-info folder of a package.
Finding installedTwice(const environment::Installed &installed, const QString &distInfo);
/// With Remedy::Relink in the place of what it had.
Finding asRelinked(Finding finding);
/// An error that a person can do something about.
Finding trouble(const QString &id, const Error &error, Finding::Remedy remedy);

} // namespace sconce::actions
