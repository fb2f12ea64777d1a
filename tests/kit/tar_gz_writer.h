// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/zip_writer.h"

namespace sconce::kit {

/// One record of a tar archive, padded; `type` as in ustar.
inline QByteArray tarRecord(const QByteArray &name, const QByteArray &contents, char type = '0')
{
    QByteArray header(512, '\0');
    const auto put = [&header](
                         qsizetype at, const QByteArray &text) { header.replace(at, text.size(), text); };
    const auto octal = [](qint64 number, int digits) {
        return QByteArray::number(number, 8).rightJustified(digits, '0');
    };
    put(0, name);
    put(100, "0000644");
    put(124, octal(contents.size(), 11));
    put(136, octal(0, 11));
    put(148, "        ");
    header[156] = type;
    put(257, QByteArray("ustar\00000", 8));
    qint64 sum = 0;
    for (const char byte : std::as_const(header))
        sum += uchar(byte);
    put(148, octal(sum, 6) + '\0');
    return header + contents + QByteArray((512 - contents.size() % 512) % 512, '\0');
}

/// A pax header for the record behind it: {"path", "demo/PKG-INFO"}.
inline QByteArray paxRecord(const QByteArray &key, const QByteArray &value)
{
    const QByteArray text = ' ' + key + '=' + value + '\n';
    qsizetype length = text.size() + 1;
    while (QByteArray::number(length).size() + text.size() != length)
        ++length;
    return tarRecord("PaxHeaders/x", QByteArray::number(length) + text, 'x');
}

/// The bytes as gzip keeps them when it cannot make them smaller.
inline QByteArray gzipped(const QByteArray &bytes)
{
    const auto little = [](quint32 number, int size) {
        QByteArray text;
        for (int i = 0; i < size; ++i)
            text += char(number >> (8 * i));
        return text;
    };
    QByteArray packed("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    constexpr qsizetype Most = 65'535;
    for (qsizetype at = 0; at == 0 || at < bytes.size(); at += Most) {
        const QByteArray part = bytes.mid(at, Most);
        packed += char(at + Most >= bytes.size() ? 1 : 0);
        packed += little(quint32(part.size()), 2) + little(~quint32(part.size()) & 0xFFFFU, 2) + part;
    }
    return packed + little(crc32(bytes), 4) + little(quint32(bytes.size()), 4);
}

/// Records, and the end of the archive.
inline QByteArray tarGz(const QByteArray &records)
{
    return gzipped(records + QByteArray(1024, '\0'));
}

} // namespace sconce::kit
