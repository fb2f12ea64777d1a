// SPDX-License-Identifier: Apache-2.0
#include "actions/sync_project.h"

#include <algorithm>

#include <QFileInfo>

#include "actions/plan_changes.h"
#include "actions/project_environment.h"
#include "actions/words.h"
#include "lock/read.h"
#include "plan/from_lock.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;
using Part = InstallFilter::Part;

namespace {

/// Of making the plan: 1 the lock, 2 the environment, 3 what it needs, 4 sizes.
constexpr int Stages = 4;

Result<std::vector<names::PackageName>> parseNames(const QStringList &texts)
{
    std::vector<names::PackageName> parsed;
    for (const QString &text : texts)
        parsed.push_back(SCONCE_TRY(names::PackageName::parse(text)));
    return parsed;
}

/// The workspace, and the member that the folder is in.
struct Target {
    project::Workspace workspace;
    const project::Member *member = nullptr;

    static Result<Target> find(const SyncRequest &request)
    {
        Target target{.workspace = SCONCE_TRY(
                          project::openWorkspaceAround(request.lock.folder, openWith(request.lock.drafts)))};
        if (request.members.size() == 1) {
            const auto name = SCONCE_TRY(names::PackageName::parse(request.members.front()));
            const auto found = target.workspace.members.find(name);
            if (found != target.workspace.members.end())
                target.member = &found->second;
            return target;
        }
        const QString folder =
            QFileInfo(project::findRoot(request.lock.folder).value_or(QString())).canonicalFilePath();
        for (const auto &[name, member] : target.workspace.members) {
            if (QFileInfo(member.project.folder).canonicalFilePath() == folder)
                target.member = &member;
        }
        return target;
    }

    const project::Project &project() const { return member ? member->project : workspace.root; }

    /// Of all members: an environment is for the whole workspace.
    Result<versions::SpecifierSet> requiresPython() const
    {
        QStringList texts;
        for (const auto &[name, one] : workspace.members) {
            if (one.project.requiresPython && !one.project.requiresPython->isEmpty())
                texts.append(one.project.requiresPython->text());
        }
        return versions::SpecifierSet::parse(texts.join(u','));
    }
};

Result<std::vector<names::PackageName>> wantedMembers(
    const SyncRequest &request, const Target &target, const lock::Lock &lock)
{
    std::vector<names::PackageName> members = lock.manifest.members;
    if (members.empty() && target.workspace.hasRootProject())
        members = {*target.workspace.root.name};
    if (!request.members.isEmpty()) {
        std::vector<names::PackageName> wanted = SCONCE_TRY(parseNames(request.members));
        for (const names::PackageName &name : wanted) {
            if (!std::ranges::contains(members, name)) {
                return std::unexpected(Error(
                    ErrorKind::NotFound, Words::tr("The workspace has no project “%1”").arg(name.text())));
            }
        }
        return wanted;
    }
    if (request.areAllMembers || !target.member)
        return members;
    return std::vector{target.member->name};
}

/// Which packages the filter keeps.
class Filter {
public:
    static Result<Filter> of(const SyncRequest &request, const Target &target, const lock::Lock &lock)
    {
        Filter filter{request.filter, lock};
        filter.m_leftOut = SCONCE_TRY(parseNames(request.filter.leftOutPackages));
        filter.m_only = SCONCE_TRY(parseNames(request.filter.onlyPackages));
        if (target.member)
            filter.m_project = target.member->name;
        return filter;
    }

    bool keeps(const lock::Package &package) const
    {
        const auto isIn = [&](Part part) { return belongsTo(package, part); };
        if (std::ranges::any_of(m_filter.leftOut, isIn) || std::ranges::contains(m_leftOut, package.name))
            return false;
        const bool isAny = m_filter.only.empty() && m_only.empty();
        return isAny || std::ranges::any_of(m_filter.only, isIn)
            || std::ranges::contains(m_only, package.name);
    }

private:
    Filter(const InstallFilter &filter, const lock::Lock &lock)
        : m_filter(filter)
        , m_members(lock.manifest.members)
    {}

    bool belongsTo(const lock::Package &package, Part part) const
    {
        const bool isProject = package.name == m_project;
        switch (part) {
        case Part::Project: return isProject;
        case Part::Workspace: return isProject || std::ranges::contains(m_members, package.name);
        case Part::Local: break;
        }
        return package.source.isTree() || package.source.kind == lock::Source::Kind::Path;
    }

    const InstallFilter &m_filter;
    const std::vector<names::PackageName> &m_members;
    std::optional<names::PackageName> m_project;
    std::vector<names::PackageName> m_leftOut;
    std::vector<names::PackageName> m_only;
};

StaleLock missingLock(const QString &file, const QString &word)
{
    return {Error(
        ErrorKind::NotFound, Words::tr("There is no lock “%1”, and “%2” forbids to make one").arg(file, word))
            .hint(Words::tr("Run “sconce lock”"))};
}

/// The lock to install from.
struct Locked {
    lock::Lock lock;
    std::optional<LockOutcome> outcome;
};

using LockAnswer = std::variant<Locked, LockConflict, StaleLock>;

Result<LockAnswer> lockFor(
    const SyncRequest &request, const Target &target, const Tools &tools, const JobContext &context)
{
    const QString file = target.workspace.root.folder + u"/uv.lock"_s;
    if (request.locking == SyncRequest::Locking::Frozen) {
        Result<lock::Lock> lock = lock::read(file);
        if (!lock && lock.error().kind() == ErrorKind::NotFound)
            return missingLock(file, u"--frozen"_s);
        return Locked{SCONCE_TRY(std::move(lock)), std::nullopt};
    }
    LockRequest lockRequest = request.lock;
    lockRequest.writing = LockRequest::Writing::Look;
    auto answer = SCONCE_TRY(lockProject(lockRequest, tools, context));
    if (auto *conflict = std::get_if<LockConflict>(&answer))
        return std::move(*conflict);
    auto &outcome = std::get<LockOutcome>(answer);
    if (request.locking == SyncRequest::Locking::Locked && outcome.isChanged()) {
        if (!outcome.before)
            return missingLock(file, u"--locked"_s);
        return StaleLock{
            Error(ErrorKind::BadInput, Words::tr("uv.lock has to be made anew, and “--locked” forbids it"))
                .detail(outcome.reason)
                .hint(Words::tr("Run “sconce lock”"))};
    }
    return Locked{outcome.after, std::move(outcome)};
}

/// A folder as a wheel; where only copies cannot be made, its files themselves.
Result<plan::FolderWheel> wheelOf(const plan::SourceFolder &source, plan::Editable editable)
{
    const plan::Editable wanted = editable == plan::Editable::Yes ? source.editable : plan::Editable::No;
    Result<plan::FolderWheel> made = plan::folderWheel(source.folder, wanted);
    if (!made && wanted == plan::Editable::No && editable == plan::Editable::Yes)
        return plan::folderWheel(source.folder, plan::Editable::Yes);
    return made;
}

struct Folders {
    std::vector<plan::FolderWheel> wheels;
    std::vector<plan::Warning> warnings;
};

/// What only a build could make is left out and said; what cannot be read is an error.
Result<Folders> foldersFor(const std::vector<plan::SourceFolder> &sources, plan::Editable editable)
{
    Folders folders;
    for (const plan::SourceFolder &source : sources) {
        if (!QFileInfo(source.folder + u"/pyproject.toml"_s).isFile()) {
            return std::unexpected(Error(ErrorKind::NotFound,
                Words::tr("The project “%1” is not at “%2” any more")
                    .arg(source.name.text(), source.folder)));
        }
        Result<plan::FolderWheel> wheel = wheelOf(source, editable);
        if (wheel) {
            folders.wheels.push_back(*std::move(wheel));
            continue;
        }
        folders.warnings.push_back({Words::tr("“%1” (%2) is left out, because it would have to be built: %3")
                                        .arg(source.name.text(), source.folder, wheel.error().summary()),
            source.name});
    }
    return folders;
}

/// What is chosen of the lock for the environment's Python, compared with what is installed there.
Result<plan::Plan> planFor(const SyncRequest &request, const Target &target, const lock::Lock &lock,
    const ProjectEnvironment &environment, const Tools &tools, const JobContext &context)
{
    const python::Interpreter &python = environment.interpreter;
    lock::Demand demand{.projects = SCONCE_TRY(wantedMembers(request, target, lock)),
        .environment = python.environment,
        .python = python.version(),
        .tags = tags::CompatibleTags::make(python.abi, python.platform)};
    SCONCE_TRY(setParts(demand, request.parts, lock, target.project()));
    lock::Selection selection = SCONCE_TRY(lock::select(lock, demand));
    const Filter filter = SCONCE_TRY(Filter::of(request, target, lock));
    std::erase_if(selection.items,
        [&](const lock::Selection::Item &item) { return !filter.keeps(lock.packages[item.package]); });

    const QString &root = target.workspace.root.folder;
    Folders folders = SCONCE_TRY(foldersFor(plan::foldersOf(lock, selection, root), request.editable));
    const Present present{.installed = environment.installed, .offered = {}};
    const plan::Reinstall reinstall{request.isReinstall, SCONCE_TRY(parseNames(request.reinstallPackages))};
    context.progress().setStage(3, Stages, Words::tr("Choosing what this computer needs"));
    plan::Plan plan = SCONCE_TRY(planWanted(plan::wantedFrom(lock, selection, root), present,
        request.extraneous, reinstall, tools, context, folders.wheels));
    std::ranges::move(folders.warnings, std::back_inserter(plan.warnings));
    return plan;
}

/// What the plan was made from, apart from what it writes.
Result<> addInputs(plan::Plan &plan, const Target &target, const std::optional<LockOutcome> &outcome)
{
    QStringList inputs{target.project().file};
    if (outcome)
        inputs = outcome->projectFiles;
    if (!outcome || !outcome->isChanged())
        inputs.append(target.workspace.root.folder + u"/uv.lock"_s);
    plan.inputs = SCONCE_TRY(inputsOf(inputs));
    return {};
}

} // namespace

plan::FileChange lockChange(const LockOutcome &outcome)
{
    plan::FileChange change{.path = outcome.file, .before = outcome.bytesBefore, .after = outcome.bytes};
    const int count = int(outcome.after.packages.size());
    change.summary = outcome.before
        ? Words::tr("made anew, %n package(s): %1", nullptr, count).arg(outcome.reason)
        : Words::tr("new, %n package(s)", nullptr, count);
    const auto text = [](const lock::VersionChange::Versions &versions) {
        QStringList texts;
        for (const std::optional<versions::Version> &version : versions)
            texts.append(version ? version->text() : Words::tr("(dynamic)"));
        return texts.isEmpty() ? u"–"_s : texts.join(u", "_s);
    };
    for (const lock::VersionChange &one : outcome.changes)
        change.details.append(u"%1  %2 → %3"_s.arg(one.name.text(), text(one.before), text(one.after)));
    return change;
}

Result<SyncAnswer> planSync(const SyncRequest &request, const Tools &tools, const JobContext &context)
{
    context.progress().setStage(1, Stages, Words::tr("Reading the project"));
    const Target target = SCONCE_TRY(Target::find(request));
    auto locked = SCONCE_TRY(lockFor(request, target, tools, context));
    if (auto *conflict = std::get_if<LockConflict>(&locked))
        return std::move(*conflict);
    if (auto *stale = std::get_if<StaleLock>(&locked))
        return std::move(*stale);
    auto &[lock, outcome] = std::get<Locked>(locked);

    context.progress().setStage(2, Stages, Words::tr("Looking at the environment"));
    const QString &root = target.workspace.root.folder;
    const EnvironmentWish wish{.folder = environmentFolderIn(root, tools),
        .root = root,
        .python = request.lock.python,
        .requiresPython = SCONCE_TRY(target.requiresPython())};
    const ProjectEnvironment environment = SCONCE_TRY(findProjectEnvironment(wish, tools, context));
    SyncPlan sync{.plan = SCONCE_TRY(planFor(request, target, lock, environment, tools, context))};
    sync.plan.environmentFolder = environment.folder;
    if (environment.isNew)
        sync.plan.createWith = environment.interpreter;
    sync.plan.whyReplaced = environment.whyReplaced;
    if (outcome && outcome->isChanged())
        sync.plan.files.push_back(lockChange(*outcome));
    SCONCE_TRY(addInputs(sync.plan, target, outcome));
    sync.lock = std::move(outcome);
    return sync;
}

} // namespace sconce::actions
