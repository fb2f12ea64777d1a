// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/virtual_environment.h"
#include "resolve/specific.h"

namespace sconce::actions {

/// Whether every wish of the request, and all that it needs, is met by what is installed (torch-backends.md
/// § 8): versions by the specifiers alone, so that any local label will do where none is asked for.
bool isSatisfied(
    const resolve::SpecificRequest &request, const std::vector<environment::Installed> &installed);

} // namespace sconce::actions
