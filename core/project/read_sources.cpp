// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QDir>

#include "base/text.h"
#include "project/reader.h"

namespace sconce::project {

using namespace Qt::StringLiterals;

namespace {

bool isIndexName(QStringView name)
{
    return !name.isEmpty() && std::ranges::all_of(name, [](QChar character) {
        return character.unicode() < 128 && (character.isLetterOrNumber() || u"-_."_s.contains(character));
    });
}

Result<> readErrorCodes(Reader &reader, const TomlValue &value, const QString &path, Index &index)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Array, value, path));
    std::vector<int> codes;
    for (const TomlValue &item : value.items) {
        SCONCE_TRY(reader.mustBe(TomlValue::Kind::Integer, item, path));
        if (item.integer < 100 || item.integer > 599)
            return std::unexpected(
                reader.wrong(item, Words::tr("%1 is not an HTTP status").arg(item.integer)));
        codes.push_back(int(item.integer));
    }
    index.ignoreErrorCodes = std::move(codes);
    return {};
}

const QStringList IndexKeys{u"name"_s, u"url"_s, u"default"_s, u"explicit"_s, u"format"_s,
    u"ignore-error-codes"_s, u"authenticate"_s, u"exclude-newer"_s, u"publish-url"_s, u"cache-control"_s};

Result<> readIndexKey(Reader &reader, const TomlEntry &entry, const QString &table, Index &index)
{
    const TomlValue &value = entry.value;
    const QString path = table + u'.' + entry.key;
    if (entry.key == u"name") {
        index.name = SCONCE_TRY(reader.text(value, path));
        if (!isIndexName(index.name)) {
            return std::unexpected(reader.wrong(value,
                Words::tr("An index cannot be called “%1”: letters, digits, “-”, “_” and “.” only")
                    .arg(index.name)));
        }
    } else if (entry.key == u"url") {
        const Index at = SCONCE_TRY(reader.indexAt(value, path));
        index.url = at.url;
        index.isAbsolutePath = at.isAbsolutePath;
    } else if (entry.key == u"default") {
        index.isDefault = SCONCE_TRY(reader.boolean(value, path));
    } else if (entry.key == u"explicit") {
        index.isExplicit = SCONCE_TRY(reader.boolean(value, path));
    } else if (entry.key == u"format") {
        index.isFlat = SCONCE_TRY(reader.word(value, path, {u"simple"_s, u"flat"_s})) == u"flat";
    } else if (entry.key == u"ignore-error-codes") {
        SCONCE_TRY(readErrorCodes(reader, value, path, index));
    } else if (entry.key == u"authenticate") {
        index.authenticate = SCONCE_TRY(reader.word(value, path, {u"auto"_s, u"always"_s, u"never"_s}));
    } else if (entry.key == u"exclude-newer") {
        if (value.kind == TomlValue::Kind::Boolean && !value.boolean)
            index.excludeNewer = u"false"_s;
        else
            index.excludeNewer = SCONCE_TRY(reader.text(value, path));
    } else {
        reader.noteUnknown(entry, table, IndexKeys);
    }
    return {};
}

const QStringList SourceKeys{u"index"_s, u"url"_s, u"path"_s, u"workspace"_s, u"git"_s};
// Say more about one of the kinds.
const QStringList SourceDetails{u"marker"_s, u"extra"_s, u"group"_s, u"editable"_s, u"package"_s,
    u"subdirectory"_s, u"rev"_s, u"tag"_s, u"branch"_s, u"lfs"_s};

Result<> readSourceKey(Reader &reader, const TomlEntry &entry, const QString &table, Source &source)
{
    const TomlValue &value = entry.value;
    const QString path = table + u'.' + entry.key;
    if (entry.key == u"index") {
        source.kind = Source::Kind::Index;
        source.index = SCONCE_TRY(reader.text(value, path));
    } else if (entry.key == u"url") {
        source.kind = Source::Kind::Url;
        source.url = SCONCE_TRY(reader.address(value, path));
    } else if (entry.key == u"git") {
        source.kind = Source::Kind::Git;
        source.url = QUrl(SCONCE_TRY(reader.text(value, path)));
    } else if (entry.key == u"path") {
        source.kind = Source::Kind::Path;
        source.path = SCONCE_TRY(reader.text(value, path));
    } else if (entry.key == u"workspace") {
        source.kind = Source::Kind::Workspace;
        if (!SCONCE_TRY(reader.boolean(value, path)))
            return std::unexpected(
                reader.wrong(value, Words::tr("“workspace” can only be true in a source")));
    } else if (entry.key == u"marker") {
        source.marker = SCONCE_TRY(reader.marker(value, path));
    } else if (entry.key == u"extra") {
        source.extra = SCONCE_TRY(reader.name(value, path));
    } else if (entry.key == u"group") {
        source.group = SCONCE_TRY(reader.name(value, path));
    } else if (entry.key == u"editable") {
        source.isEditable = SCONCE_TRY(reader.boolean(value, path));
    } else if (entry.key == u"package") {
        source.isPackage = SCONCE_TRY(reader.boolean(value, path));
    } else {
        reader.noteUnknown(entry, table, SourceKeys + SourceDetails);
    }
    return {};
}

Result<Source> readSource(Reader &reader, const TomlValue &value, const QString &path)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, value, path));
    Source source;
    source.place = reader.placeOf(value);
    QStringList kinds;
    QStringList strange;
    for (const TomlEntry &entry : value.entries) {
        if (SourceKeys.contains(entry.key))
            kinds.append(entry.key);
        else if (!SourceDetails.contains(entry.key))
            strange.append(entry.key);
        SCONCE_TRY(readSourceKey(reader, entry, path, source));
    }
    if (kinds.isEmpty()) {
        Error error =
            reader.wrong(value, Words::tr("“%1” does not say where to take the package from").arg(path));
        const std::optional<QString> similar =
            strange.isEmpty() ? std::nullopt : mostSimilar(strange.first(), SourceKeys);
        return std::unexpected(std::move(error).hint(similar
                ? Words::tr("Write “%1” in place of “%2”").arg(*similar, strange.first())
                : Words::tr("Write one of %1").arg(listText(SourceKeys))));
    }
    if (kinds.size() > 1) {
        return std::unexpected(
            reader.wrong(value, Words::tr("“%1” names %2 at once").arg(path, listText(kinds)))
                .hint(Words::tr("Keep one of them, or write a list of sources with different markers")));
    }
    if (const TomlEntry *folder = value.find(u"subdirectory"); folder && source.kind == Source::Kind::Url) {
        const QString text = SCONCE_TRY(reader.text(folder->value, path + u".subdirectory"_s));
        source.url.setFragment(u"subdirectory="_s + QString::fromLatin1(QUrl::toPercentEncoding(text, "/")));
    }
    if (source.extra && source.group) {
        return std::unexpected(
            reader.wrong(value, Words::tr("“%1” names both an extra and a group").arg(path))
                .hint(Words::tr("Write one source for each")));
    }
    return source;
}

/// resolver.md § 2.1: two sources for the same requirement may never apply at once.
Result<> checkDisjoint(
    Reader &reader, const TomlValue &list, const std::vector<Source> &sources, const QString &path)
{
    for (std::size_t i = 0; i < sources.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (sources[i].extra != sources[j].extra || sources[i].group != sources[j].group
                || sources[i].marker.isDisjointFrom(sources[j].marker))
                continue;
            const QString summary = sources[i].marker.isAlways() || sources[j].marker.isAlways()
                ? Words::tr("“%1” names several sources, and one of them applies everywhere").arg(path)
                : Words::tr("Two sources in “%1” apply at once: their markers overlap").arg(path);
            return std::unexpected(reader.wrong(list.items[i], summary)
                    .hint(Words::tr("Give each source a marker, an extra or a group of its own")));
        }
    }
    return {};
}

} // namespace

Result<QUrl> Reader::address(const TomlValue &value, const QString &path) const
{
    const QString written = SCONCE_TRY(text(value, path)).trimmed();
    const qsizetype colon = written.indexOf(u':');
    // One letter before the colon is a drive.
    if (colon > 1) {
        const QUrl url(written, QUrl::StrictMode);
        if (url.isValid())
            return url;
    } else if (!written.isEmpty()) {
        return QUrl::fromLocalFile(QDir::cleanPath(QDir(m_project.folder).absoluteFilePath(written)));
    }
    return std::unexpected(wrong(value, Words::tr("“%1” is not an address that can be read").arg(path)));
}

Result<Index> Reader::indexAt(const TomlValue &value, const QString &path) const
{
    Index index{.url = SCONCE_TRY(address(value, path)), .place = placeOf(value)};
    index.isAbsolutePath = isAbsolutePath(index.url, value.text.trimmed());
    return index;
}

bool isAbsolutePath(const QUrl &url, const QString &written)
{
    return url.isLocalFile() && (written.startsWith("file:"_L1) || QDir::isAbsolutePath(written));
}

Result<std::vector<Index>> readIndexes(Reader &reader, const TomlValue &value, const QString &path)
{
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Array, value, path));
    std::vector<Index> indexes;
    for (const TomlValue &item : value.items) {
        SCONCE_TRY(reader.mustBe(TomlValue::Kind::Table, item, path));
        Index index;
        index.place = reader.placeOf(item);
        for (const TomlEntry &entry : item.entries)
            SCONCE_TRY(readIndexKey(reader, entry, path, index));
        if (index.url.isEmpty())
            return std::unexpected(
                reader.wrong(item, Words::tr("An index has no url")).hint(Words::tr("Add url = \"…\"")));
        if (index.isExplicit && index.name.isEmpty()) {
            return std::unexpected(
                reader.wrong(item, Words::tr("An explicit index has no name, so no source can ask for it"))
                    .hint(Words::tr("Add name = \"…\"")));
        }
        for (const Index &earlier : indexes) {
            if (!index.name.isEmpty() && index.name == earlier.name)
                return std::unexpected(
                    reader.wrong(item, Words::tr("Two indexes are called “%1”").arg(index.name)));
            if (index.isDefault && earlier.isDefault)
                return std::unexpected(
                    reader.wrong(item, Words::tr("Two indexes are marked as the default; there can be one")));
        }
        indexes.push_back(std::move(index));
    }
    return indexes;
}

Result<std::vector<Source>> readSources(
    Reader &reader, const TomlValue &value, const names::PackageName &package)
{
    const QString path = u"tool.uv.sources."_s + package.text();
    if (value.kind == TomlValue::Kind::Table)
        return std::vector{SCONCE_TRY(readSource(reader, value, path))};
    SCONCE_TRY(reader.mustBe(TomlValue::Kind::Array, value, path));
    std::vector<Source> sources;
    for (const TomlValue &item : value.items)
        sources.push_back(SCONCE_TRY(readSource(reader, item, path)));
    if (sources.empty())
        return std::unexpected(reader.wrong(value, Words::tr("“%1” is an empty list").arg(path)));
    SCONCE_TRY(checkDisjoint(reader, value, sources, path));
    return sources;
}

} // namespace sconce::project
