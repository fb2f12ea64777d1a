// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <memory>
#include <vector>

#include <QCoreApplication>
#include <QFile>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "files/descriptor.h"
#include "files/files.h"
#include "files/system.h"

namespace sconce::files {

namespace {

struct Name {
    std::string text;
    bool isFolder;
};

/// Everything in an open folder; takes the descriptor over.
std::vector<Name> namesIn(int folder)
{
    std::vector<Name> names;
    const std::unique_ptr<DIR, int (*)(DIR *)> stream(::fdopendir(folder), ::closedir);
    while (const dirent *entry = stream ? ::readdir(stream.get()) : nullptr) {
        std::string name = entry->d_name;
        if (name == "." || name == "..")
            continue;
        bool isFolder = entry->d_type == DT_DIR;
        if (struct stat facts{}; entry->d_type == DT_UNKNOWN)
            isFolder =
                ::fstatat(folder, name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(facts.st_mode);
        names.push_back({std::move(name), isFolder});
    }
    return names;
}

/// Opens a folder, never through a link; one that its owner may not read is made readable first.
Descriptor openFolder(int parent, const char *name)
{
    constexpr int Flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    Descriptor folder(::openat(parent, name, Flags));
    if (!folder.isOpen() && errno == EACCES && ::fchmodat(parent, name, 0700, AT_SYMLINK_NOFOLLOW) == 0)
        return Descriptor(::openat(parent, name, Flags));
    return folder;
}

/// Paths relative to an open parent, so that nobody can put a link in our way meanwhile.
bool removeFolder(int parent, const char *name)
{
    const Descriptor folder = openFolder(parent, name);
    if (!folder.isOpen())
        return false;
    for (const Name &entry : namesIn(::fcntl(folder.get(), F_DUPFD_CLOEXEC, 0))) {
        const bool isGone = entry.isFolder ? removeFolder(folder.get(), entry.text.c_str())
                                           : system::unlink(folder.get(), entry.text.c_str(), 0) == 0;
        if (!isGone && errno != ENOENT)
            return false;
    }
    return system::unlink(parent, name, AT_REMOVEDIR) == 0;
}

std::unexpected<Error> notRemoved(const QString &path)
{
    return std::unexpected(
        systemError(errno, QCoreApplication::translate("files", "“%1” cannot be removed").arg(path)));
}

} // namespace

Result<> remove(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (system::unlink(AT_FDCWD, name.constData(), 0) == 0 || errno == ENOENT)
        return {};
    // Linux says EISDIR, POSIX says EPERM.
    if ((errno == EISDIR || errno == EPERM) && (removeFolder(AT_FDCWD, name.constData()) || errno == ENOENT))
        return {};
    return notRemoved(path);
}

Result<bool> removeIfEmpty(const QString &path)
{
    if (system::unlink(AT_FDCWD, QFile::encodeName(path).constData(), AT_REMOVEDIR) == 0)
        return true;
    if (errno == ENOTEMPTY || errno == EEXIST)
        return false;
    return notRemoved(path);
}

Result<> makeTreeDurable(const QString &folder)
{
    // Once for the volume: with one fsync a file, each waits for a commit of the file system's own journal.
    const Descriptor volume(
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!volume.isOpen() || system::syncVolume(volume.get()) != 0)
        return std::unexpected(systemError(errno,
            QCoreApplication::translate("files", "“%1” cannot be written to the disk for good").arg(folder)));
    return {};
}

} // namespace sconce::files
