// SPDX-License-Identifier: Apache-2.0
#include "files/descriptor.h"

#include <cerrno>

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

namespace sconce::files {

namespace {

/// How long a pipe may stay silent, in milliseconds.
constexpr int PipeLimit = 10'000;

ErrorKind kindOf(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR: return ErrorKind::NotFound;
    case EACCES:
    case EPERM:
    case EROFS: return ErrorKind::Denied;
    case ENOSPC:
    case EDQUOT: return ErrorKind::DiskFull;
    default: return ErrorKind::Broken;
    }
}

Error unreadable(int number, const QString &path)
{
    return systemError(number, QCoreApplication::translate("files", "“%1” cannot be read").arg(path));
}

} // namespace

Error systemError(int number, const QString &what)
{
    Error error(kindOf(number), QStringLiteral("%1: %2").arg(what, qt_error_string(number)));
    if (error.kind() == ErrorKind::DiskFull)
        return std::move(error).hint(
            QCoreApplication::translate("files", "Make room on the disk and try again"));
    return error;
}

Result<Descriptor> openForReading(const QString &path)
{
    // Without O_NONBLOCK the open itself would wait for the other end of a pipe.
    Descriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.isOpen())
        return std::unexpected(unreadable(errno, path));
    struct stat facts{};
    if (::fstat(file.get(), &facts) != 0)
        return std::unexpected(unreadable(errno, path));
    if (S_ISDIR(facts.st_mode))
        return std::unexpected(unreadable(EISDIR, path));
    return file;
}

Result<qsizetype> readSome(const Descriptor &file, QByteArray &chunk, const QString &path)
{
    for (;;) {
        const ssize_t size = ::read(file.get(), chunk.data(), std::size_t(chunk.size()));
        if (size >= 0)
            return size;
        if (errno == EINTR)
            continue;
        pollfd wait{.fd = file.get(), .events = POLLIN, .revents = 0};
        if (errno != EAGAIN)
            return std::unexpected(unreadable(errno, path));
        if (::poll(&wait, 1, PipeLimit) == 0)
            return std::unexpected(unreadable(ETIMEDOUT, path));
    }
}

Result<qsizetype> readAt(const Descriptor &file, qint64 offset, std::span<char> bytes, const QString &path)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t size =
            ::pread(file.get(), bytes.data() + done, bytes.size() - done, off_t(offset) + off_t(done));
        if (size == 0)
            break;
        if (size < 0 && errno != EINTR)
            return std::unexpected(unreadable(errno, path));
        done += size > 0 ? std::size_t(size) : 0;
    }
    return qsizetype(done);
}

} // namespace sconce::files
