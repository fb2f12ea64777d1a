// SPDX-License-Identifier: Apache-2.0
#include "actions/cache.h"

#include <set>

#include <QDir>
#include <QDirIterator>

#include <sys/stat.h>

#include "files/files.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

Result<qint64> cacheSize(const Tools &tools, const JobContext &context)
{
    qint64 bytes = 0;
    std::set<std::pair<dev_t, ino_t>> seen;
    QDirIterator entries(
        tools.cacheFolder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        SCONCE_TRY(context.goOn());
        struct stat info;
        if (::lstat(entries.next().toLocal8Bit().constData(), &info) == 0
            && seen.insert({info.st_dev, info.st_ino}).second)
            bytes += info.st_size;
    }
    return bytes;
}

Result<qint64> cleanCache(const Tools &tools, const JobContext &context)
{
    const qint64 bytes = SCONCE_TRY(cacheSize(tools, context));
    if (!files::exists(tools.cacheFolder))
        return bytes;
    // Moved aside first: what starts meanwhile finds no cache, not half of one.
    const QString aside = tools.cacheFolder + u".old"_s;
    SCONCE_TRY(files::remove(aside));
    SCONCE_TRY(files::rename(tools.cacheFolder, aside));
    SCONCE_TRY(files::remove(aside));
    return bytes;
}

} // namespace sconce::actions
