// SPDX-License-Identifier: Apache-2.0
#include "project/reader.h"

#include "base/text.h"

namespace sconce::project {

using namespace Qt::StringLiterals;

namespace {

QString kindText(TomlValue::Kind kind)
{
    switch (kind) {
    case TomlValue::Kind::Table: return Words::tr("a table");
    case TomlValue::Kind::Array: return Words::tr("a list");
    case TomlValue::Kind::Text: return Words::tr("text");
    case TomlValue::Kind::Integer: return Words::tr("a whole number");
    case TomlValue::Kind::Float: return Words::tr("a number");
    case TomlValue::Kind::Boolean: return Words::tr("true or false");
    case TomlValue::Kind::Time: return Words::tr("a date or time");
    }
    return {};
}

} // namespace

Error Reader::wrong(const TomlValue &value, QString sentence) const
{
    return Error(ErrorKind::BadInput, std::move(sentence)).at(m_document.placeOf(value));
}

Error Reader::wrong(const TomlEntry &entry, QString sentence) const
{
    return Error(ErrorKind::BadInput, std::move(sentence)).at(m_document.placeOf(entry));
}

Error Reader::placed(const Error &error, const TomlValue &value) const
{
    Error moved(error.kind(), error.summary());
    for (const QString &hint : error.hints())
        moved = std::move(moved).hint(hint);
    if (error.place() && error.place()->column > 0)
        return std::move(moved).at(m_document.placeIn(value, error.place()->column, error.place()->length));
    return std::move(moved).at(m_document.placeOf(value));
}

void Reader::note(QString sentence, const TomlEntry &entry)
{
    m_project.notes.push_back({std::move(sentence), m_document.placeOf(entry)});
}

void Reader::note(QString sentence, const TomlValue &value)
{
    m_project.notes.push_back({std::move(sentence), m_document.placeOf(value)});
}

void Reader::noteUnknown(const TomlEntry &entry, const QString &table, const QStringList &known)
{
    if (known.contains(entry.key))
        return;
    const std::optional<QString> similar = mostSimilar(entry.key, known);
    note(similar
            ? Words::tr("“%1” is not a key of [%2] and is ignored; “%3” is").arg(entry.key, table, *similar)
            : Words::tr("“%1” is not a key of [%2] and is ignored").arg(entry.key, table),
        entry);
}

Result<> Reader::mustBe(TomlValue::Kind kind, const TomlValue &value, const QString &path) const
{
    if (value.kind == kind)
        return {};
    return std::unexpected(wrong(
        value, Words::tr("“%1” must be %2, and is %3").arg(path, kindText(kind), kindText(value.kind))));
}

Result<QString> Reader::text(const TomlValue &value, const QString &path) const
{
    SCONCE_TRY(mustBe(TomlValue::Kind::Text, value, path));
    return value.text;
}

Result<bool> Reader::boolean(const TomlValue &value, const QString &path) const
{
    SCONCE_TRY(mustBe(TomlValue::Kind::Boolean, value, path));
    return value.boolean;
}

Result<QString> Reader::word(const TomlValue &value, const QString &path, const QStringList &known) const
{
    SCONCE_TRY(mustBe(TomlValue::Kind::Text, value, path));
    if (known.contains(value.text))
        return value.text;
    Error error = wrong(value, Words::tr("“%1” cannot be “%2”").arg(path, value.text));
    if (const std::optional<QString> similar = mostSimilar(value.text, known))
        return std::unexpected(std::move(error).hint(Words::tr("Write “%1”").arg(*similar)));
    return std::unexpected(std::move(error).hint(Words::tr("Write one of %1").arg(listText(known))));
}

Result<std::vector<QString>> Reader::texts(const TomlValue &value, const QString &path) const
{
    SCONCE_TRY(mustBe(TomlValue::Kind::Array, value, path));
    std::vector<QString> texts;
    for (const TomlValue &item : value.items)
        texts.push_back(SCONCE_TRY(text(item, path)));
    return texts;
}

Result<names::Name> Reader::name(const TomlValue &value, const QString &path) const
{
    SCONCE_TRY(mustBe(TomlValue::Kind::Text, value, path));
    Result<names::Name> name = names::Name::parse(value.text);
    if (!name)
        return std::unexpected(placed(name.error(), value).during(Words::tr("while reading %1").arg(path)));
    return name;
}

Result<names::Name> Reader::keyName(const TomlEntry &entry, std::map<names::Name, QString> &spelled) const
{
    Result<names::Name> name = names::Name::parse(entry.key);
    if (!name)
        return std::unexpected(wrong(entry, name.error().summary()));
    const auto [earlier, isNew] = spelled.emplace(*name, entry.key);
    if (!isNew)
        return std::unexpected(
            wrong(entry, Words::tr("“%1” and “%2” are the same name").arg(earlier->second, entry.key)));
    return name;
}

Result<std::vector<names::Name>> Reader::nameList(const TomlValue &value, const QString &path) const
{
    SCONCE_TRY(mustBe(TomlValue::Kind::Array, value, path));
    std::vector<names::Name> names;
    for (const TomlValue &item : value.items)
        names.push_back(SCONCE_TRY(name(item, path)));
    return names;
}

Result<markers::Marker> Reader::marker(const TomlValue &value, const QString &path) const
{
    SCONCE_TRY(mustBe(TomlValue::Kind::Text, value, path));
    Result<markers::Marker> marker = markers::Marker::parse(value.text);
    if (!marker)
        return std::unexpected(placed(marker.error(), value).during(Words::tr("while reading %1").arg(path)));
    return marker;
}

Result<Declared> Reader::requirement(const TomlValue &value, const QString &path) const
{
    SCONCE_TRY(mustBe(TomlValue::Kind::Text, value, path));
    Result<requirements::Requirement> requirement = requirements::Requirement::parse(value.text);
    if (!requirement)
        return std::unexpected(
            placed(requirement.error(), value).during(Words::tr("while reading %1").arg(path)));
    return Declared{std::move(*requirement), m_document.placeOf(value)};
}

Result<std::vector<Declared>> Reader::requirements(const TomlValue &value, const QString &path) const
{
    SCONCE_TRY(mustBe(TomlValue::Kind::Array, value, path));
    std::vector<Declared> declared;
    declared.reserve(value.items.size());
    for (const TomlValue &item : value.items)
        declared.push_back(SCONCE_TRY(requirement(item, path)));
    return declared;
}

Result<versions::Version> Reader::version(const TomlValue &value, const QString &path) const
{
    Result<versions::Version> version = versions::Version::parse(SCONCE_TRY(text(value, path)));
    if (!version)
        return std::unexpected(
            placed(version.error(), value).during(Words::tr("while reading %1").arg(path)));
    return version;
}

Result<versions::SpecifierSet> Reader::specifiers(const TomlValue &value, const QString &path) const
{
    SCONCE_TRY(mustBe(TomlValue::Kind::Text, value, path));
    Result<versions::SpecifierSet> specifiers = versions::SpecifierSet::parse(value.text);
    if (!specifiers)
        return std::unexpected(
            placed(specifiers.error(), value).during(Words::tr("while reading %1").arg(path)));
    return specifiers;
}

} // namespace sconce::project
