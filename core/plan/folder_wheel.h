// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wheel/compose.h"

namespace sconce::plan {

/// A project that is installed from its folder, without its build backend being run.
struct FolderWheel {
    wheel::ComposedWheel wheel;
    metadata::DirectUrl origin;
};

/// Yes: what is imported are the files of the folder, as they change; No: copies of them.
enum class Editable { Yes, No };

/// Of the project in the folder. BadInput with the reason when only a build could make it, NotFound when its
/// modules are not there.
Result<FolderWheel> folderWheel(const QString &folder, Editable editable);

} // namespace sconce::plan
