// SPDX-License-Identifier: Apache-2.0
#include "index/html_tokens.h"

#include <algorithm>

namespace sconce::index {

using namespace Qt::StringLiterals;

namespace {

constexpr std::pair<QLatin1StringView, char16_t> Entities[] = {{"amp"_L1, u'&'}, {"lt"_L1, u'<'},
    {"gt"_L1, u'>'}, {"quot"_L1, u'"'}, {"apos"_L1, u'\''}, {"nbsp"_L1, u'\u00A0'}};

/// The character of "#65" or "amp", the text between "&" and ";".
QString entity(QStringView name)
{
    if (name.startsWith(u'#')) {
        const bool isHex = name.size() > 1 && name[1].toLower() == u'x';
        bool isNumber = false;
        const uint code = name.sliced(isHex ? 2 : 1).toUInt(&isNumber, isHex ? 16 : 10);
        if (!isNumber || code == 0 || code > 0x10FFFF || QChar::isSurrogate(code))
            return {};
        const char32_t character = code;
        return QString::fromUcs4(&character, 1);
    }
    const auto *found =
        std::ranges::find_if(Entities, [name](const auto &entry) { return name == entry.first; });
    return found == std::end(Entities) ? QString() : QString(QChar(found->second));
}

bool isNameEnd(QChar c)
{
    return c.isSpace() || c == u'>' || c == u'/' || c == u'=';
}

} // namespace

QString withoutEntities(QStringView text)
{
    qsizetype place = text.indexOf(u'&');
    if (place < 0)
        return text.toString();
    QString plain;
    qsizetype from = 0;
    for (; place >= 0; place = text.indexOf(u'&', place + 1)) {
        const QStringView rest =
            text.sliced(place + 1).first(std::min<qsizetype>(10, text.size() - place - 1));
        const qsizetype end = rest.indexOf(u';');
        const QString character = end > 0 ? entity(rest.first(end)) : QString();
        if (character.isEmpty())
            continue;
        plain += text.sliced(from, place - from);
        plain += character;
        place += end + 1;
        from = place + 1;
    }
    return plain.append(text.sliced(from));
}

QString HtmlTag::attribute(QStringView wanted) const
{
    const auto found = std::ranges::find(attributes, wanted, &std::pair<QString, QString>::first);
    return found == attributes.end() ? QString() : found->second;
}

std::optional<HtmlTag> HtmlTokens::next()
{
    for (;;) {
        m_place = m_page.indexOf(u'<', m_place);
        if (m_place < 0)
            m_place = m_page.size();
        if (isAtEnd())
            return std::nullopt;
        ++m_place;
        if (m_page.sliced(m_place).startsWith("!--"_L1)) {
            skipComment();
            continue;
        }
        const bool isEnd = !isAtEnd() && m_page[m_place] == u'/';
        const qsizetype start = m_place;
        m_place += isEnd;
        if (isAtEnd() || !m_page[m_place].isLetter())
            continue;
        while (!isAtEnd() && !isNameEnd(m_page[m_place]))
            ++m_place;
        HtmlTag tag{m_page.sliced(start, m_place - start).toString().toLower(), {}};
        for (;;) {
            while (!isAtEnd() && (m_page[m_place].isSpace() || m_page[m_place] == u'/'))
                ++m_place;
            if (isAtEnd())
                return std::nullopt; // a tag that is cut off says nothing
            if (m_page[m_place] == u'>')
                break;
            std::pair<QString, QString> found = attribute();
            if (std::ranges::find(tag.attributes, found.first, &std::pair<QString, QString>::first)
                == tag.attributes.end())
                tag.attributes.push_back(std::move(found));
        }
        ++m_place;
        if (tag.name == "script"_L1 || tag.name == "style"_L1)
            skipContents(tag.name);
        return tag;
    }
}

void HtmlTokens::skipComment()
{
    const qsizetype end = m_page.indexOf("-->"_L1, m_place + 2);
    m_place = end < 0 ? m_page.size() : end + 3;
}

void HtmlTokens::skipContents(const QString &element)
{
    const qsizetype end = m_page.indexOf("</"_L1 + element, m_place, Qt::CaseInsensitive);
    m_place = end < 0 ? m_page.size() : end;
}

std::pair<QString, QString> HtmlTokens::attribute()
{
    const qsizetype start = m_place++; // a "=" in front belongs to the name, so there is always progress
    while (!isAtEnd() && !isNameEnd(m_page[m_place]))
        ++m_place;
    QString name = m_page.sliced(start, m_place - start).toString().toLower();
    skipSpace();
    // Present without a value is something else than absent.
    if (isAtEnd() || m_page[m_place] != u'=')
        return {std::move(name), u""_s};
    ++m_place;
    skipSpace();
    return {std::move(name), value()};
}

QString HtmlTokens::value()
{
    if (isAtEnd())
        return u""_s;
    const QChar quote = m_page[m_place];
    if (quote == u'"' || quote == u'\'') {
        const qsizetype start = ++m_place;
        const qsizetype end = m_page.indexOf(quote, start);
        m_place = end < 0 ? m_page.size() : end + 1;
        return withoutEntities(m_page.sliced(start, (end < 0 ? m_page.size() : end) - start));
    }
    const qsizetype start = m_place;
    while (!isAtEnd() && !m_page[m_place].isSpace() && m_page[m_place] != u'>')
        ++m_place;
    return withoutEntities(m_page.sliced(start, m_place - start));
}

void HtmlTokens::skipSpace()
{
    while (!isAtEnd() && m_page[m_place].isSpace())
        ++m_place;
}

} // namespace sconce::index
