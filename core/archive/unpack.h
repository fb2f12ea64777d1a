// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/zip_index.h"

namespace sconce::archive {

struct Unpacked {
    QString name;
    qint64 size = 0;
    /// SHA-256, 32 bytes.
    QByteArray digest;
    bool isExecutable = false;
};

/// Writes every entry below `folder` (which must be empty or new): several at once, sizes, CRC and SHA-256 on
/// the way. Modes: with any execute bit 0777 less the umask and all three execute bits, else 0666 less the
/// umask; never setuid. Links come out as plain files that hold the link's text. Entries listed twice must
/// have the same contents. DiskFull before the first byte when the contents are larger than the free space.
/// `index` is of a local file. On an error what was written stays for the caller to remove. One row a file,
/// in the order of the archive.
Result<std::vector<Unpacked>> unpack(
    const QString &archivePath, const ZipIndex &index, const QString &folder, const JobContext &context);

} // namespace sconce::archive
