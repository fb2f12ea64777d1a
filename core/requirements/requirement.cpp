// SPDX-License-Identifier: Apache-2.0
#include "requirements/requirement.h"

#include <algorithm>

#include <QCoreApplication>

#include "base/safe_url.h"
#include "base/text.h"

using namespace Qt::StringLiterals;

namespace sconce::requirements {

namespace {

bool mayBeInName(QChar character)
{
    return character.isLetterOrNumber() || character == u'-' || character == u'_' || character == u'.';
}

/// Reads one requirement from the left: name, extras, version specifiers or URL, marker.
class Reader {
    Q_DECLARE_TR_FUNCTIONS(requirements)

public:
    explicit Reader(QStringView text)
        : m_text(text)
    {}

    Result<Requirement> read();

private:
    bool isAtEnd() const { return m_position == m_text.size(); }
    QChar peek() const { return isAtEnd() ? QChar() : m_text[m_position]; }
    QStringView left() const { return m_text.sliced(m_position); }
    void skipSpace()
    {
        while (!isAtEnd() && peek().isSpace())
            ++m_position;
    }
    bool take(char16_t unit)
    {
        const bool isNext = !isAtEnd() && peek() == unit;
        m_position += isNext;
        return isNext;
    }

    std::unexpected<Error> fault(qsizetype start, qsizetype length, const QString &sentence) const;
    std::unexpected<Error> misplaced(const char *wanted) const;
    Result<names::Name> readName(const char *wanted);
    Result<std::vector<names::ExtraName>> readExtras();
    Result<versions::SpecifierSet> readSpecifiers();
    Result<QUrl> readUrl();
    Result<markers::Marker> readMarker();

    QStringView m_text;
    qsizetype m_position = 0;
};

std::unexpected<Error> Reader::fault(qsizetype start, qsizetype length, const QString &sentence) const
{
    const Place place{{}, 1, int(start) + 1, std::max(1, int(length)), m_text.toString()};
    return std::unexpected(Error(ErrorKind::BadInput, sentence).at(place));
}

std::unexpected<Error> Reader::misplaced(const char *wanted) const
{
    if (isAtEnd())
        return fault(m_position, 1,
            tr("The requirement “%1” ends where %2 is needed").arg(elided(m_text), tr(wanted)));
    return fault(m_position, peek().isHighSurrogate() ? 2 : 1,
        tr("“%1” stands where %2 is needed").arg(elided(left(), 20), tr(wanted)));
}

Result<names::Name> Reader::readName(const char *wanted)
{
    const qsizetype start = m_position;
    while (!isAtEnd() && mayBeInName(peek()))
        ++m_position;
    if (m_position == start)
        return misplaced(wanted);
    Result<names::Name> name = names::Name::parse(m_text.sliced(start, m_position - start));
    if (!name)
        return std::unexpected(std::move(name).error().within(m_text, start));
    return name;
}

Result<std::vector<names::ExtraName>> Reader::readExtras()
{
    std::vector<names::ExtraName> extras;
    const qsizetype open = m_position;
    if (!take(u'['))
        return extras;
    skipSpace();
    if (take(u']'))
        return extras;
    do {
        skipSpace();
        names::ExtraName extra =
            SCONCE_TRY(readName(QT_TRANSLATE_NOOP("requirements", "the name of an extra")));
        if (std::ranges::find(extras, extra) == extras.end())
            extras.push_back(std::move(extra));
        skipSpace();
    } while (take(u','));
    if (take(u']'))
        return extras;
    if (isAtEnd())
        return fault(open, 1, tr("The list of extras after “[” has no “]” at its end"));
    return misplaced(QT_TRANSLATE_NOOP("requirements", "“,” or “]”"));
}

Result<versions::SpecifierSet> Reader::readSpecifiers()
{
    const qsizetype open = m_position;
    const bool isInBrackets = take(u'(');
    const qsizetype start = m_position;
    while (!isAtEnd() && peek() != u';' && !(isInBrackets && peek() == u')'))
        ++m_position;
    Result<versions::SpecifierSet> specifiers =
        versions::SpecifierSet::parse(m_text.sliced(start, m_position - start));
    if (!specifiers)
        return std::unexpected(std::move(specifiers).error().within(m_text, start));
    if (isInBrackets && !take(u')'))
        return fault(open, 1, tr("“(” has no “)” that ends the version specifiers"));
    return specifiers;
}

/// A URL ends before white space that is followed by ";", "#" or the end, and before ";" with white space or
/// the end behind.
Result<QUrl> Reader::readUrl()
{
    skipSpace();
    const qsizetype start = m_position;
    while (!isAtEnd()) {
        const QStringView behind = left().sliced(1);
        if (peek() == u';' && (behind.isEmpty() || behind[0].isSpace() || behind[0] == u';'))
            break;
        const qsizetype here = m_position++;
        if (!m_text[here].isSpace())
            continue;
        skipSpace();
        if (isAtEnd() || peek() == u';' || peek() == u'#') {
            m_position = here;
            break;
        }
    }
    const QStringView text = m_text.sliced(start, m_position - start);
    if (text.isEmpty())
        return misplaced(QT_TRANSLATE_NOOP("requirements", "a URL or path"));
    QUrl url(text.toString());
    if (!url.isValid())
        return fault(start, text.size(), tr("“%1” is not a URL").arg(elided(withoutSecrets(text))));
    return url;
}

Result<markers::Marker> Reader::readMarker()
{
    if (!take(u';'))
        return markers::Marker();
    Result<markers::Marker> marker = markers::Marker::parse(left());
    if (!marker)
        return std::unexpected(std::move(marker).error().within(m_text, m_position));
    m_position = m_text.size();
    return marker;
}

Result<Requirement> Reader::read()
{
    skipSpace();
    Requirement requirement{SCONCE_TRY(readName(QT_TRANSLATE_NOOP("requirements", "the name of a package")))};
    skipSpace();
    requirement.extras = SCONCE_TRY(readExtras());
    skipSpace();
    if (take(u'@'))
        requirement.url = SCONCE_TRY(readUrl());
    else if (!isAtEnd() && (peek() == u'(' || u"<>=!~"_s.contains(peek()) || peek().isDigit()))
        requirement.specifiers = SCONCE_TRY(readSpecifiers());
    skipSpace();
    requirement.marker = SCONCE_TRY(readMarker());
    if (!isAtEnd())
        return misplaced(QT_TRANSLATE_NOOP("requirements", "a version specifier, “@”, “;” or the end"));
    return requirement;
}

} // namespace

Result<Requirement> Requirement::parse(QStringView text)
{
    return Reader(text).read();
}

QString Requirement::text() const
{
    QString text = name.text();
    if (!extras.empty()) {
        QStringList names;
        for (const names::ExtraName &extra : extras)
            names += extra.text();
        text += u'[' + names.join(u',') + u']';
    }
    if (url)
        text += " @ "_L1 + url->toString(QUrl::FullyEncoded);
    text += specifiers.text(u",");
    if (!marker.isAlways())
        text += " ; "_L1 + marker.text();
    return text;
}

} // namespace sconce::requirements
