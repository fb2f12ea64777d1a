// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include "work/job_context.h"

/// Files that are whole or absent. Paths are absolute unless said. Every error names the path and the reason of the system.
namespace sconce::files {

/// NotFound, Denied, BadInput (larger than `limit` bytes), Broken.
Result<QByteArray> read(const QString &path, qint64 limit = 256LL << 20);
/// The same as UTF-8 text; BadInput with line and column of a byte that is none.
Result<QString> readText(const QString &path, qint64 limit = 256LL << 20);

/// Temporary file beside the target, fsync, rename, fsync of the folder: at every instant the old bytes or the new ones
/// (reliability.md § 4.1). Keeps the mode of a file that exists; a link's target is replaced, not the link.
Result<> writeWhole(const QString &path, const QByteArray &bytes, int mode = 0644);

/// Makes the folder and its parents.
Result<> makeFolder(const QString &path);
/// Removes a file, a link (not what it points to) or a whole folder; absent is fine. Never follows links.
Result<> remove(const QString &path);
/// Atomic within one volume; replaces a file.
Result<> rename(const QString &from, const QString &to);
/// Exchanges two entries of one volume in one step (renameat2 RENAME_EXCHANGE).
Result<> exchange(const QString &first, const QString &second);
bool exists(const QString &path);
/// fsync of a file or folder.
Result<> makeDurable(const QString &path);
qint64 freeBytes(const QString &path);

enum class LinkMode { Clone, HardLink, Copy };
/// Puts the contents of `from` at `to` (which must not exist): reflink, else hard link, else copy, starting at `first`.
/// Gives what was done.
Result<LinkMode> linkOrCopy(const QString &from, const QString &to, LinkMode first);

/// A folder of its own that is removed with the object; made beside what it will replace, so a rename suffices.
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

/// An advisory lock held while the object lives (flock). Waits until `context` is stopped.
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
