// SPDX-License-Identifier: Apache-2.0
#include "sync/partial_file.h"

#include <cerrno>

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>

#include "files/files.h"
#include "files/system.h"

namespace sconce::sync {

namespace {

Error writeError(const QString &path)
{
    return files::systemError(
        errno, QCoreApplication::translate("sync", "The download cannot be written to “%1”").arg(path));
}

Result<files::Descriptor> openForAppending(const QString &path, int more)
{
    files::Descriptor file(files::system::create(QFile::encodeName(path).constData(),
        O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC | more, 0666));
    if (!file.isOpen())
        return std::unexpected(writeError(path));
    return file;
}

} // namespace

Result<PartialFile> PartialFile::open(const QString &path, const JobContext &context)
{
    PartialFile partial(path, SCONCE_TRY(openForAppending(path, 0)));
    const files::Descriptor reader = SCONCE_TRY(files::openForReading(path));
    QByteArray chunk(1 << 20, Qt::Uninitialized);
    for (;;) {
        SCONCE_TRY(context.goOn());
        const qsizetype got = SCONCE_TRY(files::readSome(reader, chunk, path));
        if (got == 0)
            return partial;
        partial.m_digest.add(QByteArrayView(chunk).first(got));
        partial.m_size += got;
    }
}

Result<> PartialFile::append(QByteArrayView bytes)
{
    if (files::system::write(m_file.get(), bytes.data(), std::size_t(bytes.size())) != 0)
        return std::unexpected(writeError(m_path));
    m_digest.add(bytes);
    m_size += bytes.size();
    return {};
}

Result<> PartialFile::restart()
{
    m_file = SCONCE_TRY(openForAppending(m_path, O_TRUNC));
    m_digest.finish(); // starts anew
    m_size = 0;
    return {};
}

Result<QString> PartialFile::finish()
{
    if (!m_file.close())
        return std::unexpected(writeError(m_path));
    return QString::fromLatin1(m_digest.finish().toHex());
}

} // namespace sconce::sync
