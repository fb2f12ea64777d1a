// SPDX-License-Identifier: Apache-2.0
#include "wheel/going.h"

#include <algorithm>
#include <ranges>
#include <unordered_set>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "environment/virtual_environment.h"
#include "metadata/record.h"
#include "wheel/carry_out.h"
#include "wheel/future.h"

namespace sconce::wheel {

using namespace Qt::StringLiterals;

namespace {

constexpr QDir::Filters Everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

QString tr(const char *text)
{
    return QCoreApplication::translate("wheel", text);
}

QString parentOf(const QString &path)
{
    return path.left(std::max<qsizetype>(path.lastIndexOf(u'/'), 0));
}

/// What the interpreter writes beside the files of packages, whenever it likes.
bool isBytecode(const QString &path)
{
    return path.contains(u"__pycache__/") || path.endsWith(u"__pycache__");
}

bool isOurs(const QString &path)
{
    return path.startsWith(u".sconce-");
}

Change reversed(const Change &change)
{
    if (change.kind == Change::Kind::Exchange)
        return {change.kind, change.from, change.to, change.toInode, change.fromInode};
    return {change.kind, change.to, change.from, change.fromInode, 0};
}

/// The side of a step that is in the environment proper.
const QString &liveSide(const Change &change)
{
    return isOurs(change.from) ? change.to : change.from;
}

/// Whether what is live moves into a state.
bool leaves(const Change &change)
{
    return change.kind == Change::Kind::Exchange || !isOurs(change.from);
}

Error isChanged(const QString &path)
{
    return Error(ErrorKind::BadInput,
        tr("“%1” was changed by another program since, so what was there before cannot be put back over it")
            .arg(path))
        .hint(tr("Install what you want to have now; nothing was changed"));
}

/// Other files may not go with folders that packages made.
class Leaving {
public:
    explicit Leaving(QString root)
        : m_root(std::move(root))
    {}

    /// `path` is in the environment now.
    void add(const QString &path) { m_paths.push_back(path); }

    Result<> check()
    {
        for (const QString &path : m_paths)
            readRecords(path);
        for (const QString &path : m_paths)
            SCONCE_TRY(checkEntry(path, false));
        return {};
    }

    /// Whether apart from what leaves the environment holds only what it was made with.
    Result<> checkRest(const QString &folder = {}) const
    {
        for (const QFileInfo &entry : entriesIn(folder)) {
            const QString path = folder.isEmpty() ? entry.fileName() : folder + u'/' + entry.fileName();
            if ((folder.isEmpty() && isOurs(path)) || std::ranges::contains(m_paths, path))
                continue;
            if (entry.isDir() && !entry.isSymLink())
                SCONCE_TRY(checkRest(path));
            else if (!isBytecode(path) && !environment::isOwnFile(path))
                return isForeign(path);
        }
        return {};
    }

private:
    QFileInfoList entriesIn(const QString &folder) const
    {
        return QDir(m_root + u'/' + folder).entryInfoList(Everything);
    }

    std::unexpected<Error> isForeign(const QString &path) const
    {
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("“%1” would go too, and it is not what was installed then").arg(m_root + u'/' + path))
                .hint(tr("Uninstall the package it belongs to, or move it away")));
    }

    void readRecords(const QString &path)
    {
        const QFileInfo entry(m_root + u'/' + path);
        if (!entry.isDir() || entry.isSymLink() || isBytecode(path))
            return;
        if (!path.endsWith(u".dist-info")) {
            for (const QFileInfo &inside : entriesIn(path)) {
                if (inside.isDir())
                    readRecords(path + u'/' + inside.fileName());
            }
            return;
        }
        const Result<QByteArray> text = files::read(entry.filePath() + u"/RECORD"_s);
        const auto rows = text ? metadata::parseRecord(*text) : std::unexpected(text.error());
        if (!rows)
            return;
        for (const metadata::RecordRow &row : *rows)
            m_recorded.insert(QDir::cleanPath(parentOf(path) + u'/' + row.path));
    }

    /// A file that a step names by itself is known by its inode.
    Result<> checkEntry(const QString &path, bool isInside) const
    {
        const QFileInfo entry(m_root + u'/' + path);
        if (!entry.isDir() || entry.isSymLink()) {
            if (isInside && !m_recorded.contains(path))
                return isForeign(path);
            return {};
        }
        for (const QFileInfo &inside : entriesIn(path)) {
            const QString below = path + u'/' + inside.fileName();
            if (!isBytecode(below) && !below.endsWith(u".dist-info") && !path.endsWith(u".dist-info"))
                SCONCE_TRY(checkEntry(below, true));
        }
        return {};
    }

    QString m_root;
    std::vector<QString> m_paths;
    std::unordered_set<QString> m_recorded;
};

/// One state of the way, with the steps that go through it.
struct Stretch {
    std::vector<Change> changes;
    std::vector<FileChange> files;
};

class WayFinder {
public:
    WayFinder(const QString &root, const QString &stage)
        : m_root(root)
        , m_stage(stage)
        , m_future(root)
        , m_leaving(root)
    {}

    Result<Way> find(const std::vector<State> &states)
    {
        for (const State &state : states)
            m_stretches.push_back(SCONCE_TRY(stretchOf(state)));
        moveBytecodeAside();
        for (const Stretch &stretch : m_stretches) {
            for (const Change &change : stretch.changes)
                SCONCE_TRY(addStep(change));
            for (const FileChange &file : stretch.files)
                SCONCE_TRY(addFile(file));
        }
        SCONCE_TRY(m_leaving.check());
        SCONCE_TRY(checkStart());
        Way way{.states = states, .changes = m_future.steps(), .files = m_files};
        way.takesEnvironmentAway = !states.back().isUndone && states.back().madeEnvironment;
        if (way.takesEnvironmentAway) {
            SCONCE_TRY(m_leaving.checkRest());
            way.changes.clear();
        }
        return way;
    }

private:
    Result<Stretch> stretchOf(const State &state) const
    {
        Result<Journal> journal = readJournal(m_root, state.folder);
        if (!journal) {
            return std::unexpected(Error(ErrorKind::BadInput,
                tr("What “%1” keeps cannot be put back: the environment was copied, or the folder is damaged")
                    .arg(m_root + u'/' + state.folder))
                    .hint(tr("Install what you want to have now; nothing was changed")));
        }
        Stretch stretch;
        const QString other = otherNameOf(state);
        // First, so that all other steps know the folder by one name.
        stretch.changes.push_back(
            {Change::Kind::Move, state.folder, other, inodeOf(m_root + u'/' + state.folder), 0});
        const auto renamed = [&](QString path) {
            return isAtOrIn(path, state.folder) ? other + path.sliced(state.folder.size()) : path;
        };
        for (Change &change : journal->changes) {
            change.from = renamed(change.from);
            change.to = renamed(change.to);
        }
        if (state.isUndone) {
            stretch.changes.insert(stretch.changes.end(), journal->changes.begin(), journal->changes.end());
            stretch.files = std::move(journal->files);
            return stretch;
        }
        for (const Change &change : journal->changes | std::views::reverse)
            stretch.changes.push_back(reversed(change));
        for (const FileChange &file : journal->files | std::views::reverse)
            stretch.files.push_back({file.path, file.after, file.before});
        return stretch;
    }

    /// Bytecode of modules that go or come would be taken for that of the others, or be in their way.
    void moveBytecodeAside()
    {
        std::unordered_set<QString> sources;
        std::unordered_set<QString> claimed;
        for (const Stretch &stretch : m_stretches) {
            for (const Change &change : stretch.changes) {
                const QString &live = liveSide(change);
                if (isBytecode(live) && leaves(change) && inodeOf(m_root + u'/' + live) == change.fromInode)
                    claimed.insert(live);
                else if (live.endsWith(u".py"))
                    sources.insert(live);
            }
        }
        for (const QString &source : sources) {
            const QString folder = parentOf(source);
            const QString cache = folder.isEmpty() ? u"__pycache__"_s : folder + u"/__pycache__"_s;
            const QString stem = source.sliced(source.lastIndexOf(u'/') + 1).chopped(2);
            for (const QString &name : QDir(m_root + u'/' + cache).entryList({stem + u'*'}, QDir::Files)) {
                const QString path = cache + u'/' + name;
                if (!claimed.contains(path))
                    m_future.add({Change::Kind::Move, path, m_stage + u"/old/"_s + path,
                        inodeOf(m_root + u'/' + path), 0});
            }
        }
    }

    Result<> addStep(const Change &change)
    {
        const QString &live = liveSide(change);
        if (!m_future.allows(change)) {
            if (isBytecode(live))
                return {};
            return std::unexpected(isChanged(m_root + u'/' + live));
        }
        if (!isOurs(live) && leaves(change)) {
            const QString place = m_future.placeNow(live).value_or(QString());
            if (!isOurs(place))
                m_leaving.add(place);
        }
        m_future.add(change);
        return {};
    }

    Result<> addFile(const FileChange &file)
    {
        const auto known = std::ranges::find(m_files, file.path, &FileChange::path);
        if (known == m_files.end()) {
            m_files.push_back(file);
            return {};
        }
        if (known->after != file.before)
            return std::unexpected(isChanged(file.path));
        known->after = file.after;
        return {};
    }

    Result<> checkStart()
    {
        for (const FileChange &file : m_files) {
            const Result<> same = checkFiles({&file, 1});
            if (!same && same.error().kind() == ErrorKind::BadInput)
                return std::unexpected(isChanged(file.path));
            SCONCE_TRY(same);
        }
        std::erase_if(m_files, [](const FileChange &file) { return file.before == file.after; });
        return {};
    }

    QString m_root;
    QString m_stage;
    std::vector<Stretch> m_stretches;
    Future m_future;
    Leaving m_leaving;
    std::vector<FileChange> m_files;
};

Result<Way> find(const QString &root, const QString &stage, int number)
{
    std::vector<State> states = statesIn(root);
    const auto wanted = std::ranges::find(states, number, &State::number);
    if (wanted == states.end())
        return std::unexpected(
            Error(ErrorKind::NotFound, tr("There is no change %1 to undo in “%2”").arg(number).arg(root)));
    const bool isForward = wanted->isUndone;
    std::erase_if(states, [&](const State &state) {
        return state.isUndone != isForward || (isForward ? state.number > number : state.number < number);
    });
    if (isForward)
        std::ranges::reverse(states);
    return WayFinder(root, stage).find(states);
}

} // namespace

Result<Way> wayTo(const QString &root, int number)
{
    return find(QDir::cleanPath(root), StagePrefix, number);
}

Result<> go(const QString &environmentFolder, const Way &planned, const JobContext &context)
{
    const QString root = QDir::cleanPath(environmentFolder);
    const files::LockFile lock = SCONCE_TRY(lockEnvironment(root, context));
    SCONCE_TRY(finishStages(root, context));
    files::TemporaryFolder stage = SCONCE_TRY(files::TemporaryFolder::make(root, StagePrefix));
    const QString name = stage.path().sliced(root.size() + 1);
    Way way = SCONCE_TRY(find(root, name, planned.goal()));
    if (!std::ranges::equal(way.states, planned.states, {}, &State::folder, &State::folder)) {
        return std::unexpected(Error(
            ErrorKind::BadInput, tr("“%1” was changed by another program since the plan was made").arg(root))
                .hint(tr("Make the plan again")));
    }
    for (const Change &change : way.changes) {
        if (isAtOrIn(change.to, name))
            SCONCE_TRY(files::makeFolder(root + u'/' + parentOf(change.to)));
    }
    SCONCE_TRY(files::makeTreeDurable(stage.path()));
    SCONCE_TRY(context.goOn());
    return carryOut(root, stage,
        {.changes = std::move(way.changes),
            .files = std::move(way.files),
            .end = way.takesEnvironmentAway ? Journal::End::TakeEnvironmentAway : Journal::End::Drop});
}

} // namespace sconce::wheel
