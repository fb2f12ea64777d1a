// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include <QByteArray>
#include <QString>

#include "base/result.h"

/// The TOML under a lock, as a tree of views into its bytes; only this module looks into it.
namespace sconce::lock {

struct Value {
    enum class Kind : quint8 { String, Integer, Boolean, Array, Table, Other };
    /// How a table or array came to be, which decides what may be added to it.
    enum class Origin : quint8 { Implied, Header, Inline };
    Kind kind = Kind::Table;
    Origin origin = Origin::Implied;
    quint16 childCount = 0; // stays at the highest number
    quint32 line = 1;
    quint32 column = 1;
    // Children in order; 0 is none, because the root is nobody's child.
    quint32 first = 0;
    quint32 last = 0;
    quint32 next = 0;
    QByteArrayView key;
    /// The text of a string without quotes, or the digits, or the word.
    QByteArrayView text;
};

/// A document keeps the bytes alive that its values look into.
class Document {
public:
    /// BadInput with a Place in `file`, also for unresolved conflicts of a merge.
    static Result<Document> parse(const QByteArray &bytes, const QString &file);

    const Value &root() const { return m_values[0]; }
    const Value *child(const Value &parent, QByteArrayView key) const;
    const Value *first(const Value &parent) const { return at(parent.first); }
    const Value *next(const Value &value) const { return at(value.next); }

    /// Where the value (not its key) stands.
    Place place(const Value &value) const;

private:
    friend class Scanner;
    friend class TomlConverter;

    const Value *at(quint32 index) const { return index == 0 ? nullptr : &m_values[index]; }
    quint32 append(quint32 parent, Value value);

    QString m_file;
    QByteArray m_bytes;
    std::vector<Value> m_values{Value()};
    std::deque<QByteArray> m_decoded; // strings that differ from the bytes of the file
};

/// The plain subset of TOML in which locks are written, several times faster than a whole TOML parser.
/// Nothing when the text has anything else in it, right or wrong.
std::optional<Document> scanned(const QByteArray &bytes, const QString &file);

/// "uv.lock", and line and column from 1.
Place placeIn(const QByteArray &bytes, const QString &file, quint32 line, quint32 column);

} // namespace sconce::lock
