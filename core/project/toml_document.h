// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QStringList>

#include "base/result.h"

namespace sconce::project {

struct TomlEntry;

/// A value of a TOML file that knows where it stands: line and column count from 1, length in characters.
struct TomlValue {
    enum class Kind { Table, Array, Text, Integer, Float, Boolean, Time };
    Kind kind = Kind::Table;
    QString text;
    qint64 integer = 0;
    bool boolean = false;
    /// Of a table, in the order of the file.
    std::vector<TomlEntry> entries;
    /// Of an array.
    std::vector<TomlValue> items;
    int line = 0;
    int column = 0;
    int length = 1;

    const TomlEntry *find(QStringView key) const;
};

struct TomlEntry {
    QString key;
    int line = 0;
    int column = 0;
    int length = 1;
    TomlValue value;
};

/// A whole TOML file (https://toml.io/en/v1.0.0), read with exact places.
class TomlDocument {
public:
    /// BadInput with a Place: not TOML, merge markers, nested deeper than any real file.
    static Result<TomlDocument> parse(const QString &text, const QString &file);

    const TomlValue &root() const { return m_root; }
    Place placeOf(const TomlValue &value) const;
    /// Of the key.
    Place placeOf(const TomlEntry &entry) const;
    /// Of a part of a text value: `column` and `length` count in the value's text. The whole value where the
    /// file spells it with escapes or over several lines.
    Place placeIn(const TomlValue &value, int column, int length) const;

private:
    Place place(int line, int column, int length) const;
    QString m_file;
    QStringList m_lines;
    TomlValue m_root;
};

} // namespace sconce::project
