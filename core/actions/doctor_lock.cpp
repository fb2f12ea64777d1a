// SPDX-License-Identifier: Apache-2.0
#include "actions/doctor_lock.h"

#include <algorithm>
#include <utility>

#include <QDir>

#include "actions/chosen_parts.h"
#include "actions/doctor_words.h"
#include "actions/project_environment.h"
#include "actions/words.h"
#include "files/files.h"
#include "lock/read.h"
#include "lock/select.h"
#include "plan/from_lock.h"
#include "project/workspace.h"
#include "torch/backends.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

bool isSameFolder(const QString &first, const QString &second)
{
    const QString real = QFileInfo(first).canonicalFilePath();
    return !real.isEmpty() && real == QFileInfo(second).canonicalFilePath();
}

bool isInstalled(const std::vector<environment::Installed> &installed, const names::PackageName &name)
{
    return std::ranges::contains(installed, name, &environment::Installed::name);
}

bool holds(const resolve::Resolution &resolution, const names::PackageName &name)
{
    return std::ranges::contains(resolution.packages, name, &resolve::ResolvedPackage::name);
}

/// Chooses what the project wants in its environment. A default group of which nothing is there was left out
/// when the environment was made, so it is wanted only where a part of it is.
class Chooser {
public:
    Chooser(const project::Project &project, const python::Interpreter &interpreter,
        const std::vector<environment::Installed> &installed)
        : m_project(project)
        , m_interpreter(interpreter)
        , m_installed(installed)
    {}

    Result<> choose(LockView &view) const
    {
        lock::Demand demand{
            .projects = m_project.name ? std::vector{*m_project.name} : view.lock.manifest.members,
            .environment = m_interpreter.environment,
            .python = m_interpreter.version(),
            .tags = tags::CompatibleTags::make(m_interpreter.abi, m_interpreter.platform)};
        SCONCE_TRY(setParts(demand, {}, view.lock, m_project));
        const std::vector<names::GroupName> groups = std::exchange(demand.groups, {});
        const resolve::Resolution bare = SCONCE_TRY(select(view, demand));
        std::vector<names::GroupName> present;
        std::vector<resolve::ResolvedPackage> absent;
        for (const names::GroupName &group : groups) {
            demand.groups = {group};
            resolve::Resolution one = SCONCE_TRY(select(view, demand));
            if (hasPart(one, bare))
                present.push_back(group);
            else
                std::ranges::move(one.packages, std::back_inserter(absent));
        }
        demand.groups = std::move(present);
        view.wanted = SCONCE_TRY(select(view, demand));
        for (resolve::ResolvedPackage &package : absent) {
            if (!holds(view.wanted, package.name) && !holds(view.leftOut, package.name))
                view.leftOut.packages.push_back(std::move(package));
        }
        return {};
    }

private:
    /// Whether something that only the group brings is installed; a group that brings nothing is complete.
    bool hasPart(const resolve::Resolution &withGroup, const resolve::Resolution &bare) const
    {
        bool isEmpty = true;
        for (const resolve::ResolvedPackage &package : withGroup.packages) {
            if (holds(bare, package.name))
                continue;
            isEmpty = false;
            if (isInstalled(m_installed, package.name))
                return true;
        }
        return isEmpty;
    }

    static Result<resolve::Resolution> select(const LockView &view, const lock::Demand &demand)
    {
        const lock::Selection selection = SCONCE_TRY(lock::select(view.lock, demand));
        return plan::wantedFrom(view.lock, selection, QFileInfo(view.file).path());
    }

    const project::Project &m_project;
    const python::Interpreter &m_interpreter;
    const std::vector<environment::Installed> &m_installed;
};

/// The lock names no build, and one was chosen when the environment was set up here.
bool isChosenBuild(const environment::Installed &installed, const versions::Version &locked)
{
    return torch::appliesTo(installed.name) && installed.installer == u"sconce" && installed.version != locked
        && locked == installed.version.withoutLocal();
}

/// For a package that only extras or groups ask for: nothing when one of the lock's versions is installed.
std::optional<Finding> otherThanLocked(
    const lock::Lock &lock, const std::vector<std::size_t> &twins, const environment::Installed &installed)
{
    plan::Operation change{.kind = plan::Operation::Kind::Upgrade, .name = installed.name};
    change.from = installed.version;
    for (const std::size_t index : twins) {
        const lock::Package &package = lock.packages[index];
        if (package.source.isTree() || !package.version || *package.version == installed.version)
            return std::nullopt;
        const bool isBuild = package.version->withoutLocal() == installed.version.withoutLocal();
        if (isBuild)
            change.kind = plan::Operation::Kind::SwitchBackend;
        if (isBuild || !change.to)
            change.to = package.version;
    }
    Finding finding = findingOf(change);
    finding.remedy = Finding::Remedy::ByHand;
    finding.advice = Words::tr("Run “sconce sync” with the extra or the group that asks for %1")
                         .arg(installed.name.text());
    return finding;
}

} // namespace

Result<std::optional<LockView>> readLock(const DoctorRequest &request, const python::Interpreter &interpreter,
    const std::vector<environment::Installed> &installed, const Tools &tools)
{
    const std::optional<QString> nearest = project::findRoot(request.folder);
    if (!nearest)
        return std::nullopt;
    const project::Workspace workspace = SCONCE_TRY(project::openWorkspaceAround(*nearest));
    const QDir root(workspace.root.folder);
    if (!isSameFolder(environmentFolderIn(root.path(), tools), request.environmentFolder)
        && !isSameFolder(environmentFolderIn(*nearest, tools), request.environmentFolder))
        return std::nullopt;
    LockView view{.file = root.filePath(u"uv.lock"_s)};
    if (!files::exists(view.file))
        return std::nullopt;
    view.lock = SCONCE_TRY(lock::read(view.file));
    const project::Project project = SCONCE_TRY(project::open(*nearest));
    SCONCE_TRY(Chooser(project, interpreter, installed).choose(view));
    return view;
}

std::vector<Finding> compareWithLock(
    const LockView &view, const std::vector<environment::Installed> &installed)
{
    std::vector<Finding> findings;
    for (const plan::Operation &change :
        plan::make(view.wanted, installed, plan::Extraneous::Keep).operations) {
        // The package's own files tell that one of them is missing.
        if (change.kind == plan::Operation::Kind::Reinstall && !change.installed->missingFile.isEmpty())
            continue;
        const bool isChosen = change.installed && isChosenBuild(*change.installed, *change.to);
        findings.push_back(isChosen ? chosenBuild(change) : findingOf(change));
    }
    for (const resolve::ResolvedPackage &package : view.leftOut.packages)
        findings.push_back(leftOut(package));
    for (const environment::Installed &one : installed) {
        if (holds(view.wanted, one.name))
            continue;
        const std::vector<std::size_t> twins = view.lock.named(one.name);
        if (twins.empty())
            findings.push_back(extraneous(one));
        else if (std::optional<Finding> other = otherThanLocked(view.lock, twins, one))
            findings.push_back(std::move(*other));
    }
    return findings;
}

std::optional<resolve::ResolvedPackage> wheelInLock(
    const LockView &view, const environment::Installed &installed, const tags::CompatibleTags &tags)
{
    const auto wanted =
        std::ranges::find(view.wanted.packages, installed.name, &resolve::ResolvedPackage::name);
    if (wanted != view.wanted.packages.end() && !isChosenBuild(installed, wanted->version))
        return *wanted;
    for (const std::size_t index : view.lock.named(installed.name)) {
        const lock::Package &package = view.lock.packages[index];
        const auto wheel = lock::wheelFor(package, tags);
        if (package.version != installed.version || !wheel || !*wheel)
            continue;
        lock::Selection selection;
        selection.items.push_back({.package = index, .wheel = *wheel});
        return plan::wantedFrom(view.lock, selection, QFileInfo(view.file).path()).packages.front();
    }
    return std::nullopt;
}

} // namespace sconce::actions
