// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QByteArray>
#include <QStringList>

#include "work/job_context.h"

namespace sconce::archive {

/// Contents of files of a source archive, in the order in which their paths were given; nothing for one that
/// is not there. Paths count from the one folder at the top that such archives have.
using Contents = std::vector<std::optional<QByteArray>>;

/// From a .tar.gz, read as a stream up to the last of them; nothing is unpacked.
/// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (ustar, and pax headers for path and
/// size) BadInput for a damaged archive, a file larger than `limit`, and more than `mostUnpacked` bytes.
/// Errors of `archive` as files::read.
Result<Contents> readFromTarGz(const QString &archive, const QStringList &paths, qint64 limit,
    const JobContext &context, qint64 mostUnpacked = 2LL << 30);

} // namespace sconce::archive
