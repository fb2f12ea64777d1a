// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include "work/job_context.h"

/// Files that are whole or absent. Paths are absolute unless said. Every error names the path and the reason
/// of the system.
namespace sconce::files {

/// NotFound, Denied, BadInput (larger than `limit` bytes), Broken.
Result<QByteArray> read(const QString &path, qint64 limit = 256LL << 20);
/// The same as UTF-8 text, without a byte order mark; BadInput with line and column of a byte that is none.
Result<QString> readText(const QString &path, qint64 limit = 256LL << 20);

/// Temporary file beside the target, fsync, rename, fsync of the folder: at every instant the old bytes or
/// the new ones (reliability.md § 4.1). Keeps mode and owner of a file that exists; a new one gets `mode`
/// less the umask. A link's target is replaced, not the link; a link to nothing is an error.
Result<> writeWhole(const QString &path, const QByteArray &bytes, int mode = 0644);
/// The same by way of a temporary file of that name, so that whoever finishes the work after a crash can
/// remove it; one that lies there is replaced.
Result<> writeWholeBy(
    const QString &temporaryName, const QString &path, const QByteArray &bytes, int mode = 0644);
Result<> removeTemporary(const QString &temporaryName, const QString &path);
/// Writes a file that must not exist yet, straight to its name and without fsync: for folders that nobody
/// sees before they are whole. `mode` less the umask; with any execute bit all three are set, whatever the
/// umask.
Result<> writeNew(const QString &path, QByteArrayView bytes, int mode = 0666);

/// Makes the folder and its parents.
Result<> makeFolder(const QString &path);
/// A symbolic link at `path` that says `target`; `path` must not exist.
Result<> makeLink(const QString &target, const QString &path);
/// Removes a file, a link (not what it points to) or a whole folder; absent is fine. Never follows links.
Result<> remove(const QString &path);
/// Removes a folder if nothing is in it; false when something is.
Result<bool> removeIfEmpty(const QString &path);
/// Atomic within one volume; replaces a file.
Result<> rename(const QString &from, const QString &to);
/// Exchanges two entries of one volume in one step (renameat2 RENAME_EXCHANGE); Broken where the file system
/// cannot.
Result<> exchange(const QString &first, const QString &second);
/// Whether there is an entry of that name, be it a link to nothing.
bool exists(const QString &path);
/// fsync of a file or folder.
Result<> makeDurable(const QString &path);
/// Everything below a folder that was just written: file by file when there are few, else the whole volume at
/// once.
Result<> makeTreeDurable(const QString &folder);
/// On the volume of a path that exists; -1 when unknown.
qint64 freeBytes(const QString &path);

enum class LinkMode { Clone, HardLink, Copy };
/// Puts the contents of `from` at `to` (which must not exist): reflink, else hard link, else copy, starting
/// at `first`. Gives what to start with for the next file of the same two volumes.
Result<LinkMode> linkOrCopy(const QString &from, const QString &to, LinkMode first);

/// A folder of its own that is removed with the object; made beside what it will replace, so a rename
/// suffices.
class TemporaryFolder {
public:
    static Result<TemporaryFolder> make(const QString &parent, const QString &prefix);
    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder &&) noexcept;
    TemporaryFolder &operator=(TemporaryFolder &&) noexcept;
    const QString &path() const { return m_path; }
    /// Lets the folder stay.
    void keep() { m_path.clear(); }

private:
    explicit TemporaryFolder(QString path)
        : m_path(std::move(path))
    {}
    QString m_path;
};

/// An advisory lock held while the object lives (flock). Waits until `context` is stopped, and says so in its
/// label. The file stays. Where the file system has no locks: an error, never unlocked work.
class LockFile {
public:
    static Result<LockFile> acquire(const QString &path, const JobContext &context);
    ~LockFile();
    LockFile(LockFile &&) noexcept;
    LockFile &operator=(LockFile &&) noexcept;

private:
    explicit LockFile(int descriptor)
        : m_descriptor(descriptor)
    {}
    int m_descriptor = -1;
};

} // namespace sconce::files
