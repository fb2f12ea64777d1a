// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include <QHash>
#include <QStringDecoder>
#include <QtEndian>

#include "index/listing.h"

namespace sconce::index {

namespace {

// First what is said of versions, then their files, a block a version, which is read when it is wanted. Texts
// that come again (requires-python, yank reasons) are stored once. The store has checked the bytes, so
// nothing here needs to be suspicious; but what is cut off must not be read beyond its end.
constexpr qint64 NoTime = std::numeric_limits<qint64>::min();
constexpr QLatin1StringView Sha256("sha256:");

enum Flag : quint8 { HasMetadataFile = 1, IsYanked = 2, HasOnlySha256 = 4, EndsInName = 8 };

template <class Number>
void append(QByteArray &out, Number number)
{
    const Number little = qToLittleEndian(number);
    out.append(reinterpret_cast<const char *>(&little), sizeof little);
}

void appendBytes(QByteArray &out, QByteArrayView bytes)
{
    append(out, quint32(bytes.size()));
    out.append(bytes);
}

/// Reads what was appended, from front to back; past the end there are zeros and empty texts. QDataStream
/// would do, but takes several times as long, and every version that is looked at comes through here.
class Cursor {
public:
    explicit Cursor(QByteArrayView bytes)
        : m_rest(bytes)
    {}
    bool isAtEnd() const { return m_rest.isEmpty(); }
    const char *position() const { return m_rest.data(); }

    template <class Number>
    Number number()
    {
        const QByteArrayView taken = take(sizeof(Number));
        return taken.size() == sizeof(Number) ? qFromLittleEndian<Number>(taken.data()) : Number();
    }
    QByteArrayView bytes() { return take(number<quint32>()); }
    QString text()
    {
        const QByteArrayView taken = bytes();
        // A mark at the start is part of the text here, and QString::fromUtf8() drops it.
        if (taken.startsWith("\xEF\xBB\xBF"))
            return QStringDecoder(QStringDecoder::Utf8, QStringConverter::Flag::ConvertInitialBom)(taken);
        return QString::fromUtf8(taken);
    }

private:
    QByteArrayView take(qsizetype size)
    {
        const QByteArrayView taken = m_rest.first(std::min(size, m_rest.size()));
        m_rest = m_rest.sliced(taken.size());
        return taken;
    }

    QByteArrayView m_rest;
};

QByteArray hexToBytes(const QString &hex)
{
    return QByteArray::fromHex(hex.toLatin1());
}

QString bytesToHex(QLatin1StringView before, QByteArrayView bytes)
{
    constexpr char16_t Digits[] = u"0123456789abcdef";
    QString text(before.size() + 2 * bytes.size(), Qt::Uninitialized);
    QChar *out = std::ranges::transform(before, text.data(), [](char c) { return QChar::fromLatin1(c); }).out;
    for (const char byte : bytes) {
        *out++ = Digits[uchar(byte) >> 4];
        *out++ = Digits[uchar(byte) & 15];
    }
    return text;
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

void pack(QByteArray &out, const metadata::IndexFile &file, Texts &texts)
{
    const bool isUsual = file.hashes.size() == 1 && file.hashes[0].startsWith(Sha256);
    // Most addresses end in the file's name.
    const bool endsInName = file.urlAsWritten.endsWith(file.fileName);
    append(out,
        quint8((file.hasMetadataFile ? HasMetadataFile : 0) | (file.yanked ? IsYanked : 0)
            | (isUsual ? HasOnlySha256 : 0) | (endsInName ? EndsInName : 0)));
    appendBytes(out, file.fileName.toUtf8());
    append(
        out, texts.number(endsInName ? file.urlAsWritten.chopped(file.fileName.size()) : file.urlAsWritten));
    append(out, file.size.value_or(-1));
    append(out, file.uploadTime ? file.uploadTime->toMSecsSinceEpoch() : qint64(-1));
    append(out, texts.number(file.requiresPython ? file.requiresPython->text() : QString()));
    append(out, texts.number(file.yanked.value_or(QString())));
    appendBytes(out, hexToBytes(file.metadataSha256));
    if (isUsual) {
        appendBytes(out, hexToBytes(file.hashes[0].sliced(Sha256.size())));
        return;
    }
    append(out, quint32(file.hashes.size()));
    for (const QString &hash : file.hashes)
        appendBytes(out, hash.toUtf8());
}

ListedFile unpack(Cursor &in, const QStringList &texts)
{
    ListedFile file;
    const auto flags = in.number<quint8>();
    file.fileName = in.text();
    const auto url = in.number<quint32>();
    file.url = flags & EndsInName ? texts.value(url) + file.fileName : texts.value(url);
    file.size = in.number<qint64>();
    file.uploadTime = in.number<qint64>();
    file.requiresPython = texts.value(in.number<quint32>());
    const auto yanked = in.number<quint32>();
    if (flags & IsYanked)
        file.yanked = texts.value(yanked);
    file.hasMetadataFile = flags & HasMetadataFile;
    file.metadataSha256 = bytesToHex({}, in.bytes());
    if (flags & HasOnlySha256) {
        file.hashes.append(bytesToHex(Sha256, in.bytes()));
        return file;
    }
    for (auto left = in.number<quint32>(); left > 0 && !in.isAtEnd(); --left)
        file.hashes.append(in.text());
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
        Cursor in(QByteArrayView(bytes).sliced(block.start));
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
    QByteArray versions;
    const auto &releases = page.releases();
    for (std::size_t number = 0; number < releases.size(); ++number) {
        const metadata::IndexPage::Release &release = releases[number];
        const std::vector<metadata::IndexFile> &files = page.files(number);
        appendBytes(versions, release.version.text().toLatin1());
        append(versions, release.firstUpload.value_or(NoTime));
        append(versions, quint8(release.tags));
        append(versions, quint32(files.size()));
        append(versions, quint32(blocks.size()));
        for (const metadata::IndexFile &file : files)
            pack(blocks, file, texts);
    }
    QByteArray bytes;
    appendBytes(bytes, base.toEncoded());
    append(bytes, quint32(texts.all().size()));
    for (const QByteArray &text : texts.all())
        appendBytes(bytes, text);
    append(bytes, quint32(releases.size()));
    return bytes + versions + blocks;
}

SharedPage unpackPage(const QByteArray &bytes, const names::PackageName &package)
{
    Cursor in(bytes);
    const QByteArrayView base = in.bytes();
    const auto packed = std::make_shared<Packed>(bytes, QUrl::fromEncoded(base), package);
    for (auto left = in.number<quint32>(); left > 0 && !in.isAtEnd(); --left)
        packed->texts.append(in.text());
    const auto count = in.number<quint32>();
    std::vector<metadata::IndexPage::Release> releases;
    // No version takes fewer bytes; a number that cannot be true must not ask for all memory.
    releases.reserve(std::min<std::size_t>(count, std::size_t(bytes.size()) / sizeof(qint64)));
    packed->blocks.reserve(releases.capacity());
    for (quint32 number = 0; number < count && !in.isAtEnd(); ++number) {
        Result<versions::Version> version = versions::Version::parse(QString::fromLatin1(in.bytes()));
        const auto firstUpload = in.number<qint64>();
        const auto tags = in.number<quint8>();
        const auto files = in.number<quint32>();
        const auto start = in.number<quint32>();
        if (!version)
            break;
        releases.push_back(
            {*std::move(version), firstUpload == NoTime ? std::nullopt : std::optional(firstUpload),
                metadata::IndexPage::Release::Tags(tags)});
        packed->blocks.push_back({qsizetype(start), files});
    }
    const qsizetype tableEnd = in.position() - bytes.constData();
    for (Packed::Block &block : packed->blocks)
        block.start = std::min(block.start + tableEnd, bytes.size());
    return std::make_shared<const metadata::IndexPage>(
        std::move(releases), [packed](std::size_t release) { return packed->files(release); });
}

} // namespace sconce::index
