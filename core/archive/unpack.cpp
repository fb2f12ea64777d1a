// SPDX-License-Identifier: Apache-2.0
#include "archive/unpack.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include <QCoreApplication>

#include "archive/inflate.h"
#include "archive/zip_format.h"
#include "base/text.h"
#include "files/digest.h"
#include "files/files.h"
#include "files/new_file.h"
#include "work/each.h"

namespace sconce::archive {

namespace {

/// Up to here contents go through a buffer that each thread keeps; above, straight into the file's own pages.
constexpr qint64 MostInBuffer = 4LL << 20;
/// Above, contents come in pieces: a stop is noticed between pieces only, and unpacking at once runs at about
/// 1 GB/s.
constexpr qint64 MostAtOnce = 128LL << 20;
constexpr qsizetype ReadSize = 1 << 20;

class Unpacking {
public:
    Unpacking(files::Descriptor archive, QString archivePath, QString folder, const JobContext &context)
        : m_archive(std::move(archive))
        , m_archivePath(std::move(archivePath))
        , m_folder(std::move(folder))
        , m_context(context)
    {}

    /// Writes the entry, or only reads it when `isRepeat`; gives its digest.
    Result<QByteArray> contentsOf(const ZipEntry &entry, bool isRepeat) const
    {
        const QString target = m_folder + u'/' + entry.name;
        const int mode = entry.isExecutable() ? 0777 : 0666;
        if (isRepeat || entry.size > MostAtOnce || entry.compressedSize > MostAtOnce)
            return inPieces(entry, isRepeat ? QString() : target, mode);
        if (entry.size > MostInBuffer)
            return intoPages(entry, target, mode);

        thread_local std::vector<char> contents;
        contents.resize(std::size_t(entry.size));
        const QByteArrayView packed = SCONCE_TRY(bufferedData(entry));
        SCONCE_TRY(unpackInto(contents, packed, entry));
        SCONCE_TRY(files::writeNew(target, QByteArrayView(contents), mode));
        return files::sha256(QByteArrayView(contents));
    }

private:
    Result<QByteArrayView> bufferedData(const ZipEntry &entry) const
    {
        thread_local std::vector<char> packed;
        packed.resize(std::size_t(entry.compressedSize));
        const qsizetype size = SCONCE_TRY(files::readAt(m_archive, entry.dataOffset, packed, m_archivePath));
        return QByteArrayView(packed).first(size);
    }

    Result<QByteArray> intoPages(const ZipEntry &entry, const QString &target, int mode) const
    {
        files::NewFile file = SCONCE_TRY(files::NewFile::create(target, mode));
        const files::Mapping contents = SCONCE_TRY(file.map(entry.size));
        if (entry.compressedSize <= MostInBuffer) {
            const QByteArrayView packed = SCONCE_TRY(bufferedData(entry));
            SCONCE_TRY(unpackInto(contents.bytes(), packed, entry));
        } else {
            const files::Mapping packed = SCONCE_TRY(
                files::Mapping::ofFile(m_archive, entry.dataOffset, entry.compressedSize, m_archivePath));
            SCONCE_TRY(unpackInto(contents.bytes(), QByteArrayView(packed.bytes()), entry));
        }
        SCONCE_TRY(m_context.goOn());
        SCONCE_TRY(file.close());
        return files::sha256(QByteArrayView(contents.bytes()));
    }

    Result<QByteArray> inPieces(const ZipEntry &entry, const QString &target, int mode) const
    {
        std::optional<files::NewFile> file;
        if (!target.isEmpty())
            file.emplace(SCONCE_TRY(files::NewFile::create(target, mode)));
        files::Sha256 digest;
        QByteArray packed(ReadSize, Qt::Uninitialized);
        qint64 at = entry.dataOffset;
        const auto next = [&]() -> Result<QByteArrayView> {
            SCONCE_TRY(m_context.goOn());
            const qint64 left = entry.dataOffset + entry.compressedSize - at;
            const std::span piece = std::span(packed).first(std::size_t(std::min<qint64>(left, ReadSize)));
            const qsizetype size = SCONCE_TRY(files::readAt(m_archive, at, piece, m_archivePath));
            at += size;
            return QByteArrayView(packed).first(size);
        };
        SCONCE_TRY(unpackThrough(entry, next, [&](QByteArrayView piece) -> Result<> {
            digest.add(piece);
            return file ? file->write(piece) : Result<>();
        }));
        if (file)
            SCONCE_TRY(file->close());
        return digest.finish();
    }

    files::Descriptor m_archive;
    QString m_archivePath;
    QString m_folder;
    const JobContext &m_context;
};

Result<> checkRoom(const ZipIndex &index, const QString &folder)
{
    const qint64 free = files::freeBytes(folder);
    if (free < 0 || index.totalSize() <= free)
        return {};
    return std::unexpected(Error(ErrorKind::DiskFull,
        QCoreApplication::translate("archive", "“%1” needs %2, but only %3 are free")
            .arg(folder, sizeText(index.totalSize()), sizeText(free)))
            .hint(QCoreApplication::translate("archive", "Make room on the disk and try again")));
}

Result<> makeFolders(const ZipIndex &index, const QString &folder)
{
    SCONCE_TRY(files::makeFolder(folder));
    std::unordered_set<QString> made;
    for (const ZipEntry &entry : index.entries()) {
        const QString parent = entry.name.left(entry.name.lastIndexOf(u'/'));
        if (entry.name.contains(u'/') && made.insert(parent).second)
            SCONCE_TRY(files::makeFolder(folder + u'/' + parent));
    }
    return {};
}

} // namespace

Result<std::vector<Unpacked>> unpack(
    const QString &archivePath, const ZipIndex &index, const QString &folder, const JobContext &context)
{
    SCONCE_TRY(makeFolders(index, folder));
    SCONCE_TRY(checkRoom(index, folder));
    std::vector<const ZipEntry *> work;
    for (const ZipEntry &entry : index.entries()) {
        if (!entry.isFolder())
            work.push_back(&entry);
    }
    const std::size_t files = work.size();
    for (const ZipEntry &entry : index.repeats()) {
        if (!entry.isFolder())
            work.push_back(&entry);
    }
    // The largest first, so that no thread begins one when the others are done.
    std::vector<std::size_t> order(work.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t row) { return work[row]->size; });

    files::Descriptor archive = SCONCE_TRY(files::openForReading(archivePath));
    const Unpacking unpacking(std::move(archive), archivePath, folder, context);
    std::vector<QByteArray> digests(work.size());
    const auto one = [&](std::size_t i) -> Result<> {
        const std::size_t row = order[i];
        digests[row] = SCONCE_TRY(unpacking.contentsOf(*work[row], row >= files));
        return {};
    };
    SCONCE_TRY(each(work.size(), processors(), one, context));

    std::vector<Unpacked> rows;
    QHash<QString, QByteArray> byName;
    for (std::size_t row = 0; row < files; ++row) {
        const ZipEntry &entry = *work[row];
        rows.push_back({entry.name, entry.size, digests[row], entry.isExecutable()});
        byName.insert(entry.name, digests[row]);
    }
    for (std::size_t row = files; row < work.size(); ++row) {
        if (byName.value(work[row]->name) != digests[row])
            return badEntry(
                QT_TRANSLATE_NOOP("archive", "“%1” is in the archive twice, and not the same"), *work[row]);
    }
    return rows;
}

} // namespace sconce::archive
