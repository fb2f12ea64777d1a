// SPDX-License-Identifier: Apache-2.0
#include "wheel/journal.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>
#include <QDir>

#include "files/digest.h"
#include "files/new_file.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView Magic = "sconce journal ";
/// 1 had neither files nor an end.
constexpr int KnownVersion = 2;
constexpr int VersionWithFiles = 2;

QString tr(const char *text)
{
    return QCoreApplication::translate("wheel", text);
}

QString journalIn(const QString &folder)
{
    return folder + u'/' + JournalName;
}

// Encoded, because names of files may hold blanks and line ends.
QByteArray encoded(const QString &path)
{
    return path.toUtf8().toPercentEncoding("/");
}

QString decoded(const QByteArray &path)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(path));
}

QByteArray lineOf(const Change &change)
{
    const char *verb = change.kind == Change::Kind::Exchange ? "exchange " : "move ";
    return verb + QByteArray::number(change.fromInode) + ' ' + QByteArray::number(change.toInode) + ' '
        + encoded(change.from) + ' ' + encoded(change.to) + '\n';
}

std::optional<Change> changeFrom(const QList<QByteArray> &fields)
{
    if (fields.size() != 5)
        return std::nullopt;
    return Change{.kind = fields[0] == "move" ? Change::Kind::Move : Change::Kind::Exchange,
        .from = decoded(fields[3]),
        .to = decoded(fields[4]),
        .fromInode = fields[1].toULongLong(),
        .toInode = fields[2].toULongLong()};
}

constexpr std::array EndWords{"drop", "keep", "away"};

/// A file in the folder of the environment, or further down, is found again when all of it is moved.
QString relativeTo(const QString &root, const QString &path)
{
    const QString around = QFileInfo(root).path();
    const bool isMovable = !QFileInfo(root).isSymLink() && path.startsWith(around + u'/');
    return isMovable ? QDir(root).relativeFilePath(path) : path;
}

/// The contents of a file before or after, kept beside the journal; the line holds their digest.
QString copyOf(const QString &folder, std::size_t file, const char *side)
{
    return u"%1/files/%2-%3"_s.arg(folder).arg(file).arg(QLatin1StringView(side));
}

Result<QByteArray> keepCopy(const std::optional<QByteArray> &bytes, const QString &path)
{
    if (!bytes)
        return QByteArray("-");
    SCONCE_TRY(files::writeWhole(path, *bytes));
    return files::sha256(*bytes).toHex();
}

/// Nothing when what lies there is not what the digest says.
std::optional<std::optional<QByteArray>> readCopy(const QByteArray &digest, const QString &path)
{
    if (digest == "-")
        return std::optional<QByteArray>();
    Result<QByteArray> bytes = files::read(path);
    if (!bytes || files::sha256(*bytes).toHex() != digest)
        return std::nullopt;
    return std::optional(std::move(*bytes));
}

Result<> setRoomAside(const QString &folder, const std::vector<FileChange> &list)
{
    qint64 size = 0;
    for (const FileChange &file : list)
        size += std::max(file.before.value_or(QByteArray()).size(), file.after.value_or(QByteArray()).size());
    if (size == 0)
        return {};
    files::NewFile room = SCONCE_TRY(files::NewFile::create(folder + u'/' + RoomName, 0600));
    return room.reserve(size);
}

/// A line for each file, once what it says is on the disk.
Result<QByteArray> keepFiles(const QString &root, const QString &folder, const std::vector<FileChange> &list)
{
    QByteArray lines;
    if (list.empty())
        return lines;
    SCONCE_TRY(files::makeFolder(folder + u"/files"_s));
    for (std::size_t i = 0; i < list.size(); ++i) {
        const QByteArray before = SCONCE_TRY(keepCopy(list[i].before, copyOf(folder, i, "before")));
        const QByteArray after = SCONCE_TRY(keepCopy(list[i].after, copyOf(folder, i, "after")));
        lines += "file " + before + ' ' + after + ' ' + encoded(relativeTo(root, list[i].path)) + '\n';
    }
    SCONCE_TRY(setRoomAside(folder, list));
    return lines;
}

std::optional<FileChange> fileFrom(
    const QString &root, const QString &folder, std::size_t number, const QList<QByteArray> &fields)
{
    if (fields.size() != 4)
        return std::nullopt;
    auto before = readCopy(fields[1], copyOf(folder, number, "before"));
    auto after = readCopy(fields[2], copyOf(folder, number, "after"));
    if (!before || !after)
        return std::nullopt;
    return FileChange{.path = QDir::cleanPath(QDir(root).absoluteFilePath(decoded(fields[3]))),
        .before = std::move(*before),
        .after = std::move(*after)};
}

std::unexpected<Error> isTorn(const QString &folder)
{
    return std::unexpected(Error(ErrorKind::NotFound, tr("There is no whole journal in “%1”").arg(folder)));
}

/// The lines behind the first one, whose number is read; nothing when it is no whole journal.
std::optional<QList<QByteArray>> wholeLines(const QByteArray &text, int &version)
{
    const qsizetype sumAt = text.lastIndexOf("sum ");
    if (!text.startsWith(Magic) || sumAt < 0
        || QByteArrayView(text).sliced(sumAt)
            != QByteArray("sum " + files::sha256(QByteArrayView(text).first(sumAt)).toHex() + '\n'))
        return std::nullopt;
    QList<QByteArray> lines = text.first(sumAt).split('\n');
    lines.removeAll(QByteArray());
    version = lines.takeFirst().sliced(Magic.size()).toInt();
    return lines;
}

/// In a folder that was renamed since, what it holds is found under its name of now.
void rename(QString &path, const QString &from, const QString &to)
{
    if (path.startsWith(from + u'/'))
        path = to + path.sliced(from.size());
}

/// False when the line means nothing.
bool take(Journal &journal, const QList<QByteArray> &fields, const QString &root, const QString &folder)
{
    if (fields[0] == "end" && fields.size() >= 2) {
        const auto word = std::ranges::find(EndWords, fields[1]);
        journal.end = Journal::End(std::min(word - EndWords.begin(), std::ptrdiff_t(2)));
        journal.madeEnvironment = fields.value(2) == "made";
        return word != EndWords.end();
    }
    if (fields[0] == "file") {
        std::optional<FileChange> file = fileFrom(root, folder, journal.files.size(), fields);
        if (file)
            journal.files.push_back(*std::move(file));
        return file.has_value();
    }
    if (fields[0] != "move" && fields[0] != "exchange")
        return false;
    std::optional<Change> change = changeFrom(fields);
    if (change)
        journal.changes.push_back(*std::move(change));
    return change.has_value();
}

} // namespace

Result<> writeJournal(const QString &root, const QString &folder, const Journal &journal)
{
    const QString whole = root + u'/' + folder;
    const QByteArray fileLines = SCONCE_TRY(keepFiles(root, whole, journal.files));
    QByteArray text = Magic.toByteArray() + QByteArray::number(KnownVersion) + "\nstage "
        + QByteArray::number(inodeOf(whole)) + ' ' + encoded(folder) + "\nend "
        + EndWords[std::size_t(journal.end)] + (journal.madeEnvironment ? " made\n" : "\n");
    text += fileLines;
    for (const Change &change : journal.changes)
        text += lineOf(change);
    text += "sum " + files::sha256(text).toHex() + '\n';
    return files::writeWhole(journalIn(whole), text);
}

Result<Journal> readJournal(const QString &root, const QString &folder)
{
    const QString whole = root + u'/' + folder;
    const QByteArray text = SCONCE_TRY(files::read(journalIn(whole)));
    int version = 0;
    std::optional<QList<QByteArray>> lines = wholeLines(text, version);
    if (!lines)
        return isTorn(whole);
    if (version > KnownVersion)
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("A newer version of this program began to change the environment and broke off: “%1”")
                .arg(whole))
                .hint(tr("Use that version, or make the environment anew")));
    const QList<QByteArray> stage = lines->isEmpty() ? QList<QByteArray>() : lines->takeFirst().split(' ');
    if (stage.value(1).toULongLong() != inodeOf(whole))
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("The environment was copied while a change of it was half made: “%1”").arg(whole))
                .hint(tr("Make the environment anew")));
    Journal journal{};
    for (const QByteArray &line : *lines) {
        if (!take(journal, line.split(' '), root, whole))
            return isTorn(whole);
    }
    if (version >= VersionWithFiles) {
        for (Change &change : journal.changes) {
            rename(change.from, decoded(stage.value(2)), folder);
            rename(change.to, decoded(stage.value(2)), folder);
        }
    }
    return journal;
}

} // namespace sconce::wheel
