// SPDX-License-Identifier: Apache-2.0
#include "project/workspace.h"

#include <algorithm>

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "markers/extras.h"
#include "project/conflict_sets.h"
#include "project/lowering.h"
#include "project/reader.h"

namespace sconce::project {

using namespace Qt::StringLiterals;

names::ExtraName Item::asExtra() const
{
    const QString owner = package.text();
    const QString tail = u"-%1-%2"_s.arg(owner.size()).arg(owner);
    switch (kind) {
    case Kind::Extra: return *names::ExtraName::parse(u"extra"_s + tail + u'-' + name);
    case Kind::Group: return *names::ExtraName::parse(u"group"_s + tail + u'-' + name);
    case Kind::Project: break;
    }
    return *names::ExtraName::parse(u"project"_s + tail);
}

namespace {

QRegularExpression asExpression(const QString &component)
{
    return QRegularExpression(QRegularExpression::wildcardToRegularExpression(
        component, QRegularExpression::NonPathWildcardConversion));
}

/// Whether the folder (relative, "/" between) is one that the pattern names; "**" stands for any number of
/// folders.
bool matches(QStringList folder, QStringList pattern)
{
    while (!pattern.isEmpty()) {
        const QString first = pattern.takeFirst();
        if (first == u"**") {
            for (qsizetype skipped = 0; skipped <= folder.size(); ++skipped) {
                if (matches(folder.mid(skipped), pattern))
                    return true;
            }
            return false;
        }
        if (folder.isEmpty() || !asExpression(first).match(folder.takeFirst()).hasMatch())
            return false;
    }
    return folder.isEmpty();
}

QStringList components(const QString &path)
{
    return QDir::cleanPath(path).split(u'/', Qt::SkipEmptyParts);
}

bool matchesAny(const QString &folder, const QStringList &patterns)
{
    return std::ranges::any_of(
        patterns, [&](const QString &pattern) { return matches(components(folder), components(pattern)); });
}

/// Folders below `root` that hold a pyproject.toml and are members; not below hidden folders, links are
/// followed once.
void findMembers(
    const QDir &root, const QString &below, int depth, const WorkspacePatterns &patterns, QStringList &found)
{
    constexpr int Deepest = 16;
    if (depth > Deepest)
        return;
    const QStringList folders =
        QDir(root.filePath(below)).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &name : folders) {
        const QString folder = below.isEmpty() ? name : below + u'/' + name;
        if (matchesAny(folder, patterns.members) && !matchesAny(folder, patterns.exclude)
            && QFile::exists(root.filePath(folder + u"/pyproject.toml"_s)))
            found.append(folder);
        const bool mayHoldMore = std::ranges::any_of(patterns.members, [&](const QString &pattern) {
            return pattern.contains(u"**") || components(pattern).size() > components(folder).size();
        });
        if (mayHoldMore && !name.startsWith(u'.'))
            findMembers(root, folder, depth + 1, patterns, found);
    }
}

Result<> addMember(Workspace &workspace, Project project, const QString &path)
{
    if (!project.name) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” is a member of the workspace and has no [project] table").arg(project.file))
                .hint(Words::tr("Add [project] with a name, or exclude the folder in [tool.uv.workspace]")));
    }
    const names::PackageName name = *project.name;
    if (const auto other = workspace.members.find(name); other != workspace.members.end()) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("Two members of the workspace are called “%1”: %2 and %3")
                .arg(name.text(), other->second.project.file, project.file)));
    }
    Member member{path, std::move(project), name, false, false, {}, {}};
    member.isPackage = member.project.uv.isPackage.value_or(member.project.hasBuildSystem);
    member.isDynamic = !member.project.version.has_value();
    workspace.members.emplace(name, std::move(member));
    return {};
}

Result<> readMembers(Workspace &workspace, const OpenProject &open)
{
    if (workspace.root.name)
        SCONCE_TRY(addMember(workspace, workspace.root, u"."_s));
    if (!workspace.root.uv.workspace)
        return {};
    QStringList folders;
    const QDir root(workspace.root.folder);
    findMembers(root, QString(), 1, *workspace.root.uv.workspace, folders);
    for (const QString &folder : std::as_const(folders)) {
        Project project = SCONCE_TRY(open(root.filePath(folder + u"/pyproject.toml"_s)));
        SCONCE_TRY(addMember(workspace, std::move(project), folder));
    }
    return {};
}

/// A member that another project takes from the workspace is a package, unless it says otherwise.
void promoteWantedMembers(Workspace &workspace)
{
    const auto promote = [&](const Project &project) {
        for (const auto &[name, sources] : project.uv.sources) {
            const auto member = workspace.members.find(name);
            if (member != workspace.members.end() && !member->second.project.uv.isPackage
                && std::ranges::any_of(
                    sources, [](const Source &source) { return source.kind == Source::Kind::Workspace; }))
                member->second.isPackage = true;
        }
    };
    promote(workspace.root);
    for (const auto &[name, member] : workspace.members)
        promote(member.project);
}

Result<std::vector<SourcedRequirement>> lowerAll(
    const Workspace &workspace, const std::vector<Declared> &list)
{
    const Lowering lowering(workspace, workspace.root, u"."_s);
    std::vector<SourcedRequirement> out;
    for (const Declared &declared : list)
        std::ranges::move(SCONCE_TRY(lowering.lower(declared, {})), std::back_inserter(out));
    return out;
}

Result<> lowerEverything(Workspace &workspace)
{
    for (auto &[name, member] : workspace.members) {
        const Lowering lowering(workspace, member.project, member.path);
        member.requirements = SCONCE_TRY(lowering.declaredRequirements());
        member.groups = SCONCE_TRY(lowering.groups());
        for (const SourcedRequirement &one : member.requirements) {
            if (one.source.kind == RequirementSource::Kind::Registry && !one.source.location.isEmpty())
                workspace.pins.push_back({one.name, markers::withSomeExtras(one.marker), one.source.conflict,
                    one.source.location});
        }
    }
    if (!workspace.hasRootProject())
        workspace.rootGroups = SCONCE_TRY(Lowering(workspace, workspace.root, u"."_s).groups());
    workspace.constraints = SCONCE_TRY(lowerAll(workspace, workspace.root.uv.constraints));
    workspace.overrides = SCONCE_TRY(lowerAll(workspace, workspace.root.uv.overrides));
    workspace.buildConstraints = SCONCE_TRY(lowerAll(workspace, workspace.root.uv.buildConstraints));
    return {};
}

/// The root above a project that has it as a member.
Result<std::optional<Project>> rootAbove(const Project &project, const OpenProject &open)
{
    QDir at(project.folder);
    while (at.cdUp()) {
        if (!QFileInfo(at.filePath(u"pyproject.toml"_s)).isFile())
            continue;
        Project root = SCONCE_TRY(open(at.path()));
        if (!root.uv.workspace)
            continue;
        const QString folder = at.relativeFilePath(project.folder);
        if (matchesAny(folder, root.uv.workspace->members) && !matchesAny(folder, root.uv.workspace->exclude))
            return std::optional(std::move(root));
        break; // the next root is the only one that counts
    }
    return std::nullopt;
}

} // namespace

Result<Workspace> openWorkspaceAround(const QString &folder, const OpenProject &open)
{
    const std::optional<QString> found = findRoot(folder);
    if (!found) {
        return std::unexpected(Error(ErrorKind::NotFound,
            Words::tr("There is no pyproject.toml in “%1” or above it").arg(QDir(folder).absolutePath()))
                .hint(Words::tr("Choose the folder of a project")));
    }
    Project project = SCONCE_TRY(open(*found));
    if (!project.uv.workspace) {
        if (std::optional<Project> root = SCONCE_TRY(rootAbove(project, open)))
            project = *std::move(root);
    }
    return openWorkspace(std::move(project), open);
}

Result<Workspace> openWorkspace(Project root, const OpenProject &open)
{
    Workspace workspace;
    workspace.root = std::move(root);
    SCONCE_TRY(readMembers(workspace, open));
    promoteWantedMembers(workspace);
    SCONCE_TRY(lowerEverything(workspace));
    workspace.conflicts = conflictSets(workspace);
    return workspace;
}

} // namespace sconce::project
