// SPDX-License-Identifier: Apache-2.0
#include "archive/source_archive.h"

#include <QCoreApplication>
#include <QFile>

#include "archive/zip_index.h"

namespace sconce::archive {

namespace {

bool isZip(const QString &archive)
{
    QFile file(archive);
    return file.open(QIODevice::ReadOnly) && file.peek(2) == "PK";
}

} // namespace

Result<Contents> readFromSources(
    const QString &archive, const QStringList &paths, qint64 limit, const JobContext &context)
{
    if (!isZip(archive))
        return readFromTarGz(archive, paths, limit, context);
    const ZipIndex zip = SCONCE_TRY(ZipIndex::open(archive));
    Contents found(std::size_t(paths.size()));
    for (const ZipEntry &entry : zip.entries()) {
        SCONCE_TRY(context.goOn());
        const qsizetype slash = entry.name.indexOf(u'/');
        const qsizetype place = slash < 0 ? -1 : paths.indexOf(entry.name.sliced(slash + 1));
        if (place < 0 || found[std::size_t(place)])
            continue;
        if (entry.size > limit) {
            return std::unexpected(Error(ErrorKind::BadInput,
                QCoreApplication::translate("archive", "%1 of “%2” is too large")
                    .arg(paths[place], archive)));
        }
        found[std::size_t(place)] = SCONCE_TRY(zip.read(entry, limit));
    }
    return found;
}

} // namespace sconce::archive
