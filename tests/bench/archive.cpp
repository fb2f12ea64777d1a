// SPDX-License-Identifier: Apache-2.0
// A wheel of 300 MB, as large parts of a CUDA build are.
#include <QTemporaryDir>

#include "archive/unpack.h"
#include "bench/row.h"
#include "files/digest.h"
#include "files/files.h"
#include "kit/golden.h"
#include "kit/zip_writer.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

/// Compresses about 3 : 1, as shared objects do.
QByteArray library(qsizetype size, quint32 seed)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = seed;
    for (qsizetype i = 0; i < size; ++i) {
        if (i % 4 == 0)
            state = state * 1664525 + 1013904223;
        bytes[i] = char(i % 4 == 0 ? state >> 24 : i % 4);
    }
    return bytes;
}

} // namespace

int main()
{
    QTemporaryDir folder;
    kit::ZipArchive archive;
    for (quint32 i = 0; i < 10; ++i)
        archive.members.push_back(
            {.name = "lib/part" + QByteArray::number(i) + ".so", .data = library(30 << 20, i + 1)});
    const QByteArray large = archive.members.front().data;
    const QString path = folder.filePath(u"large.whl"_s);
    kit::spill(path, archive.bytes());
    const QString out = folder.filePath(u"out"_s);

    bench::row("SHA-256 of 30 MB", 10, [&]() -> Result<> {
        return files::sha256Hex(large).size() == 64
            ? Result<>()
            : std::unexpected(Error(ErrorKind::Broken, u"no digest"_s));
    });
    bench::row(
        "unzip 300 MB in ten files, digests included", 5,
        [&] {
            if (!files::remove(out) || !files::makeFolder(out))
                std::exit(1);
        },
        [&]() -> Result<> {
            const archive::ZipIndex index = SCONCE_TRY(archive::ZipIndex::open(path));
            SCONCE_TRY(archive::unpack(path, index, out, JobContext::unwatched()));
            return {};
        });
}
