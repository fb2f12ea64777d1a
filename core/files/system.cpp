// SPDX-License-Identifier: Apache-2.0
#include "files/system.h"

#include <cerrno>
#include <cstdio>

#include <QtGlobal>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sconce::files::system {

namespace {

std::atomic<FaultPlan *> thePlan = nullptr;

template <class Call>
auto made(Call call) -> decltype(call())
{
    if (FaultPlan *plan = thePlan.load(std::memory_order_relaxed); plan && plan->strikes())
        return -1;
    decltype(call()) result;
    do
        result = call();
    while (result == -1 && errno == EINTR);
    return result;
}

} // namespace

FaultPlan::FaultPlan(qsizetype nth, int error, Reach reach)
    : m_nth(nth)
    , m_error(error)
    , m_reach(reach)
{
    Q_ASSERT(!thePlan);
    thePlan = this;
}

FaultPlan::~FaultPlan()
{
    thePlan = nullptr;
}

bool FaultPlan::strikes()
{
    const qsizetype call = ++m_calls;
    if (call != m_nth && (m_reach == Reach::OneCall || call < m_nth))
        return false;
    errno = m_error;
    return true;
}

int create(const char *path, int flags, mode_t mode)
{
    return made([&] { return ::open(path, flags | O_CREAT | O_CLOEXEC, mode); });
}

int write(int descriptor, const void *bytes, std::size_t size)
{
    const char *at = static_cast<const char *>(bytes);
    while (size > 0) {
        const ssize_t written = made([&] { return ::write(descriptor, at, size); });
        if (written < 0)
            return -1;
        at += written;
        size -= std::size_t(written);
    }
    return 0;
}

int allocate(int descriptor, off_t size)
{
    return made([&] {
        const int error = ::posix_fallocate(descriptor, 0, size);
        errno = error ? error : errno;
        return error ? -1 : 0;
    });
}

int changeMode(int descriptor, mode_t mode)
{
    return made([&] { return ::fchmod(descriptor, mode); });
}

int sync(int descriptor)
{
    return made([&] { return ::fsync(descriptor); });
}

int syncVolume(int descriptor)
{
    return made([&] { return ::syncfs(descriptor); });
}

int makeFolder(const char *path, mode_t mode)
{
    return made([&] { return ::mkdir(path, mode); });
}

int rename(const char *from, const char *to)
{
    return made([&] { return ::rename(from, to); });
}

int exchange(const char *first, const char *second)
{
    return made([&] { return ::renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE); });
}

int link(const char *from, const char *to)
{
    return made([&] { return ::linkat(AT_FDCWD, from, AT_FDCWD, to, 0); });
}

int symlink(const char *target, const char *path)
{
    return made([&] { return ::symlink(target, path); });
}

int clone(int to, int from)
{
    return made([&] { return ::ioctl(to, FICLONE, from); });
}

int unlink(int folder, const char *name, int flags)
{
    return made([&] { return ::unlinkat(folder, name, flags); });
}

} // namespace sconce::files::system
