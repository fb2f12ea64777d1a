// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/zip_index.h"

namespace sconce::archive {

struct Unpacked {
    QString name;
    qint64 size = 0;
    /// SHA-256, 32 bytes.
    QByteArray digest;
};

/// Writes every entry below `folder` (which must be empty or new): several at once, sizes, CRC and SHA-256 on the way.
/// Modes: 0777 & ~umask with any execute bit, else 0666 & ~umask; never setuid. Links come out as plain files.
/// Rows in the order of the archive.
Result<std::vector<Unpacked>> unpack(const QString &archivePath, const ZipIndex &index, const QString &folder, const JobContext &context);

} // namespace sconce::archive
