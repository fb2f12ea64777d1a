// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/zip_index.h"

/// The records of a zip archive as APPNOTE.TXT 6.3.10 lays them out, each checked against the others.
/// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
namespace sconce::archive {

/// What the end records say (§ 4.3.14–4.3.16).
struct ZipEnd {
    qint64 entries = 0;
    qint64 directoryAt = 0;
    qint64 directorySize = 0;
};

/// The most of an archive's end that findEnd looks at: the three end records with the longest comment.
constexpr qint64 ZipTailSize = 56 + 20 + 22 + 65'535;

constexpr qint64 LocalHeaderSize = 30;
constexpr quint16 HasDescriptor = 1U << 3;

/// `tail`: the last bytes of an archive of `archiveSize` bytes, ZipTailSize or all. Refuses a second end
/// record, bytes behind the end that are not zero, several disks, and zip64 records that do not lie where
/// they must.
Result<ZipEnd> findEnd(QByteArrayView tail, qint64 archiveSize);

/// § 4.3.12; names, sizes, methods, flags and extra fields checked one by one, `end` of each entry set from
/// the offsets.
Result<std::vector<ZipEntry>> parseDirectory(QByteArrayView directory, const ZipEnd &end);

/// The size of the local header in front of an entry, after its first 30 bytes.
Result<qint64> localHeaderSize(QByteArrayView start, const ZipEntry &entry);
/// The whole local header (§ 4.3.7) against the directory.
Result<> checkLocalHeader(QByteArrayView header, const ZipEntry &entry);
/// The data descriptor (§ 4.3.9) that fills the bytes between an entry's data and its end; none is none.
Result<> checkDescriptor(QByteArrayView bytes, const ZipEntry &entry);

/// BadInput; `sentence` is one of this module's for translate() and holds %1 for the entry's name.
std::unexpected<Error> badEntry(const char *sentence, const ZipEntry &entry);
std::unexpected<Error> badArchive(const char *sentence);

} // namespace sconce::archive
