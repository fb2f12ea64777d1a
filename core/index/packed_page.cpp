// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include <QDataStream>
#include <QHash>
#include <QIODevice>

#include "index/listing.h"

namespace sconce::index {

namespace {

// First what is said of versions, then their files, a block a version, which is read when it is wanted. Texts
// that come again (requires-python, yank reasons) are stored once. The store has checked the bytes, so
// nothing here needs to be suspicious.
constexpr int Format = QDataStream::Qt_6_8;
constexpr qint64 NoTime = std::numeric_limits<qint64>::min();

enum Flag : quint8 { HasMetadataFile = 1, IsYanked = 2, HasOnlySha256 = 4, EndsInName = 8 };

void setFormat(QDataStream &stream)
{
    stream.setVersion(Format);
    stream.setByteOrder(QDataStream::LittleEndian);
}

QByteArray hexToBytes(const QString &hex)
{
    return QByteArray::fromHex(hex.toLatin1());
}

QString bytesToHex(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

/// Texts by number.
class Texts {
public:
    quint32 number(const QString &text)
    {
        const auto place = m_numbers.constFind(text);
        if (place != m_numbers.constEnd())
            return *place;
        m_texts.append(text.toUtf8());
        return *m_numbers.insert(text, quint32(m_texts.size() - 1));
    }
    const QList<QByteArray> &all() const { return m_texts; }

private:
    QHash<QString, quint32> m_numbers{{QString(), 0}};
    QList<QByteArray> m_texts{QByteArray()};
};

void pack(QDataStream &out, const metadata::IndexFile &file, Texts &texts)
{
    const bool isUsual = file.hashes.size() == 1 && file.hashes[0].first == QLatin1StringView("sha256");
    // Most addresses end in the file's name.
    const bool endsInName = file.urlAsWritten.endsWith(file.fileName);
    out << quint8((file.hasMetadataFile ? HasMetadataFile : 0) | (file.yanked ? IsYanked : 0)
        | (isUsual ? HasOnlySha256 : 0) | (endsInName ? EndsInName : 0))
        << file.fileName.toUtf8()
        << texts.number(endsInName ? file.urlAsWritten.chopped(file.fileName.size()) : file.urlAsWritten)
        << file.size.value_or(-1) << (file.uploadTime ? file.uploadTime->toMSecsSinceEpoch() : -1)
        << texts.number(file.requiresPython ? file.requiresPython->text() : QString())
        << texts.number(file.yanked.value_or(QString())) << hexToBytes(file.metadataSha256);
    if (isUsual)
        out << hexToBytes(file.hashes[0].second);
    else
        out << QList<std::pair<QString, QString>>(file.hashes.begin(), file.hashes.end());
}

ListedFile unpack(QDataStream &in, const QStringList &texts)
{
    ListedFile file;
    quint8 flags = 0;
    quint32 url = 0;
    quint32 requiresPython = 0;
    quint32 yanked = 0;
    QByteArray fileName, metadataDigest;
    in >> flags >> fileName >> url >> file.size >> file.uploadTime >> requiresPython >> yanked
        >> metadataDigest;
    file.fileName = QString::fromUtf8(fileName);
    file.url = flags & EndsInName ? texts.value(url) + file.fileName : texts.value(url);
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
    return file;
}

/// What stands between the list of versions and their files.
struct Packed {
    struct Block {
        qsizetype start = 0;
        quint32 files = 0;
    };

    Packed(QByteArray all, QUrl base, names::PackageName package)
        : bytes(std::move(all))
        , reader(std::move(base), std::move(package))
    {}

    QByteArray bytes;
    FileReader reader;
    QStringList texts;
    std::vector<Block> blocks;

    std::vector<metadata::IndexFile> files(std::size_t release)
    {
        const Block &block = blocks[release];
        QDataStream in(QByteArray::fromRawData(bytes.constData() + block.start, bytes.size() - block.start));
        setFormat(in);
        std::vector<metadata::IndexFile> files;
        files.reserve(block.files);
        for (quint32 count = 0; count < block.files; ++count) {
            if (auto file = reader.file(unpack(in, texts)))
                files.push_back(std::move(*file));
        }
        return files;
    }
};

} // namespace

QByteArray packPage(const metadata::IndexPage &page, const QUrl &base)
{
    Texts texts;
    QByteArray blocks;
    QDataStream out(&blocks, QIODevice::WriteOnly);
    setFormat(out);
    QByteArray versions;
    QDataStream table(&versions, QIODevice::WriteOnly);
    setFormat(table);
    const auto &releases = page.releases();
    for (std::size_t number = 0; number < releases.size(); ++number) {
        const metadata::IndexPage::Release &release = releases[number];
        const std::vector<metadata::IndexFile> &files = page.files(number);
        table << release.version.text().toLatin1() << release.firstUpload.value_or(NoTime)
              << quint8(release.tags) << quint32(files.size()) << quint32(blocks.size());
        for (const metadata::IndexFile &file : files)
            pack(out, file, texts);
    }
    QByteArray bytes;
    QDataStream all(&bytes, QIODevice::WriteOnly);
    setFormat(all);
    all << base.toEncoded() << texts.all() << quint32(releases.size());
    return bytes + versions + blocks;
}

SharedPage unpackPage(const QByteArray &bytes, const names::PackageName &package)
{
    QDataStream in(bytes);
    setFormat(in);
    QByteArray base;
    QList<QByteArray> texts;
    quint32 count = 0;
    in >> base >> texts >> count;
    const auto packed = std::make_shared<Packed>(bytes, QUrl::fromEncoded(base), package);
    for (const QByteArray &text : std::as_const(texts))
        packed->texts.append(QString::fromUtf8(text));
    std::vector<metadata::IndexPage::Release> releases;
    // No version takes fewer bytes; a number that cannot be true must not ask for all memory.
    releases.reserve(std::min<std::size_t>(count, std::size_t(bytes.size()) / sizeof(qint64)));
    packed->blocks.reserve(releases.capacity());
    for (quint32 number = 0; number < count && in.status() == QDataStream::Ok; ++number) {
        QByteArray version;
        qint64 firstUpload = NoTime;
        quint8 tags = 0;
        quint32 files = 0;
        quint32 start = 0;
        in >> version >> firstUpload >> tags >> files >> start;
        Result<versions::Version> read = versions::Version::parse(QString::fromLatin1(version));
        if (!read)
            break;
        releases.push_back(
            {*std::move(read), firstUpload == NoTime ? std::nullopt : std::optional(firstUpload),
                metadata::IndexPage::Release::Tags(tags)});
        packed->blocks.push_back({qsizetype(start), files});
    }
    const qsizetype tableEnd = in.device()->pos();
    for (Packed::Block &block : packed->blocks)
        block.start += tableEnd;
    return std::make_shared<const metadata::IndexPage>(
        std::move(releases), [packed](std::size_t release) { return packed->files(release); });
}

} // namespace sconce::index
