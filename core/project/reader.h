// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

#include "project/project.h"
#include "project/toml_document.h"

namespace sconce::project {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(project)
};

/// What the readers of the tables share: typed values or an error with its place, and notes on what is odd.
/// `path` is the dotted name of a value for people: "project.dependencies".
class Reader {
public:
    Reader(const TomlDocument &document, Project &project)
        : m_document(document)
        , m_project(project)
    {}

    Result<QString> text(const TomlValue &value, const QString &path) const;
    Result<bool> boolean(const TomlValue &value, const QString &path) const;
    Result<> mustBe(TomlValue::Kind kind, const TomlValue &value, const QString &path) const;
    /// One of a few words; the hint names the most similar.
    Result<QString> word(const TomlValue &value, const QString &path, const QStringList &known) const;
    Result<std::vector<QString>> texts(const TomlValue &value, const QString &path) const;
    Result<names::Name> name(const TomlValue &value, const QString &path) const;
    /// The key as a name; an error when another key of the table (`spelled`) is the same name.
    Result<names::Name> keyName(const TomlEntry &entry, std::map<names::Name, QString> &spelled) const;
    Result<std::vector<names::Name>> nameList(const TomlValue &value, const QString &path) const;
    Result<markers::Marker> marker(const TomlValue &value, const QString &path) const;
    Result<Declared> requirement(const TomlValue &value, const QString &path) const;
    Result<std::vector<Declared>> requirements(const TomlValue &value, const QString &path) const;
    /// An address, or a path that counts from the project folder.
    Result<QUrl> address(const TomlValue &value, const QString &path) const;
    /// The same as an index with nothing else said.
    Result<Index> indexAt(const TomlValue &value, const QString &path) const;
    Result<versions::Version> version(const TomlValue &value, const QString &path) const;
    Result<versions::SpecifierSet> specifiers(const TomlValue &value, const QString &path) const;

    Error wrong(const TomlValue &value, QString sentence) const;
    Error wrong(const TomlEntry &entry, QString sentence) const;
    /// The error of a parser that saw only the text of `value`, moved to the file.
    Error placed(const Error &error, const TomlValue &value) const;
    void note(QString sentence, const TomlEntry &entry);
    void note(QString sentence, const TomlValue &value);
    /// Notes a key that is none of `known`, with the most similar one.
    void noteUnknown(const TomlEntry &entry, const QString &table, const QStringList &known);

    Place placeOf(const TomlValue &value) const { return m_document.placeOf(value); }
    Place placeOf(const TomlEntry &entry) const { return m_document.placeOf(entry); }
    Project &project() const { return m_project; }

private:
    const TomlDocument &m_document;
    Project &m_project;
};

/// [project], [dependency-groups], [build-system]
Result<> readProject(Reader &reader, const TomlValue &root);
/// [tool.uv]; after readProject.
Result<> readUv(Reader &reader, const TomlValue &table);
/// One entry of [[tool.uv.index]] each.
Result<std::vector<Index>> readIndexes(Reader &reader, const TomlValue &value, const QString &path);
/// The value of tool.uv.sources.<package>.
Result<std::vector<Source>> readSources(
    Reader &reader, const TomlValue &value, const names::PackageName &package);
/// Settings of [tool.uv] that concern single packages: override-dependencies, exclude-dependencies,
/// dependency-metadata, workspace, and tables of one word a package ("false" for the boolean; any text
/// without `words`).
Result<> readOverrides(Reader &reader, const TomlValue &value, const QString &path);
Result<> readExcludes(Reader &reader, const TomlValue &value, const QString &path);
Result<> readStaticMetadata(Reader &reader, const TomlValue &value, const QString &path);
Result<> readWorkspace(Reader &reader, const TomlValue &value, const QString &path);
Result<> readByPackage(Reader &reader, const TomlValue &value, const QString &path,
    std::map<names::PackageName, QString> &target, const QStringList &words);
/// An array of [dependency-groups].
Result<std::vector<GroupEntry>> readGroup(Reader &reader, const TomlValue &value, const QString &path);

} // namespace sconce::project
