// SPDX-License-Identifier: Apache-2.0
#include <QDataStream>
#include <QHash>
#include <QIODevice>

#include "index/listing.h"

namespace sconce::index {

namespace {

// Texts that come again (requires-python, yank reasons) are stored once. Reading is a loop over plain fields;
// the store below has checked the bytes, so nothing here needs to be suspicious.
constexpr int Format = QDataStream::Qt_6_8;

enum Flag : quint8 { HasMetadataFile = 1, IsYanked = 2, HasOnlySha256 = 4 };

QByteArray hexToBytes(const QString &hex)
{
    return QByteArray::fromHex(hex.toLatin1());
}

QString bytesToHex(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

} // namespace

QByteArray packListing(const Listing &listing)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(Format);
    out.setByteOrder(QDataStream::LittleEndian);
    QHash<QString, quint32> numbers{{QString(), 0}};
    QList<QByteArray> texts{QByteArray()};
    const auto number = [&](const QString &text) {
        const auto place = numbers.constFind(text);
        if (place != numbers.constEnd())
            return *place;
        texts.append(text.toUtf8());
        return *numbers.insert(text, quint32(texts.size() - 1));
    };
    for (const ListedFile &file : listing.files) {
        number(file.requiresPython);
        number(file.yanked.value_or(QString()));
    }
    out << listing.base.toEncoded() << texts << quint32(listing.files.size());
    for (const ListedFile &file : listing.files) {
        const bool isUsual = file.hashes.size() == 1 && file.hashes[0].first == QLatin1StringView("sha256");
        out << quint8((file.hasMetadataFile ? HasMetadataFile : 0) | (file.yanked ? IsYanked : 0)
            | (isUsual ? HasOnlySha256 : 0))
            << file.fileName.toUtf8();
        // Most addresses end in the file's name.
        const bool endsInName = file.url.endsWith(file.fileName);
        out << endsInName << (endsInName ? file.url.chopped(file.fileName.size()) : file.url).toUtf8()
            << file.size << file.uploadTime << number(file.requiresPython)
            << number(file.yanked.value_or(QString())) << hexToBytes(file.metadataSha256);
        if (isUsual)
            out << hexToBytes(file.hashes[0].second);
        else
            out << QList<std::pair<QString, QString>>(file.hashes.begin(), file.hashes.end());
    }
    return bytes;
}

Listing unpackListing(const QByteArray &bytes)
{
    QDataStream in(bytes);
    in.setVersion(Format);
    in.setByteOrder(QDataStream::LittleEndian);
    QByteArray base;
    QList<QByteArray> packedTexts;
    quint32 count = 0;
    in >> base >> packedTexts >> count;
    QStringList texts;
    for (const QByteArray &text : std::as_const(packedTexts))
        texts.append(QString::fromUtf8(text));
    Listing listing{.base = QUrl::fromEncoded(base), .files = {}};
    // No file takes fewer bytes; a number that cannot be true must not ask for all memory.
    listing.files.resize(std::min<std::size_t>(count, std::size_t(bytes.size()) / sizeof(qint64)));
    for (ListedFile &file : listing.files) {
        quint8 flags = 0;
        quint32 requiresPython = 0;
        quint32 yanked = 0;
        bool endsInName = false;
        QByteArray fileName, url, metadataDigest;
        in >> flags >> fileName >> endsInName >> url >> file.size >> file.uploadTime >> requiresPython
            >> yanked >> metadataDigest;
        file.fileName = QString::fromUtf8(fileName);
        file.url = QString::fromUtf8(endsInName ? url + fileName : url);
        file.requiresPython = texts.value(requiresPython);
        if (flags & IsYanked)
            file.yanked = texts.value(yanked);
        file.hasMetadataFile = flags & HasMetadataFile;
        file.metadataSha256 = bytesToHex(metadataDigest);
        if (flags & HasOnlySha256) {
            QByteArray digest;
            in >> digest;
            file.hashes.emplace_back(QStringLiteral("sha256"), bytesToHex(digest));
        } else {
            QList<std::pair<QString, QString>> hashes;
            in >> hashes;
            file.hashes.assign(hashes.begin(), hashes.end());
        }
    }
    return listing;
}

} // namespace sconce::index
