// SPDX-License-Identifier: Apache-2.0
#include "document.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include <toml++/toml.hpp>

#include "lock/merge_conflict.h"
#include "lock/words.h"

namespace sconce::lock {

namespace {

// Nobody writes a lock of this size by hand; what is larger and not in plain form is no lock.
constexpr qsizetype MostBytes = 8 << 20;

std::unexpected<Error> noToml(const QString &detail, Place place)
{
    return std::unexpected(
        Error(ErrorKind::BadInput, tr("“%1” is no valid TOML from here on").arg(place.file))
            .detail(detail)
            .hint(tr("Restore the file, for instance from version control"))
            .hint(tr("Remove the file and lock again"))
            .at(std::move(place)));
}

/// The first line with so many dots outside of texts that it could be a key that is nested deeper than the
/// library's recursion goes.
std::optional<quint32> firstDeepLine(const QByteArray &bytes)
{
    constexpr int MostDots = 32;
    quint32 line = 1;
    int dots = 0;
    char quote = 0;
    for (const char c : bytes) {
        if (c == '\n') {
            ++line;
            dots = 0;
            quote = 0;
        } else if (quote != 0) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '.' && ++dots > MostDots) {
            return line;
        }
    }
    return {};
}

} // namespace

/// Takes over the tree that the TOML library made.
class TomlConverter {
public:
    explicit TomlConverter(Document &document)
        : m_document(document)
    {}

    /// In the order of the file; the library sorts them by name.
    void addChildren(quint32 parent, const toml::table &table)
    {
        std::vector<toml::table::const_iterator> children;
        for (auto child = table.begin(); child != table.end(); ++child)
            children.push_back(child);
        std::ranges::sort(children, [](const auto &left, const auto &right) {
            const toml::source_position a = left->first.source().begin;
            const toml::source_position b = right->first.source().begin;
            return std::tie(a.line, a.column) < std::tie(b.line, b.column);
        });
        for (const auto &child : children)
            add(parent, decoded(child->first.str()), child->second);
    }

private:
    QByteArrayView decoded(std::string_view text)
    {
        return m_document.m_decoded.emplace_back(text.data(), qsizetype(text.size()));
    }

    void add(quint32 parent, QByteArrayView key, const toml::node &node)
    {
        Value value;
        value.kind = Value::Kind::Other;
        value.key = key;
        value.line = node.source().begin.line;
        value.column = node.source().begin.column;
        if (const toml::table *table = node.as_table()) {
            value.kind = Value::Kind::Table;
            addChildren(m_document.append(parent, value), *table);
            return;
        }
        if (const toml::array *array = node.as_array()) {
            value.kind = Value::Kind::Array;
            const quint32 index = m_document.append(parent, value);
            for (const toml::node &element : *array)
                add(index, {}, element);
            return;
        }
        if (const auto *string = node.as_string()) {
            value.kind = Value::Kind::String;
            value.text = decoded(string->get());
        } else if (const auto *integer = node.as_integer()) {
            value.kind = Value::Kind::Integer;
            value.text = m_document.m_decoded.emplace_back(QByteArray::number(qlonglong(integer->get())));
        } else if (const auto *boolean = node.as_boolean()) {
            value.kind = Value::Kind::Boolean;
            value.text = boolean->get() ? "true" : "false";
        }
        m_document.append(parent, value);
    }

    Document &m_document;
};

Result<Document> Document::parse(const QByteArray &bytes, const QString &file)
{
    if (auto document = scanned(bytes, file))
        return std::move(*document);
    if (const auto line = firstConflictLine(bytes)) {
        return std::unexpected(
            Error(ErrorKind::BadInput, tr("“%1” still holds both sides of a merge").arg(file))
                .hint(tr("Lock again with what both sides chose"))
                .hint(tr("Take one side of the merge and lock again"))
                .at(placeIn(bytes, file, *line, 1)));
    }
    if (bytes.size() > MostBytes)
        return noToml(
            tr("A file of this size is read only in the plain form of a lock"), placeIn(bytes, file, 1, 1));
    if (const auto line = firstDeepLine(bytes))
        return noToml(tr("Keys of this depth are in no lock"), placeIn(bytes, file, *line, 1));
    Document document;
    document.m_file = file;
    document.m_bytes = bytes;
    try {
        TomlConverter(document).addChildren(
            0, toml::parse(std::string_view(bytes.data(), std::size_t(bytes.size()))));
    } catch (const toml::parse_error &error) {
        const std::string_view description = error.description();
        const toml::source_position begin = error.source().begin;
        return noToml(QString::fromUtf8(description.data(), qsizetype(description.size())),
            placeIn(bytes, file, begin.line, begin.column));
    }
    return document;
}

const Value *Document::child(const Value &parent, QByteArrayView key) const
{
    for (const Value *child = first(parent); child != nullptr; child = next(*child)) {
        if (child->key == key)
            return child;
    }
    return nullptr;
}

quint32 Document::append(quint32 parent, Value value)
{
    const auto index = quint32(m_values.size());
    m_values.push_back(value);
    Value &above = m_values[parent];
    if (above.first == 0)
        above.first = index;
    else
        m_values[above.last].next = index;
    above.last = index;
    if (above.childCount < std::numeric_limits<quint16>::max())
        ++above.childCount;
    return index;
}

Place Document::place(const Value &value) const
{
    Place place = placeIn(m_bytes, m_file, value.line, value.column);
    if (value.kind == Value::Kind::String)
        place.length = int(value.text.size()) + 2;
    return place;
}

Place placeIn(const QByteArray &bytes, const QString &file, quint32 line, quint32 column)
{
    constexpr qsizetype MostShown = 500; // a line that fills the screen helps nobody
    qsizetype start = 0;
    for (quint32 i = 1; i < line; ++i)
        start = bytes.indexOf('\n', start) + 1;
    const qsizetype end = bytes.indexOf('\n', start);
    QByteArrayView text = QByteArrayView(bytes).sliced(start, (end < 0 ? bytes.size() : end) - start);
    text.truncate(std::min(text.size(), MostShown));
    if (text.endsWith('\r'))
        text.chop(1);
    Place place;
    place.file = file;
    place.line = int(line);
    place.column = int(column);
    place.lineText = QString::fromUtf8(text);
    return place;
}

} // namespace sconce::lock
