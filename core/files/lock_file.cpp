// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <chrono>
#include <condition_variable>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "files/descriptor.h"
#include "files/files.h"

namespace sconce::files {

namespace {

constexpr std::chrono::milliseconds Pause(25);

/// Whether `path` still names the open file: its folder may have been removed and made anew while we waited.
bool isStillAt(const QByteArray &path, int descriptor)
{
    struct stat named{};
    struct stat open{};
    return ::stat(path.constData(), &named) == 0 && ::fstat(descriptor, &open) == 0
        && named.st_dev == open.st_dev && named.st_ino == open.st_ino;
}

} // namespace

Result<LockFile> LockFile::acquire(const QString &path, const JobContext &context)
{
    const QByteArray name = QFile::encodeName(path);
    std::mutex mutex;
    std::condition_variable_any stopped;
    bool isWaiting = false;
    for (;;) {
        SCONCE_TRY(context.goOn());
        // Writable for everybody, as the other tools that take this lock make it.
        Descriptor file(::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
        if (!file.isOpen() && (errno == EACCES || errno == EROFS))
            file = Descriptor(::open(name.constData(), O_RDONLY | O_CLOEXEC));
        const int result = file.isOpen() ? ::flock(file.get(), LOCK_EX | LOCK_NB) : -1;
        if (result == 0 && isStillAt(name, file.get()))
            return LockFile(file.release());
        if (result != 0 && errno != EWOULDBLOCK && errno != EINTR)
            return std::unexpected(systemError(
                errno, QCoreApplication::translate("files", "The lock “%1” cannot be taken").arg(path)));
        if (!std::exchange(isWaiting, true))
            context.progress().setLabel(
                QCoreApplication::translate("files", "Waiting for another program to finish with “%1”")
                    .arg(QFileInfo(path).path()));
        std::unique_lock guard(mutex);
        stopped.wait_for(guard, context.stopToken(), Pause, [] { return false; });
    }
}

LockFile::~LockFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

LockFile::LockFile(LockFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{}

LockFile &LockFile::operator=(LockFile &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

} // namespace sconce::files
