// SPDX-License-Identifier: Apache-2.0
#include "actions/set_up.h"

#include <algorithm>
#include <map>

#include <QDir>
#include <QRegularExpression>

#include "actions/plan_changes.h"
#include "actions/project_environment.h"
#include "actions/set_up_plan.h"
#include "actions/words.h"
#include "base/text.h"
#include "files/digest.h"
#include "files/files.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

bool asksForTorch(const project::Project &project)
{
    const auto isTorch = [](const project::Declared &declared) {
        return torch::appliesTo(declared.requirement.name);
    };
    const auto hasTorch = [&](const auto &named) { return std::ranges::any_of(named.second, isTorch); };
    const auto groupHasTorch = [&](const auto &named) {
        return std::ranges::any_of(named.second, [&](const project::GroupEntry &entry) {
            return entry.requirement && isTorch(*entry.requirement);
        });
    };
    return std::ranges::any_of(project.dependencies, isTorch) || std::ranges::any_of(project.extras, hasTorch)
        || std::ranges::any_of(project.groups, groupHasTorch);
}

Result<std::vector<environment::Installed>> installedInFolder(
    const QString &folder, const Tools &tools, const JobContext &context)
{
    const python::Interpreter interpreter =
        SCONCE_TRY(python::probe(python::executableIn(folder), *tools.runner, tools.cacheFolder, context));
    return environment::installedIn(interpreter, context);
}

/// "the extra “cpu”", "the group “dev”": as the person chose them.
QStringList chosenItems(
    const std::vector<project::ConflictItem> &set, const project::Project &project, const SetUpChoice &choice)
{
    QStringList chosen;
    for (const project::ConflictItem &item : set) {
        if (item.package && item.package != project.name)
            continue;
        if (item.extra && std::ranges::contains(choice.extras, *item.extra))
            chosen.append(Words::tr("the extra “%1”").arg(item.extra->text()));
        if (item.group && std::ranges::contains(choice.groups, *item.group))
            chosen.append(Words::tr("the group “%1”").arg(item.group->text()));
    }
    return chosen;
}

Result<> checkExclusions(const project::Project &project, const SetUpChoice &choice)
{
    for (const std::vector<project::ConflictItem> &set : project.uv.conflicts) {
        const QStringList chosen = chosenItems(set, project, choice);
        if (chosen.size() > 1) {
            return std::unexpected(Error(ErrorKind::BadInput,
                Words::tr("The project says that %1 exclude each other").arg(listText(chosen)))
                    .hint(Words::tr("Choose one of them")));
        }
    }
    return {};
}

/// The file, and those that it includes.
QStringList filesOf(const project::Project &project)
{
    QStringList paths{project.file};
    if (!project.requirementsFile)
        return paths;
    for (const auto *list :
        {&project.requirementsFile->requirements, &project.requirementsFile->constraints}) {
        for (const requirements::RequirementsFile::Entry &entry : *list) {
            if (!paths.contains(entry.place.file))
                paths.append(entry.place.file);
        }
    }
    return paths;
}

QString quoted(const QString &word)
{
    static const QRegularExpression plain(u"^[\\w@%+=:,./-]+$"_s);
    if (plain.match(word).hasMatch())
        return word;
    return u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u'\'';
}

/// $UV_LINK_MODE
Result<files::LinkMode> linkModeOf(const Tools &tools)
{
    using files::LinkMode;
    const QString word = tools.variables.value(u"UV_LINK_MODE"_s);
    static const std::map<QString, LinkMode> known{{QString(), LinkMode::Clone},
        {u"clone"_s, LinkMode::Clone}, {u"hardlink"_s, LinkMode::HardLink}, {u"copy"_s, LinkMode::Copy}};
    const auto found = known.find(word);
    if (found != known.end())
        return found->second;
    return std::unexpected(Error(ErrorKind::BadInput,
        Words::tr("Files can be put into an environment as clone, hardlink or copy, not as “%1”").arg(word))
            .hint(Words::tr("Set UV_LINK_MODE or --link-mode to one of them")));
}

} // namespace

Result<Overview> openProject(const QString &path, const Tools &tools, const JobContext &context)
{
    SCONCE_TRY(finishWhatBrokeOff(QFileInfo(path).isDir() ? path : QFileInfo(path).path(), tools, context));
    Overview overview{.project = SCONCE_TRY(project::open(path))};
    overview.usesTorch = asksForTorch(overview.project);
    overview.environmentFolder = environmentFolderIn(overview.project.folder, tools);
    overview.askedBackend = tools.variables.value(u"UV_TORCH_BACKEND"_s);
    SCONCE_TRY(context.goOn());
    const QString &folder = overview.environmentFolder;
    if (environment::isEnvironment(folder)) {
        auto installed = installedInFolder(folder, tools, context);
        if (installed)
            overview.installed = std::move(*installed);
        else if (installed.error().kind() == ErrorKind::Stopped)
            return std::unexpected(std::move(installed).error());
        else
            overview.environmentProblem =
                Words::tr("The environment “%1” does not work: %2").arg(folder, installed.error().summary());
    } else if (files::exists(folder) && !(QFileInfo(folder).isDir() && QDir(folder).isEmpty())) {
        overview.environmentProblem = Words::tr("“%1” is there and is not an environment").arg(folder);
    }
    return overview;
}

Result<hardware::DeviceReport> detectDevices(const Tools &tools, const JobContext &context)
{
    return hardware::detect(tools.computer, context);
}

std::vector<torch::Verdict> judgeBackends(
    const hardware::DeviceReport &report, const std::optional<QStringList> &offered)
{
    // The program itself needs glibc on Linux, so this computer has it.
    static const std::map<QString, torch::TargetSystem> systems{{u"Linux"_s, torch::TargetSystem::GlibcLinux},
        {u"Windows"_s, torch::TargetSystem::Windows}, {u"Darwin"_s, torch::TargetSystem::MacOs}};
    const auto found = systems.find(report.operatingSystem);
    return torch::judge(report, found == systems.end() ? torch::TargetSystem::Other : found->second, offered);
}

Result<std::variant<plan::Plan, SetUpConflict>> planSetUp(
    const Overview &opened, const SetUpChoice &choice, const Tools &tools, const JobContext &context)
{
    Overview overview = opened;
    for (const plan::FileChange &edit : choice.edits) {
        if (edit.path == overview.project.file)
            overview.project = SCONCE_TRY(project::parse(QString::fromUtf8(edit.after), edit.path));
    }
    const project::Project &project = overview.project;
    // torch-backends.md § 3: nonsense in an override stops everything, whether it is needed or not.
    SCONCE_TRY(hardware::acceleratorFromVariables(tools.computer.environment));
    // The lock would say so too, after all versions were chosen.
    SCONCE_TRY(checkExclusions(project, choice));
    context.progress().setStage(1, PlanStages, Words::tr("Looking for a Python"));
    const SetUpTarget target = SCONCE_TRY(findTarget(overview, choice, tools, context));
    SetUpAnswer answer = hasLock(project)
        ? SCONCE_TRY(planFromLock(overview, choice, target, tools, context))
        : SCONCE_TRY(planFromIndexes(overview, choice, target, {}, tools, context));
    if (auto *plan = std::get_if<plan::Plan>(&answer)) {
        plan->environmentFolder = overview.environmentFolder;
        if (target.isNew)
            plan->createWith = target.interpreter;
        if (!hasLock(project))
            plan->inputs = SCONCE_TRY(inputsOf(filesOf(project)));
    }
    return answer;
}

Result<> applyPlan(const plan::Plan &plan, const Tools &tools, const JobContext &context)
{
    const files::LinkMode linkMode = SCONCE_TRY(linkModeOf(tools));
    for (const plan::Plan::Input &input : plan.inputs) {
        const Result<QByteArray> bytes = files::read(input.path);
        if (!bytes || files::sha256Hex(*bytes) != input.sha256) {
            return std::unexpected(Error(
                ErrorKind::BadInput, Words::tr("“%1” was changed since the plan was made").arg(input.path))
                    .hint(Words::tr("Make the plan again")));
        }
    }
    return sync::apply(plan, {tools.cacheFolder, linkMode}, *tools.fetcher, *tools.runner, context);
}

QStringList equivalentCommands(const Overview &overview, const SetUpChoice &choice)
{
    const project::Project &project = overview.project;
    const bool isLocked = hasLock(project);
    const QString relative = QDir(project.folder).relativeFilePath(overview.environmentFolder);
    const QString python = choice.python.isEmpty() ? QString() : u" --python "_s + quoted(choice.python);
    QString parts;
    for (const names::ExtraName &extra : choice.extras)
        parts += u" --extra "_s + extra.text();
    for (const names::GroupName &group : choice.groups)
        parts += u" --group "_s + group.text();
    QStringList commands{u"cd "_s + quoted(project.folder)};
    if (isLocked && choice.backend.isEmpty()) {
        commands.append(u"uv sync --inexact --no-install-project --no-default-groups"_s + python + parts);
        return commands;
    }
    if (isLocked)
        commands.append(u"uv lock"_s);
    if (!environment::isEnvironment(overview.environmentFolder))
        commands.append(u"uv venv "_s + quoted(relative) + python);
    QString install = u"uv pip install --python %1 -r %2"_s.arg(
                          quoted(relative), quoted(QFileInfo(project.file).fileName()))
        + parts;
    if (!choice.backend.isEmpty())
        install += u" --torch-backend "_s + choice.backend;
    commands.append(install);
    return commands;
}

} // namespace sconce::actions
