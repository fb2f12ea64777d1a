// SPDX-License-Identifier: Apache-2.0
#include "wheel/journal.h"

#include <ranges>

#include <QCoreApplication>
#include <QDir>

#include "files/digest.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView Magic = "sconce journal ";
constexpr int KnownVersion = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("wheel", text);
}

QString journalIn(const QString &stage)
{
    return stage + u"/journal"_s;
}

QByteArray lineOf(const Change &change)
{
    const char *verb = change.kind == Change::Kind::Exchange ? "exchange " : "move ";
    // Encoded, because names of files may hold blanks and line ends.
    return verb + QByteArray::number(change.fromInode) + ' ' + QByteArray::number(change.toInode) + ' '
        + change.from.toUtf8().toPercentEncoding("/") + ' ' + change.to.toUtf8().toPercentEncoding("/")
        + '\n';
}

std::optional<Change> changeFrom(const QByteArray &line)
{
    const QList<QByteArray> fields = line.split(' ');
    if (fields.size() != 5 || (fields[0] != "move" && fields[0] != "exchange"))
        return std::nullopt;
    return Change{.kind = fields[0] == "move" ? Change::Kind::Move : Change::Kind::Exchange,
        .from = QString::fromUtf8(QByteArray::fromPercentEncoding(fields[3])),
        .to = QString::fromUtf8(QByteArray::fromPercentEncoding(fields[4])),
        .fromInode = fields[1].toULongLong(),
        .toInode = fields[2].toULongLong()};
}

/// Once this is durable the change is over.
Result<> dropJournal(const QString &stage)
{
    SCONCE_TRY(files::remove(journalIn(stage)));
    return files::makeDurable(stage);
}

Result<> makeAll(const QString &root, const std::vector<Change> &changes)
{
    for (const Change &change : changes)
        SCONCE_TRY(make(root, change));
    return files::makeTreeDurable(root);
}

Result<> takeAllBack(const QString &root, const QString &stage, const std::vector<Change> &changes)
{
    for (const Change &change : changes | std::views::reverse)
        SCONCE_TRY(takeBack(root, change));
    SCONCE_TRY(files::makeTreeDurable(root));
    return dropJournal(stage);
}

/// A step of a crashed change whose entries somebody changed since is left out: the rest is worth more than a
/// halt.
Result<> finish(const QString &root, const QString &stage, const Journal &journal, const JobContext &context)
{
    for (const Change &change : journal.changes) {
        const quint64 there = inodeOf(root + u'/' + change.to);
        const bool isPossible =
            inodeOf(root + u'/' + change.from) == change.fromInode && there == change.toInode;
        if (isPossible)
            SCONCE_TRY(make(root, change));
        else if (there != change.fromInode)
            context.progress().log(
                tr("“%1” was changed since the last command broke off, and stays as it is").arg(change.to));
    }
    SCONCE_TRY(files::makeTreeDurable(root));
    return dropJournal(stage);
}

} // namespace

Result<> writeJournal(const QString &stage, const Journal &journal)
{
    QByteArray text = Magic.toByteArray() + QByteArray::number(KnownVersion) + "\nstage "
        + QByteArray::number(journal.stageInode) + '\n';
    for (const Change &change : journal.changes)
        text += lineOf(change);
    text += "sum " + files::sha256(text).toHex() + '\n';
    return files::writeWhole(journalIn(stage), text);
}

Result<Journal> readJournal(const QString &stage)
{
    const auto torn = [&] {
        return std::unexpected(
            Error(ErrorKind::NotFound, tr("There is no whole journal in “%1”").arg(stage)));
    };
    const QByteArray text = SCONCE_TRY(files::read(journalIn(stage)));
    const qsizetype sumAt = text.lastIndexOf("sum ");
    if (!text.startsWith(Magic) || sumAt < 0
        || QByteArrayView(text).sliced(sumAt)
            != QByteArray("sum " + files::sha256(QByteArrayView(text).first(sumAt)).toHex() + '\n'))
        return torn();
    QList<QByteArray> lines = text.first(sumAt).split('\n');
    if (lines.takeFirst().sliced(Magic.size()).toInt() != KnownVersion)
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("A newer version of this program began to change the environment and broke off: “%1”")
                .arg(stage))
                .hint(tr("Use that version, or make the environment anew")));
    Journal journal{.changes = {}, .stageInode = lines.takeFirst().mid(6).toULongLong()};
    if (journal.stageInode != inodeOf(stage))
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("The environment was copied while a change of it was half made: “%1”").arg(stage))
                .hint(tr("Make the environment anew")));
    for (const QByteArray &line : lines) {
        if (line.isEmpty())
            continue;
        const std::optional<Change> change = changeFrom(line);
        if (!change)
            return torn();
        journal.changes.push_back(*change);
    }
    return journal;
}

Result<> carryOut(const QString &root, const QString &stage, const std::vector<Change> &changes)
{
    Result<> done = writeJournal(stage, {changes, inodeOf(stage)});
    if (done)
        done = makeAll(root, changes);
    if (done) {
        // Should this fail, the next command finds every step made and drops the journal then.
        (void)dropJournal(stage);
        return {};
    }
    if (const Result<> back = takeAllBack(root, stage, changes); !back)
        return std::unexpected(std::move(done).error().hint(
            tr("The environment is half changed; the next command on it finishes the change")));
    return done;
}

Result<> finishStages(const QString &root, const JobContext &context)
{
    const QStringList names =
        QDir(root).entryList({StagePrefix + u'*'}, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const QString stage = root + u'/' + name;
        const Result<Journal> journal = readJournal(stage);
        if (!journal && journal.error().kind() != ErrorKind::NotFound)
            return std::unexpected(journal.error());
        if (journal)
            SCONCE_TRY(finish(root, stage, *journal, context));
        SCONCE_TRY(files::remove(stage));
    }
    return {};
}

} // namespace sconce::wheel
