// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QByteArray>

namespace sconce::kit {

/// The numbers of a header or descriptor that a check wants other than the truth.
struct ZipLies {
    std::optional<QByteArray> name;
    std::optional<quint16> flags;
    std::optional<quint16> method;
    std::optional<quint32> crc;
    std::optional<quint32> packedSize;
    std::optional<quint32> size;
    /// Central header only.
    std::optional<quint32> offset;
    std::optional<quint16> disk;
    /// Extra fields, behind the zip64 field where there is one.
    QByteArray extra;
    /// Instead of the zip64 field.
    std::optional<QByteArray> zip64Field;
};

/// One member of an archive.
struct ZipMember {
    enum class Descriptor { None, Marked, Bare, MarkedWide, BareWide };

    QByteArray name;
    QByteArray data;
    quint16 method = 8;
    quint32 mode = 0100644;
    Descriptor descriptor = Descriptor::None;
    /// Sizes and offset in zip64 fields.
    bool isZip64 = false;
    /// Packed bytes outright.
    std::optional<QByteArray> packed;
    /// Bytes behind the packed ones, counted with them.
    QByteArray tail;
    /// Bytes behind all of the member that nothing counts.
    QByteArray after;
    bool isInPlace = true;
    bool isListed = true;
    ZipLies local;
    ZipLies central;
    ZipLies descriptorLies;
};

/// A zip archive in which any field can be wrong.
struct ZipArchive {
    enum class End64 { None, Also, Only };

    std::vector<ZipMember> members;
    QByteArray prefix;
    /// Whether offsets count the prefix.
    bool isPrefixCounted = true;
    /// Between the members and the directory.
    QByteArray between;
    QByteArray comment;
    QByteArray suffix;
    End64 end64 = End64::None;
    std::optional<quint16> count;
    std::optional<quint16> disk;
    std::optional<quint32> directorySize;
    std::optional<quint32> directoryOffset;
    std::optional<quint64> locator;
    std::optional<quint64> end64Size;
    QByteArray end64Extra;

    QByteArray bytes() const;
};

/// Raw deflate.
QByteArray deflated(const QByteArray &data);
/// A zstd frame of stored blocks that asks for a window of 2^windowLog bytes.
QByteArray zstandard(const QByteArray &data, int windowLog = 21);
quint32 crc32(QByteArrayView data);
/// Little-endian.
QByteArray number(quint64 value, int bytes);
/// An extra field with its header.
QByteArray extraField(quint16 id, const QByteArray &contents);

} // namespace sconce::kit
