// SPDX-License-Identifier: Apache-2.0
#include "wheel/carry_out.h"

#include <ranges>

#include <QCoreApplication>
#include <QDir>

#include "wheel/states.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("wheel", text);
}

/// Once this is durable the change is over.
Result<> dropJournal(const QString &folder)
{
    SCONCE_TRY(files::remove(folder + u'/' + JournalName));
    return files::makeDurable(folder);
}

/// The same in every run on this stage, so that what a crash leaves of it is found.
QString temporaryFor(const QString &folder)
{
    return QFileInfo(folder).fileName() + u"-file"_s;
}

Result<> makeAll(const QString &root, const QString &folder, const Journal &journal)
{
    SCONCE_TRY(files::remove(folder + u'/' + RoomName));
    for (const FileChange &file : journal.files)
        SCONCE_TRY(write(file, temporaryFor(folder)));
    for (const Change &change : journal.changes)
        SCONCE_TRY(make(root, change));
    return files::makeTreeDurable(root);
}

Result<> takeAllBack(const QString &root, const QString &folder, const Journal &journal)
{
    for (const Change &change : journal.changes | std::views::reverse)
        SCONCE_TRY(takeBack(root, change));
    for (const FileChange &file : journal.files | std::views::reverse)
        SCONCE_TRY(takeBack(file, temporaryFor(folder)));
    SCONCE_TRY(files::makeTreeDurable(root));
    return dropJournal(folder);
}

/// All steps are made and durable.
Result<> endWith(Journal::End end, const QString &root, const QString &folder)
{
    switch (end) {
    case Journal::End::Drop: break;
    case Journal::End::Keep: return keepAsState(root, folder);
    case Journal::End::TakeEnvironmentAway: return takeAway(root);
    }
    return dropJournal(root + u'/' + folder);
}

/// A step of a crashed change whose entries or file somebody changed since is left out: the rest is worth
/// more than a halt.
Result<> finish(const QString &root, const QString &folder, const Journal &journal, const JobContext &context)
{
    const auto tellLeftOut = [&](const QString &path) {
        context.progress().log(
            tr("“%1” was changed since the last command broke off, and stays as it is").arg(path));
    };
    SCONCE_TRY(files::remove(root + u'/' + folder + u'/' + RoomName));
    for (const FileChange &file : journal.files) {
        (void)removeTemporary(file, temporaryFor(folder));
        const Holds holds = SCONCE_TRY(look(file));
        if (holds == Holds::Before)
            SCONCE_TRY(write(file, temporaryFor(folder)));
        else if (holds == Holds::Other)
            tellLeftOut(file.path);
    }
    for (const Change &change : journal.changes) {
        const quint64 there = inodeOf(root + u'/' + change.to);
        const bool isPossible =
            inodeOf(root + u'/' + change.from) == change.fromInode && there == change.toInode;
        if (isPossible)
            SCONCE_TRY(make(root, change));
        else if (there != change.fromInode)
            tellLeftOut(change.to);
    }
    SCONCE_TRY(files::makeTreeDurable(root));
    return endWith(journal.end, root, folder);
}

} // namespace

Result<> carryOut(const QString &root, const QString &folder, const Journal &journal)
{
    const QString whole = root + u'/' + folder;
    SCONCE_TRY(checkFiles(journal.files));
    Result<> done = writeJournal(root, folder, journal);
    if (done)
        done = makeAll(root, whole, journal);
    // To take the environment away is a step like the others; the other ends only tidy up.
    if (done && journal.end == Journal::End::TakeEnvironmentAway)
        done = takeAway(root);
    if (done) {
        // Should this fail, the next command finds every step made and ends then.
        if (journal.end != Journal::End::TakeEnvironmentAway)
            (void)endWith(journal.end, root, folder);
        return {};
    }
    if (const Result<> back = takeAllBack(root, whole, journal); !back)
        return std::unexpected(std::move(done).error().hint(
            tr("The environment is half changed; the next command on it finishes the change")));
    return done;
}

Result<> carryOut(const QString &root, files::TemporaryFolder &stage, const Journal &journal)
{
    Result<> done = carryOut(root, stage.path().sliced(root.size() + 1), journal);
    if (files::exists(stage.path() + u'/' + JournalName))
        stage.keep();
    return done;
}

Result<files::LockFile> lockEnvironment(const QString &root, const JobContext &context)
{
    return files::LockFile::acquire(root + u"/.lock"_s, context);
}

Result<> finishStages(const QString &root, const JobContext &context)
{
    const QStringList names =
        QDir(root).entryList({StagePrefix + u'*'}, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const QString stage = root + u'/' + name;
        const Result<Journal> journal = readJournal(root, name);
        if (!journal && journal.error().kind() != ErrorKind::NotFound)
            return std::unexpected(journal.error());
        if (journal) {
            SCONCE_TRY(finish(root, name, *journal, context));
            context.progress().log(tr("A change of “%1” that had broken off was finished").arg(root));
        }
        SCONCE_TRY(files::remove(stage));
    }
    return {};
}

} // namespace sconce::wheel
