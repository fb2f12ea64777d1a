// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>

#include <QtTypes>

#include <sys/types.h>

/// The system calls that change a disk, in one place, so that a check can make the n-th of them fail and see
/// what is left behind. Same arguments, results and errno as the calls of that name; interrupted calls are
/// made again.
namespace sconce::files::system {

/// While it lives, the n-th call (from 1) through this header fails with `error`. One at a time.
class FaultPlan {
public:
    /// Crash: every later call fails too, so nothing is tidied up, as when the process is killed.
    enum class Reach { OneCall, Crash };
    FaultPlan(qsizetype nth, int error, Reach reach);
    ~FaultPlan();
    FaultPlan(const FaultPlan &) = delete;
    FaultPlan &operator=(const FaultPlan &) = delete;
    /// Whether the n-th call was made.
    bool isReached() const { return m_calls >= m_nth; }

    /// Counts a call; true when it is to fail, with errno set.
    bool strikes();

private:
    std::atomic<qsizetype> m_calls = 0;
    qsizetype m_nth;
    int m_error;
    Reach m_reach;
};

/// For writing; readers call ::open.
int create(const char *path, int flags, mode_t mode);
/// Writes everything, however often it takes; 0 or -1.
int write(int descriptor, const void *bytes, std::size_t size);
int allocate(int descriptor, off_t size);
int changeMode(int descriptor, mode_t mode);
int sync(int descriptor);
/// syncfs: everything written to the volume so far.
int syncVolume(int descriptor);
int makeFolder(const char *path, mode_t mode);
int rename(const char *from, const char *to);
int exchange(const char *first, const char *second);
int link(const char *from, const char *to);
int symlink(const char *target, const char *path);
/// FICLONE: the contents of `from` become those of the empty `to`.
int clone(int to, int from);
int unlink(int folder, const char *name, int flags);

} // namespace sconce::files::system
