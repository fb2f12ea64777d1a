// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reader.h"

using namespace Qt::StringLiterals;

namespace sconce::lock {

namespace {

/// Hex digits of a digest; 0 for an algorithm that locks do not use.
qsizetype digestSize(QByteArrayView algorithm)
{
    static constexpr std::pair<QByteArrayView, qsizetype> Sizes[]{
        {"sha256", 64}, {"sha512", 128}, {"sha384", 96}, {"blake2b", 128}, {"md5", 32}};
    for (const auto &[name, size] : Sizes) {
        if (name == algorithm)
            return size;
    }
    return 0;
}

bool isHex(char character)
{
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f')
        || (character >= 'A' && character <= 'F');
}

} // namespace

Result<Package> Reader::package(const Value &table)
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    const names::PackageName packageName = SCONCE_TRY(neededName(table, "name"));
    const auto version = SCONCE_TRY(optionalVersion(table));
    const Value &sourceTable = *SCONCE_TRY(needed(table, "source"));
    const Source from = SCONCE_TRY(source(sourceTable));
    Package package{.name = packageName, .version = version, .source = from};
    package.defaultGroups = SCONCE_TRY(defaultGroups(table));
    package.resolutionMarkers = SCONCE_TRY(markers(table, "resolution-markers"));
    if (const Value *sdist = m_document.child(table, "sdist"))
        package.sdist = SCONCE_TRY(file(*sdist, package));
    package.wheels =
        SCONCE_TRY(each(table, "wheels", [&](const Value &value) { return file(value, package); }));
    SCONCE_TRY(checkFiles(table, package));
    package.groupRequiresPython = SCONCE_TRY(eachNamed(m_document.child(table, "group-requires-python"),
        [this](const Value &value) { return text(value); }));
    if (const Value *declared = m_document.child(table, "metadata"))
        package.metadata = SCONCE_TRY(metadata(*declared));
    return package;
}

Result<Source> Reader::source(const Value &table) const
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    if (const auto found = SCONCE_TRY(optionalSource(table)))
        return *found;
    return fault(table, tr("This source is of no known kind"));
}

Result<std::optional<Source>> Reader::optionalSource(const Value &table) const
{
    for (auto kind = Source::Kind::Registry; kind <= Source::Kind::Virtual;
        kind = Source::Kind(int(kind) + 1)) {
        Source source{kind, {}, {}};
        const Value *location = m_document.child(table, QByteArrayView(source.key()));
        if (location == nullptr)
            continue;
        source.location = SCONCE_TRY(text(*location));
        if (source.location.isEmpty())
            return fault(*location, tr("“%1” must not be empty").arg(source.key()));
        if (kind == Source::Kind::Url)
            source.subdirectory = SCONCE_TRY(optionalText(table, "subdirectory"));
        return source;
    }
    return std::nullopt;
}

Result<File> Reader::file(const Value &table, const Package &package) const
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    File file;
    // Most of a lock is files: each key is looked at once instead of being looked for.
    for (const Value *value = m_document.first(table); value != nullptr; value = m_document.next(*value)) {
        const QByteArrayView key = value->key;
        if (key == "url")
            file.url = SCONCE_TRY(text(*value));
        else if (key == "hash")
            file.hash = SCONCE_TRY(hash(*value));
        else if (key == "size")
            file.size = SCONCE_TRY(number(*value));
        else if (key == "upload-time" || key == "upload_time") // an older spelling
            file.uploadTime = SCONCE_TRY(text(*value));
        else if (key == "path")
            file.path = SCONCE_TRY(text(*value));
        else if (key == "filename")
            file.filename = SCONCE_TRY(text(*value));
        else if (key == "zstd")
            file.zstd = SCONCE_TRY(zstd(*value));
    }
    const bool needsHash =
        package.source.kind == Source::Kind::Url || package.source.kind == Source::Kind::Path;
    if (needsHash && file.hash.isEmpty())
        return fault(table, tr("This file of “%1” needs a hash").arg(package.name.text()));
    return file;
}

Result<File::Zstd> Reader::zstd(const Value &table) const
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    File::Zstd zstd;
    if (const Value *value = m_document.child(table, "hash"))
        zstd.hash = SCONCE_TRY(hash(*value));
    zstd.size = SCONCE_TRY(optionalNumber(table, "size"));
    return zstd;
}

Result<QString> Reader::hash(const Value &value) const
{
    SCONCE_TRY(check(value, Value::Kind::String));
    const qsizetype colon = value.text.indexOf(':');
    const QByteArrayView digest = value.text.sliced(colon + 1);
    if (colon < 0 || digestSize(value.text.first(colon)) != digest.size()
        || !std::ranges::all_of(digest, isHex))
        return fault(value,
            tr("This is no hash of a known kind; it looks like “sha256:…” with 64 hexadecimal digits"));
    return QString::fromLatin1(value.text);
}

Result<> Reader::checkFiles(const Value &table, const Package &package) const
{
    const QString name = package.name.text();
    if (package.source.kind == Source::Kind::Registry && !package.version)
        return fault(table, tr("“%1” comes from an index and needs a version").arg(name));
    if (package.source.isTree() && (package.sdist || !package.wheels.empty()))
        return fault(table, tr("“%1” is a folder of sources and cannot have files").arg(name));
    const Value *wheels = m_document.child(table, "wheels");
    const Value *value = wheels ? m_document.first(*wheels) : nullptr;
    const QString expected = package.version ? package.version->text() : QString();
    for (const File &wheel : package.wheels) {
        SCONCE_TRY(checkWheelName(*value, package, wheel, expected));
        value = m_document.next(*value);
    }
    return {};
}

/// name-version(-build)-python-abi-platform.whl, and the version must fit.
Result<> Reader::checkWheelName(
    const Value &table, const Package &package, const File &wheel, const QString &expected) const
{
    const QStringView written = wheel.writtenName();
    const QString decoded = written.contains(u'%') ? wheel.name() : QString();
    const QStringView name = decoded.isEmpty() ? written : QStringView(decoded);
    const qsizetype dashes = name.count(u'-');
    if (!name.endsWith(u".whl") || dashes < 4 || dashes > 5)
        return fault(table, tr("“%1” is no file name of a wheel").arg(name));
    if (!package.version || m_wheelNames == WheelNames::Trust)
        return {};
    const qsizetype start = name.indexOf(u'-') + 1;
    const QStringView version = name.sliced(start, name.indexOf(u'-', start) - start);
    if (version == expected)
        return {};
    const auto parsed = versions::Version::parse(version);
    if (parsed && (*parsed == *package.version || *package.version == parsed->withoutLocal()))
        return {};
    return fault(table, tr("“%1” is not a file of “%2” %3").arg(name, package.name.text(), expected));
}

Result<std::optional<DefaultGroups>> Reader::defaultGroups(const Value &table)
{
    const Value *value = m_document.child(table, "default-groups");
    if (value == nullptr)
        return std::nullopt;
    if (value->kind == Value::Kind::String && value->text == "all")
        return DefaultGroups{true, {}};
    DefaultGroups defaults;
    defaults.groups = SCONCE_TRY(nameList(table, "default-groups"));
    return defaults;
}

Result<DeclaredMetadata> Reader::metadata(const Value &table)
{
    SCONCE_TRY(check(table, Value::Kind::Table));
    DeclaredMetadata metadata;
    metadata.requiresDist = SCONCE_TRY(requirements(table, "requires-dist"));
    metadata.providesExtras = SCONCE_TRY(nameList(table, "provides-extras"));
    const Value *groups = m_document.child(table, "requires-dev");
    if (groups == nullptr)
        groups = m_document.child(table, "dependency-groups");
    metadata.requiresDev =
        SCONCE_TRY(eachNamed(groups, [this](const Value &list) { return requirements(&list); }));
    return metadata;
}

} // namespace sconce::lock
