// SPDX-License-Identifier: Apache-2.0
#include "actions/set_up.h"

#include <algorithm>

#include <QDir>
#include <QRegularExpression>

#include "actions/find_python.h"
#include "actions/plan_changes.h"
#include "actions/wishes.h"
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

QString environmentFolderOf(const project::Project &project, const Tools &tools)
{
    const QString given = tools.variables.value(u"UV_PROJECT_ENVIRONMENT"_s);
    return QDir::cleanPath(QDir(project.folder).absoluteFilePath(given.isEmpty() ? u".venv"_s : given));
}

Result<std::vector<environment::Installed>> installedInFolder(
    const QString &folder, const Tools &tools, const JobContext &context)
{
    const python::Interpreter interpreter =
        SCONCE_TRY(python::probe(python::executableIn(folder), *tools.runner, tools.cacheFolder, context));
    return environment::installedIn(interpreter, context);
}

/// "extra cpu", "group dev": as the person chose them.
QStringList chosenItems(
    const std::vector<project::ConflictItem> &set, const project::Project &project, const SetUpChoice &choice)
{
    QStringList chosen;
    for (const project::ConflictItem &item : set) {
        if (item.package && item.package != project.name)
            continue;
        if (item.extra && std::ranges::contains(choice.extras, *item.extra))
            chosen.append(Words::tr("extra %1").arg(item.extra->text()));
        if (item.group && std::ranges::contains(choice.groups, *item.group))
            chosen.append(Words::tr("group %1").arg(item.group->text()));
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

/// The interpreter to resolve for, and whether an environment has to be made with it.
struct Target {
    python::Interpreter interpreter;
    bool isNew = false;
};

Result<> checkPython(
    const python::Interpreter &interpreter, const versions::SpecifierSet &wanted, const QString &whose)
{
    if (wanted.contains(interpreter.version().releaseOnly()))
        return {};
    return std::unexpected(Error(ErrorKind::BadInput,
        Words::tr("%1 needs Python %2, and “%3” is Python %4")
            .arg(whose, wanted.text(), interpreter.executable, interpreter.version().text()))
            .hint(Words::tr("Choose another Python")));
}

Result<Target> findTarget(
    const Overview &overview, const SetUpChoice &choice, const Tools &tools, const JobContext &context)
{
    const project::Project &project = overview.project;
    Target target{.interpreter = {}, .isNew = !environment::isEnvironment(overview.environmentFolder)};
    if (overview.environmentProblem)
        return std::unexpected(Error(ErrorKind::BadInput, *overview.environmentProblem)
                .hint(Words::tr("Remove “%1” and try again").arg(overview.environmentFolder)));
    if (target.isNew) {
        target.interpreter =
            SCONCE_TRY(findPython(choice.python, project.folder, project.requiresPython, tools, context));
    } else {
        // An environment that is there is kept, whatever Python would be chosen for a new one; only a Python
        // that was asked for must be its own.
        const python::Wish wish{.request = choice.python,
            .requiresPython = project.requiresPython,
            .environmentFolder = overview.environmentFolder,
            .variables = tools.variables};
        target.interpreter = SCONCE_TRY(python::find(wish, *tools.runner, tools.cacheFolder, context));
        if (QDir(target.interpreter.prefix).canonicalPath()
            != QDir(overview.environmentFolder).canonicalPath()) {
            return std::unexpected(Error(ErrorKind::BadInput,
                Words::tr("The environment “%1” has another Python than the one that is needed")
                    .arg(overview.environmentFolder))
                    .hint(Words::tr("Remove “%1” and try again").arg(overview.environmentFolder)));
        }
    }
    for (const names::GroupName &group : choice.groups) {
        if (const auto found = project.uv.groupPython.find(group); found != project.uv.groupPython.end())
            SCONCE_TRY(checkPython(
                target.interpreter, found->second, Words::tr("The group “%1”").arg(group.text())));
    }
    return target;
}

Result<std::vector<plan::Plan::Input>> inputsOf(const project::Project &project)
{
    QStringList paths{project.file};
    if (project.requirementsFile) {
        for (const auto *list :
            {&project.requirementsFile->requirements, &project.requirementsFile->constraints}) {
            for (const requirements::RequirementsFile::Entry &entry : *list) {
                if (!paths.contains(entry.place.file))
                    paths.append(entry.place.file);
            }
        }
    }
    std::vector<plan::Plan::Input> inputs;
    for (const QString &path : std::as_const(paths))
        inputs.push_back({path, files::sha256Hex(SCONCE_TRY(files::read(path)))});
    return inputs;
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

QString quoted(const QString &word)
{
    static const QRegularExpression plain(u"^[\\w@%+=:,./-]+$"_s);
    if (plain.match(word).hasMatch())
        return word;
    return u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

Result<Overview> openProject(const QString &path, const Tools &tools, const JobContext &context)
{
    Overview overview{.project = SCONCE_TRY(project::open(path))};
    overview.usesTorch = asksForTorch(overview.project);
    overview.environmentFolder = environmentFolderOf(overview.project, tools);
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

Result<std::variant<plan::Plan, resolve::Conflict>> planSetUp(
    const Overview &overview, const SetUpChoice &choice, const Tools &tools, const JobContext &context)
{
    const project::Project &project = overview.project;
    // torch-backends.md § 3: nonsense in an override stops everything, whether it is needed or not.
    SCONCE_TRY(hardware::acceleratorFromVariables(tools.computer.environment));
    SCONCE_TRY(checkExclusions(project, choice));
    context.progress().setLabel(Words::tr("Looking for a Python"));
    const Target target = SCONCE_TRY(findTarget(overview, choice, tools, context));
    ResolveOptions options = ResolveOptions::fromVariables(tools.variables);
    if (!choice.backend.isEmpty())
        options.torchBackend = choice.backend;
    const requirements::RequirementsFile *file =
        project.requirementsFile ? &*project.requirementsFile : nullptr;
    PreparedRequest prepared =
        SCONCE_TRY(prepareRequest(options, project.folder, &project, file, target.interpreter, tools));
    SCONCE_TRY(chooseBackends(prepared, tools, context));
    prepared.request.wishes = SCONCE_TRY(wishesFor(project, choice, prepared.indexes));
    for (const environment::Installed &installed : overview.installed)
        prepared.request.preferences.emplace(installed.name, installed.version);

    auto answer = SCONCE_TRY(
        planChanges(prepared, {overview.installed, {}}, plan::Extraneous::Keep, {}, tools, context));
    if (auto *plan = std::get_if<plan::Plan>(&answer)) {
        plan->environmentFolder = overview.environmentFolder;
        if (target.isNew)
            plan->createWith = target.interpreter;
        plan->inputs = SCONCE_TRY(inputsOf(project));
    }
    return answer;
}

Result<> applyPlan(const plan::Plan &plan, const Tools &tools, const JobContext &context)
{
    for (const plan::Plan::Input &input : plan.inputs) {
        const Result<QByteArray> bytes = files::read(input.path);
        if (!bytes || files::sha256Hex(*bytes) != input.sha256) {
            return std::unexpected(Error(
                ErrorKind::BadInput, Words::tr("“%1” was changed since the plan was made").arg(input.path))
                    .hint(Words::tr("Make the plan again")));
        }
    }
    return sync::apply(plan, {tools.cacheFolder}, *tools.fetcher, *tools.runner, context);
}

QStringList equivalentCommands(const Overview &overview, const SetUpChoice &choice)
{
    const project::Project &project = overview.project;
    const QString relative = QDir(project.folder).relativeFilePath(overview.environmentFolder);
    QStringList commands{u"cd "_s + quoted(project.folder)};
    if (!environment::isEnvironment(overview.environmentFolder)) {
        commands.append(u"uv venv "_s + quoted(relative)
            + (choice.python.isEmpty() ? QString() : u" --python "_s + quoted(choice.python)));
    }
    QString install = u"uv pip install --python %1 -r %2"_s.arg(
        quoted(relative), quoted(QFileInfo(project.file).fileName()));
    for (const names::ExtraName &extra : choice.extras)
        install += u" --extra "_s + extra.text();
    for (const names::GroupName &group : choice.groups)
        install += u" --group "_s + group.text();
    if (!choice.backend.isEmpty())
        install += u" --torch-backend "_s + choice.backend;
    commands.append(install);
    return commands;
}

} // namespace sconce::actions
