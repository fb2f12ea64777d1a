// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/fetcher.h"
#include "resolve/supply.h"
#include "resolve/universal.h"

namespace sconce::actions {

/// Which of the places that requirements name directly: folders are read in no time, archives may have to be
/// fetched.
enum class Places { Folders, All };

/// Reads places that are no members of the workspace, and those that they name in turn, into the request
/// (resolver.md § 1.3). BadInput for what only a build could tell.
Result<> readPlaces(resolve::UniversalRequest &request, Places which, resolve::Supply &supply,
    net::Fetcher &fetcher, const JobContext &context);

/// BadInput with the place in the file where only a build could tell what the project needs.
Result<> checkIsWritten(const project::Project &project);

} // namespace sconce::actions
