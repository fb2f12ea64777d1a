// SPDX-License-Identifier: Apache-2.0
#include "reader.h"

using namespace Qt::StringLiterals;

namespace sconce::lock {

Result<> Reader::readFormat(const Value &root, Lock &lock)
{
    const Value &version = *SCONCE_TRY(needed(root, "version"));
    const qint64 format = SCONCE_TRY(number(version));
    if (format != 1) {
        return std::unexpected(Error(ErrorKind::BadInput,
            tr("The lock has format version %1; only version 1 is understood").arg(format))
                .hint(format > 1 ? tr("Update Sconce") : tr("Lock again"))
                .at(m_document.place(version)));
    }
    lock.revision = SCONCE_TRY(optionalNumber(root, "revision")).value_or(0);
    return {};
}

Result<> Reader::readHead(const Value &root, Lock &lock)
{
    const Value *requiresPython = SCONCE_TRY(needed(root, "requires-python"));
    lock.requiresPython = SCONCE_TRY(specifiers(requiresPython));
    lock.resolutionMarkers = SCONCE_TRY(markers(root, "resolution-markers"));
    lock.supportedMarkers = SCONCE_TRY(optionalMarkers(root, "supported-markers"));
    lock.requiredMarkers = SCONCE_TRY(optionalMarkers(root, "required-markers"));
    lock.conflicts = SCONCE_TRY(each(root, "conflicts", [this](const Value &set) {
        return elements(&set, [this](const Value &item) { return conflictItem(item); });
    }));
    if (const Value *table = m_document.child(root, "options"))
        lock.options = SCONCE_TRY(options(*table));
    if (const Value *table = m_document.child(root, "manifest"))
        lock.manifest = SCONCE_TRY(manifest(*table));
    return {};
}

Result<std::optional<std::vector<LockedMarker>>> Reader::optionalMarkers(
    const Value &table, QByteArrayView key)
{
    if (m_document.child(table, key) == nullptr)
        return std::nullopt;
    return SCONCE_TRY(markers(table, key));
}

Result<QString> Reader::mode(const Value &table, QByteArrayView key, const QStringList &known) const
{
    const QString mode = SCONCE_TRY(optionalText(table, key));
    if (!mode.isEmpty() && !known.contains(mode))
        return fault(
            *m_document.child(table, key), tr("“%1” cannot be “%2”").arg(QString::fromUtf8(key), mode));
    return mode == known.first() ? QString() : mode;
}

Result<Options> Reader::options(const Value &table)
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    Options options;
    // The first of each is the default, which is not written.
    const QStringList preReleaseModes{
        u"if-necessary"_s, u"if-necessary-or-explicit"_s, u"disallow"_s, u"allow"_s, u"explicit"_s};
    options.resolutionMode =
        SCONCE_TRY(mode(table, "resolution-mode", {u"highest"_s, u"lowest"_s, u"lowest-direct"_s}));
    options.prereleaseMode = SCONCE_TRY(mode(table, "prerelease-mode", preReleaseModes));
    options.forkStrategy = SCONCE_TRY(mode(table, "fork-strategy", {u"requires-python"_s, u"fewest"_s}));
    const QString time = SCONCE_TRY(optionalText(table, "exclude-newer"));
    const QString span = SCONCE_TRY(optionalText(table, "exclude-newer-span"));
    if (!span.isEmpty())
        options.excludeNewer = Cutoff{{}, span};
    else if (!time.isEmpty())
        options.excludeNewer = Cutoff{time, {}};
    SCONCE_TRY(readPackageOptions(table, options));
    return options;
}

Result<> Reader::readPackageOptions(const Value &table, Options &options) const
{
    const auto preReleases = [&](const Value &value) -> Result<> {
        const names::PackageName package = SCONCE_TRY(keyName(value));
        options.prereleasePackages.emplace_back(package, SCONCE_TRY(text(value)));
        return {};
    };
    SCONCE_TRY(visit(m_document.child(table, "prerelease-package"), Value::Kind::Table, preReleases));
    const auto cutoffs = [&](const Value &value) -> Result<> {
        const names::PackageName package = SCONCE_TRY(keyName(value));
        options.excludeNewerPackages.emplace_back(package, SCONCE_TRY(packageCutoff(value)));
        return {};
    };
    return visit(m_document.child(table, "exclude-newer-package"), Value::Kind::Table, cutoffs);
}

Result<std::optional<Cutoff>> Reader::packageCutoff(const Value &value) const
{
    if (value.kind == Value::Kind::Boolean && value.text == "false")
        return std::nullopt;
    Cutoff cutoff;
    if (value.kind == Value::Kind::Table)
        cutoff.span = SCONCE_TRY(neededText(value, "span"));
    else
        cutoff.time = SCONCE_TRY(text(value));
    return cutoff;
}

Result<Manifest> Reader::manifest(const Value &table)
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    Manifest manifest;
    manifest.members = SCONCE_TRY(nameList(table, "members"));
    manifest.requirements = SCONCE_TRY(requirements(table, "requirements"));
    manifest.constraints = SCONCE_TRY(requirements(table, "constraints"));
    manifest.overrides =
        SCONCE_TRY(each(table, "overrides", [this](const Value &value) { return overrideOf(value); }));
    manifest.excludes =
        SCONCE_TRY(each(table, "excludes", [this](const Value &value) { return exclude(value); }));
    manifest.buildConstraints = SCONCE_TRY(requirements(table, "build-constraints"));
    manifest.dependencyGroups = SCONCE_TRY(eachNamed(m_document.child(table, "dependency-groups"),
        [this](const Value &list) { return requirements(&list); }));
    manifest.dependencyMetadata = SCONCE_TRY(
        each(table, "dependency-metadata", [this](const Value &value) { return statedMetadata(value); }));
    return manifest;
}

Result<std::optional<Scope>> Reader::scope(const Value &table)
{
    if (table.kind != Value::Kind::Table)
        return std::nullopt;
    const Value *package = m_document.child(table, "package");
    if (package == nullptr)
        return std::nullopt;
    SCONCE_TRY(check(*package, Value::Kind::Table));
    Scope scope{SCONCE_TRY(neededName(*package, "name")), {}};
    scope.version = SCONCE_TRY(optionalVersion(*package));
    return scope;
}

Result<Override> Reader::overrideOf(const Value &value)
{
    Override result{SCONCE_TRY(scope(value)), {}};
    if (result.scope)
        result.requirements = SCONCE_TRY(requirements(value, "dependencies"));
    else
        result.requirements.push_back(SCONCE_TRY(requirement(value)));
    return result;
}

Result<Exclude> Reader::exclude(const Value &value)
{
    Exclude result{SCONCE_TRY(scope(value)), {}};
    if (result.scope)
        result.names = SCONCE_TRY(nameList(value, "dependencies"));
    else
        result.names.push_back(SCONCE_TRY(name(value)));
    return result;
}

Result<StatedMetadata> Reader::statedMetadata(const Value &table)
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    StatedMetadata metadata{SCONCE_TRY(neededName(table, "name")), {}, {}, {}, {}};
    metadata.version = SCONCE_TRY(optionalText(table, "version"));
    metadata.requiresDist = SCONCE_TRY(texts(table, "requires-dist"));
    metadata.requiresPython = SCONCE_TRY(optionalText(table, "requires-python"));
    metadata.providesExtras = SCONCE_TRY(texts(table, "provides-extras"));
    return metadata;
}

Result<ConflictItem> Reader::conflictItem(const Value &table)
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    ConflictItem item{SCONCE_TRY(neededName(table, "package")), {}, {}};
    if (const Value *extra = m_document.child(table, "extra"))
        item.extra = SCONCE_TRY(name(*extra));
    if (const Value *group = m_document.child(table, "group"))
        item.group = SCONCE_TRY(name(*group));
    return item;
}

Result<LockedRequirement> Reader::requirement(const Value &table)
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    LockedRequirement requirement{SCONCE_TRY(neededName(table, "name")), {}, {}, {}, {}, {}, {}, {}};
    requirement.extras = SCONCE_TRY(nameList(table, "extras"));
    requirement.groups = SCONCE_TRY(nameList(table, "groups"));
    requirement.marker = SCONCE_TRY(marker(m_document.child(table, "marker")));
    requirement.specifiers = SCONCE_TRY(specifiers(m_document.child(table, "specifier")));
    requirement.index = SCONCE_TRY(optionalText(table, "index"));
    if (const Value *item = m_document.child(table, "conflict"))
        requirement.conflict = SCONCE_TRY(conflictItem(*item));
    requirement.source = SCONCE_TRY(optionalSource(table));
    return requirement;
}

Result<std::vector<LockedRequirement>> Reader::requirements(const Value *array)
{
    return elements(array, [this](const Value &value) { return requirement(value); });
}

} // namespace sconce::lock
