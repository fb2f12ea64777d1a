// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include <QByteArray>
#include <QHash>

#include "work/job_context.h"

namespace sconce::archive {

/// What a zip archive holds, read from its central directory; every disagreement between directory, local
/// headers and file refused with a sentence that names the entry (reliability.md § 6.A, A01–A41, A51–A54).
struct ZipEntry {
    /// Passed the one validator of names (entry_name.h), without "./" and "//". Folders end in "/".
    QString name;
    /// As the archive spells it; empty where that is `name`.
    QString storedName;
    enum class Method { Stored, Deflated, Zstandard };
    Method method = Method::Stored;
    quint16 flags = 0;
    quint32 crc = 0;
    qint64 compressedSize = 0;
    qint64 size = 0;
    /// Of the local header in the archive.
    qint64 offset = 0;
    /// Where the next entry or the directory begins.
    qint64 end = 0;
    /// Of the contents; -1 while the local header was not read.
    qint64 dataOffset = -1;
    /// Unix mode from the external attributes, 0 where the archive says none.
    quint32 mode = 0;
    bool isFolder() const { return name.endsWith(u'/'); }
    bool isExecutable() const { return (mode & 0111) != 0; }
};

struct ZipLimits {
    qint64 entries = 500'000;
    qint64 totalSize = 16LL << 30;
    /// From this size on, contents may be at most `ratio` times as large as the archive.
    qint64 ratioFrom = 64LL << 20;
    int ratio = 50;
};

/// Bytes [first, first + length) of the archive; fewer is an error.
using ReadRange = std::function<Result<QByteArray>(qint64 first, qint64 length)>;

class ZipIndex {
public:
    /// Full agreement check: local headers read too.
    static Result<ZipIndex> open(const QString &path, const ZipLimits &limits = {});
    /// Over HTTP ranges: the last 64 KiB, the directory where it is larger, and the entries asked for only;
    /// local headers checked when read.
    static Result<ZipIndex> open(qint64 archiveSize, ReadRange read, const ZipLimits &limits = {});

    /// Each name once, in the order of the directory.
    const std::vector<ZipEntry> &entries() const { return m_entries; }
    /// Entries listed a second time with equal size, CRC and mode; whoever takes the contents must see that
    /// they are the same.
    const std::vector<ZipEntry> &repeats() const { return m_repeats; }
    const ZipEntry *find(QStringView name) const;
    /// Of all contents together.
    qint64 totalSize() const;
    /// Contents of one entry, size and CRC checked; at most `limit` bytes.
    Result<QByteArray> read(const ZipEntry &entry, qint64 limit = 16LL << 20) const;

private:
    std::vector<ZipEntry> m_entries;
    std::vector<ZipEntry> m_repeats;
    QHash<QString, std::size_t> m_rows;
    ReadRange m_read;
};

} // namespace sconce::archive
