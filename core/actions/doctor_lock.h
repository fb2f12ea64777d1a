// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/doctor.h"

namespace sconce::actions {

/// The lock of the project that the environment belongs to. Nothing where there is none; an error for one
/// that cannot be used, with its place.
Result<std::optional<LockView>> readLock(const DoctorRequest &request, const python::Interpreter &interpreter,
    const std::vector<environment::Installed> &installed, const Tools &tools);

/// What is installed against what the lock wants. Each package once.
std::vector<Finding> compareWithLock(
    const LockView &view, const std::vector<environment::Installed> &installed);

/// The wheel of an installed package as the lock has it, be it wanted or reached by an extra or a group only.
std::optional<resolve::ResolvedPackage> wheelInLock(
    const LockView &view, const environment::Installed &installed, const tags::CompatibleTags &tags);

} // namespace sconce::actions
