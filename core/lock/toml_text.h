// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

/// TOML as locks are written in it (§ 2); only this module uses it. Everything is appended to one text.
namespace sconce::lock {

/// A basic string; a literal one where that needs no escapes, or one in three quotes.
void appendString(QByteArray &out, QStringView text);

/// { key = value, key = value }; ends with its object.
class InlineTable {
public:
    explicit InlineTable(QByteArray &out)
        : m_out(out)
    {}
    ~InlineTable() { m_out.append(m_isEmpty ? "{}" : " }"); }
    InlineTable(const InlineTable &) = delete;
    InlineTable &operator=(const InlineTable &) = delete;

    /// The text to which the value has to be appended.
    QByteArray &key(QByteArrayView key)
    {
        m_out.append(m_isEmpty ? "{ " : ", ").append(key).append(" = ");
        m_isEmpty = false;
        return m_out;
    }
    /// Left out when empty.
    void addText(QByteArrayView name, QStringView text)
    {
        if (!text.isEmpty())
            appendString(key(name), text);
    }
    void addNumber(QByteArrayView name, std::optional<qint64> number)
    {
        if (number)
            key(name).append(QByteArray::number(*number));
    }

private:
    QByteArray &m_out;
    bool m_isEmpty = true;
};

/// [a, b]
template <class List, class Append>
void appendOnOneLine(QByteArray &out, const List &list, Append append)
{
    out.append('[');
    bool isFirst = true;
    for (const auto &element : list) {
        if (!isFirst)
            out.append(", ");
        isFirst = false;
        append(out, element);
    }
    out.append(']');
}

/// Each element on a line of its own.
template <class List, class Append>
void appendOnManyLines(QByteArray &out, const List &list, Append append)
{
    out.append("[\n");
    for (const auto &element : list) {
        out.append("    ");
        append(out, element);
        out.append(",\n");
    }
    out.append(']');
}

} // namespace sconce::lock
