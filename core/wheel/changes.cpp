// SPDX-License-Identifier: Apache-2.0
#include "wheel/changes.h"

#include <map>

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <sys/stat.h>

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

constexpr QDir::Filters Everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

QString tr(const char *text)
{
    return QCoreApplication::translate("wheel", text);
}

enum class EntryKind { None, File, Folder };

struct Entry {
    EntryKind kind = EntryKind::None;
    quint64 inode = 0;
};

/// Links are files here.
Entry entryAt(const QString &path)
{
    struct stat facts{};
    if (::lstat(QFile::encodeName(path).constData(), &facts) != 0)
        return {};
    return {S_ISDIR(facts.st_mode) ? EntryKind::Folder : EntryKind::File, facts.st_ino};
}

class Planner {
public:
    Planner(
        const Layout &layout, QString staged, QString trash, const Removal &removal, ExchangeSupport support)
        : m_layout(layout)
        , m_staged(std::move(staged))
        , m_trash(std::move(trash))
        , m_removal(removal)
        , m_support(support)
    {
        for (const QString &path : removal.paths()) {
            for (qsizetype slash = path.lastIndexOf(u'/'); slash >= 0;
                slash = slash > 0 ? path.lastIndexOf(u'/', slash - 1) : -1) {
                if (!m_leaving[path.first(slash)].insert(path.sliced(slash + 1).section(u'/', 0, 0)).second)
                    break;
            }
            m_leaving[QString()].insert(path.section(u'/', 0, 0));
        }
    }

    /// `folder` is in the environment, and maybe in the stage as well; empty for the environment itself.
    Result<> enter(const QString &folder)
    {
        const QString prefix = folder.isEmpty() ? QString() : folder + u'/';
        const QStringList arriving = QDir(absolute(m_staged, folder)).entryList(Everything, QDir::Name);
        for (const QString &name : arriving)
            SCONCE_TRY(arrive(prefix + name));
        if (const auto leaving = m_leaving.find(folder); leaving != m_leaving.end()) {
            for (const QString &name : leaving->second) {
                if (!arriving.contains(name))
                    SCONCE_TRY(leave(prefix + name));
            }
        }
        return {};
    }

    std::vector<Change> take() { return std::move(m_changes); }

private:
    static QString joined(const QString &folder, const QString &path)
    {
        return path.isEmpty() ? folder : folder + u'/' + path;
    }
    QString absolute(const QString &folder, const QString &path) const
    {
        return m_layout.root + u'/' + joined(folder, path);
    }

    Result<> arrive(const QString &path)
    {
        const Entry staged = entryAt(absolute(m_staged, path));
        const Entry live = entryAt(m_layout.root + u'/' + path);
        if (live.kind == EntryKind::None) {
            m_changes.push_back({Change::Kind::Move, joined(m_staged, path), path, staged.inode, 0});
            return {};
        }
        const bool isReplaced = live.kind == EntryKind::Folder
            ? leavesWhole(path)
            : m_removal.contains(path) || staged.kind == EntryKind::File;
        if (isReplaced)
            return replace(path, staged, live);
        if (staged.kind == EntryKind::Folder && live.kind == EntryKind::Folder)
            return enter(path);
        return std::unexpected(Error(ErrorKind::BadInput,
            (staged.kind == EntryKind::Folder
                    ? tr("“%1” is a file or a link, where a package has a folder")
                    : tr("“%1” is a folder with other files, where a package has a file"))
                .arg(m_layout.root + u'/' + path))
                .hint(tr("Move it away")));
    }

    Result<> replace(const QString &path, const Entry &staged, const Entry &live)
    {
        if (m_support == ExchangeSupport::Yes) {
            m_changes.push_back(
                {Change::Kind::Exchange, joined(m_staged, path), path, staged.inode, live.inode});
            return {};
        }
        SCONCE_TRY(moveToTrash(path, live));
        m_changes.push_back({Change::Kind::Move, joined(m_staged, path), path, staged.inode, 0});
        return {};
    }

    Result<> leave(const QString &path)
    {
        const Entry live = entryAt(m_layout.root + u'/' + path);
        if (live.kind == EntryKind::None)
            return {};
        // Outside of the libraries folders stay, though they be empty: share, etc and the like are not a
        // package's.
        if (live.kind == EntryKind::Folder && !(m_layout.isInLibrary(path) && leavesWhole(path)))
            return enter(path);
        return moveToTrash(path, live);
    }

    Result<> moveToTrash(const QString &path, const Entry &live)
    {
        const QString to = joined(m_trash, path);
        SCONCE_TRY(files::makeFolder(QFileInfo(m_layout.root + u'/' + to).path()));
        m_changes.push_back({Change::Kind::Move, path, to, live.inode, 0});
        return {};
    }

    /// Whether everything in the folder is to go; one that is empty already only when it is named itself.
    bool leavesWhole(const QString &folder) const
    {
        const QFileInfoList entries = QDir(m_layout.root + u'/' + folder).entryInfoList(Everything);
        if (!m_leaving.contains(folder))
            return entries.isEmpty() && m_removal.contains(folder);
        for (const QFileInfo &entry : entries) {
            const QString path = folder + u'/' + entry.fileName();
            const bool isFolder = entry.isDir() && !entry.isSymLink();
            if (isFolder ? !leavesWhole(path) : !m_removal.contains(path))
                return false;
        }
        return true;
    }

    const Layout &m_layout;
    QString m_staged;
    QString m_trash;
    const Removal &m_removal;
    ExchangeSupport m_support;
    /// Of each folder the names that go or hold what goes.
    std::map<QString, std::set<QString>> m_leaving;
    std::vector<Change> m_changes;
};

std::unexpected<Error> isOther(const QString &path)
{
    return std::unexpected(
        Error(ErrorKind::Broken, tr("“%1” was changed by another program meanwhile").arg(path))
            .hint(tr("Try again")));
}

} // namespace

quint64 inodeOf(const QString &path)
{
    return entryAt(path).inode;
}

Result<std::vector<Change>> planChanges(const Layout &layout, const QString &staged, const QString &trash,
    const Removal &removal, ExchangeSupport support)
{
    Planner planner(layout, staged, trash, removal, support);
    SCONCE_TRY(planner.enter({}));
    return planner.take();
}

Result<> make(const QString &root, const Change &change)
{
    const QString from = root + u'/' + change.from;
    const QString to = root + u'/' + change.to;
    const quint64 there = inodeOf(to);
    if (there == change.fromInode)
        return {};
    if (inodeOf(from) != change.fromInode)
        return isOther(from);
    if (there != change.toInode)
        return isOther(to);
    return change.kind == Change::Kind::Exchange ? files::exchange(from, to) : files::rename(from, to);
}

Result<> takeBack(const QString &root, const Change &change)
{
    const QString from = root + u'/' + change.from;
    const QString to = root + u'/' + change.to;
    if (inodeOf(to) != change.fromInode || inodeOf(from) != change.toInode)
        return {};
    return change.kind == Change::Kind::Exchange ? files::exchange(from, to) : files::rename(to, from);
}

} // namespace sconce::wheel
