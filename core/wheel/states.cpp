// SPDX-License-Identifier: Apache-2.0
#include "wheel/states.h"

#include <algorithm>
#include <unordered_set>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLoggingCategory>
#include <QRandomGenerator>

#include <sys/stat.h>

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(statesLog, "sconce.wheel.states", QtInfoMsg)

constexpr std::size_t MostStates = 5;
const auto StatesFolder = u".sconce-states"_s;
const auto Undone = u".undone"_s;
const auto GonePrefix = u".sconce-gone-"_s;
constexpr qint64 MostNote = 16 << 20;

/// Of every folder, whatever is in it; the newest first.
std::vector<State> foldersIn(const QString &root)
{
    std::vector<State> found;
    const QDir folder(root + u'/' + StatesFolder);
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot)) {
        const bool isUndone = name.endsWith(Undone);
        bool isNumber = false;
        const int number = (isUndone ? name.chopped(Undone.size()) : name).toInt(&isNumber);
        if (isNumber && number > 0)
            found.push_back(
                {.number = number, .isUndone = isUndone, .folder = StatesFolder + u'/' + name, .note = {}});
    }
    std::ranges::sort(found, std::greater(), &State::number);
    return found;
}

/// Once a change is made, those that were undone before have nothing left to go to.
void leaveOutOvertaken(std::vector<State> &states)
{
    const auto newestMade = std::ranges::find(states, false, &State::isUndone);
    const int number = newestMade == states.end() ? 0 : newestMade->number;
    std::erase_if(states, [&](const State &state) { return state.isUndone && state.number < number; });
}

void drop(const QString &root, const State &state)
{
    // The journal first: a folder without one is no state, however much of it is left.
    const QString folder = root + u'/' + state.folder;
    Result<> dropped = files::remove(folder + u'/' + JournalName);
    if (dropped)
        dropped = files::remove(folder);
    if (!dropped)
        qCDebug(statesLog).noquote() << "not dropped now:" << dropped.error().forLog();
}

} // namespace

std::vector<State> statesIn(const QString &root)
{
    std::vector<State> states = foldersIn(root);
    std::erase_if(states,
        [&](const State &state) { return !files::exists(root + u'/' + state.folder + u'/' + JournalName); });
    leaveOutOvertaken(states);
    for (State &state : states) {
        if (Result<QByteArray> note = files::read(root + u'/' + state.folder + u'/' + NoteName, MostNote))
            state.note = std::move(*note);
        if (const Result<Journal> journal = readJournal(root, state.folder))
            state.madeEnvironment = journal->madeEnvironment;
    }
    return states;
}

QString otherNameOf(const State &state)
{
    return state.isUndone ? state.folder.chopped(Undone.size()) : state.folder + Undone;
}

qint64 costOf(const QString &root, const State &state)
{
    qint64 bytes = 0;
    QDirIterator entries(root + u'/' + state.folder,
        QDir::Files | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        struct stat facts{};
        if (::lstat(QFile::encodeName(entries.next()).constData(), &facts) == 0 && S_ISREG(facts.st_mode)
            && facts.st_nlink == 1)
            bytes += facts.st_size;
    }
    return bytes;
}

Result<> keepAsState(const QString &root, const QString &stage)
{
    const QString folder = root + u'/' + StatesFolder;
    SCONCE_TRY(files::makeFolder(folder));
    const std::vector<State> states = foldersIn(root);
    const int number = states.empty() ? 1 : states.front().number + 1;
    SCONCE_TRY(files::rename(root + u'/' + stage, folder + u'/' + QString::number(number)));
    SCONCE_TRY(files::makeDurable(folder));
    SCONCE_TRY(files::makeDurable(root));
    dropOldStates(root);
    return {};
}

void dropOldStates(const QString &root)
{
    std::vector<State> states = foldersIn(root);
    const auto isUsable = [&](const State &state) {
        return files::exists(root + u'/' + state.folder + u'/' + JournalName);
    };
    std::vector<State> kept = states;
    std::erase_if(kept, std::not_fn(isUsable));
    leaveOutOvertaken(kept);
    std::size_t made = 0;
    std::unordered_set<QString> folders;
    for (const State &state : kept) {
        if (state.isUndone || ++made <= MostStates)
            folders.insert(state.folder);
    }
    for (const State &state : states) {
        if (!folders.contains(state.folder))
            drop(root, state);
    }
}

Result<> takeAway(const QString &root)
{
    const QFileInfo entry(root);
    const QString real = entry.canonicalFilePath();
    const QString around = QFileInfo(real).path();
    const QString gone =
        around + u'/' + GonePrefix + QString::number(QRandomGenerator::system()->generate64(), 16);
    SCONCE_TRY(files::rename(real, gone));
    // It is gone: what follows only tidies up.
    if (entry.isSymLink())
        (void)files::makeFolder(real);
    (void)files::makeDurable(around);
    dropTakenAway(root);
    return {};
}

void dropTakenAway(const QString &root)
{
    const QString real = QFileInfo(root).canonicalFilePath();
    const QDir around(QFileInfo(real.isEmpty() ? root : real).path());
    for (const QString &name : around.entryList({GonePrefix + u'*'}, QDir::Dirs | QDir::Hidden)) {
        if (const Result<> removed = files::remove(around.filePath(name)); !removed)
            qCDebug(statesLog).noquote() << "not removed now:" << removed.error().forLog();
    }
}

} // namespace sconce::wheel
