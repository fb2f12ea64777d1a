// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include "work/job_context.h"

namespace sconce::archive {

/// The contents of one file of a .tar.gz, read as a stream up to it; nothing is unpacked.
/// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (ustar, and pax headers for path and
/// size) NotFound when there is no regular file of that name, BadInput for a damaged archive, a file larger
/// than `limit`, and one behind `mostUnpacked` bytes. Errors of `path` as files::read.
Result<QByteArray> readFromTarGz(const QString &path, const QString &name, qint64 limit,
    const JobContext &context, qint64 mostUnpacked = 2LL << 30);

} // namespace sconce::archive
