// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include <QByteArray>

#include "work/job_context.h"

namespace sconce::archive {

/// What a zip archive holds, read from its central directory; every disagreement between directory, local headers and
/// file refused with a sentence that names the entry (reliability.md § 6.A, A01–A41, A51–A54).
struct ZipEntry {
    /// As stored; passed the one validator of names (entry_name.h). Folders end in "/".
    QString name;
    enum class Method { Stored, Deflated, Zstandard };
    Method method = Method::Stored;
    quint32 crc = 0;
    qint64 compressedSize = 0;
    qint64 size = 0;
    /// Of the local header in the archive.
    qint64 offset = 0;
    /// Unix mode from the external attributes, 0 where the archive says none.
    quint32 mode = 0;
    bool isFolder() const { return name.endsWith(u'/'); }
};

struct ZipLimits {
    qint64 entries = 500'000;
    qint64 totalSize = 16LL << 30;
    qint64 ratioFrom = 64LL << 20;
    int ratio = 50;
};

/// Bytes [first, first + length) of the archive; fewer is an error.
using ReadRange = std::function<Result<QByteArray>(qint64 first, qint64 length)>;

class ZipIndex {
public:
    /// Full agreement check: local headers read too.
    static Result<ZipIndex> open(const QString &path, const ZipLimits &limits = {});
    /// Over HTTP ranges: end record, directory and the entries asked for only; local headers checked when read.
    static Result<ZipIndex> open(qint64 archiveSize, ReadRange read, const ZipLimits &limits = {});

    const std::vector<ZipEntry> &entries() const { return m_entries; }
    const ZipEntry *find(QStringView name) const;
    /// Contents of one entry, size and CRC checked; at most `limit` bytes.
    Result<QByteArray> read(const ZipEntry &entry, qint64 limit = 16LL << 20) const;

private:
    std::vector<ZipEntry> m_entries;
    ReadRange m_read;
};

} // namespace sconce::archive
