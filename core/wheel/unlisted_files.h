// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSet>

#include "wheel/listed_files.h"

namespace sconce::wheel {

/// Looks through the library folders for files that no RECORD lists, and for those that run whenever the
/// interpreter starts. `claimed`: names at the top of a library, in lower case, that belong to distributions
/// whose RECORD cannot be read.
Result<> tellUnlisted(const Layout &layout, const ListedFiles &listed, const QSet<QString> &claimed,
    std::vector<Fault> &faults, const JobContext &context);

} // namespace sconce::wheel
