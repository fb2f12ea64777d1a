// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "project/reader.h"

namespace sconce::project {

using namespace Qt::StringLiterals;

namespace {

// Settings of uv that change nothing here, or nothing yet. Said once each, so that nobody waits for their
// effect.
const QStringList UnusedKeys{u"add-bounds"_s, u"allow-insecure-host"_s, u"audit"_s, u"build-backend"_s,
    u"cache-dir"_s, u"cache-keys"_s, u"check-url"_s, u"compile-bytecode"_s, u"concurrent-builds"_s,
    u"concurrent-downloads"_s, u"concurrent-installs"_s, u"config-settings"_s, u"config-settings-package"_s,
    u"extra-build-dependencies"_s, u"extra-build-variables"_s, u"http-proxy"_s, u"https-proxy"_s,
    u"keyring-provider"_s, u"link-mode"_s, u"managed"_s, u"native-tls"_s, u"no-build-isolation"_s,
    u"no-build-isolation-package"_s, u"no-cache"_s, u"no-proxy"_s, u"no-sources"_s, u"no-sources-package"_s,
    u"offline"_s, u"preview"_s, u"preview-features"_s, u"publish-url"_s, u"pypy-install-mirror"_s,
    u"python-downloads"_s, u"python-downloads-json-url"_s, u"python-install-mirror"_s, u"python-preference"_s,
    u"reinstall"_s, u"reinstall-package"_s, u"required-version"_s, u"system-certs"_s, u"trusted-publishing"_s,
    u"upgrade"_s, u"upgrade-package"_s};

const QStringList PreReleaseModes{
    u"if-necessary"_s, u"allow"_s, u"disallow"_s, u"explicit"_s, u"if-necessary-or-explicit"_s};

template <class T, class U>
Result<> store(T &target, Result<U> value)
{
    target = SCONCE_TRY(std::move(value));
    return {};
}

/// Reads every item of a list into `target`.
template <class T, class ReadItem>
Result<> storeItems(
    std::vector<T> &target, Reader &reader, const TomlValue &value, const QString &path, ReadItem readItem)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Array, value, path));
    for (const TomlValue &item : value.items)
        target.push_back(SCONCE_TRY(readItem(item)));
    return {};
}

Result<> readSourceTable(Reader &reader, const TomlValue &value, const QString &path)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, value, path));
    std::map<names::Name, QString> spelled;
    for (const TomlEntry &entry : value.entries) {
        const names::PackageName package = SCONCE_TRY(reader.keyName(entry, spelled));
        reader.project().uv.sources[package] = SCONCE_TRY(readSources(reader, entry.value, package));
    }
    return {};
}

Result<ConflictItem> readConflictItem(Reader &reader, const TomlValue &value, const QString &path)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, value, path));
    ConflictItem item;
    for (const TomlEntry &entry : value.entries) {
        const QString inner = path + u'.' + entry.key;
        if (entry.key == u"package")
            item.package = SCONCE_TRY(reader.name(entry.value, inner));
        else if (entry.key == u"extra")
            item.extra = SCONCE_TRY(reader.name(entry.value, inner));
        else if (entry.key == u"group")
            item.group = SCONCE_TRY(reader.name(entry.value, inner));
        else
            return std::unexpected(reader.wrong(entry,
                Words::tr("“%1” cannot stand in “%2”: only package, extra and group can")
                    .arg(entry.key, path)));
    }
    if (item.extra && item.group) {
        return std::unexpected(
            reader.wrong(value, Words::tr("An entry of “%1” names both an extra and a group").arg(path))
                .hint(Words::tr("Write one entry for each")));
    }
    if (!item.extra && !item.group && !item.package) {
        return std::unexpected(
            reader.wrong(value, Words::tr("An entry of “%1” names no package, extra or group").arg(path)));
    }
    return item;
}

Result<std::vector<ConflictItem>> readConflictSet(Reader &reader, const TomlValue &set, const QString &path)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Array, set, path));
    std::vector<ConflictItem> items;
    for (const TomlValue &item : set.items) {
        ConflictItem read = SCONCE_TRY(readConflictItem(reader, item, path));
        if (std::ranges::find(items, read) == items.end())
            items.push_back(std::move(read));
    }
    if (items.size() < 2)
        return std::unexpected(
            reader.wrong(set, Words::tr("A set in “%1” needs two different entries or more").arg(path)));
    return items;
}

Result<> readMarkers(
    std::vector<markers::Marker> &target, Reader &reader, const TomlValue &value, const QString &path)
{
    if (value.kind != TomlValue::Kind::Text)
        return storeItems(
            target, reader, value, path, [&](const TomlValue &item) { return reader.marker(item, path); });
    target.push_back(SCONCE_TRY(reader.marker(value, path)));
    return {};
}

/// The older name of the group dev.
Result<> readDevDependencies(Reader &reader, const TomlValue &value, const QString &path)
{
    std::vector<GroupEntry> &dev = reader.project().groups[*names::GroupName::parse(u"dev")];
    for (Declared &declared : SCONCE_TRY(reader.requirements(value, path))) {
        declared.isLegacy = true;
        dev.push_back({declared, std::nullopt, declared.place});
    }
    return {};
}

Result<> readGroupSettings(Reader &reader, const TomlValue &value, const QString &path)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, value, path));
    std::map<names::Name, QString> spelled;
    for (const TomlEntry &group : value.entries) {
        const names::GroupName name = SCONCE_TRY(reader.keyName(group, spelled));
        const QString inner = path + u'.' + group.key;
        SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, group.value, inner));
        for (const TomlEntry &entry : group.value.entries) {
            reader.noteUnknown(entry, inner, {u"requires-python"_s});
            if (entry.key == u"requires-python")
                reader.project().uv.groupPython[name] =
                    SCONCE_TRY(reader.specifiers(entry.value, inner + u".requires-python"_s));
        }
    }
    return {};
}

Result<> readPip(Reader &reader, const TomlValue &value, const QString &path)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, value, path));
    for (const TomlEntry &entry : value.entries) {
        if (entry.key == u"torch-backend")
            reader.project().uv.pipTorchBackend =
                SCONCE_TRY(reader.text(entry.value, path + u".torch-backend"_s));
        else
            reader.note(Words::tr("“%1” of [tool.uv.pip] has no effect here").arg(entry.key), entry);
    }
    return {};
}

Result<> readExcludeNewer(Reader &reader, const TomlValue &value, const QString &path)
{
    if (value.kind == TomlValue::Kind::Boolean && !value.boolean)
        return {};
    return store(reader.project().uv.excludeNewer, reader.text(value, path));
}

struct Setting {
    QStringView key;
    Result<> (*read)(Reader &reader, const TomlValue &value, const QString &path);
};

#define READ(...)                                                                                            \
    [](Reader &reader, const TomlValue &value, const QString &path) -> Result<> { return __VA_ARGS__; }
const Setting Settings[] = {
    {u"index", READ(store(reader.project().uv.indexes, readIndexes(reader, value, path)))},
    {u"sources", readSourceTable},
    {u"conflicts",
        READ(storeItems(reader.project().uv.conflicts, reader, value, path,
            [&](const TomlValue &set) { return readConflictSet(reader, set, path); }))},
    {u"environments", READ(readMarkers(reader.project().uv.environments, reader, value, path))},
    {u"required-environments",
        READ(readMarkers(reader.project().uv.requiredEnvironments, reader, value, path))},
    {u"constraint-dependencies",
        READ(store(reader.project().uv.constraints, reader.requirements(value, path)))},
    {u"override-dependencies", readOverrides},
    {u"exclude-dependencies", readExcludes},
    {u"build-constraint-dependencies",
        READ(store(reader.project().uv.buildConstraints, reader.requirements(value, path)))},
    {u"dependency-metadata", readStaticMetadata},
    {u"workspace", readWorkspace},
    {u"exclude-newer-package",
        READ(readByPackage(reader, value, path, reader.project().uv.excludeNewerPackage, {}))},
    {u"prerelease-package",
        READ(readByPackage(reader, value, path, reader.project().uv.prereleasePackage, PreReleaseModes))},
    {u"dev-dependencies", readDevDependencies},
    {u"dependency-groups", readGroupSettings},
    // Read at the end, when all groups are known.
    {u"default-groups", [](Reader &, const TomlValue &, const QString &) { return Result<>(); }},
    {u"resolution",
        READ(store(reader.project().uv.resolution,
            reader.word(value, path, {u"highest"_s, u"lowest"_s, u"lowest-direct"_s})))},
    {u"prerelease", READ(store(reader.project().uv.prerelease, reader.word(value, path, PreReleaseModes)))},
    {u"index-strategy",
        READ(store(reader.project().uv.indexStrategy,
            reader.word(value, path, {u"first-index"_s, u"unsafe-first-match"_s, u"unsafe-best-match"_s})))},
    {u"fork-strategy",
        READ(store(reader.project().uv.forkStrategy,
            reader.word(value, path, {u"requires-python"_s, u"fewest"_s})))},
    {u"torch-backend", READ(store(reader.project().uv.torchBackend, reader.text(value, path)))},
    {u"pip", readPip},
    {u"exclude-newer", readExcludeNewer},
    {u"no-build", READ(store(reader.project().uv.noBuild, reader.boolean(value, path)))},
    {u"no-binary", READ(store(reader.project().uv.noBinary, reader.boolean(value, path)))},
    {u"no-build-package", READ(store(reader.project().uv.noBuildPackages, reader.nameList(value, path)))},
    {u"no-binary-package", READ(store(reader.project().uv.noBinaryPackages, reader.nameList(value, path)))},
    {u"package", READ(store(reader.project().uv.isPackage, reader.boolean(value, path)))},
    {u"index-url", READ(store(reader.project().uv.indexUrl, reader.address(value, path)))},
    {u"extra-index-url",
        READ(storeItems(reader.project().uv.extraIndexUrls, reader, value, path,
            [&](const TomlValue &item) { return reader.address(item, path); }))},
    {u"find-links",
        READ(storeItems(reader.project().uv.findLinks, reader, value, path,
            [&](const TomlValue &item) { return reader.indexAt(item, path); }))},
    {u"no-index", READ(store(reader.project().uv.noIndex, reader.boolean(value, path)))},
};
#undef READ

void noteUnused(Reader &reader, const TomlEntry &entry)
{
    if (UnusedKeys.contains(entry.key)) {
        reader.note(Words::tr("“%1” of [tool.uv] has no effect here").arg(entry.key), entry);
        return;
    }
    QStringList known = UnusedKeys;
    for (const Setting &setting : Settings)
        known.append(setting.key.toString());
    reader.noteUnknown(entry, u"tool.uv"_s, known);
}

Result<> readDefaultGroups(Reader &reader, const TomlEntry *entry)
{
    const auto &groups = reader.project().groups;
    std::vector<names::GroupName> &target = reader.project().uv.defaultGroups;
    const names::GroupName dev = *names::GroupName::parse(u"dev");
    if (!entry) {
        if (groups.contains(dev))
            target.push_back(dev);
        return {};
    }
    if (entry->value.kind == TomlValue::Kind::Text && entry->value.text == u"all") {
        reader.project().uv.declaredDefaultGroups = DefaultGroups{true, {}};
        for (const auto &[name, entries] : groups)
            target.push_back(name);
        return {};
    }
    target = SCONCE_TRY(reader.nameList(entry->value, u"tool.uv.default-groups"_s));
    reader.project().uv.declaredDefaultGroups = DefaultGroups{false, target};
    for (std::size_t i = 0; i < target.size(); ++i) {
        // uv forgives "dev", its own default.
        if (!groups.contains(target[i]) && target[i] != dev)
            return std::unexpected(reader.wrong(entry->value.items[i],
                Words::tr("“default-groups” names the group “%1”, which does not exist")
                    .arg(target[i].text())));
    }
    std::erase_if(target, [&](const names::GroupName &group) { return !groups.contains(group); });
    return {};
}

} // namespace

Result<> readUv(Reader &reader, const TomlValue &table)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, table, u"tool.uv"_s));
    for (const TomlEntry &entry : table.entries) {
        reader.project().uv.places[entry.key] = reader.placeOf(entry.value);
        const auto found = std::ranges::find(Settings, entry.key, &Setting::key);
        if (found == std::end(Settings))
            noteUnused(reader, entry);
        else
            SCONCE_TRY(found->read(reader, entry.value, u"tool.uv."_s + entry.key));
    }
    return readDefaultGroups(reader, table.find(u"default-groups"));
}

} // namespace sconce::project
