// SPDX-License-Identifier: Apache-2.0
#include "kit/zip_writer.h"

#include <algorithm>
#include <array>

namespace sconce::kit {

namespace {

constexpr quint32 In64 = 0xFFFFFFFF;
constexpr quint16 IsUtf8 = 0x800;
constexpr quint16 HasDescriptor = 8;
constexpr quint32 Date = ((2024 - 1980) << 9 | 1 << 5 | 1) << 16;

struct Truth {
    quint32 crc = 0;
    quint32 packedSize = 0;
    quint32 size = 0;
    quint32 offset = 0;
};

bool isWide(const ZipMember &member)
{
    return member.descriptor == ZipMember::Descriptor::MarkedWide
        || member.descriptor == ZipMember::Descriptor::BareWide;
}

quint16 flagsOf(const ZipMember &member)
{
    const bool isAscii = std::ranges::all_of(member.name, [](char byte) { return uchar(byte) < 0x80; });
    return quint16(
        (isAscii ? 0 : IsUtf8) | (member.descriptor == ZipMember::Descriptor::None ? 0 : HasDescriptor));
}

/// Flags, method, time, checksum and the two sizes: what both headers share.
QByteArray shared(const ZipMember &member, const ZipLies &lies, const Truth &truth, bool in64)
{
    return number(lies.flags.value_or(flagsOf(member)), 2) + number(lies.method.value_or(member.method), 2)
        + number(Date, 4) + number(lies.crc.value_or(truth.crc), 4)
        + number(in64 ? In64 : lies.packedSize.value_or(truth.packedSize), 4)
        + number(in64 ? In64 : lies.size.value_or(truth.size), 4);
}

QByteArray localHeader(const ZipMember &member, const Truth &truth)
{
    const bool in64 = member.isZip64 || isWide(member);
    const Truth written = member.descriptor == ZipMember::Descriptor::None ? truth : Truth{};
    const QByteArray name = member.local.name.value_or(member.name);
    QByteArray extra;
    if (in64)
        extra = extraField(1, number(written.size, 8) + number(written.packedSize, 8));
    if (member.local.zip64Field)
        extra = extraField(1, *member.local.zip64Field);
    extra += member.local.extra;
    return QByteArray("PK\3\4") + number(in64 ? 45 : 20, 2) + shared(member, member.local, written, in64)
        + number(quint64(name.size()), 2) + number(quint64(extra.size()), 2) + name + extra;
}

QByteArray descriptorOf(const ZipMember &member, const Truth &truth)
{
    if (member.descriptor == ZipMember::Descriptor::None)
        return {};
    const bool isMarked = member.descriptor == ZipMember::Descriptor::Marked
        || member.descriptor == ZipMember::Descriptor::MarkedWide;
    const ZipLies &lies = member.descriptorLies;
    return (isMarked ? QByteArray("PK\7\10") : QByteArray()) + number(lies.crc.value_or(truth.crc), 4)
        + number(lies.packedSize.value_or(truth.packedSize), isWide(member) ? 8 : 4)
        + number(lies.size.value_or(truth.size), isWide(member) ? 8 : 4);
}

QByteArray centralHeader(const ZipMember &member, const Truth &truth)
{
    const ZipLies &lies = member.central;
    const QByteArray name = lies.name.value_or(member.name);
    QByteArray extra;
    if (member.isZip64)
        extra = extraField(1, number(truth.size, 8) + number(truth.packedSize, 8) + number(truth.offset, 8));
    if (lies.zip64Field)
        extra = extraField(1, *lies.zip64Field);
    extra += lies.extra;
    return QByteArray("PK\1\2") + number(3 << 8 | 30, 2) + number(member.isZip64 ? 45 : 20, 2)
        + shared(member, lies, truth, member.isZip64) + number(quint64(name.size()), 2)
        + number(quint64(extra.size()), 2) + number(0, 2) + number(lies.disk.value_or(0), 2) + number(0, 2)
        + number(quint64(member.mode) << 16, 4)
        + number(member.isZip64 ? In64 : lies.offset.value_or(truth.offset), 4) + name + extra;
}

QByteArray packedOf(const ZipMember &member)
{
    if (member.packed)
        return *member.packed;
    switch (member.method) {
    case 8: return deflated(member.data);
    case 93: return zstandard(member.data);
    default: return member.data;
    }
}

} // namespace

QByteArray number(quint64 value, int bytes)
{
    QByteArray text;
    for (int i = 0; i < bytes; ++i)
        text += char(uchar(value >> (8 * i)));
    return text;
}

QByteArray extraField(quint16 id, const QByteArray &contents)
{
    return number(id, 2) + number(quint64(contents.size()), 2) + contents;
}

QByteArray deflated(const QByteArray &data)
{
    // qCompress: four bytes of size, a zlib header of two, deflate, a checksum of four. It gives nothing for
    // nothing, so here is the one block that means “end”.
    return data.isEmpty() ? QByteArray("\3\0", 2) : qCompress(data, 1).sliced(6).chopped(4);
}

QByteArray zstandard(const QByteArray &data, int windowLog)
{
    constexpr qsizetype BlockSize = 64 << 10;
    QByteArray frame = number(0xFD2FB528, 4) + number(0x80, 1) + number(quint64(windowLog - 10) << 3, 1)
        + number(quint64(data.size()), 4);
    for (qsizetype at = 0; at == 0 || at < data.size(); at += BlockSize) {
        const QByteArray block = data.mid(at, BlockSize);
        frame += number(quint64(block.size()) << 3 | (at + BlockSize >= data.size() ? 1 : 0), 3) + block;
    }
    return frame;
}

quint32 crc32(QByteArrayView data)
{
    static const std::array<quint32, 256> table = [] {
        std::array<quint32, 256> rows{};
        for (quint32 row = 0; row < rows.size(); ++row) {
            quint32 sum = row;
            for (int bit = 0; bit < 8; ++bit)
                sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320 : 0);
            rows[row] = sum;
        }
        return rows;
    }();
    quint32 sum = 0xFFFFFFFF;
    for (const char byte : data)
        sum = sum >> 8 ^ table[(sum ^ uchar(byte)) & 0xFF];
    return ~sum;
}

QByteArray ZipArchive::bytes() const
{
    QByteArray out = prefix;
    const qsizetype base = isPrefixCounted ? 0 : prefix.size();
    QByteArray directory;
    quint64 listed = 0;
    for (const ZipMember &member : members) {
        const QByteArray packed = packedOf(member) + member.tail;
        const Truth truth{.crc = crc32(member.data),
            .packedSize = quint32(packed.size()),
            .size = quint32(member.data.size()),
            .offset = quint32(out.size() - base)};
        if (member.isInPlace)
            out += localHeader(member, truth) + packed + descriptorOf(member, truth) + member.after;
        if (member.isListed) {
            directory += centralHeader(member, truth);
            ++listed;
        }
    }
    out += between;
    const quint64 at = quint64(out.size() - base);
    out += directory;
    if (end64 != End64::None) {
        const quint64 here = quint64(out.size() - base);
        const quint64 size = end64Size.value_or(44 + quint64(end64Extra.size()));
        out += QByteArray("PK\6\6") + number(size, 8) + number(45, 2) + number(45, 2) + number(0, 4)
            + number(0, 4) + number(listed, 8) + number(listed, 8) + number(quint64(directory.size()), 8)
            + number(at, 8) + end64Extra;
        out += QByteArray("PK\6\7") + number(0, 4) + number(locator.value_or(here), 8) + number(1, 4);
    }
    const bool isOnly = end64 == End64::Only;
    const quint64 entries = count.value_or(isOnly ? 0xFFFF : quint16(listed));
    out += QByteArray("PK\5\6") + number(disk.value_or(0), 2) + number(disk.value_or(0), 2)
        + number(entries, 2) + number(entries, 2)
        + number(directorySize.value_or(isOnly ? In64 : quint32(directory.size())), 4)
        + number(directoryOffset.value_or(isOnly ? In64 : quint32(at)), 4)
        + number(quint64(comment.size()), 2) + comment;
    return out + suffix;
}

} // namespace sconce::kit
