// SPDX-License-Identifier: Apache-2.0
#include "requirements/requirements_line.h"

#include <algorithm>

#include <QCoreApplication>
#include <QRegularExpression>

#include "base/safe_url.h"
#include "base/text.h"

using namespace Qt::StringLiterals;

namespace sconce::requirements {

namespace {

/// "#" begins a comment at the start of a line and behind white space; elsewhere it belongs to a URL.
QStringView withoutComment(QStringView line)
{
    for (qsizetype i = line.indexOf(u'#'); i >= 0; i = line.indexOf(u'#', i + 1)) {
        if (i == 0 || line[i - 1].isSpace())
            return line.first(i);
    }
    return line;
}

bool isComment(QStringView line)
{
    return line.trimmed().startsWith(u'#');
}

} // namespace

std::vector<RequirementsLine> RequirementsLine::split(
    const QString &file, QStringView text, const QHash<QString, QString> &variables)
{
    std::vector<RequirementsLine> lines;
    bool isContinued = false;
    int number = 0;
    if (text.startsWith(QChar::ByteOrderMark))
        text.slice(1);
    while (!text.isEmpty()) {
        const qsizetype end = std::ranges::find_if(text, [](QChar unit) {
            return unit == u'\n' || unit == u'\r';
        }) - text.begin();
        const QStringView written = text.first(end);
        text.slice(std::min(text.size(), end + (text.sliced(end).startsWith("\r\n"_L1) ? 2 : 1)));
        ++number;
        if (!isContinued)
            lines.emplace_back().m_file = file;
        // A comment between continued lines ends them, whatever its last character is.
        isContinued = written.endsWith(u'\\') && !isComment(written);
        lines.back().append(
            number, written, withoutComment(isContinued ? written.chopped(1) : written), variables);
    }
    std::erase_if(
        lines, [](const RequirementsLine &line) { return QStringView(line.m_text).trimmed().isEmpty(); });
    return lines;
}

void RequirementsLine::append(
    int line, QStringView written, QStringView counting, const QHash<QString, QString> &variables)
{
    static const QRegularExpression pattern(u"\\$\\{([A-Z0-9_]+)\\}"_s);
    Piece piece{m_text.size(), line, written.toString(), false};
    qsizetype taken = 0;
    for (auto matches = pattern.globalMatchView(counting); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const auto value = variables.constFind(match.captured(1));
        if (value == variables.cend())
            continue;
        m_text += counting.sliced(taken, match.capturedStart() - taken);
        m_text += *value;
        taken = match.capturedEnd();
        piece.hasVariables = true;
        m_variables += match.captured();
    }
    m_text += counting.sliced(taken);
    m_pieces.push_back(std::move(piece));
}

Place RequirementsLine::place(qsizetype start, qsizetype length) const
{
    const auto behind = std::ranges::upper_bound(m_pieces, start, {}, &Piece::start);
    const Piece &piece = behind == m_pieces.begin() ? m_pieces.front() : *std::prev(behind);
    const QString shown = withoutSecrets(piece.written);
    if (piece.hasVariables)
        return {m_file, piece.line, 1, std::max(1, int(shown.size())), shown};
    const qsizetype column = std::min(start - piece.start, shown.size());
    return {m_file, piece.line, int(column) + 1, std::max(1, int(std::min(length, shown.size() - column))),
        shown};
}

Error RequirementsLine::placed(const Error &error, qsizetype start) const
{
    // What the inner sentence quotes may be a part of a value, so it is not shown.
    const QString summary = m_variables.isEmpty()
        ? withoutSecrets(error.summary())
        : QCoreApplication::translate("requirements", "This line cannot be read with the value of %1")
              .arg(listText(m_variables));
    const Place inner = error.place().value_or(Place{{}, 1, 1, int(m_text.size()), {}});
    Error placed = Error(error.kind(), summary).at(place(start + inner.column - 1, inner.length));
    for (const QString &hint : m_variables.isEmpty() ? error.hints() : QStringList())
        placed = std::move(placed).hint(hint);
    return placed;
}

} // namespace sconce::requirements
