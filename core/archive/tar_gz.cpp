// SPDX-License-Identifier: Apache-2.0
#include "archive/tar_gz.h"

#include <algorithm>

#include <QCoreApplication>
#include <QFile>

#include <zlib.h>

namespace sconce::archive {

namespace {

constexpr qsizetype BlockSize = 512;
constexpr qint64 MostOfHeader = 1 << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("archive", text);
}

/// The unpacked bytes of a gzip file, one after the other.
class Unzipped {
public:
    Unzipped(QFile &file, qint64 most, const JobContext &context)
        : m_file(file)
        , m_most(most)
        , m_context(context)
    {
        constexpr int Gzip = 16;
        m_isReady = inflateInit2(&m_stream, MAX_WBITS + Gzip) == Z_OK;
    }
    ~Unzipped() { inflateEnd(&m_stream); }
    Unzipped(const Unzipped &) = delete;
    Unzipped &operator=(const Unzipped &) = delete;

    /// As many bytes; fewer only at the end.
    Result<QByteArray> take(qint64 count)
    {
        QByteArray out(count, Qt::Uninitialized);
        qint64 made = 0;
        while (made < count && !m_isAtEnd)
            made += SCONCE_TRY(step(out.data() + made, count - made));
        out.truncate(made);
        return out;
    }
    Result<> skip(qint64 count)
    {
        constexpr qint64 Piece = 256 << 10;
        for (qint64 left = count; left > 0; left -= Piece) {
            const qint64 wanted = std::min(left, Piece);
            if (SCONCE_TRY(take(wanted)).size() < wanted)
                return damaged();
        }
        return {};
    }
    std::unexpected<Error> damaged() const
    {
        return std::unexpected(
            Error(ErrorKind::BadInput, tr("“%1” is damaged or cut off").arg(m_file.fileName())));
    }

private:
    Result<qint64> step(char *target, qint64 room)
    {
        SCONCE_TRY(m_context.goOn());
        if (m_stream.avail_in == 0) {
            m_packed = m_file.read(256 << 10);
            m_stream.next_in = reinterpret_cast<Bytef *>(m_packed.data());
            m_stream.avail_in = uInt(m_packed.size());
        }
        m_stream.next_out = reinterpret_cast<Bytef *>(target);
        m_stream.avail_out = uInt(std::min<qint64>(room, 1 << 30));
        const uInt before = m_stream.avail_out;
        const int result = m_isReady ? inflate(&m_stream, Z_NO_FLUSH) : Z_MEM_ERROR;
        const qint64 made = before - m_stream.avail_out;
        m_unpacked += made;
        if (result != Z_OK && result != Z_STREAM_END)
            return damaged();
        if (m_unpacked > m_most)
            return std::unexpected(Error(ErrorKind::BadInput,
                tr("“%1” unpacks to more than any source archive").arg(m_file.fileName())));
        if (result == Z_STREAM_END) {
            // Several streams one after the other are one file.
            m_isAtEnd = m_stream.avail_in == 0 && m_file.atEnd();
            if (!m_isAtEnd)
                inflateReset(&m_stream);
        }
        return made;
    }

    QFile &m_file;
    const qint64 m_most;
    const JobContext &m_context;
    z_stream m_stream{};
    QByteArray m_packed;
    qint64 m_unpacked = 0;
    bool m_isReady = false;
    bool m_isAtEnd = false;
};

/// A field of a header, up to its first NUL.
QByteArray field(const QByteArray &header, qsizetype at, qsizetype size)
{
    const QByteArray whole = header.sliced(at, size);
    return whole.first(std::max<qsizetype>(0, whole.indexOf('\0') < 0 ? size : whole.indexOf('\0')));
}

/// Octal, as all archives of Python's tools have it; -1 for what is none.
qint64 number(const QByteArray &header, qsizetype at, qsizetype size)
{
    bool isNumber = false;
    const qint64 value = field(header, at, size).trimmed().toLongLong(&isNumber, 8);
    return isNumber && value >= 0 ? value : -1;
}

bool hasRightSum(const QByteArray &header)
{
    qint64 sum = 0;
    for (qsizetype i = 0; i < BlockSize; ++i)
        sum += i >= 148 && i < 156 ? ' ' : uchar(header[i]);
    return sum == number(header, 148, 8);
}

/// What a pax header says of the next file: "27 path=demo-1.0/PKG-INFO\n".
struct Pax {
    QByteArray path;
    qint64 size = -1;

    bool read(const QByteArray &records)
    {
        for (qsizetype at = 0; at < records.size();) {
            const qsizetype blank = records.indexOf(' ', at);
            const qsizetype length = blank < 0 ? 0 : records.sliced(at, blank - at).toLongLong();
            if (length <= blank + 1 - at || length > records.size() - at || records[at + length - 1] != '\n')
                return false;
            const QByteArray record = records.sliced(blank + 1, at + length - blank - 2);
            bool isNumber = true;
            if (record.startsWith("path="))
                path = record.sliced(5);
            if (record.startsWith("size="))
                size = record.sliced(5).toLongLong(&isNumber);
            if (!isNumber || size < -1)
                return false;
            at += length;
        }
        return true;
    }
};

QByteArray nameOf(const QByteArray &header)
{
    const QByteArray prefix = header.sliced(257, 5) == "ustar" ? field(header, 345, 155) : QByteArray();
    const QByteArray name = field(header, 0, 100);
    return prefix.isEmpty() ? name : prefix + '/' + name;
}

/// What fills the last block; worked out so that no size is too large for it.
qint64 paddingOf(qint64 size)
{
    return (BlockSize - size % BlockSize) % BlockSize;
}

/// A file of the archive, of which the name and the size were read.
struct Member {
    QByteArray name;
    qint64 size = 0;
    bool isFile = false;
};

/// Goes from file to file; what the last one holds has to be taken or skipped in between.
class Members {
public:
    explicit Members(Unzipped &bytes)
        : m_bytes(bytes)
    {}

    /// Nothing at the end.
    Result<std::optional<Member>> next()
    {
        Pax pax;
        while (true) {
            const QByteArray header = SCONCE_TRY(m_bytes.take(BlockSize));
            if (header.isEmpty() || std::ranges::all_of(header, [](char c) { return c == '\0'; }))
                return std::nullopt;
            if (header.size() < BlockSize || !hasRightSum(header))
                return m_bytes.damaged();
            const char type = header[156];
            const bool isAboutNext = type == 'x' || type == 'g' || type == 'L' || type == 'K';
            const qint64 size = isAboutNext || pax.size < 0 ? number(header, 124, 12) : pax.size;
            if (size < 0 || (isAboutNext && size > MostOfHeader))
                return m_bytes.damaged();
            if (!isAboutNext) {
                return Member{.name = pax.path.isEmpty() ? nameOf(header) : pax.path,
                    .size = size,
                    .isFile = type == '0' || type == '\0'};
            }
            const QByteArray contents = SCONCE_TRY(m_bytes.take(size));
            SCONCE_TRY(m_bytes.skip(paddingOf(size)));
            if (type == 'x' && !pax.read(contents))
                return m_bytes.damaged();
            if (type == 'L')
                pax.path = field(contents, 0, contents.size());
        }
    }
    Result<> skip(const Member &member)
    {
        SCONCE_TRY(m_bytes.skip(member.size));
        return m_bytes.skip(paddingOf(member.size));
    }
    Result<QByteArray> take(const Member &member)
    {
        QByteArray contents = SCONCE_TRY(m_bytes.take(member.size));
        if (contents.size() < member.size)
            return m_bytes.damaged();
        SCONCE_TRY(m_bytes.skip(paddingOf(member.size)));
        return contents;
    }

private:
    Unzipped &m_bytes;
};

/// What stands behind the folder at the top; nothing for what lies beside it.
QString belowTop(QByteArray name)
{
    while (name.startsWith("./"))
        name.remove(0, 2);
    const qsizetype slash = name.indexOf('/');
    return slash < 0 ? QString() : QString::fromUtf8(name.sliced(slash + 1));
}

} // namespace

Result<Contents> readFromTarGz(const QString &archive, const QStringList &paths, qint64 limit,
    const JobContext &context, qint64 mostUnpacked)
{
    QFile file(archive);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(Error(file.exists() ? ErrorKind::Broken : ErrorKind::NotFound,
            tr("“%1” cannot be read: %2").arg(archive, file.errorString())));
    }
    Unzipped bytes(file, mostUnpacked, context);
    Members members(bytes);
    Contents found(std::size_t(paths.size()));
    for (qsizetype missing = paths.size(); missing > 0;) {
        const std::optional<Member> member = SCONCE_TRY(members.next());
        if (!member)
            break;
        const qsizetype place = member->isFile ? paths.indexOf(belowTop(member->name)) : -1;
        if (place < 0 || found[std::size_t(place)]) {
            SCONCE_TRY(members.skip(*member));
            continue;
        }
        if (member->size > limit) {
            return std::unexpected(
                Error(ErrorKind::BadInput, tr("%1 of “%2” is too large").arg(paths[place], archive)));
        }
        found[std::size_t(place)] = SCONCE_TRY(members.take(*member));
        --missing;
    }
    return found;
}

} // namespace sconce::archive
