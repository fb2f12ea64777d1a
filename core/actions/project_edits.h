// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/set_up.h"

namespace sconce::actions {

/// The texts of the files after the edits, by path.
std::map<QString, QString> draftsOf(const std::vector<plan::FileChange> &edits);

/// Each way out with what it would write into the files of the project around `folder`, on top of `edits`.
Result<std::vector<OfferedFix>> offeredFixes(const std::vector<resolve::Fix> &fixes, const QString &folder,
    const std::vector<plan::FileChange> &edits);

} // namespace sconce::actions
