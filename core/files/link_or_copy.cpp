// SPDX-License-Identifier: Apache-2.0
#include <cerrno>

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>

#include "files/descriptor.h"
#include "files/files.h"
#include "files/system.h"

namespace sconce::files {

namespace {

/// The new file is gone again when its contents did not arrive.
template <class Fill>
bool madeFrom(const QByteArray &from, const QByteArray &to, Fill fill)
{
    const Descriptor source(::open(from.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat facts{};
    if (!source.isOpen() || ::fstat(source.get(), &facts) != 0)
        return false;
    Descriptor target(system::create(to.constData(), O_WRONLY | O_EXCL | O_NOFOLLOW, facts.st_mode & 0777));
    if (!target.isOpen())
        return false;
    if (fill(target.get(), source.get()) && system::changeMode(target.get(), facts.st_mode & 0777) == 0
        && target.close())
        return true;
    const int number = errno;
    system::unlink(AT_FDCWD, to.constData(), 0);
    errno = number;
    return false;
}

bool copyBytes(int target, int source)
{
    QByteArray chunk(256 << 10, Qt::Uninitialized);
    for (;;) {
        const ssize_t size = ::read(source, chunk.data(), std::size_t(chunk.size()));
        if (size == 0)
            return true;
        if (size < 0 && errno != EINTR)
            return false;
        if (size > 0 && system::write(target, chunk.constData(), std::size_t(size)) != 0)
            return false;
    }
}

/// Faults that mean “not in this way here”, not “not at all”.
bool isUnsupported(int number)
{
    switch (number) {
    case EXDEV:
    case EOPNOTSUPP:
    case ENOTTY:
    case EINVAL:
    case ENOSYS:
    case EMLINK:
    case EPERM: return true; // FAT answers EPERM to link()
    default: return false;
    }
}

} // namespace

Result<LinkMode> linkOrCopy(const QString &from, const QString &to, LinkMode first)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    const auto clone = [](int into, int out) { return system::clone(into, out) == 0; };
    LinkMode next = first;
    if (next == LinkMode::Clone) {
        if (madeFrom(source, target, clone))
            return next;
        if (isUnsupported(errno))
            next = LinkMode::HardLink;
    }
    if (next == LinkMode::HardLink) {
        if (system::link(source.constData(), target.constData()) == 0)
            return next;
        // A full link count is this one file's matter.
        if (errno == EMLINK && madeFrom(source, target, copyBytes))
            return next;
        if (isUnsupported(errno))
            next = LinkMode::Copy;
    }
    if (next == LinkMode::Copy && madeFrom(source, target, copyBytes))
        return next;
    return std::unexpected(systemError(
        errno, QCoreApplication::translate("files", "“%1” cannot be copied to “%2”").arg(from, to)));
}

} // namespace sconce::files
