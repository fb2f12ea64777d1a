// SPDX-License-Identifier: Apache-2.0
#include "project/reader.h"

namespace sconce::project {

using namespace Qt::StringLiterals;

namespace {

/// { package = { name = "…", version = "…" }, dependencies = [ … ] }
template <class T>
Result<Scoped<T>> readScoped(Reader &reader, const TomlValue &value, const QString &path,
    Result<std::vector<T>> (Reader::*readList)(const TomlValue &, const QString &) const)
{
    const TomlEntry *package = value.find(u"package");
    const TomlEntry *dependencies = value.find(u"dependencies");
    const TomlEntry *name =
        package && package->value.kind == TomlValue::Kind::Table ? package->value.find(u"name") : nullptr;
    if (!name || !dependencies) {
        return std::unexpected(reader
                .wrong(value, Words::tr("A table in “%1” needs the keys package and dependencies").arg(path))
                .hint(Words::tr("Write { package = { name = \"…\" }, dependencies = [\"…\"] }")));
    }
    Scoped<T> scoped{SCONCE_TRY(reader.name(name->value, path + u".package.name"_s)), std::nullopt, {}};
    if (const TomlEntry *version = package->value.find(u"version"))
        scoped.version = SCONCE_TRY(reader.version(version->value, path + u".package.version"_s));
    scoped.dependencies = SCONCE_TRY((reader.*readList)(dependencies->value, path + u".dependencies"_s));
    return scoped;
}

/// A list whose tables concern one package and whose texts concern all.
template <class T, class ReadPlain>
Result<> readMixed(Reader &reader, const TomlValue &value, const QString &path, std::vector<T> &plain,
    std::vector<Scoped<T>> &scoped, ReadPlain readPlain,
    Result<std::vector<T>> (Reader::*readList)(const TomlValue &, const QString &) const)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Array, value, path));
    for (const TomlValue &item : value.items) {
        if (item.kind == TomlValue::Kind::Table)
            scoped.push_back(SCONCE_TRY(readScoped<T>(reader, item, path, readList)));
        else
            plain.push_back(SCONCE_TRY(readPlain(item)));
    }
    return {};
}

Result<> readMetadataKey(Reader &reader, const TomlEntry &entry, const QString &path, StaticMetadata &target)
{
    const QString inner = path + u'.' + entry.key;
    if (entry.key == u"name") {
        target.name = SCONCE_TRY(reader.name(entry.value, inner));
    } else if (entry.key == u"version") {
        target.version = SCONCE_TRY(reader.version(entry.value, inner));
    } else if (entry.key == u"requires-dist") {
        for (Declared &declared : SCONCE_TRY(reader.requirements(entry.value, inner)))
            target.requiresDist.push_back(std::move(declared.requirement));
    } else if (entry.key == u"requires-python") {
        target.requiresPython = SCONCE_TRY(reader.specifiers(entry.value, inner));
    } else if (entry.key == u"provides-extras" || entry.key == u"provides-extra") {
        target.providesExtras = SCONCE_TRY(reader.nameList(entry.value, inner));
    } else {
        reader.noteUnknown(entry, path,
            {u"name"_s, u"version"_s, u"requires-dist"_s, u"requires-python"_s, u"provides-extras"_s});
    }
    return {};
}

} // namespace

Result<> readOverrides(Reader &reader, const TomlValue &value, const QString &path)
{
    UvSettings &uv = reader.project().uv;
    return readMixed<Declared>(
        reader, value, path, uv.overrides, uv.scopedOverrides,
        [&](const TomlValue &item) { return reader.requirement(item, path); }, &Reader::requirements);
}

Result<> readExcludes(Reader &reader, const TomlValue &value, const QString &path)
{
    UvSettings &uv = reader.project().uv;
    return readMixed<names::Name>(
        reader, value, path, uv.excludes, uv.scopedExcludes,
        [&](const TomlValue &item) { return reader.name(item, path); }, &Reader::nameList);
}

Result<> readStaticMetadata(Reader &reader, const TomlValue &value, const QString &path)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Array, value, path));
    for (const TomlValue &item : value.items) {
        SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, item, path));
        const TomlEntry *name = item.find(u"name");
        if (!name)
            return std::unexpected(reader.wrong(item, Words::tr("An entry of “%1” has no name").arg(path)));
        StaticMetadata target{SCONCE_TRY(reader.name(name->value, path + u".name"_s)), {}, {}, {}, {}};
        for (const TomlEntry &entry : item.entries)
            SCONCE_TRY(readMetadataKey(reader, entry, path, target));
        reader.project().uv.staticMetadata.push_back(std::move(target));
    }
    return {};
}

Result<> readByPackage(Reader &reader, const TomlValue &value, const QString &path,
    std::map<names::PackageName, QString> &target, const QStringList &words)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, value, path));
    std::map<names::Name, QString> spelled;
    for (const TomlEntry &entry : value.entries) {
        const names::PackageName package = SCONCE_TRY(reader.keyName(entry, spelled));
        const QString inner = path + u'.' + entry.key;
        if (!words.isEmpty())
            target[package] = SCONCE_TRY(reader.word(entry.value, inner, words));
        else if (entry.value.kind == TomlValue::Kind::Boolean && !entry.value.boolean)
            target[package] = u"false"_s;
        else
            target[package] = SCONCE_TRY(reader.text(entry.value, inner));
    }
    return {};
}

Result<> readWorkspace(Reader &reader, const TomlValue &value, const QString &path)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, value, path));
    WorkspacePatterns patterns;
    patterns.place = reader.placeOf(value);
    for (const TomlEntry &entry : value.entries) {
        const QString inner = path + u'.' + entry.key;
        QStringList *target = entry.key == u"members" ? &patterns.members
            : entry.key == u"exclude"                 ? &patterns.exclude
                                                      : nullptr;
        if (!target) {
            reader.noteUnknown(entry, path, {u"members"_s, u"exclude"_s});
            continue;
        }
        for (QString &pattern : SCONCE_TRY(reader.texts(entry.value, inner)))
            target->append(std::move(pattern));
    }
    reader.project().uv.workspace = std::move(patterns);
    return {};
}

} // namespace sconce::project
