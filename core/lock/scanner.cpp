// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstring>

#include "document.h"

namespace sconce::lock {

namespace {

constexpr int MostNested = 8;
constexpr quint16 MostKeys = 1000; // looking for a key twice takes longer with each

/// Where a character may stand.
enum Place : quint8 { BareKey = 1, Comment = 2, BasicString = 4, LiteralString = 8 };

constexpr quint8 placesOf(char character)
{
    const bool isPlain = (character >= ' ' && character < 127) || character == '\t';
    if (!isPlain)
        return 0;
    const bool isOfKey = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9') || character == '-' || character == '_';
    return quint8(Comment | (isOfKey ? BareKey : 0)
        | (character != '"' && character != '\\' ? BasicString : 0)
        | (character != '\'' ? LiteralString : 0));
}

/// A lock has a million characters, so that one look has to do.
constexpr auto Places = [] {
    std::array<quint8, 256> places{};
    for (std::size_t character = 0; character < places.size(); ++character)
        places[character] = placesOf(char(character));
    return places;
}();

} // namespace

/// Every function returns false to give up.
class Scanner {
public:
    Scanner(const QByteArray &bytes, const QString &file)
        : m_position(bytes.constData())
        , m_end(bytes.constData() + bytes.size())
        , m_lineStart(m_position)
    {
        m_document.m_file = file;
        m_document.m_bytes = bytes;
        m_document.m_values.reserve(std::size_t(bytes.size()) / 24 + 64);
        m_mostValues = std::size_t(bytes.size()) / 6 + 1000;
    }

    std::optional<Document> scan()
    {
        quint32 table = 0;
        for (;;) {
            skipBlanksAndLines();
            if (m_position == m_end)
                return std::move(m_document);
            if (*m_position == '[' ? !header(table) : !keyAndValue(table, 0))
                return {};
            if (!endOfLine())
                return {};
        }
    }

private:
    std::vector<Value> &values() { return m_document.m_values; }
    bool at(char character) const { return m_position < m_end && *m_position == character; }

    bool take(char character)
    {
        if (!at(character))
            return false;
        ++m_position;
        return true;
    }

    void skip(Place place)
    {
        const char *position = m_position;
        while (position < m_end && (Places[uchar(*position)] & place) != 0)
            ++position;
        m_position = position;
    }

    void skipBlanks()
    {
        while (at(' ') || at('\t'))
            ++m_position;
    }

    bool newLine()
    {
        const char *before = m_position;
        if (at('\r'))
            ++m_position;
        if (!take('\n')) {
            m_position = before;
            return false;
        }
        ++m_line;
        m_lineStart = m_position;
        return true;
    }

    void skipComment()
    {
        if (!at('#'))
            return;
        skip(Comment);
    }

    void skipBlanksAndLines()
    {
        do {
            skipBlanks();
            skipComment();
        } while (newLine());
    }

    bool endOfLine()
    {
        skipBlanks();
        skipComment();
        return m_position == m_end || newLine();
    }

    QByteArrayView bareKey()
    {
        const char *start = m_position;
        skip(BareKey);
        return {start, m_position};
    }

    Value started(Value::Kind kind, Value::Origin origin = Value::Origin::Inline) const
    {
        Value value;
        value.kind = kind;
        value.origin = origin;
        value.line = m_line;
        value.column = quint32(m_position - m_lineStart) + 1;
        return value;
    }

    quint32 indexOf(quint32 parent, QByteArrayView key) const
    {
        const Value *found = m_document.child(m_document.m_values[parent], key);
        return found ? quint32(found - m_document.m_values.data()) : 0;
    }

    /// [a.b] and [[a.b]]; `table` becomes the table that follows.
    bool header(quint32 &table)
    {
        const Value here = started(Value::Kind::Table, Value::Origin::Implied);
        ++m_position;
        const bool isArray = take('[');
        table = 0;
        for (;;) {
            const QByteArrayView key = bareKey();
            if (key.isEmpty())
                return false;
            if (!at('.'))
                return (isArray ? element(table, key, here) : named(table, key, here)) && take(']')
                    && (!isArray || take(']'));
            ++m_position;
            if (!enter(table, key, here))
                return false;
        }
    }

    /// A table on the way to the one that a header names: of an array of tables the last.
    bool enter(quint32 &table, QByteArrayView key, Value made)
    {
        quint32 index = indexOf(table, key);
        if (index == 0) {
            if (values()[table].childCount >= MostKeys || values().size() > m_mostValues)
                return false;
            made.key = key;
            table = m_document.append(table, made);
            return true;
        }
        if (values()[index].kind == Value::Kind::Array && values()[index].origin == Value::Origin::Header)
            index = values()[index].last;
        table = index;
        return values()[index].kind == Value::Kind::Table && values()[index].origin != Value::Origin::Inline;
    }

    bool named(quint32 &table, QByteArrayView key, const Value &made)
    {
        if (const quint32 index = indexOf(table, key); index != 0) {
            if (values()[index].kind != Value::Kind::Table
                || values()[index].origin != Value::Origin::Implied)
                return false;
            table = index;
        } else if (!enter(table, key, made)) {
            return false;
        }
        values()[table].origin = Value::Origin::Header;
        return true;
    }

    bool element(quint32 &table, QByteArrayView key, Value made)
    {
        quint32 array = indexOf(table, key);
        made.origin = Value::Origin::Header;
        if (array == 0) {
            if (values()[table].childCount >= MostKeys)
                return false;
            Value list = made;
            list.kind = Value::Kind::Array;
            list.key = key;
            array = m_document.append(table, list);
        } else if (values()[array].kind != Value::Kind::Array
            || values()[array].origin != Value::Origin::Header) {
            return false;
        }
        table = m_document.append(array, made);
        return true;
    }

    bool keyAndValue(quint32 table, int depth)
    {
        const QByteArrayView key = bareKey();
        if (key.isEmpty() || values()[table].childCount >= MostKeys || indexOf(table, key) != 0)
            return false;
        skipBlanks();
        if (!take('='))
            return false;
        skipBlanks();
        return value(table, key, depth);
    }

    bool value(quint32 parent, QByteArrayView key, int depth)
    {
        if (m_position == m_end || depth > MostNested || values().size() > m_mostValues)
            return false;
        switch (*m_position) {
        case '"':
        case '\'': return string(parent, key);
        case '[': return array(parent, key, depth);
        case '{': return inlineTable(parent, key, depth);
        default: return word(parent, key);
        }
    }

    bool string(quint32 parent, QByteArrayView key)
    {
        Value value = started(Value::Kind::String);
        const char quote = *m_position++;
        const char *start = m_position;
        skip(quote == '"' ? BasicString : LiteralString);
        value.key = key;
        value.text = {start, m_position};
        if (!take(quote) || (value.text.isEmpty() && at(quote))) // three quotes begin something else
            return false;
        m_document.append(parent, value);
        return true;
    }

    bool array(quint32 parent, QByteArrayView key, int depth)
    {
        Value made = started(Value::Kind::Array);
        made.key = key;
        const quint32 index = m_document.append(parent, made);
        ++m_position;
        for (;;) {
            skipBlanksAndLines();
            if (take(']'))
                return true;
            if (!value(index, {}, depth + 1))
                return false;
            skipBlanksAndLines();
            if (!take(',') && !at(']'))
                return false;
        }
    }

    bool inlineTable(quint32 parent, QByteArrayView key, int depth)
    {
        Value made = started(Value::Kind::Table);
        made.key = key;
        const quint32 index = m_document.append(parent, made);
        ++m_position;
        skipBlanks();
        if (take('}'))
            return true;
        for (;;) {
            if (!keyAndValue(index, depth + 1))
                return false;
            skipBlanks();
            if (take('}'))
                return true;
            if (!take(','))
                return false;
            skipBlanks();
        }
    }

    /// true, false, and whole numbers without sign or underscores.
    bool word(quint32 parent, QByteArrayView key)
    {
        Value value = started(Value::Kind::Integer);
        value.key = key;
        value.text = bareKey();
        if (value.text == "true" || value.text == "false")
            value.kind = Value::Kind::Boolean;
        else if (value.text.isEmpty() || value.text.size() > 18
            || (value.text[0] == '0' && value.text.size() > 1)
            || std::strspn(value.text.data(), "0123456789") < std::size_t(value.text.size()))
            return false;
        if (at('.') || at(':') || at('+')) // a float, a time
            return false;
        m_document.append(parent, value);
        return true;
    }

    Document m_document;
    const char *m_position;
    const char *m_end;
    const char *m_lineStart;
    quint32 m_line = 1;
    /// A value of a lock takes more bytes than this allows; what is denser would only fill the memory.
    std::size_t m_mostValues = 0;
};

std::optional<Document> scanned(const QByteArray &bytes, const QString &file)
{
    return Scanner(bytes, file).scan();
}

} // namespace sconce::lock
