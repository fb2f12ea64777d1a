// SPDX-License-Identifier: Apache-2.0
#include "project/toml_editor.h"

#include <algorithm>

#include <QCoreApplication>

namespace sconce::project {

using namespace Qt::StringLiterals;

namespace {

struct EditorWords {
    Q_DECLARE_TR_FUNCTIONS(project)
};

bool isBlank(QChar character)
{
    return character == u' ' || character == u'\t';
}

/// "[tool.uv]" as its names; nothing for another line. Names in quotes with dots in them are not taken apart.
QStringList headerNames(QStringView line)
{
    line = line.trimmed();
    if (!line.startsWith(u'[') || line.startsWith(u"[["))
        return {};
    const qsizetype close = line.indexOf(u']');
    if (close < 0)
        return {};
    QStringList names;
    for (const QStringView part : line.sliced(1, close - 1).split(u'.')) {
        QString name = part.trimmed().toString();
        if (name.size() > 1 && (name.front() == u'"' || name.front() == u'\'') && name.back() == name.front())
            name = name.sliced(1, name.size() - 2);
        names.append(name);
    }
    return names;
}

} // namespace

Result<TomlEditor> TomlEditor::open(QString text, QString file)
{
    TomlDocument document = SCONCE_TRY(TomlDocument::parse(text, file));
    return TomlEditor(std::move(text), std::move(file), std::move(document));
}

QString TomlEditor::quoted(const QString &text)
{
    QString escaped;
    for (const QChar character : text) {
        if (character == u'"' || character == u'\\')
            escaped += u'\\';
        if (character.unicode() < 0x20)
            escaped += u"\\u%1"_s.arg(int(character.unicode()), 4, 16, QChar(u'0'));
        else
            escaped += character;
    }
    return u'"' + escaped + u'"';
}

const TomlValue *TomlEditor::find(const QStringList &table) const
{
    const TomlValue *value = &m_document.root();
    for (const QString &name : table) {
        const TomlEntry *entry = value->kind == TomlValue::Kind::Table ? value->find(name) : nullptr;
        if (!entry)
            return nullptr;
        value = &entry->value;
    }
    return value;
}

/// Columns count characters, the text counts units of UTF-16.
qsizetype TomlEditor::offset(int line, int column) const
{
    qsizetype at = 0;
    for (int i = 1; i < line; ++i)
        at = m_text.indexOf(u'\n', at) + 1;
    for (int i = 1; i < column && at < m_text.size(); ++i)
        at += m_text[at].isHighSurrogate() ? 2 : 1;
    return at;
}

qsizetype TomlEditor::skipString(qsizetype at) const
{
    const QChar quote = m_text[at];
    const QString triple(3, quote);
    const bool isLong = QStringView(m_text).sliced(at).startsWith(triple);
    const QString close = isLong ? triple : QString(quote);
    for (at += close.size(); at < m_text.size(); ++at) {
        if (m_text[at] == u'\\' && quote == u'"')
            ++at;
        else if (QStringView(m_text).sliced(at).startsWith(close))
            break;
    }
    return std::min(m_text.size(), at + close.size());
}

qsizetype TomlEditor::lineEnd(qsizetype at) const
{
    const qsizetype found = m_text.indexOf(u'\n', at);
    if (found < 0)
        return m_text.size();
    return found > at && m_text[found - 1] == u'\r' ? found - 1 : found;
}

qsizetype TomlEditor::end(qsizetype begin) const
{
    const QChar first = m_text[begin];
    if (first == u'"' || first == u'\'')
        return skipString(begin);
    int depth = 0;
    qsizetype at = begin;
    while (at < m_text.size()) {
        const QChar character = m_text[at];
        if (character == u'"' || character == u'\'') {
            at = skipString(at);
            continue;
        }
        if (character == u'#' && depth > 0) {
            at = lineEnd(at);
            continue;
        }
        if (character == u'[' || character == u'{')
            ++depth;
        else if (depth == 0 && QStringView(u",]}#\r\n").contains(character))
            break;
        else if (character == u']' || character == u'}')
            --depth;
        ++at;
        if (depth == 0 && (character == u']' || character == u'}'))
            return at;
    }
    while (at > begin && isBlank(m_text[at - 1]))
        --at;
    return at;
}

std::optional<qsizetype> TomlEditor::placeForKey(const QStringList &table) const
{
    std::optional<qsizetype> place;
    bool isInside = false;
    for (qsizetype at = 0; at < m_text.size();) {
        const qsizetype stop = lineEnd(at);
        qsizetype first = at;
        while (first < stop && isBlank(m_text[first]))
            ++first;
        qsizetype next = stop;
        if (first < stop && m_text[first] == u'[') {
            isInside = headerNames(QStringView(m_text).sliced(at, stop - at)) == table;
            if (isInside)
                place = stop;
        } else if (first < stop && m_text[first] != u'#') {
            // A value may go over several lines.
            const qsizetype equals = m_text.indexOf(u'=', first);
            qsizetype value = equals < 0 || equals > stop ? stop : equals + 1;
            while (value < stop && isBlank(m_text[value]))
                ++value;
            if (value < stop)
                next = lineEnd(end(value));
            if (isInside)
                place = next;
        }
        at = next < m_text.size() ? m_text.indexOf(u'\n', next) + 1 : m_text.size();
        if (at == 0)
            break;
    }
    return place;
}

QString TomlEditor::lineBreak() const
{
    return m_text.contains("\r\n"_L1) ? u"\r\n"_s : u"\n"_s;
}

Result<> TomlEditor::replace(qsizetype begin, qsizetype end, const QString &with)
{
    QString text = m_text;
    text.replace(begin, end - begin, with);
    m_document = SCONCE_TRY(TomlDocument::parse(text, m_file));
    m_text = std::move(text);
    return {};
}

Result<> TomlEditor::set(const QStringList &table, const QString &key, const QString &value)
{
    const TomlValue *in = find(table);
    if (const TomlEntry *entry = in ? in->find(key) : nullptr) {
        const qsizetype begin = offset(entry->value.line, entry->value.column);
        return replace(begin, end(begin), value);
    }
    const QString line = key + u" = "_s + value;
    if (const std::optional<qsizetype> place = placeForKey(table))
        return replace(*place, *place, lineBreak() + line);
    return replace(m_text.size(), m_text.size(),
        (m_text.isEmpty() || m_text.endsWith(u'\n') ? lineBreak() : lineBreak() + lineBreak()) + u'['
            + table.join(u'.') + u']' + lineBreak() + line + lineBreak());
}

Result<> TomlEditor::append(const QStringList &table, const QString &key, const QString &item)
{
    const TomlValue *in = find(table);
    const TomlEntry *entry = in ? in->find(key) : nullptr;
    if (!entry)
        return set(table, key, u'[' + item + u']');
    const TomlValue &array = entry->value;
    if (array.kind != TomlValue::Kind::Array) {
        return std::unexpected(Error(ErrorKind::BadInput, EditorWords::tr("“%1” is not a list").arg(key))
                .at(m_document.placeOf(array)));
    }
    const qsizetype begin = offset(array.line, array.column);
    if (array.items.empty())
        return replace(begin, end(begin), u'[' + item + u']');
    const qsizetype first = offset(array.items.back().line, array.items.back().column);
    const qsizetype last = end(first);
    qsizetype lineBegin = m_text.lastIndexOf(u'\n', first) + 1;
    qsizetype indent = lineBegin;
    while (indent < first && isBlank(m_text[indent]))
        ++indent;
    if (indent != first || lineBegin <= begin)
        return replace(last, last, u", "_s + item); // behind others on a line
    qsizetype comma = last;
    while (
        comma < m_text.size() && (isBlank(m_text[comma]) || m_text[comma] == u'\r' || m_text[comma] == u'\n'))
        ++comma;
    const bool hasComma = comma < m_text.size() && m_text[comma] == u',';
    // A comment behind the last item stays behind it.
    const qsizetype after = lineEnd(hasComma ? comma : last);
    const QString indented = lineBreak() + m_text.sliced(lineBegin, indent - lineBegin) + item;
    return replace(last, after,
        (hasComma ? QString() : u","_s) + m_text.sliced(last, after - last) + indented
            + (hasComma ? u","_s : QString()));
}

Result<> TomlEditor::appendTable(const QStringList &path, const QStringList &lines)
{
    const QString gap = m_text.isEmpty() ? QString()
        : m_text.endsWith(u'\n')         ? lineBreak()
                                         : lineBreak() + lineBreak();
    return replace(m_text.size(), m_text.size(),
        gap + u"[["_s + path.join(u'.') + u"]]"_s + lineBreak() + lines.join(lineBreak()) + lineBreak());
}

Result<QString> TomlEditor::textAt(const Place &place) const
{
    const qsizetype begin = offset(place.line, place.column);
    const bool isText = begin < m_text.size() && (m_text[begin] == u'"' || m_text[begin] == u'\'');
    if (!isText)
        return std::unexpected(
            Error(ErrorKind::BadInput, EditorWords::tr("There is no text in quotes")).at(place));
    const QString line = u"text = "_s + m_text.sliced(begin, end(begin) - begin);
    const TomlDocument alone = SCONCE_TRY(TomlDocument::parse(line, m_file));
    return alone.root().find(u"text")->value.text;
}

Result<> TomlEditor::replaceText(const Place &place, const QString &text)
{
    SCONCE_TRY(textAt(place));
    const qsizetype begin = offset(place.line, place.column);
    return replace(begin, end(begin), quoted(text));
}

} // namespace sconce::project
