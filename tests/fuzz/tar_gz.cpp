// SPDX-License-Identifier: Apache-2.0
#include "archive/tar_gz.h"

#include <algorithm>

#include <QFile>
#include <QTemporaryDir>

#include <zlib.h>

#include "input.h"

using namespace sconce;

namespace {

constexpr qsizetype Block = 512;
constexpr qint64 Limit = 4096;
constexpr qint64 MostUnpacked = 1 << 20;

QByteArray gzipped(QByteArray bytes)
{
    constexpr int Gzip = 16;
    z_stream stream{};
    fuzz::require(
        deflateInit2(&stream, Z_NO_COMPRESSION, Z_DEFLATED, MAX_WBITS + Gzip, 8, Z_DEFAULT_STRATEGY) == Z_OK,
        "zlib works");
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(bytes.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(bytes.data());
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = uInt(packed.size());
    fuzz::require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib works");
    packed.truncate(packed.size() - qsizetype(stream.avail_out));
    deflateEnd(&stream);
    return packed;
}

/// Gives every block the sum that it has to have as a header: nobody finds one by chance.
void mendSums(QByteArray &tar)
{
    for (qsizetype at = 0; at + Block <= tar.size(); at += Block) {
        std::fill_n(tar.begin() + at + 148, 8, ' ');
        const bool isEmpty = std::all_of(tar.cbegin() + at, tar.cbegin() + at + Block,
            [](char byte) { return byte == '\0' || byte == ' '; });
        uint sum = 0;
        for (qsizetype i = 0; i < Block; ++i)
            sum += uchar(tar[at + i]);
        const QByteArray text =
            isEmpty ? QByteArray(8, '\0') : QByteArray::number(sum, 8).rightJustified(6, '0') + '\0' + ' ';
        tar.replace(at + 148, 8, text);
    }
}

} // namespace

/// The first byte says what the others are: a .tar.gz, what is packed in it, or the same with sums that are
/// to be mended.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    static const QTemporaryDir folder;
    static const QString path = folder.filePath(QStringLiteral("sources.tar.gz"));
    QByteArray bytes = fuzz::bytes(data + 1, size - 1);
    if (data[0] % 3 == 2)
        mendSums(bytes);
    {
        QFile file(path);
        fuzz::require(file.open(QIODevice::WriteOnly), "there is room for an archive");
        file.write(data[0] % 3 == 0 ? bytes : gzipped(bytes));
    }
    const QStringList paths{QStringLiteral("PKG-INFO"), QStringLiteral("a/b")};
    const auto read = [&] {
        return archive::readFromTarGz(path, paths, Limit, JobContext::unwatched(), MostUnpacked);
    };
    const auto found = read();
    if (!found) {
        fuzz::require(found.error().kind() == ErrorKind::BadInput, "what cannot be read is bad input");
        return 0;
    }
    fuzz::require(found->size() == 2, "each path has an answer");
    for (const std::optional<QByteArray> &contents : *found)
        fuzz::require(!contents || contents->size() <= Limit, "nothing is larger than allowed");
    fuzz::require(*read() == *found, "the same archive has the same contents");
    return 0;
}
