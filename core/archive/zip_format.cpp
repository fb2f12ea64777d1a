// SPDX-License-Identifier: Apache-2.0
#include "archive/zip_format.h"

#include <QCoreApplication>
#include <QtEndian>

#include "archive/entry_name.h"

namespace sconce::archive {

std::unexpected<Error> badEntry(const char *sentence, const ZipEntry &entry)
{
    return std::unexpected(Error(
        ErrorKind::BadInput, QCoreApplication::translate("archive", sentence).arg(escapedName(entry.name))));
}

std::unexpected<Error> badArchive(const char *sentence)
{
    return std::unexpected(Error(ErrorKind::BadInput, QCoreApplication::translate("archive", sentence)));
}

namespace {

constexpr qint64 EndSize = 22;
constexpr qint64 End64Size = 56;
constexpr qint64 LocatorSize = 20;
constexpr qint64 CentralSize = 46;

constexpr QByteArrayView EndMark = "PK\5\6";
constexpr QByteArrayView End64Mark = "PK\6\6";
constexpr QByteArrayView LocatorMark = "PK\6\7";
constexpr QByteArrayView CentralMark = "PK\1\2";
constexpr QByteArrayView LocalMark = "PK\3\4";
constexpr QByteArrayView DescriptorMark = "PK\7\10";

/// In a 16 or 32 bit field: see the zip64 field.
constexpr quint16 In64Short = 0xFFFF;
constexpr quint32 In64 = 0xFFFFFFFF;

constexpr quint16 IsUtf8 = 1U << 11;
/// Encrypted, strongly encrypted, headers masked.
constexpr quint16 EncryptionFlags = 1U | 1U << 6 | 1U << 13;
constexpr quint16 IsPatch = 1U << 5;
constexpr quint16 TellingFlags = EncryptionFlags | IsPatch | IsUtf8 | HasDescriptor;

constexpr quint16 Zip64Field = 0x0001;
constexpr quint16 UnicodePathField = 0x7075;

template <class Number>
Number at(QByteArrayView bytes, qsizetype offset)
{
    return qFromLittleEndian<Number>(bytes.sliced(offset, sizeof(Number)).data());
}

bool isAllZero(QByteArrayView bytes)
{
    return std::ranges::all_of(bytes, [](char byte) { return byte == 0; });
}

/// The extra fields that are looked at (§ 4.5.2); views into the header.
struct Extras {
    std::optional<QByteArrayView> zip64;
    std::optional<QByteArrayView> unicodePath;
};

Result<Extras> parseExtras(QByteArrayView bytes, const ZipEntry &entry)
{
    Extras extras;
    while (bytes.size() >= 4) {
        const auto id = at<quint16>(bytes, 0);
        const auto size = at<quint16>(bytes, 2);
        if (size > bytes.size() - 4)
            return badEntry(
                QT_TRANSLATE_NOOP("archive", "“%1” has an extra field longer than its header"), entry);
        const auto keep = [&](std::optional<QByteArrayView> &place) {
            const bool isFirst = !place;
            place = bytes.sliced(4, size);
            return isFirst;
        };
        if ((id == Zip64Field && !keep(extras.zip64))
            || (id == UnicodePathField && !keep(extras.unicodePath)))
            return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” has the same extra field twice"), entry);
        bytes = bytes.sliced(4 + size);
    }
    // Tools that align contents pad with up to three zeros, which make no field.
    if (!isAllZero(bytes))
        return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” has an extra field that is cut off"), entry);
    return extras;
}

/// Reads the 64-bit values that stand for fields at their maximum, in order; every byte of the field must be
/// used.
Result<> fillFrom64(const Extras &extras, std::initializer_list<quint64 *> values, const ZipEntry &entry)
{
    const auto isIn64 = [](const quint64 *value) { return *value == In64; };
    const auto wanted = std::ranges::count_if(values, isIn64);
    if (wanted == 0 && !extras.zip64)
        return {};
    if (wanted == 0 || !extras.zip64 || extras.zip64->size() != 8 * wanted)
        return badEntry(
            QT_TRANSLATE_NOOP("archive", "“%1” has a zip64 field that does not fit its header"), entry);
    qsizetype offset = 0;
    for (quint64 *value : values) {
        if (isIn64(value)) {
            *value = at<quint64>(*extras.zip64, offset);
            offset += 8;
        }
    }
    return {};
}

/// A second name (Info-ZIP's Unicode path: version, CRC of the name, the name) must be the first name again.
Result<> checkUnicodePath(const Extras &extras, QByteArrayView name, const ZipEntry &entry)
{
    if (extras.unicodePath && (extras.unicodePath->size() < 5 || extras.unicodePath->sliced(5) != name))
        return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” has a second, different name"), entry);
    return {};
}

Result<> checkFlags(const ZipEntry &entry)
{
    if (entry.flags & EncryptionFlags)
        return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” is encrypted"), entry);
    if (entry.flags & IsPatch)
        return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” is a patch for another file"), entry);
    return {};
}

Result<> setMethod(ZipEntry &entry, quint16 number)
{
    switch (number) {
    case 0: entry.method = ZipEntry::Method::Stored; return {};
    case 8: entry.method = ZipEntry::Method::Deflated; return {};
    case 93: entry.method = ZipEntry::Method::Zstandard; return {};
    default: break;
    }
    const QString known = number == 12 ? QStringLiteral("bzip2")
        : number == 14                 ? QStringLiteral("LZMA")
        : number == 9                  ? QStringLiteral("Deflate64")
        : number == 95                 ? QStringLiteral("xz")
                                       : QString::number(number);
    return std::unexpected(Error(ErrorKind::BadInput,
        QCoreApplication::translate("archive", "“%1” is packed with a method that is not supported: %2")
            .arg(escapedName(entry.name), known)));
}

Result<> setName(ZipEntry &entry, QByteArrayView bytes)
{
    const bool isAscii = std::ranges::all_of(bytes, [](char byte) { return uchar(byte) < 0x80; });
    const QString stored = QString::fromUtf8(bytes);
    entry.name = stored;
    // Readers disagree about the letters of such a name, so about where the file goes.
    if (!isAscii && !(entry.flags & IsUtf8))
        return badEntry(QT_TRANSLATE_NOOP("archive", "The name “%1” does not say that it is UTF-8"), entry);
    if (!QUtf8StringView(bytes).isValidUtf8())
        return badEntry(QT_TRANSLATE_NOOP("archive", "The name “%1” is not UTF-8"), entry);
    entry.name = SCONCE_TRY(plainEntryName(stored));
    if (entry.name != stored)
        entry.storedName = stored;
    return {};
}

qsizetype nameSize(const ZipEntry &entry)
{
    return (entry.storedName.isEmpty() ? entry.name : entry.storedName).toUtf8().size();
}

/// One header of the directory, at the front of `bytes`, which loses it.
Result<ZipEntry> takeCentralHeader(QByteArrayView &bytes, qint64 directoryAt)
{
    constexpr const char *Cut =
        QT_TRANSLATE_NOOP("archive", "The directory of the archive is cut off or counts wrongly");
    if (bytes.size() < CentralSize || !bytes.startsWith(CentralMark))
        return badArchive(Cut);
    const qsizetype sizeOfName = at<quint16>(bytes, 28);
    const qsizetype sizeOfExtras = at<quint16>(bytes, 30);
    const qsizetype whole = CentralSize + sizeOfName + sizeOfExtras + at<quint16>(bytes, 32);
    if (bytes.size() < whole)
        return badArchive(Cut);

    ZipEntry entry;
    entry.flags = at<quint16>(bytes, 8);
    const QByteArrayView name = bytes.sliced(CentralSize, sizeOfName);
    SCONCE_TRY(setName(entry, name));
    SCONCE_TRY(checkFlags(entry));
    SCONCE_TRY(setMethod(entry, at<quint16>(bytes, 10)));
    entry.crc = at<quint32>(bytes, 16);
    quint64 packed = at<quint32>(bytes, 20);
    quint64 size = at<quint32>(bytes, 24);
    quint64 offset = at<quint32>(bytes, 42);
    const Extras extras =
        SCONCE_TRY(parseExtras(bytes.sliced(CentralSize + sizeOfName, sizeOfExtras), entry));
    SCONCE_TRY(fillFrom64(extras, {&size, &packed, &offset}, entry));
    SCONCE_TRY(checkUnicodePath(extras, name, entry));
    if (at<quint16>(bytes, 34) != 0)
        return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” lies on another disk"), entry);
    if (packed > quint64(directoryAt) || offset > quint64(directoryAt)
        || size > quint64(std::numeric_limits<qint64>::max()))
        return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” reaches beyond the end of the archive"), entry);
    entry.compressedSize = qint64(packed);
    entry.size = qint64(size);
    entry.offset = qint64(offset);
    entry.mode = at<quint32>(bytes, 38) >> 16;
    if (entry.method == ZipEntry::Method::Stored && packed != size)
        return badEntry(
            QT_TRANSLATE_NOOP("archive", "“%1” is stored as it is, with two different sizes"), entry);
    if (entry.isFolder() && (size != 0 || packed > 2))
        return badEntry(QT_TRANSLATE_NOOP("archive", "The folder “%1” has contents"), entry);
    bytes = bytes.sliced(whole);
    return entry;
}

/// Entries must fill the archive from its first byte to its directory, none in the place of another.
Result<> setEnds(std::vector<ZipEntry> &entries, qint64 directoryAt)
{
    std::vector<ZipEntry *> byPlace;
    for (ZipEntry &entry : entries)
        byPlace.push_back(&entry);
    std::ranges::sort(byPlace, {}, &ZipEntry::offset);
    if ((byPlace.empty() ? directoryAt : byPlace.front()->offset) != 0)
        return badArchive(
            QT_TRANSLATE_NOOP("archive", "There are bytes in front of the first entry of the archive"));
    for (std::size_t i = 0; i < byPlace.size(); ++i) {
        ZipEntry &entry = *byPlace[i];
        entry.end = i + 1 < byPlace.size() ? byPlace[i + 1]->offset : directoryAt;
        if (entry.end - entry.offset < LocalHeaderSize + nameSize(entry) + entry.compressedSize)
            return badEntry(
                QT_TRANSLATE_NOOP("archive", "“%1” overlaps what comes after it in the archive"), entry);
    }
    return {};
}

/// The zip64 end record and its locator, right in front of the end record at `endAt` of `tail`; nothing when
/// there is no locator.
Result<std::optional<QByteArrayView>> findEnd64(QByteArrayView tail, qsizetype endAt, qint64 tailAt)
{
    constexpr const char *Astray =
        QT_TRANSLATE_NOOP("archive", "The zip64 end record of the archive is not where it must be");
    if (endAt < LocatorSize || !tail.sliced(endAt - LocatorSize).startsWith(LocatorMark))
        return std::nullopt;
    const qsizetype at64 = endAt - LocatorSize - End64Size;
    if (at64 < 0 || !tail.sliced(at64).startsWith(End64Mark))
        return badArchive(Astray);
    const QByteArrayView locator = tail.sliced(endAt - LocatorSize, LocatorSize);
    const QByteArrayView record = tail.sliced(at64, End64Size);
    if (at<quint64>(locator, 8) != quint64(tailAt + at64)
        || at<quint64>(record, 4) != quint64(End64Size - 12))
        return badArchive(Astray);
    if (at<quint32>(locator, 4) != 0 || at<quint32>(locator, 16) != 1 || at<quint64>(record, 16) != 0)
        return badArchive(QT_TRANSLATE_NOOP("archive", "The archive is spread over several disks"));
    return record;
}

} // namespace

Result<ZipEnd> findEnd(QByteArrayView tail, qint64 archiveSize)
{
    const qint64 tailAt = archiveSize - tail.size();
    const qsizetype endAt = tail.lastIndexOf(EndMark);
    if (endAt < 0)
        return badArchive(QT_TRANSLATE_NOOP("archive", "This is no zip archive, or its end is missing"));
    if (tail.size() - endAt < EndSize || tail.size() - endAt - EndSize < at<quint16>(tail, endAt + 20))
        return badArchive(QT_TRANSLATE_NOOP("archive", "The end of the archive is cut off"));
    const QByteArrayView end = tail.sliced(endAt, EndSize);
    if (!isAllZero(tail.sliced(endAt + EndSize + at<quint16>(end, 20))))
        return badArchive(QT_TRANSLATE_NOOP("archive", "There are bytes behind the end of the archive"));
    if (at<quint32>(end, 4) != 0 || at<quint16>(end, 8) != at<quint16>(end, 10))
        return badArchive(QT_TRANSLATE_NOOP("archive", "The archive is spread over several disks"));

    quint64 entries = at<quint16>(end, 10);
    quint64 size = at<quint32>(end, 12);
    quint64 offset = at<quint32>(end, 16);
    quint64 directoryEnd = quint64(tailAt + endAt);
    if (const auto record = SCONCE_TRY(findEnd64(tail, endAt, tailAt))) {
        const quint64 oldEntries = entries;
        const quint64 oldSize = size;
        const quint64 oldOffset = offset;
        entries = at<quint64>(*record, 32);
        size = at<quint64>(*record, 40);
        offset = at<quint64>(*record, 48);
        directoryEnd -= quint64(LocatorSize + End64Size);
        if (at<quint64>(*record, 24) != entries || (oldEntries != In64Short && oldEntries != entries)
            || (oldSize != In64 && oldSize != size) || (oldOffset != In64 && oldOffset != offset))
            return badArchive(QT_TRANSLATE_NOOP("archive", "The two end records of the archive disagree"));
    }
    if (size > directoryEnd || offset != directoryEnd - size) {
        const bool isSecond = endAt > 0 && tail.first(endAt).contains(EndMark)
            && offset + size >= quint64(tailAt) && offset + size < directoryEnd;
        return badArchive(isSecond ? QT_TRANSLATE_NOOP("archive", "The archive has two ends")
                                   : QT_TRANSLATE_NOOP("archive",
                                         "The directory of the archive is not where its end record says"));
    }
    if (entries > size / CentralSize)
        return badArchive(
            QT_TRANSLATE_NOOP("archive", "The archive counts more entries than its directory can hold"));
    return ZipEnd{.entries = qint64(entries), .directoryAt = qint64(offset), .directorySize = qint64(size)};
}

Result<std::vector<ZipEntry>> parseDirectory(QByteArrayView directory, const ZipEnd &end)
{
    std::vector<ZipEntry> entries;
    entries.reserve(std::size_t(end.entries));
    for (qint64 i = 0; i < end.entries; ++i)
        entries.push_back(SCONCE_TRY(takeCentralHeader(directory, end.directoryAt)));
    if (!directory.isEmpty())
        return badArchive(QT_TRANSLATE_NOOP(
            "archive", "The directory of the archive holds more than its end record counts"));
    SCONCE_TRY(setEnds(entries, end.directoryAt));
    return entries;
}

Result<qint64> localHeaderSize(QByteArrayView start, const ZipEntry &entry)
{
    if (start.size() < LocalHeaderSize || !start.startsWith(LocalMark))
        return badEntry(
            QT_TRANSLATE_NOOP("archive", "“%1” is in the directory of the archive, but not in the archive"),
            entry);
    const qint64 size = LocalHeaderSize + at<quint16>(start, 26) + at<quint16>(start, 28);
    if (size + entry.compressedSize > entry.end - entry.offset)
        return badEntry(
            QT_TRANSLATE_NOOP("archive", "“%1” overlaps what comes after it in the archive"), entry);
    return size;
}

Result<> checkLocalHeader(QByteArrayView header, const ZipEntry &entry)
{
    const qsizetype sizeOfName = at<quint16>(header, 26);
    const QByteArrayView name = header.sliced(LocalHeaderSize, sizeOfName);
    if (name != (entry.storedName.isEmpty() ? entry.name : entry.storedName).toUtf8())
        return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” has another name in its own header"), entry);
    const auto flags = at<quint16>(header, 6);
    ZipEntry local = entry;
    SCONCE_TRY(setMethod(local, at<quint16>(header, 8)));
    if ((flags & TellingFlags) != (entry.flags & TellingFlags) || local.method != entry.method)
        return badEntry(
            QT_TRANSLATE_NOOP("archive", "“%1” is packed otherwise than the directory says"), entry);

    quint64 packed = at<quint32>(header, 18);
    quint64 size = at<quint32>(header, 22);
    const Extras extras = SCONCE_TRY(parseExtras(header.sliced(LocalHeaderSize + sizeOfName), entry));
    SCONCE_TRY(fillFrom64(extras, {&size, &packed}, entry));
    SCONCE_TRY(checkUnicodePath(extras, name, entry));
    // Written while the sizes were not known yet, the header may leave them to the descriptor behind the
    // data.
    const auto agrees = [&](quint64 here, quint64 there) {
        return here == there || (here == 0 && (flags & HasDescriptor));
    };
    if (!agrees(at<quint32>(header, 14), entry.crc))
        return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” has another checksum in its own header"), entry);
    if (!agrees(packed, quint64(entry.compressedSize)) || !agrees(size, quint64(entry.size)))
        return badEntry(QT_TRANSLATE_NOOP("archive", "“%1” has another size in its own header"), entry);
    return {};
}

Result<> checkDescriptor(QByteArrayView bytes, const ZipEntry &entry)
{
    if (!(entry.flags & HasDescriptor)) {
        if (bytes.isEmpty())
            return {};
        return badEntry(
            QT_TRANSLATE_NOOP("archive", "There are bytes behind “%1” that the directory does not list"),
            entry);
    }
    // With the mark or without, sizes of 4 or 8 bytes: no two of the four are of one length.
    const bool isMarked = bytes.size() == 16 || bytes.size() == 24;
    const bool isWide = bytes.size() == 20 || bytes.size() == 24;
    if ((!isMarked && !isWide && bytes.size() != 12) || (isMarked && !bytes.startsWith(DescriptorMark)))
        return badEntry(
            QT_TRANSLATE_NOOP("archive", "There are bytes behind “%1” that the directory does not list"),
            entry);
    const QByteArrayView facts = bytes.sliced(isMarked ? 4 : 0);
    const quint64 packed = isWide ? at<quint64>(facts, 4) : at<quint32>(facts, 4);
    const quint64 size = isWide ? at<quint64>(facts, 12) : at<quint32>(facts, 8);
    if (at<quint32>(facts, 0) != entry.crc || packed != quint64(entry.compressedSize)
        || size != quint64(entry.size))
        return badEntry(
            QT_TRANSLATE_NOOP("archive", "“%1” has another size or checksum in its descriptor"), entry);
    return {};
}

} // namespace sconce::archive
