// SPDX-License-Identifier: Apache-2.0
#include "project/project.h"

#include <algorithm>
#include <set>

#include <QDir>
#include <QFileInfo>

#include "files/files.h"
#include "project/reader.h"

namespace sconce::project {

using namespace Qt::StringLiterals;

namespace {

// Reading a few dozen MB takes seconds and gigabytes; a project file of that size is something else by
// mistake.
constexpr qint64 LargestFile = 32LL << 20;

/// Facts that only the whole file shows.
void addNotes(Reader &reader)
{
    Project &project = reader.project();
    std::set<names::PackageName> direct;
    const auto addAll = [&](const std::vector<Declared> &list) {
        for (const Declared &declared : list)
            direct.insert(declared.requirement.name);
    };
    addAll(project.dependencies);
    addAll(project.uv.constraints);
    addAll(project.uv.overrides);
    for (const auto &[extra, list] : project.extras)
        addAll(list);
    for (const auto &[group, entries] : project.groups) {
        for (const GroupEntry &entry : entries) {
            if (entry.requirement)
                direct.insert(entry.requirement->requirement.name);
        }
    }
    for (const auto &[package, sources] : project.uv.sources) {
        for (const Source &source : sources) {
            const auto isMeant = [&](const Index &index) { return index.name == source.index; };
            if (source.kind == Source::Kind::Index && std::ranges::none_of(project.uv.indexes, isMeant))
                project.notes.push_back(
                    {Words::tr("No index here is called “%1”").arg(source.index), source.place});
        }
        if (!direct.contains(package))
            project.notes.push_back(
                {Words::tr("The source of “%1” has no effect: the project itself does not ask for "
                           "it, and sources do not reach what others need")
                        .arg(package.text()),
                    sources.front().place});
    }
}

/// [tool.sconce]
Result<> readSconce(Reader &reader, const TomlValue &table)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, table, u"tool.sconce"_s));
    for (const TomlEntry &entry : table.entries) {
        reader.noteUnknown(entry, u"tool.sconce"_s, {u"torch-mirror"_s});
        if (entry.key == u"torch-mirror")
            reader.project().torchMirror =
                SCONCE_TRY(reader.address(entry.value, u"tool.sconce.torch-mirror"_s));
    }
    return {};
}

Result<Project> openRequirements(const QString &file)
{
    Project project;
    project.file = file;
    project.folder = QFileInfo(file).path();
    project.requirementsFile = SCONCE_TRY(requirements::RequirementsFile::read(
        file, [](const QString &path) { return files::readText(path, LargestFile); }));
    for (const auto &entry : project.requirementsFile->requirements) {
        if (entry.requirement)
            project.dependencies.push_back({*entry.requirement, entry.place});
    }
    return project;
}

Result<Project> openToml(const QString &file)
{
    return parse(SCONCE_TRY(files::readText(file, LargestFile)), file);
}

} // namespace

Result<Project> parse(const QString &text, const QString &file)
{
    Project project;
    project.file = file;
    project.folder = QFileInfo(file).path();
    const TomlDocument document = SCONCE_TRY(TomlDocument::parse(text, file));
    Reader reader(document, project);
    SCONCE_TRY(readProject(reader, document.root()));
    const TomlEntry *tool = document.root().find(u"tool");
    if (const TomlEntry *sconce = tool ? tool->value.find(u"sconce") : nullptr)
        SCONCE_TRY(readSconce(reader, sconce->value));
    const TomlEntry *uv = tool ? tool->value.find(u"uv") : nullptr;
    SCONCE_TRY(readUv(reader, uv ? uv->value : TomlValue()));
    for (const auto &[group, entries] : project.groups)
        SCONCE_TRY(groupRequirements(project, group));
    addNotes(reader);
    return project;
}

Result<Project> open(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return std::unexpected(Error(ErrorKind::NotFound, Words::tr("“%1” does not exist").arg(path)));
    if (!info.isDir()) {
        const QString file = info.absoluteFilePath();
        if (info.fileName() == u"pyproject.toml")
            return openToml(file);
        if (info.suffix() == u"txt" || info.suffix() == u"in")
            return openRequirements(file);
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” is neither a pyproject.toml nor a requirements file (.txt, .in)")
                .arg(info.fileName()))
                .hint(Words::tr("Open the folder of the project")));
    }
    const QDir folder(info.absoluteFilePath());
    if (folder.exists(u"pyproject.toml"_s))
        return openToml(folder.filePath(u"pyproject.toml"_s));
    for (const QString &name : {u"requirements.txt"_s, u"requirements.in"_s}) {
        if (folder.exists(name))
            return openRequirements(folder.filePath(name));
    }
    return std::unexpected(Error(ErrorKind::NotFound,
        Words::tr("“%1” holds no pyproject.toml, requirements.txt or requirements.in").arg(folder.path()))
            .hint(Words::tr("Open a folder with one of these files")));
}

std::optional<QString> findRoot(const QString &folder)
{
    QDir at(QDir(folder).absolutePath());
    do {
        if (QFileInfo(at.filePath(u"pyproject.toml"_s)).isFile())
            return at.path();
    } while (at.cdUp());
    return std::nullopt;
}

} // namespace sconce::project
