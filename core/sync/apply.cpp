// SPDX-License-Identifier: Apache-2.0
#include "sync/apply.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>

#include "base/text.h"
#include "files/files.h"
#include "sync/applied_plan.h"
#include "sync/download.h"
#include "sync/file_changes.h"
#include "work/each.h"

namespace sconce::sync {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sync)
};

constexpr int Stages = 4;
constexpr std::size_t DownloadsAtOnce = 6;
// A wheel takes its own size while it is unpacked, and about as much again once it is.
constexpr qint64 SpacePerByte = 2;

/// The nearest folder upwards that exists: space is asked of its volume.
QString existingFolder(QString path)
{
    while (!files::exists(path) && !QDir(path).isRoot())
        path = QFileInfo(path).path();
    return path;
}

Result<> checkSpace(const plan::Plan &plan, const Places &places)
{
    const qint64 needed = plan.knownBytes() * SpacePerByte;
    const qint64 free = files::freeBytes(existingFolder(places.cacheFolder));
    if (free < 0 || free >= needed)
        return {};
    return std::unexpected(Error(ErrorKind::DiskFull,
        Words::tr("“%1” has %2 free, and about %3 are needed")
            .arg(places.cacheFolder, sizeText(free), sizeText(needed)))
            .hint(Words::tr("Make room, or set SCONCE_CACHE_DIR to a folder on another disk")));
}

/// One row of the progress for each download, and their sum.
class DownloadProgress {
public:
    DownloadProgress(const std::vector<const plan::Operation *> &operations, Progress &progress)
        : m_progress(progress)
        , m_rows(operations.size())
    {
        qint64 total = 0;
        for (std::size_t i = 0; i < operations.size(); ++i) {
            const plan::Operation &operation = *operations[i];
            m_rows[i].isCounted = operation.size.bytes.has_value();
            m_rows[i].number = progress.addItem(
                operation.name.text() + u' ' + operation.to->text(), operation.size.bytes.value_or(-1));
            total += operation.size.bytes.value_or(0);
        }
        progress.setTotal(total);
    }

    /// Called by the one worker that has this download.
    void report(std::size_t download, qint64 bytes)
    {
        Row &row = m_rows[download];
        if (row.isCounted)
            m_progress.add(bytes - row.done);
        row.done = bytes;
        m_progress.updateItem(row.number, bytes, Progress::Item::State::Running);
    }

    void finish(std::size_t download, Progress::Item::State state)
    {
        m_progress.updateItem(m_rows[download].number, m_rows[download].done, state);
    }

private:
    struct Row {
        std::size_t number = 0;
        qint64 done = 0;
        bool isCounted = false;
    };
    Progress &m_progress;
    std::vector<Row> m_rows;
};

using Wheels = std::vector<wheel::UnpackedWheel>;

/// The wheels of `installs`, in the same order. Those that are put together from a folder go into `composed`.
Result<Wheels> fetchAll(const std::vector<const plan::Operation *> &installs, const WheelCache &cache,
    const QString &composed, net::Fetcher &fetcher, const JobContext &context)
{
    context.progress().setStage(2, Stages, Words::tr("Downloading"));
    std::vector<std::optional<wheel::UnpackedWheel>> found(installs.size());
    DownloadProgress progress(installs, context.progress());
    const auto fetchOne = [&](std::size_t i) -> Result<> {
        const auto report = [&, i](qint64 bytes) { progress.report(i, bytes); };
        const plan::Operation &operation = *installs[i];
        Result<wheel::UnpackedWheel> fetched = operation.folder
            ? wheel::compose(operation.folder->wheel, composed + u'/' + operation.name.text(), context)
            : fetchWheel(*operation.file, cache, fetcher, report, context);
        progress.finish(i, fetched ? Progress::Item::State::Done : Progress::Item::State::Failed);
        found[i] = SCONCE_TRY(std::move(fetched));
        return {};
    };
    SCONCE_TRY(each(installs.size(), DownloadsAtOnce, fetchOne, context));
    Wheels wheels;
    for (auto &one : found)
        wheels.push_back(*std::move(one));
    return wheels;
}

/// Makes the environment where the plan says so, and takes it away again unless kept. One that it replaces
/// lies aside meanwhile.
class NewEnvironment {
public:
    explicit NewEnvironment(const plan::Plan &plan)
        : m_plan(plan)
    {}
    NewEnvironment(const NewEnvironment &) = delete;
    NewEnvironment &operator=(const NewEnvironment &) = delete;
    ~NewEnvironment()
    {
        // With a change half made in it, the next command finishes it.
        if (m_isKept || (!m_isMade && m_aside.isEmpty())
            || (m_isMade && wheel::isUnfinished(m_plan.environmentFolder)))
            return;
        const Result<> removed = files::remove(m_plan.environmentFolder);
        if (removed && !m_aside.isEmpty())
            static_cast<void>(files::rename(m_aside, m_plan.environmentFolder));
        else if (removed && m_wasFolder)
            static_cast<void>(files::makeFolder(m_plan.environmentFolder));
    }

    Result<> make(const JobContext &context)
    {
        if (!m_plan.createWith)
            return {};
        m_wasFolder = files::exists(m_plan.environmentFolder);
        if (m_wasFolder && !m_plan.whyReplaced.isEmpty()) {
            const QString aside = asideOf(m_plan);
            SCONCE_TRY(files::remove(aside));
            SCONCE_TRY(files::rename(m_plan.environmentFolder, aside));
            m_aside = aside;
        }
        SCONCE_TRY(environment::make(m_plan.environmentFolder, *m_plan.createWith, {}, context));
        m_isMade = true;
        return {};
    }
    /// Also takes away what an earlier replacement left that broke off.
    Result<> keep()
    {
        m_isKept = true;
        const QString aside = asideOf(m_plan);
        return files::exists(aside) ? files::remove(aside) : Result<>();
    }

private:
    static QString asideOf(const plan::Plan &plan) { return plan.environmentFolder + u".sconce-replaced"_s; }

    const plan::Plan &m_plan;
    QString m_aside;
    bool m_wasFolder = false;
    bool m_isMade = false;
    bool m_isKept = false;
};

/// Called with the environment locked: what the plan compared with must still be there.
Result<> checkUnchanged(
    const plan::Plan &plan, const python::Interpreter &interpreter, const JobContext &context)
{
    const std::vector<environment::Installed> installed =
        SCONCE_TRY(environment::installedIn(interpreter, context));
    for (const plan::Operation &operation : plan.operations) {
        const bool isAsPlanned = operation.installed
            ? std::ranges::contains(
                  installed, operation.installed->distInfo, &environment::Installed::distInfo)
            : !std::ranges::contains(installed, operation.name, &environment::Installed::name);
        if (!isAsPlanned) {
            return std::unexpected(Error(ErrorKind::BadInput,
                Words::tr("“%1” in “%2” was changed by another program since the plan was made")
                    .arg(operation.name.text(), plan.environmentFolder))
                    .hint(Words::tr("Make the plan again")));
        }
    }
    return {};
}

wheel::Transaction::Source sourceOf(const plan::Operation &operation, wheel::UnpackedWheel wheel)
{
    wheel::Transaction::Source source{std::move(wheel), std::nullopt, operation.isRequested};
    if (operation.folder)
        source.directUrl = operation.folder->origin;
    else if (operation.index.url.isEmpty())
        source.directUrl = metadata::DirectUrl{
            .url = operation.file->url().toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo)};
    return source;
}

/// The plan's files are changed in the same step, and what it replaces is kept.
wheel::Company companyOf(const plan::Plan &plan)
{
    return {.files = filesOf(plan),
        .note = AppliedPlan::of(plan, QDateTime::currentDateTimeUtc()).note(),
        .madeEnvironment = plan.createWith.has_value()};
}

Result<> install(const plan::Plan &plan, const std::vector<const plan::Operation *> &installs, Wheels wheels,
    const Places &places, process::Runner &runner, const JobContext &context)
{
    context.progress().setStage(3, Stages, Words::tr("Installing"));
    NewEnvironment created(plan);
    SCONCE_TRY(created.make(context));
    const QString python = python::executableIn(plan.environmentFolder);
    const python::Interpreter interpreter =
        SCONCE_TRY(python::probe(python, runner, places.cacheFolder, context));
    wheel::Transaction transaction =
        SCONCE_TRY(wheel::Transaction::begin(interpreter, context, places.linkMode));
    SCONCE_TRY(checkUnchanged(plan, interpreter, context));

    context.progress().setTotal(qint64(plan.operations.size()));
    for (const plan::Operation &operation : plan.operations) {
        if (operation.installed)
            SCONCE_TRY(transaction.remove(*operation.installed, context));
    }
    for (std::size_t i = 0; i < installs.size(); ++i) {
        SCONCE_TRY(context.goOn());
        context.progress().setLabel(Words::tr("Installing %1").arg(installs[i]->name.text()));
        SCONCE_TRY(transaction.add(sourceOf(*installs[i], std::move(wheels[i])), context));
        context.progress().add(1);
    }
    SCONCE_TRY(context.goOn());
    context.progress().setStage(4, Stages, Words::tr("Switching over"));
    SCONCE_TRY(transaction.commit(context, companyOf(plan)));
    return created.keep();
}

Result<> writeFiles(const plan::Plan &plan, const JobContext &context)
{
    if (plan.files.empty())
        return {};
    if (environment::isEnvironment(plan.environmentFolder))
        return wheel::changeFiles(plan.environmentFolder, companyOf(plan), context);
    FileChanges changes(filesOf(plan));
    SCONCE_TRY(changes.write());
    changes.keep();
    return {};
}

} // namespace

Result<> apply(const plan::Plan &plan, const Places &places, net::Fetcher &fetcher, process::Runner &runner,
    const JobContext &context)
{
    context.progress().setStage(1, Stages, Words::tr("Preparing"));
    SCONCE_TRY(context.goOn());
    if (plan.operations.empty() && !plan.createWith)
        return writeFiles(plan, context);
    SCONCE_TRY(wheel::checkFiles(filesOf(plan)));
    SCONCE_TRY(checkSpace(plan, places));
    const WheelCache cache(places.cacheFolder);
    SCONCE_TRY(cache.prepare());
    std::vector<const plan::Operation *> installs;
    for (const plan::Operation &operation : plan.operations) {
        if (operation.file || operation.folder)
            installs.push_back(&operation);
    }
    const files::TemporaryFolder composed =
        SCONCE_TRY(files::TemporaryFolder::make(places.cacheFolder, u".composed-"_s));
    Wheels wheels = SCONCE_TRY(fetchAll(installs, cache, composed.path(), fetcher, context));
    return install(plan, installs, std::move(wheels), places, runner, context);
}

bool isCached(const metadata::IndexFile &file, const Places &places)
{
    return WheelCache(places.cacheFolder).contains(file);
}

} // namespace sconce::sync
