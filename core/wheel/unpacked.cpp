// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>
#include <QFileInfo>

#include <sys/stat.h>

#include "archive/entry_name.h"
#include "archive/unpack.h"
#include "files/digest.h"
#include "wheel/install.h"
#include "wheel/manifest.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MostInfoFile = 64LL << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("wheel", text);
}

QString filesIn(const QString &folder)
{
    return folder + u"/files"_s;
}

QString manifestIn(const QString &folder)
{
    return folder + u"/manifest"_s;
}

/// Reserved on Windows, so the wheel cannot be installed there: a note (reliability.md A14).
bool isWindowsOnlyTrouble(QStringView name)
{
    for (const QStringView part : name.split(u'/', Qt::SkipEmptyParts)) {
        const QString stem =
            part.left(part.indexOf(u'.') < 0 ? part.size() : part.indexOf(u'.')).toString().toUpper();
        const bool isDevice = stem == u"CON" || stem == u"PRN" || stem == u"AUX" || stem == u"NUL"
            || (stem.size() == 4 && (stem.startsWith(u"COM"_s) || stem.startsWith(u"LPT"_s))
                && stem.back().isDigit());
        if (isDevice || part.endsWith(u'.') || part.endsWith(u' ') || part.contains(u':'))
            return true;
    }
    return false;
}

bool isLink(const archive::ZipEntry &entry)
{
    return (entry.mode & S_IFMT) == S_IFLNK;
}

/// What a person may want to know of a wheel that is fine.
void noteOddities(const archive::ZipIndex &index, const Contents &contents, const JobContext &context)
{
    QHash<QString, QString> folded;
    for (const archive::ZipEntry &entry : index.entries()) {
        if (isWindowsOnlyTrouble(entry.name))
            context.progress().log(tr("“%1” has a name that Windows does not take").arg(entry.name));
        if (isLink(entry))
            context.progress().log(
                tr("“%1” is a link and becomes a file that holds the link's text").arg(entry.name));
        const QString key = entry.name.toCaseFolded();
        if (folded.contains(key))
            context.progress().log(tr("“%1” and “%2” are one name where case does not count")
                    .arg(folded.value(key), entry.name));
        folded.insert(key, entry.name);
        const std::optional<Placed> placed = contents.placeOf(entry.name);
        if (placed
            && (placed->path == u"sitecustomize.py" || placed->path == u"usercustomize.py"
                || (placed->path.endsWith(u".pth") && !placed->path.contains(u'/'))))
            context.progress().log(tr("“%1” runs whenever the interpreter starts").arg(entry.name));
    }
}

QStringList membersOf(const archive::ZipIndex &index)
{
    QStringList members;
    for (const archive::ZipEntry &entry : index.entries())
        members.append(entry.name);
    return members;
}

/// "data//tmp/x" below .data is meant to be absolute by some and relative by others.
Result<> checkSpelling(const archive::ZipIndex &index, const Contents &contents)
{
    for (const archive::ZipEntry &entry : index.entries()) {
        if (!entry.storedName.isEmpty() && !contents.dataFolder.isEmpty()
            && entry.name.startsWith(contents.dataFolder + u'/'))
            return std::unexpected(Error(ErrorKind::BadInput,
                tr("“%1” is spelt so that it may mean another place")
                    .arg(archive::escapedName(entry.storedName))));
    }
    return {};
}

/// RECORD against what was unpacked (reliability.md A59, A60).
Result<> compareWithRecord(const Contents &contents, ArchiveDigest digest, const JobContext &context)
{
    QHash<QString, const Contents::File *> files;
    for (const Contents::File &file : contents.files)
        files.insert(file.path, &file);
    QSet<QString> listed;
    for (const metadata::RecordRow &row : contents.record) {
        listed.insert(row.path);
        const Contents::File *file = files.value(row.path);
        if (!file) {
            context.progress().log(tr("RECORD lists “%1”, which is not in the wheel").arg(row.path));
            continue;
        }
        const bool isOther = (row.size && *row.size != file->size)
            || (row.hash.startsWith(u"sha256=") && row.hash != files::recordHash(file->digest));
        const QString sentence = tr("“%1” is not the file that the wheel's RECORD describes").arg(row.path);
        if (isOther && digest == ArchiveDigest::Unknown)
            return std::unexpected(
                Error(ErrorKind::BadHash, sentence).hint(tr("Install from an index that gives digests")));
        if (isOther)
            context.progress().log(sentence);
    }
    for (const Contents::File &file : contents.files) {
        if (!listed.contains(file.path) && !file.path.startsWith(contents.distInfo + u"/RECORD."_s))
            context.progress().log(tr("RECORD does not list “%1”").arg(file.path));
    }
    return {};
}

Result<std::shared_ptr<const Contents>> unpackInto(const QString &folder, const QString &archivePath,
    const metadata::WheelName &name, ArchiveDigest digest, const JobContext &context)
{
    const archive::ZipIndex index = SCONCE_TRY(archive::ZipIndex::open(archivePath));
    const auto read = [&](const QString &path) { return index.read(*index.find(path), MostInfoFile); };
    auto contents =
        std::make_shared<Contents>(SCONCE_TRY(checkContents(name, membersOf(index), read, context)));
    SCONCE_TRY(checkSpelling(index, *contents));
    noteOddities(index, *contents, context);
    for (archive::Unpacked &row : SCONCE_TRY(archive::unpack(archivePath, index, filesIn(folder), context)))
        contents->files.push_back({std::move(row.name), row.size, std::move(row.digest), row.isExecutable});
    for (const archive::ZipEntry &entry : index.entries()) {
        if (entry.isFolder())
            contents->folders.append(entry.name);
    }
    SCONCE_TRY(compareWithRecord(*contents, digest, context));
    SCONCE_TRY(noteTimes(filesIn(folder), *contents));
    SCONCE_TRY(writeManifest(manifestIn(folder), *contents));
    SCONCE_TRY(files::makeTreeDurable(folder));
    SCONCE_TRY(context.goOn());
    return contents;
}

} // namespace

Result<UnpackedWheel> unpackChecked(const QString &archivePath, const metadata::WheelName &name,
    const QString &folder, const JobContext &context, ArchiveDigest digest)
{
    if (Result<UnpackedWheel> there = openUnpacked(folder, name, context))
        return there;
    SCONCE_TRY(context.goOn());
    SCONCE_TRY(files::remove(folder));
    const QString parent = QFileInfo(folder).path();
    files::TemporaryFolder made = SCONCE_TRY(files::TemporaryFolder::make(parent, u".unpack-"_s));
    Result<std::shared_ptr<const Contents>> contents =
        unpackInto(made.path(), archivePath, name, digest, context);
    if (!contents)
        return std::unexpected(std::move(contents).error().during(
            tr("while unpacking “%1”").arg(QFileInfo(archivePath).fileName())));
    if (Result<> renamed = files::rename(made.path(), folder); !renamed) {
        // Another process may have been faster.
        if (Result<UnpackedWheel> there = openUnpacked(folder, name, context))
            return there;
        return std::unexpected(std::move(renamed).error());
    }
    made.keep();
    SCONCE_TRY(files::makeDurable(parent));
    return UnpackedWheel{folder, name, std::move(*contents)};
}

Result<> checkUnpacked(const QString &folder, const JobContext &context)
{
    const Contents kept = SCONCE_TRY(readManifest(manifestIn(folder)));
    SCONCE_TRY(compareWithManifest(filesIn(folder), kept, context));
    return compareDigests(filesIn(folder), kept, context);
}

Result<UnpackedWheel> openUnpacked(
    const QString &folder, const metadata::WheelName &name, const JobContext &context)
{
    Contents kept = SCONCE_TRY(readManifest(manifestIn(folder)));
    SCONCE_TRY(compareWithManifest(filesIn(folder), kept, context));
    QStringList members = kept.folders;
    for (const Contents::File &file : kept.files)
        members.append(file.path);
    const auto read = [&](const QString &path) {
        return files::read(filesIn(folder) + u'/' + path, MostInfoFile);
    };
    auto contents =
        std::make_shared<Contents>(SCONCE_TRY(checkContents(name, members, read, JobContext::unwatched())));
    contents->files = std::move(kept.files);
    contents->folders = std::move(kept.folders);
    return UnpackedWheel{folder, name, std::move(contents)};
}

} // namespace sconce::wheel
