// SPDX-License-Identifier: Apache-2.0
#include "archive/zip_index.h"

#include <cerrno>
#include <numeric>
#include <unordered_set>

#include <QCoreApplication>

#include <sys/stat.h>

#include "archive/entry_name.h"
#include "archive/inflate.h"
#include "archive/zip_format.h"
#include "base/text.h"
#include "files/descriptor.h"

namespace sconce::archive {

namespace {

/// More would be half a million of names of a quarter kibibyte each.
constexpr qint64 MostDirectoryBytes = 128LL << 20;

/// Ranges that lie in `tail`, the end of the archive, come from there.
ReadRange withTail(ReadRange read, qint64 tailAt, QByteArray tail)
{
    return [read = std::move(read), tailAt, tail = std::move(tail)](
               qint64 first, qint64 length) -> Result<QByteArray> {
        if (first >= tailAt && first + length <= tailAt + tail.size())
            return tail.mid(first - tailAt, length);
        QByteArray bytes = SCONCE_TRY(read(first, length));
        if (bytes.size() != length)
            return badArchive(QT_TRANSLATE_NOOP("archive", "The archive is shorter than it should be"));
        return bytes;
    };
}

ReadRange readerOf(std::shared_ptr<const files::Descriptor> file, const QString &path)
{
    return [file = std::move(file), path](qint64 first, qint64 length) -> Result<QByteArray> {
        QByteArray bytes(length, Qt::Uninitialized);
        const qsizetype size = SCONCE_TRY(files::readAt(*file, first, bytes, path));
        bytes.truncate(size);
        return bytes;
    };
}

Result<> checkSizes(const std::vector<ZipEntry> &entries, qint64 archiveSize, const ZipLimits &limits)
{
    qint64 total = 0;
    for (const ZipEntry &entry : entries) {
        if (entry.size > limits.totalSize - total)
            return std::unexpected(Error(ErrorKind::BadInput,
                QCoreApplication::translate("archive", "The archive holds more than %1")
                    .arg(sizeText(limits.totalSize))));
        total += entry.size;
    }
    if (total >= limits.ratioFrom && total / limits.ratio > archiveSize)
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate(
                "archive", "The archive of %1 claims to hold %2: more than %3 times as much")
                .arg(sizeText(archiveSize), sizeText(total))
                .arg(limits.ratio)));
    return {};
}

/// No entry may be a file and a folder at once.
Result<> checkFolders(const std::vector<ZipEntry> &entries, const QHash<QString, std::size_t> &rows)
{
    std::unordered_set<QString> folders;
    for (const ZipEntry &entry : entries) {
        QStringView path = entry.name;
        for (qsizetype cut = path.lastIndexOf(u'/'); cut >= 0; cut = path.lastIndexOf(u'/')) {
            path = path.first(cut);
            if (!folders.insert(path.toString()).second)
                break;
            if (rows.contains(path.toString()))
                return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” lies below a name that is a file"), entry);
        }
    }
    return {};
}

/// Header and descriptor of an entry of a local file.
Result<> checkAgainstFile(ZipEntry &entry, const ReadRange &read)
{
    const QByteArray start = SCONCE_TRY(read(entry.offset, LocalHeaderSize));
    const qint64 size = SCONCE_TRY(localHeaderSize(start, entry));
    const QByteArray rest = SCONCE_TRY(read(entry.offset + LocalHeaderSize, size - LocalHeaderSize));
    SCONCE_TRY(checkLocalHeader(start + rest, entry));
    entry.dataOffset = entry.offset + size;
    const qint64 dataEnd = entry.dataOffset + entry.compressedSize;
    if (dataEnd == entry.end)
        return checkDescriptor({}, entry);
    // A descriptor has 24 bytes at most: of a larger gap one more is proof enough.
    const QByteArray between = SCONCE_TRY(read(dataEnd, std::min<qint64>(entry.end - dataEnd, 25)));
    return checkDescriptor(between, entry);
}

} // namespace

Result<ZipIndex> ZipIndex::open(qint64 archiveSize, ReadRange read, const ZipLimits &limits)
{
    const qint64 tailAt = std::max<qint64>(0, archiveSize - ZipTailSize);
    QByteArray tail;
    if (archiveSize > 0)
        tail = SCONCE_TRY(withTail(read, archiveSize, {})(tailAt, archiveSize - tailAt));
    const ZipEnd end = SCONCE_TRY(findEnd(tail, archiveSize));
    if (end.entries > limits.entries || end.directorySize > MostDirectoryBytes)
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate(
                "archive", "The archive lists %1 entries in %2: more than can be true")
                .arg(end.entries)
                .arg(sizeText(end.directorySize))));

    ZipIndex index;
    index.m_read = withTail(std::move(read), tailAt, std::move(tail));
    const QByteArray directory = SCONCE_TRY(index.m_read(end.directoryAt, end.directorySize));
    std::vector<ZipEntry> listed = SCONCE_TRY(parseDirectory(directory, end));
    SCONCE_TRY(checkSizes(listed, archiveSize, limits));
    index.m_rows.reserve(qsizetype(listed.size()));
    for (ZipEntry &entry : listed) {
        const auto known = index.m_rows.constFind(entry.name);
        if (known == index.m_rows.constEnd()) {
            index.m_rows.insert(entry.name, index.m_entries.size());
            index.m_entries.push_back(std::move(entry));
            continue;
        }
        const ZipEntry &first = index.m_entries[*known];
        if (first.crc != entry.crc || first.size != entry.size || first.mode != entry.mode)
            return badEntry(
                QT_TRANSLATE_NOOP("archive", "“%1” is in the archive twice, and not the same"), entry);
        index.m_repeats.push_back(std::move(entry));
    }
    SCONCE_TRY(checkFolders(index.m_entries, index.m_rows));
    return index;
}

Result<ZipIndex> ZipIndex::open(const QString &path, const ZipLimits &limits)
{
    const auto opened = [&]() -> Result<ZipIndex> {
        const auto file = std::make_shared<const files::Descriptor>(SCONCE_TRY(files::openForReading(path)));
        struct stat facts{};
        if (::fstat(file->get(), &facts) != 0)
            return std::unexpected(files::systemError(errno, path));
        ZipIndex index = SCONCE_TRY(open(facts.st_size, readerOf(file, path), limits));
        for (std::vector<ZipEntry> *entries : {&index.m_entries, &index.m_repeats}) {
            for (ZipEntry &entry : *entries)
                SCONCE_TRY(checkAgainstFile(entry, index.m_read));
        }
        return index;
    };
    Result<ZipIndex> index = opened();
    if (!index && index.error().kind() == ErrorKind::BadInput)
        return std::unexpected(std::move(index).error().during(
            QCoreApplication::translate("archive", "while reading “%1”").arg(path)));
    return index;
}

const ZipEntry *ZipIndex::find(QStringView name) const
{
    const auto row = m_rows.constFind(name.toString());
    return row == m_rows.constEnd() ? nullptr : &m_entries[*row];
}

qint64 ZipIndex::totalSize() const
{
    return std::accumulate(m_entries.begin(), m_entries.end(), qint64(0),
        [](qint64 sum, const ZipEntry &entry) { return sum + entry.size; });
}

Result<QByteArray> ZipIndex::read(const ZipEntry &entry, qint64 limit) const
{
    if (entry.size > limit || entry.end - entry.offset > limit + ZipTailSize + LocalHeaderSize)
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate("archive", "“%1” holds %2, more than the %3 that may be")
                .arg(escapedName(entry.name), sizeText(entry.size), sizeText(limit))));
    const QByteArray whole = SCONCE_TRY(m_read(entry.offset, entry.end - entry.offset));
    const qint64 header = SCONCE_TRY(localHeaderSize(whole, entry));
    SCONCE_TRY(checkLocalHeader(QByteArrayView(whole).first(header), entry));
    SCONCE_TRY(checkDescriptor(QByteArrayView(whole).sliced(header + entry.compressedSize), entry));
    QByteArray contents(entry.size, Qt::Uninitialized);
    SCONCE_TRY(unpackInto(contents, QByteArrayView(whole).sliced(header, entry.compressedSize), entry));
    return contents;
}

} // namespace sconce::archive
