// SPDX-License-Identifier: Apache-2.0
#include "actions/doctor_lock.h"

#include <algorithm>

#include <QDir>

#include "actions/doctor_words.h"
#include "actions/words.h"
#include "files/files.h"
#include "lock/read.h"
#include "lock/select.h"
#include "plan/from_lock.h"
#include "project/workspace.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

bool isSameFolder(const QString &first, const QString &second)
{
    const QString real = QFileInfo(first).canonicalFilePath();
    return !real.isEmpty() && real == QFileInfo(second).canonicalFilePath();
}

lock::Demand demandOf(
    const project::Project &project, const lock::Lock &lock, const python::Interpreter &interpreter)
{
    lock::Demand demand{.environment = interpreter.environment,
        .python = interpreter.version(),
        .tags = tags::CompatibleTags::make(interpreter.abi, interpreter.platform)};
    demand.projects = project.name ? std::vector{*project.name} : lock.manifest.members;
    // What nobody declares is the group “dev”, which there need not be.
    for (const names::GroupName &group : project.uv.defaultGroups) {
        if (project.groups.contains(group))
            demand.groups.push_back(group);
    }
    return demand;
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

Result<std::optional<LockView>> readLock(
    const DoctorRequest &request, const python::Interpreter &interpreter, const Tools &tools)
{
    const std::optional<QString> nearest = project::findRoot(request.folder);
    if (!nearest)
        return std::nullopt;
    const project::Workspace workspace = SCONCE_TRY(project::openWorkspaceAround(*nearest));
    const QDir root(workspace.root.folder);
    const QString named = tools.variables.value(u"UV_PROJECT_ENVIRONMENT"_s);
    const QString environment = named.isEmpty() ? u".venv"_s : named;
    if (!isSameFolder(root.absoluteFilePath(environment), request.environmentFolder)
        && !isSameFolder(QDir(*nearest).absoluteFilePath(environment), request.environmentFolder))
        return std::nullopt;
    LockView view{.file = root.filePath(u"uv.lock"_s), .lock = {}, .wanted = {}};
    if (!files::exists(view.file))
        return std::nullopt;
    view.lock = SCONCE_TRY(lock::read(view.file));
    const project::Project project = SCONCE_TRY(project::open(*nearest));
    const lock::Selection selection =
        SCONCE_TRY(lock::select(view.lock, demandOf(project, view.lock, interpreter)));
    view.wanted = plan::wantedFrom(view.lock, selection, root.path());
    return view;
}

std::vector<Finding> compareWithLock(
    const LockView &view, const std::vector<environment::Installed> &installed)
{
    std::vector<Finding> findings;
    for (const plan::Operation &change :
        plan::make(view.wanted, installed, plan::Extraneous::Keep).operations)
        findings.push_back(findingOf(change));
    for (const environment::Installed &one : installed) {
        if (std::ranges::contains(view.wanted.packages, one.name, &resolve::ResolvedPackage::name))
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
    if (wanted != view.wanted.packages.end())
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
