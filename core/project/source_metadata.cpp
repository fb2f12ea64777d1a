// SPDX-License-Identifier: Apache-2.0
#include "project/source_metadata.h"

#include <algorithm>

#include "metadata/lenient.h"
#include "project/reader.h"

namespace sconce::project {

using namespace Qt::StringLiterals;
using metadata::CoreMetadata;

namespace {

class SourceReader {
public:
    SourceReader(const TomlDocument &document, const TomlValue &table)
        : m_reader(document, m_notes)
        , m_table(table)
    {}

    Result<std::optional<CoreMetadata>> read(const std::optional<versions::Version> &known)
    {
        const auto dynamic = SCONCE_TRY(texts(u"dynamic"_s));
        const TomlEntry *name = m_table.find(u"name"_s);
        const TomlEntry *version = m_table.find(u"version"_s);
        if (!name)
            return std::unexpected(m_reader.wrong(m_table, Words::tr("[project] has no name")));
        CoreMetadata metadata{
            .metadataVersion = u"2.2"_s, .name = SCONCE_TRY(m_reader.name(name->value, u"project.name"_s))};
        if (version)
            metadata.version = SCONCE_TRY(m_reader.version(version->value, u"project.version"_s));
        else if (known)
            metadata.version = *known;
        const auto isMissing = [&](const QString &field) { return std::ranges::contains(dynamic, field); };
        if ((!version && !known) || isMissing(u"dependencies"_s) || isMissing(u"optional-dependencies"_s)
            || isMissing(u"requires-python"_s))
            return std::nullopt;
        SCONCE_TRY(readPython(metadata));
        const bool isClear = SCONCE_TRY(readRequirements(metadata));
        return isClear ? std::optional(std::move(metadata)) : std::nullopt;
    }

private:
    Result<std::vector<QString>> texts(const QString &key) const
    {
        const TomlEntry *entry = m_table.find(key);
        if (!entry)
            return std::vector<QString>();
        return m_reader.texts(entry->value, u"project."_s + key);
    }

    Result<> readPython(CoreMetadata &metadata) const
    {
        const TomlEntry *entry = m_table.find(u"requires-python"_s);
        if (!entry)
            return {};
        const QString text = SCONCE_TRY(m_reader.text(entry->value, u"project.requires-python"_s));
        auto specifiers = metadata::lenientSpecifiers(text);
        if (!specifiers)
            return std::unexpected(m_reader.placed(specifiers.error(), entry->value));
        metadata.requiresPython = *std::move(specifiers);
        return {};
    }

    /// False where one of them cannot be read.
    static bool add(
        CoreMetadata &metadata, const std::vector<QString> &written, const markers::Marker &condition)
    {
        for (const QString &text : written) {
            auto requirement = metadata::lenientRequirement(text);
            if (!requirement)
                return false;
            requirement->marker = requirement->marker & condition;
            metadata.requiresDist.push_back(*std::move(requirement));
        }
        return true;
    }

    Result<bool> readRequirements(CoreMetadata &metadata) const
    {
        const auto dependencies = SCONCE_TRY(texts(u"dependencies"_s));
        bool isClear = add(metadata, dependencies, {});
        const TomlEntry *extras = m_table.find(u"optional-dependencies"_s);
        if (!extras)
            return isClear;
        SCONCE_TRY(
            m_reader.mustBe(TomlValue::Kind::Table, extras->value, u"project.optional-dependencies"_s));
        std::map<names::Name, QString> spelled;
        for (const TomlEntry &entry : extras->value.entries) {
            const names::ExtraName extra = SCONCE_TRY(m_reader.keyName(entry, spelled));
            const auto requirements =
                SCONCE_TRY(m_reader.texts(entry.value, u"project.optional-dependencies."_s + entry.key));
            isClear = isClear && add(metadata, requirements, markers::Marker::extra(extra));
            metadata.providesExtras.push_back(extra);
        }
        return isClear;
    }

    Project m_notes; // what is odd in it is not this project's affair
    const Reader m_reader;
    const TomlValue &m_table;
};

} // namespace

Result<std::optional<CoreMetadata>> sourceMetadata(
    const QByteArray &bytes, const QString &file, const std::optional<versions::Version> &known)
{
    const TomlDocument document = SCONCE_TRY(TomlDocument::parse(QString::fromUtf8(bytes), file));
    const TomlEntry *project = document.root().find(u"project"_s);
    if (!project)
        return std::nullopt;
    if (project->value.kind != TomlValue::Kind::Table) {
        return std::unexpected(
            Error(ErrorKind::BadInput, Words::tr("“project” is no table")).at(document.placeOf(*project)));
    }
    const TomlEntry *tool = document.root().find(u"tool"_s);
    const bool isOfPoetry = tool && tool->value.find(u"poetry"_s);
    if (isOfPoetry && !project->value.find(u"dependencies"_s))
        return std::nullopt;
    return SourceReader(document, project->value).read(known);
}

} // namespace sconce::project
