// SPDX-License-Identifier: Apache-2.0
#include "project/toml_document.h"

#include <algorithm>
#include <numeric>

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

#include <toml++/toml.hpp>

namespace sconce::project {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(project)
};

// toml++ counts nesting of brackets, but not of dotted keys, and frees nested tables by recursion. Real files
// stay below ten.
constexpr int DeepestNesting = 200;
// A longer line is not worth showing under a message.
constexpr qsizetype LongestShownLine = 400;

QString from(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

int charactersOf(const toml::source_region &region)
{
    return region.begin.line == region.end.line
        ? std::max(1, int(region.end.column) - int(region.begin.column))
        : 1;
}

TomlValue convert(const toml::node &node)
{
    TomlValue value;
    value.line = int(node.source().begin.line);
    value.column = int(node.source().begin.column);
    value.length = charactersOf(node.source());
    if (const auto *table = node.as_table()) {
        value.kind = TomlValue::Kind::Table;
        for (const auto &[key, child] : *table) {
            const toml::source_region &region = key.source();
            value.entries.push_back({from(key.str()), int(region.begin.line), int(region.begin.column),
                charactersOf(region), convert(child)});
        }
        // toml++ sorts by name; the order of the file is what a person sees, and what extras keep in a lock.
        std::ranges::stable_sort(
            value.entries, {}, [](const TomlEntry &entry) { return std::pair(entry.line, entry.column); });
    } else if (const auto *array = node.as_array()) {
        value.kind = TomlValue::Kind::Array;
        for (const toml::node &child : *array)
            value.items.push_back(convert(child));
    } else if (const auto *text = node.as_string()) {
        value.kind = TomlValue::Kind::Text;
        value.text = from(text->get());
    } else if (const auto *integer = node.as_integer()) {
        value.kind = TomlValue::Kind::Integer;
        value.integer = integer->get();
    } else if (const auto *boolean = node.as_boolean()) {
        value.kind = TomlValue::Kind::Boolean;
        value.boolean = boolean->get();
    } else {
        value.kind = node.is_floating_point() ? TomlValue::Kind::Float : TomlValue::Kind::Time;
    }
    return value;
}

/// Walks over strings and comments and counts how deep brackets and dots nest.
class DepthScanner {
public:
    explicit DepthScanner(QStringView text)
        : m_text(text)
    {}

    /// The position of the first character that is too deep, or -1.
    qsizetype tooDeep()
    {
        while (m_at < m_text.size()) {
            const QChar character = m_text[m_at];
            if (character == u'#') {
                skipPast(u"\n");
                continue;
            }
            if (character == u'"' || character == u'\'') {
                skipString(character);
                continue;
            }
            count(character);
            if (std::accumulate(m_open.begin(), m_open.end(), qsizetype(0)) > DeepestNesting)
                return m_at;
            ++m_at;
        }
        return -1;
    }

private:
    void count(QChar character)
    {
        if (character == u'[' || character == u'{')
            m_open.push_back(1);
        else if ((character == u']' || character == u'}') && m_open.size() > 1)
            m_open.pop_back();
        else if (character == u'.')
            ++m_open.back();
        else if (character == u',' || (character == u'\n' && m_open.size() == 1))
            m_open.back() = m_open.size() > 1;
    }

    void skipPast(QStringView end)
    {
        const qsizetype found = m_text.indexOf(end, m_at);
        // The line break itself must be counted.
        m_at = found < 0 ? m_text.size() : end == u"\n" ? found : found + end.size();
    }

    void skipString(QChar quote)
    {
        const QString triple(3, quote);
        const bool isLong = m_text.sliced(m_at).startsWith(triple);
        m_at += isLong ? 3 : 1;
        for (; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == u'\\' && quote == u'"')
                ++m_at;
            else if (isLong ? m_text.sliced(m_at).startsWith(triple)
                            : m_text[m_at] == quote || m_text[m_at] == u'\n')
                break;
        }
        m_at = std::min(m_text.size(), m_at + (isLong ? 3 : 1));
    }

    QStringView m_text;
    qsizetype m_at = 0;
    std::vector<qsizetype> m_open{0};
};

/// A line as it may be shown: without passwords in addresses and without control characters, and every
/// character where it was.
QString presentable(QString line)
{
    static const QRegularExpression userInfo(u"(?<=://)[^/@\\s\"']+(?=@)"_s);
    for (const QRegularExpressionMatch &match : userInfo.globalMatch(line))
        line.replace(match.capturedStart(), match.capturedLength(), QString(match.capturedLength(), u'*'));
    for (QChar &character : line) {
        if (character.category() == QChar::Other_Control && character != u'\t')
            character = u' ';
    }
    return line;
}

/// The parser's reason, in words for whoever wrote the file.
QString reasonText(const QString &description)
{
    static const QRegularExpression twice(u"cannot redefine existing .*'(.*)'"_s);
    if (description.contains(u"end-of-file"))
        return Words::tr("it ends in the middle");
    if (description.contains(u"could not determine value type"))
        return Words::tr("here should be a value; text needs quotes around it");
    if (description.contains(u"control characters"))
        return Words::tr("there is a control character in a text");
    if (const QRegularExpressionMatch match = twice.match(description); match.hasMatch())
        return Words::tr("“%1” stands there twice").arg(match.captured(1));
    // "Error while parsing array: expected a comma": the half after the colon is what a person can use.
    return description.sliced(description.indexOf(u": ") + 2);
}

/// The first line that git left for a person to decide, counted from 1; 0 when there is none.
int mergeMarkerLine(const QStringList &lines)
{
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].startsWith(QStringLiteral("<<<<<<< "))
            || lines[i].startsWith(QStringLiteral(">>>>>>> ")))
            return int(i) + 1;
    }
    return 0;
}

} // namespace

const TomlEntry *TomlValue::find(QStringView key) const
{
    const auto found = std::ranges::find(entries, key, &TomlEntry::key);
    return found == entries.end() ? nullptr : &*found;
}

Place TomlDocument::place(int line, int column, int length) const
{
    Place place{m_file, line, column, length, {}};
    if (line > 0 && line <= m_lines.size() && m_lines[line - 1].size() <= LongestShownLine)
        place.lineText = presentable(m_lines[line - 1]);
    return place;
}

Place TomlDocument::placeOf(const TomlValue &value) const
{
    return place(value.line, value.column, value.length);
}

Place TomlDocument::placeOf(const TomlEntry &entry) const
{
    return place(entry.line, entry.column, entry.length);
}

Place TomlDocument::placeIn(const TomlValue &value, int column, int length) const
{
    if (value.line < 1 || value.line > m_lines.size())
        return placeOf(value);
    const QList<uint> line = m_lines[value.line - 1].toUcs4();
    const QList<uint> text = value.text.toUcs4();
    // Between the quotes the file must say exactly the text, or columns would not match.
    if (text != line.mid(value.column, text.size()) || value.length != text.size() + 2)
        return placeOf(value);
    return place(value.line, value.column + column, std::max(1, length));
}

Result<TomlDocument> TomlDocument::parse(const QString &text, const QString &file)
{
    TomlDocument document;
    document.m_file = file;
    document.m_lines = text.split(u'\n');
    for (QString &line : document.m_lines) {
        if (line.endsWith(u'\r'))
            line.chop(1);
    }
    const QString name = QFileInfo(file).fileName();
    if (const qsizetype deep = DepthScanner(text).tooDeep(); deep >= 0) {
        const int line = int(QStringView(text).first(deep).count(u'\n')) + 1;
        const int column = int(deep - text.lastIndexOf(u'\n', deep == 0 ? 0 : deep - 1));
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” nests tables deeper than %2 levels").arg(name).arg(DeepestNesting))
                .at(document.place(line, column, 1)));
    }
    const QByteArray bytes = text.toUtf8();
    try {
        document.m_root = convert(toml::parse(std::string_view(bytes.data(), std::size_t(bytes.size()))));
    } catch (const toml::parse_error &error) {
        if (const int line = mergeMarkerLine(document.m_lines)) {
            return std::unexpected(Error(
                ErrorKind::BadInput, Words::tr("“%1” holds two versions that git could not merge").arg(name))
                    .at(document.place(line, 1, 7))
                    .hint(Words::tr("Decide between the two sides and remove the lines with <<<<<<<, ======= "
                                    "and >>>>>>>")));
        }
        const auto &at = error.source().begin;
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” is not valid TOML: %2").arg(name, reasonText(from(error.description()))))
                .at(document.place(int(at.line), int(at.column), 1)));
    }
    return document;
}

} // namespace sconce::project
