// SPDX-License-Identifier: Apache-2.0
#include "actions/lock_project.h"

#include <QDir>

#include "actions/find_python.h"
#include "actions/lock_places.h"
#include "actions/lock_settings.h"
#include "actions/supply.h"
#include "actions/words.h"
#include "files/files.h"
#include "lock/read.h"
#include "lock/write.h"
#include "resolve/lock_of.h"
#include "resolve/stated_supply.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

/// A person waits for the answer; a fix that takes longer to find is not offered.
constexpr std::chrono::seconds TimeForFixes(10);

/// The file as it was when it was read.
struct Earlier {
    QString file;
    std::optional<QByteArray> bytes;
    std::optional<lock::Lock> lock;

    static Result<Earlier> read(const QString &file)
    {
        Earlier earlier{.file = file, .bytes = SCONCE_TRY(bytesOf(file)), .lock = {}};
        if (earlier.bytes)
            earlier.lock = SCONCE_TRY(lock::parse(*earlier.bytes, file));
        return earlier;
    }

    /// What another program wrote in the meantime stays.
    Result<> replaceWith(const QByteArray &text) const
    {
        if (SCONCE_TRY(bytesOf(file)) != bytes) {
            return std::unexpected(Error(ErrorKind::BadInput,
                Words::tr("“%1” was changed by another program while versions were chosen").arg(file))
                    .hint(Words::tr("Lock again")));
        }
        return files::writeWhole(file, text);
    }

private:
    static Result<std::optional<QByteArray>> bytesOf(const QString &file)
    {
        Result<QByteArray> bytes = files::read(file);
        if (!bytes && bytes.error().kind() == ErrorKind::NotFound)
            return std::nullopt;
        return std::optional(SCONCE_TRY(std::move(bytes)));
    }
};

Result<resolve::Upgrade> upgradeOf(const LockRequest &request)
{
    resolve::Upgrade upgrade{.isForAll = request.isUpgrade, .packages = {}};
    for (const QString &text : request.upgradePackages)
        upgrade.packages.push_back(SCONCE_TRY(requirements::Requirement::parse(text)));
    return upgrade;
}

/// The files of the projects, and what is odd in them.
void addProjects(const project::Workspace &workspace, LockOutcome &outcome)
{
    const auto add = [&](const project::Project &project) {
        outcome.projectFiles.append(project.file);
        for (const project::Project::Note &note : project.notes)
            outcome.notes.append(u"%1:%2: %3"_s.arg(note.place.file).arg(note.place.line).arg(note.sentence));
    };
    if (!workspace.hasRootProject())
        add(workspace.root);
    for (const auto &[name, member] : workspace.members)
        add(member.project);
}

Result<std::variant<lock::Lock, resolve::Conflict>> newLock(
    const LockSettings &settings, QStringList &warnings, IndexSupply &supply, const JobContext &context)
{
    context.progress().setLabel(Words::tr("Choosing versions for all computers"));
    auto answer = SCONCE_TRY(resolve::resolveUniversal(settings.request, supply, context));
    if (auto *conflict = std::get_if<resolve::Conflict>(&answer))
        return std::move(*conflict);
    const auto &resolution = std::get<resolve::UniversalResolution>(answer);
    warnings.append(resolution.warnings);
    context.progress().setLabel(Words::tr("Putting the lock together"));
    SCONCE_TRY(context.goOn());
    return resolve::lockOf(settings.request, resolution);
}

} // namespace

project::OpenProject openWith(const std::map<QString, QString> &drafts)
{
    return [&drafts](const QString &path) -> Result<project::Project> {
        const QString file =
            path.endsWith("pyproject.toml"_L1) ? path : QDir(path).absoluteFilePath(u"pyproject.toml"_s);
        const auto draft = drafts.find(file);
        return draft == drafts.end() ? project::open(path) : project::parse(draft->second, file);
    };
}

Result<std::variant<LockOutcome, LockConflict>> lockProject(
    const LockRequest &request, const Tools &tools, const JobContext &context)
{
    markers::forgetSpellings();
    resolve::Upgrade upgrade = SCONCE_TRY(upgradeOf(request));
    project::Workspace workspace =
        SCONCE_TRY(project::openWorkspaceAround(request.folder, openWith(request.drafts)));
    const QDir root(workspace.root.folder);
    Earlier earlier = SCONCE_TRY(Earlier::read(root.filePath(u"uv.lock"_s)));
    const auto pythonVersion = [&]() -> Result<versions::Version> {
        return SCONCE_TRY(findPython(request.python, root.path(), std::nullopt, tools, context)).version();
    };
    LockSettings settings =
        SCONCE_TRY(lockSettings(std::move(workspace), request.options, request.folder, pythonVersion));
    for (const auto &[name, member] : settings.request.workspace.members)
        SCONCE_TRY(checkIsWritten(member.project));
    const index::Refresh refresh = SCONCE_TRY(refreshOf(request.options));
    index::IndexClient client(*tools.fetcher, clientSettings(tools, refresh));
    upgrade.isAskedAgain = refresh.isAny();
    IndexSupply supply(client, context);
    for (const metadata::IndexLocation &index : settings.request.indexes)
        tools.fetcher->learnIndex(index.name, index.url);
    resolve::StatedSupply stated(settings.request, supply);
    SCONCE_TRY(readPlaces(settings.request, Places::Folders, stated, *tools.fetcher, context));

    LockOutcome outcome{.file = earlier.file,
        .before = std::move(earlier.lock),
        .bytesBefore = earlier.bytes,
        .warnings = settings.warnings};
    addProjects(settings.request.workspace, outcome);
    if (outcome.before) {
        const resolve::Reuse reuse =
            resolve::reuseOf(*outcome.before, settings.request, upgrade, settings.checkIndexes);
        if (reuse.kind == resolve::Reuse::Kind::Everything) {
            outcome.after = *outcome.before;
            return outcome;
        }
        outcome.reason = reuse.reason;
        resolve::takeOver(*outcome.before, reuse.kind, upgrade, settings.request);
    }
    for (const requirements::Requirement &requirement : upgrade.packages) {
        if (!requirement.specifiers.isEmpty())
            settings.request.upgradeConstraints.push_back(requirement);
    }
    SCONCE_TRY(readPlaces(settings.request, Places::All, stated, *tools.fetcher, context));
    auto answer = SCONCE_TRY(newLock(settings, outcome.warnings, supply, context));
    if (auto *conflict = std::get_if<resolve::Conflict>(&answer)) {
        LockConflict found{std::move(*conflict), {}};
        if (request.fixes == LockRequest::Fixes::Try)
            found.fixes = SCONCE_TRY(resolve::workingFixes(
                settings.request, found, supply, context, resolve::lateAfter(TimeForFixes)));
        return found;
    }
    outcome.after = std::get<lock::Lock>(std::move(answer));
    if (outcome.before == outcome.after)
        return outcome;
    outcome.bytes = lock::bytes(outcome.after);
    outcome.changes = lock::versionChanges(outcome.before.value_or(lock::Lock()), outcome.after);
    SCONCE_TRY(context.goOn());
    if (request.writing == LockRequest::Writing::Write)
        SCONCE_TRY(earlier.replaceWith(outcome.bytes));
    return outcome;
}

} // namespace sconce::actions
