// SPDX-License-Identifier: Apache-2.0
#include "actions/set_up_plan.h"

#include <algorithm>

#include <QFileInfo>

#include "actions/lock_project.h"
#include "actions/plan_changes.h"
#include "actions/project_edits.h"
#include "actions/sync_project.h"
#include "actions/wishes.h"
#include "actions/words.h"
#include "lock/select.h"
#include "plan/from_lock.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;
using plan::FileChange;

namespace {

ResolveOptions optionsOf(const SetUpChoice &choice, const Tools &tools)
{
    ResolveOptions options = ResolveOptions::fromVariables(tools.variables);
    if (!choice.backend.isEmpty())
        options.torchBackend = choice.backend;
    return options;
}

Result<std::vector<resolve::Wish>> wishesFor(
    const project::Project &project, const SetUpChoice &choice, const IndexSettings &indexes)
{
    WishList list(indexes, project.folder, WishList::Origins::FilesOnly);
    SCONCE_TRY(list.addProject(project));
    for (const names::ExtraName &extra : choice.extras)
        SCONCE_TRY(list.addExtra(project, extra));
    for (const names::GroupName &group : choice.groups)
        SCONCE_TRY(list.addGroup(project, group));
    return list.wishes();
}

Result<PreparedRequest> prepare(
    const Overview &overview, const SetUpChoice &choice, const SetUpTarget &target, const Tools &tools)
{
    const project::Project &project = overview.project;
    const requirements::RequirementsFile *file =
        project.requirementsFile ? &*project.requirementsFile : nullptr;
    return prepareRequest(
        optionsOf(choice, tools), project.folder, &project, file, target.interpreter, tools);
}

/// What a lock chose, also under the label of the backend: torch 2.9.0 of the lock is 2.9.0+cu128 there. What
/// it does not speak of stays as it is installed.
void prefer(resolve::SpecificRequest &request, const resolve::Resolution &locked,
    const std::vector<environment::Installed> &installed)
{
    for (const resolve::ResolvedPackage &package : locked.packages) {
        request.preferences.emplace(package.name, package.version);
        if (!torch::appliesTo(package.name))
            continue;
        for (const torch::Backend *backend : request.torchBackends) {
            const QString text = package.version.withoutLocal().text() + u'+' + backend->name;
            if (const auto version = versions::Version::parse(text))
                request.preferences.emplace(package.name, *version);
        }
    }
    for (const environment::Installed &one : installed) {
        if (!std::ranges::contains(locked.packages, one.name, &resolve::ResolvedPackage::name))
            request.preferences.emplace(one.name, one.version);
    }
}

/// Whether something of the selection is to come from the backend that was chosen, and not from where the
/// lock says.
bool isForBackend(
    const PreparedRequest &prepared, const resolve::Resolution &locked, const project::Project &project)
{
    return !prepared.torchBackend.isEmpty()
        && std::ranges::any_of(locked.packages, [&](const resolve::ResolvedPackage &package) {
               return torch::appliesTo(package.name) && !project.uv.sources.contains(package.name);
           });
}

Result<lock::Demand> demandOf(const Overview &overview, const SetUpChoice &choice, const SetUpTarget &target,
    const PreparedRequest &prepared, const lock::Lock &lock)
{
    lock::Demand demand{.extras = choice.extras,
        .groups = choice.groups,
        .environment = target.interpreter.environment,
        .python = target.interpreter.version(),
        .tags = prepared.request.tags};
    if (overview.project.name)
        demand.projects = {*overview.project.name};
    else
        demand.projects = lock.manifest.members;
    return demand;
}

/// Versions are chosen for this computer; the lock and the edits of the project come along.
Result<SetUpAnswer> planSelection(const Overview &overview, const SetUpChoice &choice,
    const SetUpTarget &target, const LockOutcome &outcome, const Tools &tools, const JobContext &context)
{
    context.progress().setStage(3, PlanStages, Words::tr("Choosing what this computer needs"));
    const QString folder = QFileInfo(outcome.file).path();
    PreparedRequest prepared = SCONCE_TRY(prepare(overview, choice, target, tools));
    const lock::Demand demand = SCONCE_TRY(demandOf(overview, choice, target, prepared, outcome.after));
    const lock::Selection selection = SCONCE_TRY(lock::select(outcome.after, demand));
    const resolve::Resolution locked = plan::wantedFrom(outcome.after, selection, folder);
    SetUpAnswer answer = plan::Plan();
    SCONCE_TRY(context.goOn());
    if (isForBackend(prepared, locked, overview.project))
        answer = SCONCE_TRY(planFromIndexes(overview, choice, target, locked, tools, context));
    else
        answer = SCONCE_TRY(
            planWanted(locked, {overview.installed, {}}, plan::Extraneous::Keep, {}, tools, context));
    if (auto *plan = std::get_if<plan::Plan>(&answer)) {
        std::ranges::move(plan::warningsFor(outcome.after, selection), std::back_inserter(plan->warnings));
        if (outcome.isChanged()) {
            for (const QString &warning : outcome.warnings)
                plan->warnings.push_back({warning, std::nullopt});
            plan->files.push_back(lockChange(outcome));
        }
    }
    return answer;
}

} // namespace

bool hasLock(const project::Project &project)
{
    return !project.requirementsFile && (project.name || project.uv.workspace || !project.groups.empty());
}

Result<SetUpAnswer> planFromIndexes(const Overview &overview, const SetUpChoice &choice,
    const SetUpTarget &target, const resolve::Resolution &locked, const Tools &tools,
    const JobContext &context)
{
    PreparedRequest prepared = SCONCE_TRY(prepare(overview, choice, target, tools));
    SCONCE_TRY(chooseBackends(prepared, tools, context));
    prepared.request.wishes = SCONCE_TRY(wishesFor(overview.project, choice, prepared.indexes));
    context.progress().setStage(3, PlanStages, Words::tr("Choosing versions"));
    prefer(prepared.request, locked, overview.installed);
    auto answer = SCONCE_TRY(
        planChanges(prepared, {overview.installed, {}}, plan::Extraneous::Keep, {}, tools, context));
    if (auto *conflict = std::get_if<resolve::Conflict>(&answer))
        return SetUpConflict{std::move(*conflict), {}};
    return std::get<plan::Plan>(std::move(answer));
}

Result<SetUpAnswer> planFromLock(const Overview &overview, const SetUpChoice &choice,
    const SetUpTarget &target, const Tools &tools, const JobContext &context)
{
    context.progress().setStage(2, PlanStages, Words::tr("Reading the project"));
    const std::map<QString, QString> drafts = draftsOf(choice.edits);
    LockRequest request{.folder = overview.project.folder,
        .options = optionsOf(choice, tools),
        .python = choice.python,
        .writing = LockRequest::Writing::Look,
        .drafts = drafts};
    auto answered = SCONCE_TRY(lockProject(request, tools, context));
    if (auto *conflict = std::get_if<LockConflict>(&answered)) {
        SetUpConflict found{std::move(*conflict), {}};
        found.fixes = SCONCE_TRY(offeredFixes(conflict->fixes, overview.project.folder, choice.edits));
        return found;
    }
    const auto &outcome = std::get<LockOutcome>(answered);
    for (const QString &line : outcome.warnings + outcome.notes)
        context.progress().log(line);
    SetUpAnswer answer = SCONCE_TRY(planSelection(overview, choice, target, outcome, tools, context));
    if (auto *plan = std::get_if<plan::Plan>(&answer)) {
        plan->files.insert(plan->files.begin(), choice.edits.begin(), choice.edits.end());
        QStringList inputs = outcome.projectFiles;
        if (outcome.bytesBefore && !outcome.isChanged())
            inputs.append(outcome.file);
        for (const FileChange &edit : choice.edits)
            inputs.removeAll(edit.path); // compared when it is written
        plan->inputs = SCONCE_TRY(inputsOf(inputs));
    }
    return answer;
}

} // namespace sconce::actions
