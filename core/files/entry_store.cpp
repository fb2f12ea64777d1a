// SPDX-License-Identifier: Apache-2.0
#include "files/entry_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QtEndian>

#include <libdeflate.h>

#include "files/digest.h"
#include "files/files.h"

namespace sconce::files {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(filesLog, "sconce.files", QtInfoMsg)

// Magic with the version of the format, sizes of head and body, SHA-256 of key and head, CRC-32 of the body:
// that finds damage, and bodies are large.
constexpr QByteArrayView Magic("sconce 2");
constexpr qsizetype DigestSize = 32;
constexpr qsizetype BodySumAt = 8 + 8 + 8 + DigestSize;
constexpr qsizetype FrameSize = BodySumAt + 8;
constexpr qsizetype FirstRead = 4096;
constexpr qint64 LargestEntry = 1LL << 30;

QByteArray headDigest(const QByteArray &key, QByteArrayView head)
{
    Sha256 digest;
    digest.add(key);
    digest.add(head);
    return digest.finish();
}

qint64 sumOf(QByteArrayView body)
{
    return libdeflate_crc32(0, body.data(), std::size_t(body.size()));
}

void append(QByteArray &bytes, qint64 number)
{
    char text[8];
    qToLittleEndian(number, text);
    bytes.append(text, sizeof text);
}

} // namespace

struct EntryStore::Frame {
    QByteArray head;
    qint64 bodySize = 0;
    qint64 bodySum = 0;
    /// What was read of the body on the way.
    QByteArray bodyStart;
};

QString EntryStore::pathOf(const QByteArray &key) const
{
    const QString name = sha256Hex(key);
    return m_folder + u'/' + name.first(2) + u'/' + name.sliced(2);
}

std::nullopt_t EntryStore::dropped(const QByteArray &key) const
{
    qCInfo(filesLog).noquote() << "bad cache entry removed:" << pathOf(key);
    remove(key);
    return std::nullopt;
}

std::optional<EntryStore::Frame> EntryStore::readFrame(QFile &file, const QByteArray &key) const
{
    if (m_folder.isEmpty() || !file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    QByteArray bytes = file.read(FirstRead);
    if (bytes.size() < FrameSize || !bytes.startsWith(Magic))
        return dropped(key);
    const auto headSize = qFromLittleEndian<qint64>(bytes.constData() + 8);
    const auto bodySize = qFromLittleEndian<qint64>(bytes.constData() + 16);
    // Sizes first, so that a damaged number cannot ask for all memory.
    if (headSize < 0 || bodySize < 0 || headSize > LargestEntry || bodySize > LargestEntry
        || file.size() != FrameSize + headSize + bodySize)
        return dropped(key);
    if (bytes.size() < FrameSize + headSize)
        bytes += file.read(FrameSize + headSize - bytes.size());
    Frame frame{bytes.mid(FrameSize, headSize), bodySize,
        qFromLittleEndian<qint64>(bytes.constData() + BodySumAt), bytes.mid(FrameSize + headSize)};
    if (frame.head.size() != headSize || headDigest(key, frame.head) != bytes.mid(24, DigestSize))
        return dropped(key);
    return frame;
}

std::optional<QByteArray> EntryStore::readHead(const QByteArray &key) const
{
    QFile file(pathOf(key));
    std::optional<Frame> frame = readFrame(file, key);
    return frame ? std::optional(std::move(frame->head)) : std::nullopt;
}

std::optional<EntryStore::Entry> EntryStore::read(const QByteArray &key) const
{
    QFile file(pathOf(key));
    std::optional<Frame> frame = readFrame(file, key);
    if (!frame)
        return std::nullopt;
    QByteArray body = std::move(frame->bodyStart);
    body += file.read(frame->bodySize - body.size());
    if (body.size() != frame->bodySize || sumOf(body) != frame->bodySum)
        return dropped(key);
    return Entry{std::move(frame->head), std::move(body)};
}

void EntryStore::write(const QByteArray &key, const QByteArray &head, const QByteArray &body) const
{
    if (m_folder.isEmpty())
        return;
    QByteArray bytes;
    bytes.reserve(FrameSize + head.size() + body.size());
    bytes += Magic;
    append(bytes, head.size());
    append(bytes, body.size());
    bytes += headDigest(key, head);
    append(bytes, sumOf(body));
    bytes += head + body;
    const QString path = pathOf(key);
    // A name that no other thread or program takes at the same time.
    const QString temporary = path + u'.' + QString::number(QRandomGenerator::global()->generate64(), 36);
    Result<> done = makeFolder(QFileInfo(path).path());
    if (done)
        done = writeNew(temporary, bytes, 0600); // pages of private indexes are nobody else's business
    if (done)
        done = rename(temporary, path);
    if (!done) {
        qCWarning(filesLog).noquote() << done.error().summary();
        std::ignore = files::remove(temporary);
    }
}

void EntryStore::remove(const QByteArray &key) const
{
    if (!m_folder.isEmpty())
        std::ignore = files::remove(pathOf(key));
}

} // namespace sconce::files
