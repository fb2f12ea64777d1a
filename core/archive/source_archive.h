// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/tar_gz.h"

namespace sconce::archive {

/// From sources packed as .tar.gz or .zip; what it is, its first bytes tell. As readFromTarGz().
Result<Contents> readFromSources(
    const QString &archive, const QStringList &paths, qint64 limit, const JobContext &context);

} // namespace sconce::archive
