// SPDX-License-Identifier: Apache-2.0
#include "wheel/removal.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>

#include "files/files.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("wheel", text);
}

QString parentOf(const QString &path)
{
    return path.left(std::max<qsizetype>(path.lastIndexOf(u'/'), 0));
}

constexpr QDir::Filters Everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

} // namespace

RecordPaths::RecordPaths(const Layout &layout, QString library)
    : m_root(layout.root)
    , m_realRoot(QFileInfo(layout.root).canonicalFilePath() + u'/')
    , m_library(std::move(library))
{}

std::expected<QString, RecordPaths::Fault> RecordPaths::path(const QString &row)
{
    const QString whole = QDir::cleanPath(QDir(m_root + u'/' + m_library).filePath(row));
    const QString parent = parentOf(whole);
    auto real = m_realFolders.constFind(parent);
    if (real == m_realFolders.constEnd())
        real = m_realFolders.insert(parent, QFileInfo(parent).canonicalFilePath());
    const QString path = *real + u'/' + whole.sliced(whole.lastIndexOf(u'/') + 1);
    // A parent that is not there can hide nothing, but its name may still say that the row means to leave.
    const bool isInside = real->isEmpty() ? whole.startsWith(m_root + u'/') : path.startsWith(m_realRoot);
    if (!isInside)
        return std::unexpected(Fault::Outside);
    if (real->isEmpty())
        return std::unexpected(Fault::Absent);
    return path.sliced(m_realRoot.size());
}

Result<> Removal::add(
    const environment::Installed &installed, const Layout &layout, const JobContext &context)
{
    const QString library =
        QDir(QFileInfo(layout.root).canonicalFilePath())
            .relativeFilePath(QFileInfo(QFileInfo(installed.distInfo).path()).canonicalFilePath());
    if (library != layout.purelib && library != layout.platlib)
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("“%1” is not in the environment “%2”").arg(installed.distInfo, layout.root)));
    const QString distInfo = library + u'/' + QFileInfo(installed.distInfo).fileName();
    m_distributions.insert(distInfo);
    const auto take = [&](const QFileInfo &entry) {
        const bool isFolder = entry.isDir() && !entry.isSymLink();
        if (!isFolder || QDir(entry.filePath()).isEmpty(Everything))
            m_paths.insert(entry.filePath().sliced(layout.root.size() + 1));
    };
    QDirIterator inInfo(layout.root + u'/' + distInfo, Everything, QDirIterator::Subdirectories);
    while (inInfo.hasNext())
        take(inInfo.nextFileInfo());
    take(QFileInfo(layout.root + u'/' + distInfo));

    const Result<QByteArray> text = files::read(installed.distInfo + u"/RECORD"_s);
    const auto rows = text ? metadata::parseRecord(*text) : std::unexpected(text.error());
    if (!rows && rows.error().kind() != ErrorKind::NotFound && rows.error().kind() != ErrorKind::BadInput)
        return std::unexpected(rows.error());
    if (!rows) {
        context.progress().log(
            tr("%1 has no RECORD that can be read: its files cannot be told from others and stay")
                .arg(installed.name.text()));
        return {};
    }
    RecordPaths paths(layout, library);
    for (const metadata::RecordRow &row : *rows) {
        SCONCE_TRY(context.goOn());
        const auto path = paths.path(row.path);
        const bool isOutside = !path && path.error() == RecordPaths::Fault::Outside;
        if (isOutside || (path && environment::isOwnFile(*path))) {
            context.progress().log(tr("RECORD of %1 lists “%2”, which is not the package's and stays")
                    .arg(installed.name.text(), row.path));
            continue;
        }
        const QFileInfo entry(path ? layout.root + u'/' + *path : QString());
        if (path && (entry.isSymLink() || entry.isFile()))
            m_paths.insert(*path);
    }
    return {};
}

Result<> Removal::settle(const Layout &layout, const JobContext &context)
{
    if (isEmpty())
        return {};
    QStringList libraries{layout.purelib, layout.platlib};
    libraries.removeDuplicates();
    for (const QString &library : libraries)
        SCONCE_TRY(keepShared(layout, library, context));
    addBytecode(layout);
    return {};
}

Result<> Removal::keepShared(const Layout &layout, const QString &library, const JobContext &context)
{
    const QDir folder(layout.root + u'/' + library);
    RecordPaths paths(layout, library);
    for (const QString &name : folder.entryList({u"*.dist-info"_s}, QDir::Dirs | QDir::Hidden)) {
        SCONCE_TRY(context.goOn());
        if (m_distributions.contains(library + u'/' + name))
            continue;
        const Result<QByteArray> text = files::read(folder.filePath(name + u"/RECORD"_s));
        const auto rows = text ? metadata::parseRecord(*text) : std::unexpected(text.error());
        if (!rows)
            continue; // it owns nothing that anybody could know
        for (const metadata::RecordRow &row : *rows) {
            const auto path = paths.path(row.path);
            if (path && m_paths.erase(*path) > 0)
                context.progress().log(tr("“%1” stays, because “%2” has it too").arg(*path, name));
        }
    }
    return {};
}

void Removal::addBytecode(const Layout &layout)
{
    std::unordered_set<QString> folders;
    for (const QString &path : m_paths) {
        if (path.endsWith(u".py"))
            folders.insert(parentOf(path));
    }
    for (const QString &folder : folders) {
        const QString cache = folder + u"/__pycache__"_s;
        if (QFileInfo(layout.root + u'/' + cache).isSymLink())
            continue;
        for (const QString &name : QDir(layout.root + u'/' + cache).entryList(Everything & ~QDir::Dirs)) {
            const QString source = folder + u'/' + name.section(u'.', 0, 0) + u".py"_s;
            if (m_paths.contains(source) || !files::exists(layout.root + u'/' + source))
                m_paths.insert(cache + u'/' + name);
        }
    }
}

std::vector<QString> Removal::paths() const
{
    std::vector<QString> sorted(m_paths.begin(), m_paths.end());
    std::ranges::sort(sorted);
    return sorted;
}

} // namespace sconce::wheel
