// SPDX-License-Identifier: Apache-2.0
#include "project/reader.h"

namespace sconce::project {

using namespace Qt::StringLiterals;

namespace {

// https://packaging.python.org/en/latest/specifications/pyproject-toml/
const QStringList ProjectKeys{u"name"_s, u"version"_s, u"description"_s, u"readme"_s, u"requires-python"_s,
    u"license"_s, u"license-files"_s, u"authors"_s, u"maintainers"_s, u"keywords"_s, u"classifiers"_s,
    u"urls"_s, u"scripts"_s, u"gui-scripts"_s, u"entry-points"_s, u"dependencies"_s,
    u"optional-dependencies"_s, u"dynamic"_s, u"import-names"_s, u"import-namespaces"_s};
const QStringList FileKeys{u"project"_s, u"tool"_s, u"build-system"_s, u"dependency-groups"_s};

Result<> readExtras(Reader &reader, const TomlEntry &table)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, table.value, u"project.optional-dependencies"_s));
    std::map<names::Name, QString> spelled;
    for (const TomlEntry &entry : table.value.entries) {
        const names::ExtraName extra = SCONCE_TRY(reader.keyName(entry, spelled));
        reader.project().extraOrder.push_back(extra);
        reader.project().extras[extra] =
            SCONCE_TRY(reader.requirements(entry.value, u"project.optional-dependencies."_s + entry.key));
    }
    return {};
}

Result<> readField(Reader &reader, const TomlEntry &entry)
{
    Project &project = reader.project();
    const QString path = u"project."_s + entry.key;
    if (entry.key == u"name") {
        project.name = SCONCE_TRY(reader.name(entry.value, path));
    } else if (entry.key == u"version") {
        project.version = SCONCE_TRY(reader.version(entry.value, path));
    } else if (entry.key == u"requires-python") {
        project.requiresPython = SCONCE_TRY(reader.specifiers(entry.value, path));
    } else if (entry.key == u"dependencies") {
        project.dependencies = SCONCE_TRY(reader.requirements(entry.value, path));
    } else if (entry.key == u"optional-dependencies") {
        SCONCE_TRY(readExtras(reader, entry));
    } else if (entry.key == u"dynamic") {
        for (QString &field : SCONCE_TRY(reader.texts(entry.value, path)))
            project.dynamicFields.append(std::move(field));
    } else {
        reader.noteUnknown(entry, u"project"_s, ProjectKeys);
    }
    return {};
}

Result<> readProjectTable(Reader &reader, const TomlEntry &table)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, table.value, u"project"_s));
    for (const TomlEntry &entry : table.value.entries)
        SCONCE_TRY(readField(reader, entry));

    Project &project = reader.project();
    if (!project.name) {
        return std::unexpected(reader.wrong(table, Words::tr("[project] has no name"))
                .hint(Words::tr("Add name = \"…\" to [project]")));
    }
    if (!project.version && !project.dynamicFields.contains(u"version"_s)) {
        return std::unexpected(
            reader.wrong(table, Words::tr("[project] has no version, and “dynamic” does not list it"))
                .hint(Words::tr("Add version = \"0.1.0\" to [project]")));
    }
    for (const QString &field : std::as_const(project.dynamicFields)) {
        const TomlEntry &dynamic = *table.value.find(u"dynamic");
        if (field == u"name")
            return std::unexpected(reader.wrong(dynamic.value, Words::tr("“name” cannot be dynamic")));
        if (table.value.find(field)) {
            return std::unexpected(reader.wrong(
                dynamic.value, Words::tr("“%1” is listed as dynamic and written down as well").arg(field)));
        }
        if (field == u"dependencies" || field == u"optional-dependencies" || field == u"requires-python") {
            project.leftToBuilds.push_back(
                {Words::tr("“%1” is dynamic: only a build of the project can say it").arg(field),
                    reader.placeOf(dynamic.value)});
        }
        if (field == u"dependencies" || field == u"optional-dependencies")
            reader.note(
                Words::tr(
                    "“%1” is dynamic: only a build of the project can say it, so it counts as empty here")
                    .arg(field),
                dynamic.value);
    }
    return {};
}

Result<> readGroups(Reader &reader, const TomlEntry &table)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, table.value, u"dependency-groups"_s));
    std::map<names::Name, QString> spelled;
    for (const TomlEntry &entry : table.value.entries) {
        const names::GroupName group = SCONCE_TRY(reader.keyName(entry, spelled));
        reader.project().groups[group] =
            SCONCE_TRY(readGroup(reader, entry.value, u"dependency-groups."_s + entry.key));
    }
    return {};
}

} // namespace

Result<std::vector<GroupEntry>> readGroup(Reader &reader, const TomlValue &value, const QString &path)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Array, value, path));
    std::vector<GroupEntry> entries;
    for (const TomlValue &item : value.items) {
        GroupEntry &entry = entries.emplace_back();
        entry.place = reader.placeOf(item);
        if (item.kind != TomlValue::Kind::Table) {
            entry.requirement = SCONCE_TRY(reader.requirement(item, path));
            continue;
        }
        const TomlEntry *include = item.find(u"include-group");
        if (!include || item.entries.size() != 1) {
            return std::unexpected(reader.wrong(
                item, Words::tr("A table in “%1” can only be { include-group = \"…\" }").arg(path)));
        }
        entry.includeGroup = SCONCE_TRY(reader.name(include->value, path));
    }
    return entries;
}

Result<> readProject(Reader &reader, const TomlValue &root)
{
    for (const TomlEntry &entry : root.entries) {
        if (entry.key == u"project")
            SCONCE_TRY(readProjectTable(reader, entry));
        else if (entry.key == u"dependency-groups")
            SCONCE_TRY(readGroups(reader, entry));
        else if (entry.key == u"build-system")
            reader.project().hasBuildSystem = true;
        else if (!FileKeys.contains(entry.key))
            reader.note(
                Words::tr("“%1” is not a table of pyproject.toml and is ignored; tools write below [tool]")
                    .arg(entry.key),
                entry);
    }
    const TomlEntry *tool = root.find(u"tool");
    if (tool)
        SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, tool->value, u"tool"_s));
    const TomlEntry *poetry = tool ? tool->value.find(u"poetry") : nullptr;
    const TomlEntry *project = root.find(u"project");
    if (poetry && !project) {
        reader.note(
            Words::tr(
                "The requirements stand in [tool.poetry], which only Poetry reads; [project] is missing"),
            *poetry);
    } else if (poetry && !project->value.find(u"dependencies")
        && !reader.project().dynamicFields.contains(u"dependencies")) {
        // Somebody who left them out of [project] has hardly none.
        reader.project().leftToBuilds.push_back(
            {Words::tr("The requirements stand in [tool.poetry], which only Poetry reads"),
                reader.placeOf(*poetry)});
    }
    return {};
}

} // namespace sconce::project
