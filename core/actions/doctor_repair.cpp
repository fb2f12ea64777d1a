// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <QDir>

#include "actions/doctor.h"
#include "actions/doctor_lock.h"
#include "actions/plan_changes.h"
#include "actions/set_up.h"
#include "actions/wishes.h"
#include "actions/words.h"
#include "base/safe_url.h"
#include "environment/audit.h"
#include "files/files.h"
#include "sync/wheel_cache.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;
using Remedy = Finding::Remedy;

namespace {

constexpr qint64 MostWheelFile = 1 << 20;

bool hasRemedy(const DoctorReport &report, Remedy remedy)
{
    return std::ranges::contains(report.findings, remedy, &Finding::remedy);
}

/// A Python of the version that the environment was made with, at best the very one.
Result<python::Interpreter> pythonForRenewal(
    const QString &folder, const Tools &tools, const JobContext &context)
{
    const auto config = environment::readConfig(folder).value_or(QHash<QString, QString>());
    if (config.value(u"include-system-site-packages"_s).compare(u"true", Qt::CaseInsensitive) == 0) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("The environment shares the packages of its Python, which one made here would not")));
    }
    const QString version = environment::pythonMadeWith(folder);
    if (version.isEmpty()) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("Nothing says which Python the environment “%1” was made with").arg(folder)));
    }
    python::Wish wish{.request = config.value(u"implementation"_s, u"cpython"_s).toLower() + u'@' + version,
        .requiresPython = std::nullopt,
        .environmentFolder = {},
        .variables = tools.variables};
    auto found = python::find(wish, *tools.runner, tools.cacheFolder, context);
    // Its own one may be none of those that are found by name.
    const QString home = config.value(u"home"_s);
    const QString own = home + u"/python"_s + version;
    const bool isOwn = found && QFileInfo(found->baseExecutable).path() == home;
    if (isOwn || home.isEmpty() || !files::exists(own))
        return found;
    wish.request = own;
    return python::find(wish, *tools.runner, tools.cacheFolder, context);
}

Result<> renew(const QString &folder, const python::Interpreter &base, const JobContext &context)
{
    const auto config = environment::readConfig(folder).value_or(QHash<QString, QString>());
    QString prompt = config.value(u"prompt"_s);
    if (prompt.size() > 1 && prompt.front() == prompt.back() && u"'\""_s.contains(prompt.front()))
        prompt = prompt.sliced(1).chopped(1); // Python writes it as a literal
    const files::LockFile lock = SCONCE_TRY(files::LockFile::acquire(folder + u"/.lock"_s, context));
    return environment::make(
        folder, base, {.prompt = prompt, .existing = environment::MakeOptions::Existing::Keep}, context);
}

/// Finds out where the files of packages come from.
class Sources {
public:
    Sources(const DoctorReport &report, const Tools &tools)
        : m_report(report)
        , m_cache(tools.cacheFolder)
        , m_cacheFolder(tools.cacheFolder)
        , m_tags(tags::CompatibleTags::make(report.interpreter->abi, report.interpreter->platform))
    {}

    /// A project that was installed from its folder. Nothing for others; BadInput, NotFound when it cannot be
    /// installed from there again.
    static Result<std::optional<plan::FolderWheel>> folder(const environment::Installed &installed)
    {
        if (!installed.directUrl || !installed.directUrl->isDirectory)
            return std::nullopt;
        const QUrl url(installed.directUrl->url);
        const bool isEditable = installed.directUrl->isEditable;
        plan::FolderWheel made = SCONCE_TRY(
            plan::folderWheel(url.toLocalFile(), isEditable ? plan::Editable::Yes : plan::Editable::No));
        if (made.wheel.name.name != installed.name) {
            return std::unexpected(Error(ErrorKind::BadInput,
                Words::tr("“%1” holds %2 now, and not %3")
                    .arg(url.toLocalFile(), made.wheel.name.name.text(), installed.name.text())));
        }
        return made;
    }

    /// BadInput, NotFound with the reason when nothing is known.
    Result<resolve::ResolvedPackage> find(const environment::Installed &installed) const
    {
        if (m_report.lock) {
            if (auto locked = wheelInLock(*m_report.lock, installed, m_tags))
                return *std::move(locked);
        }
        const bool hasAddress = installed.directUrl.has_value();
        metadata::IndexFile file = SCONCE_TRY(hasAddress ? addressed(installed) : cached(installed));
        // Only what was asked for by its address has none of an index.
        metadata::IndexLocation index;
        if (!hasAddress)
            index.url = QUrl::fromLocalFile(m_cacheFolder);
        return resolve::ResolvedPackage{.name = installed.name,
            .version = installed.version,
            .index = std::move(index),
            .file = std::move(file)};
    }

private:
    static Result<metadata::IndexFile> addressed(const environment::Installed &installed)
    {
        const QUrl url(installed.directUrl->url);
        const auto file = installed.directUrl->isArchive
            ? fileAt(url)
            : std::unexpected(Error(ErrorKind::BadInput, QString()));
        if (file && file->wheel)
            return file;
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("%1 is installed from sources, which would have to be built: %2")
                .arg(installed.name.text(), safeText(url))));
    }

    /// The unpacked wheel whose WHEEL is the installed one's, or the only one of the version.
    Result<metadata::IndexFile> cached(const environment::Installed &installed) const
    {
        const Result<QByteArray> own = files::read(installed.distInfo + u"/WHEEL"_s, MostWheelFile);
        std::vector<metadata::IndexFile> fitting;
        for (metadata::IndexFile &file : m_cache.unpackedOf(installed.name, installed.version)) {
            const QDir folder(m_cache.unpackedFolder(file, file.sha256()) + u"/files"_s);
            const QString distInfo = folder.entryList({u"*.dist-info"_s}, QDir::Dirs).value(0);
            const Result<QByteArray> wheel =
                files::read(folder.filePath(distInfo + u"/WHEEL"_s), MostWheelFile);
            if (wheel && (!own || *own == *wheel) && m_tags.priority(file.wheel->tags))
                fitting.push_back(std::move(file));
        }
        if (fitting.size() == 1)
            return fitting.front();
        return std::unexpected(Error(ErrorKind::NotFound,
            Words::tr("Nothing says where %1 %2 came from, and the cache does not have it")
                .arg(installed.name.text(), installed.version.text()))
                .hint(Words::tr("Install it again: sconce pip install --reinstall-package %1 %1==%2")
                        .arg(installed.name.text(), installed.version.text())));
    }

    const DoctorReport &m_report;
    sync::WheelCache m_cache;
    QString m_cacheFolder;
    tags::CompatibleTags m_tags;
};

/// What the findings ask to be done, package by package.
class Planner {
public:
    Planner(const DoctorReport &report, const Tools &tools, const JobContext &context)
        : m_report(report)
        , m_tools(tools)
        , m_context(context)
    {}

    Result<> plan(RepairPlan &repair)
    {
        splitInstalled();
        chooseWheels(repair);
        const plan::Reinstall again{false, {m_relinked.begin(), m_relinked.end()}};
        repair.plan = SCONCE_TRY(
            planWanted(m_wanted, {m_kept, {}}, plan::Extraneous::Keep, again, m_tools, m_context, m_folders));
        repair.plan.environmentFolder = m_report.request.environmentFolder;
        if (m_report.lock)
            repair.plan.inputs = SCONCE_TRY(inputsOf({m_report.lock->file}));
        for (plan::Operation &operation : repair.plan.operations)
            explain(operation);
        SCONCE_TRY(checkCache(repair));
        for (const environment::Installed &one : m_leftovers) {
            // Its RECORD may be the only one that names the package's files.
            if (!m_helpless.contains(one.name))
                repair.plan.operations.push_back(plan::removal(one, Words::tr("a leftover")));
        }
        return {};
    }

private:
    bool asks(const environment::Installed &installed, Remedy remedy) const
    {
        return std::ranges::any_of(m_report.findings, [&](const Finding &finding) {
            return finding.remedy == remedy && finding.package == installed.name
                && (finding.distInfo.isEmpty() || installed.distInfo.endsWith(u'/' + finding.distInfo));
        });
    }

    void splitInstalled()
    {
        for (const environment::Installed &one : m_report.installed)
            (asks(one, Remedy::RemoveLeftover) ? m_leftovers : m_kept).push_back(one);
    }

    void chooseWheels(RepairPlan &repair)
    {
        const Sources sources(m_report, m_tools);
        for (const environment::Installed &one : m_kept) {
            if (!asks(one, Remedy::Relink))
                continue;
            if (const Result<> chosen = chooseWheel(one, sources)) {
                m_relinked.insert(one.name);
            } else {
                m_helpless.insert(one.name);
                repair.leftOut.append(QStringList{chosen.error().summary()} + chosen.error().hints());
            }
        }
        if (!m_report.lock)
            return;
        for (const resolve::ResolvedPackage &wanted : m_report.lock->wanted.packages) {
            const bool isAsked = std::ranges::any_of(m_report.findings, [&](const Finding &finding) {
                return finding.remedy == Remedy::Sync && finding.package == wanted.name;
            });
            if (isAsked && !m_relinked.contains(wanted.name))
                m_wanted.packages.push_back(wanted);
        }
        std::ranges::sort(m_wanted.packages, {}, &resolve::ResolvedPackage::name);
    }

    Result<> chooseWheel(const environment::Installed &installed, const Sources &sources)
    {
        if (auto folder = SCONCE_TRY(Sources::folder(installed)))
            m_folders.push_back(*std::move(folder));
        else
            m_wanted.packages.push_back(SCONCE_TRY(sources.find(installed)));
        return {};
    }

    void explain(plan::Operation &operation) const
    {
        if (operation.installed)
            operation.isRequested |= files::exists(operation.installed->distInfo + u"/REQUESTED"_s);
        const auto isAbout = [&](const Finding &finding) {
            return finding.package == operation.name && finding.weight == Finding::Weight::Fault;
        };
        const auto first = std::ranges::find_if(m_report.findings, isAbout);
        if (first != m_report.findings.end())
            operation.why = first->sentence;
    }

    /// What lies in the cache may be one with what was edited.
    Result<> checkCache(RepairPlan &repair)
    {
        const sync::WheelCache cache(m_tools.cacheFolder);
        for (std::size_t i = 0; i < repair.plan.operations.size();) {
            plan::Operation &operation = repair.plan.operations[i];
            const bool isWhole = operation.file && operation.isCached
                ? SCONCE_TRY(cache.isWhole(*operation.file, m_context))
                : true;
            if (!isWhole && operation.file->address.isEmpty()) {
                m_helpless.insert(operation.name);
                repair.leftOut.append(Words::tr(
                    "The copy of %1 in the cache is damaged as well, and nothing says where it came from")
                        .arg(operation.name.text()));
                repair.plan.operations.erase(repair.plan.operations.begin() + qsizetype(i));
                continue;
            }
            if (!isWhole) {
                operation.isCached = false;
                operation.size = {operation.file->size,
                    operation.file->size ? plan::Operation::Size::Source::Listed
                                         : plan::Operation::Size::Source::Unknown};
                repair.plan.warnings.push_back(
                    {Words::tr("The copy of %1 in the cache is damaged as well and is fetched again")
                            .arg(operation.name.text()),
                        operation.name});
            }
            ++i;
        }
        return {};
    }

    const DoctorReport &m_report;
    const Tools &m_tools;
    const JobContext &m_context;
    std::vector<environment::Installed> m_kept;
    std::vector<environment::Installed> m_leftovers;
    std::set<names::PackageName> m_relinked;
    /// Packages whose files cannot be had.
    std::set<names::PackageName> m_helpless;
    resolve::Resolution m_wanted;
    std::vector<plan::FolderWheel> m_folders;
};

/// Copies that the plan found damaged make room for new ones.
Result<> dropDamaged(const plan::Plan &plan, const Tools &tools, const JobContext &context)
{
    const sync::WheelCache cache(tools.cacheFolder);
    for (const plan::Operation &operation : plan.operations) {
        if (operation.file && !operation.isCached && cache.contains(*operation.file))
            SCONCE_TRY(cache.drop(*operation.file, context));
    }
    return {};
}

} // namespace

Result<RepairPlan> planRepair(const DoctorReport &report, const Tools &tools, const JobContext &context)
{
    RepairPlan repair;
    repair.plan.environmentFolder = report.request.environmentFolder;
    if (hasRemedy(report, Remedy::Renew)) {
        Result<python::Interpreter> base = pythonForRenewal(repair.plan.environmentFolder, tools, context);
        if (!base && base.error().kind() == ErrorKind::Stopped)
            return std::unexpected(std::move(base).error());
        if (base) {
            repair.renewWith = std::move(*base);
        } else {
            repair.leftOut.append(base.error().summary());
            repair.leftOut.append(Words::tr("Make the environment anew: sconce venv --clear"));
        }
    }
    if (report.interpreter)
        SCONCE_TRY(Planner(report, tools, context).plan(repair));
    return repair;
}

Result<Repair> repair(const DoctorReport &report, const Tools &tools, const JobContext &context)
{
    Repair done{.after = report};
    RepairPlan planned = SCONCE_TRY(planRepair(report, tools, context));
    if (planned.renewWith) {
        SCONCE_TRY(renew(report.request.environmentFolder, *planned.renewWith, context));
        done.isRenewed = true;
        done.after = SCONCE_TRY(examine(report.request, tools, context));
        // Nothing tells any more that these scripts name the place where the environment was.
        for (const Finding &finding : report.findings) {
            if (finding.id == u"foreign-python")
                done.after.findings.push_back(finding);
        }
        planned = SCONCE_TRY(planRepair(done.after, tools, context));
    }
    done.leftOut = planned.leftOut;
    done.plan = std::move(planned.plan);
    if (done.plan.operations.empty())
        return done;
    SCONCE_TRY(dropDamaged(done.plan, tools, context));
    SCONCE_TRY(applyPlan(done.plan, tools, context));
    done.after = SCONCE_TRY(examine(report.request, tools, context));
    return done;
}

} // namespace sconce::actions
