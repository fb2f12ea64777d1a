// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "project/toml_document.h"

namespace sconce::project {

/// Changes single values of a TOML file and leaves every other character of it, comments and layout included,
/// as the person wrote it. After an error the text is as before it.
class TomlEditor {
public:
    /// BadInput as TomlDocument::parse().
    static Result<TomlEditor> open(QString text, QString file);

    const QString &text() const { return m_text; }
    const TomlDocument &document() const { return m_document; }

    /// The value of a key of a table ({"tool", "uv"}); key and table are made where they are missing. `value`
    /// is TOML.
    Result<> set(const QStringList &table, const QString &key, const QString &value);
    /// One more item of an array; the array is made where it is missing.
    Result<> append(const QStringList &table, const QString &key, const QString &item);
    /// One more table of an array of tables, [[tool.uv.index]], at the end of the file. `lines`: TOML.
    Result<> appendTable(const QStringList &path, const QStringList &lines);
    /// The text that stands there in quotes.
    Result<QString> textAt(const Place &place) const;
    /// Another text for the one that stands there, in quotes.
    Result<> replaceText(const Place &place, const QString &text);

    /// A text as TOML writes it: in quotes, with what is special escaped.
    static QString quoted(const QString &text);

private:
    TomlEditor(QString text, QString file, TomlDocument document)
        : m_text(std::move(text))
        , m_file(std::move(file))
        , m_document(std::move(document))
    {}
    const TomlValue *find(const QStringList &table) const;
    qsizetype offset(int line, int column) const;
    /// Behind the value that begins there.
    qsizetype end(qsizetype begin) const;
    qsizetype skipString(qsizetype at) const;
    qsizetype lineEnd(qsizetype at) const;
    /// Where a new key of the table goes; nothing when the table has no header of its own.
    std::optional<qsizetype> placeForKey(const QStringList &table) const;
    Result<> replace(qsizetype begin, qsizetype end, const QString &with);
    QString lineBreak() const;

    QString m_text;
    QString m_file;
    TomlDocument m_document;
};

} // namespace sconce::project
