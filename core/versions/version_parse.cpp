// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <QCoreApplication>

#include "base/text.h"
#include "versions/version.h"

namespace sconce::versions {

namespace {

bool isSeparator(char16_t unit)
{
    return unit == u'.' || unit == u'-' || unit == u'_';
}

bool isDigit(char16_t unit)
{
    return unit >= u'0' && unit <= u'9';
}

bool isLetter(char16_t unit)
{
    return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z');
}

char16_t lowered(char16_t unit)
{
    return unit >= u'A' && unit <= u'Z' ? char16_t(unit + 32) : unit;
}

/// Reads one version from the left; each step takes what it knows and leaves the rest to the next.
class Reader {
public:
    explicit Reader(QStringView text)
        : m_text(text)
    {}

    /// Nothing, when the text is not a version; then `position()` is where reading stopped.
    std::optional<Version::Parts> read();
    qsizetype position() const { return m_position; }
    bool isTooLarge() const { return m_isTooLarge; }

private:
    using Word = std::pair<QLatin1StringView, Version::PreRelease::Kind>;

    char16_t peek(qsizetype ahead = 0) const
    {
        return m_position + ahead < m_text.size() ? m_text[m_position + ahead].unicode() : u'\0';
    }
    bool take(char16_t unit)
    {
        const bool isNext = peek() == unit && m_position < m_text.size();
        m_position += isNext;
        return isNext;
    }
    bool take(QLatin1StringView word);
    /// A word with an optional separator before it and after it, and its number: "-alpha.1". Takes nothing if
    /// the word is absent.
    template <class Words>
    bool takeLabel(const Words &words, std::size_t &which, quint64 &number);
    quint64 takeNumber();
    void readRelease(Version::Parts &parts);
    void readPre(Version::Parts &parts);
    void readPost(Version::Parts &parts);
    void readDev(Version::Parts &parts);
    bool readLocal(Version::Parts &parts);

    QStringView m_text;
    qsizetype m_position = 0;
    bool m_isTooLarge = false;
};

bool Reader::take(QLatin1StringView word)
{
    for (qsizetype i = 0; i < word.size(); ++i) {
        if (lowered(peek(i)) != word[i].unicode())
            return false;
    }
    m_position += word.size();
    return true;
}

quint64 Reader::takeNumber()
{
    constexpr quint64 Limit = quint64(1) << 63;
    quint64 number = 0;
    for (; isDigit(peek()); ++m_position) {
        const quint64 digit = peek() - u'0';
        m_isTooLarge = m_isTooLarge || number > (Limit - 1 - digit) / 10;
        number = m_isTooLarge ? 0 : number * 10 + digit;
    }
    return number;
}

template <class Words>
bool Reader::takeLabel(const Words &words, std::size_t &which, quint64 &number)
{
    const qsizetype start = m_position;
    m_position += isSeparator(peek());
    for (which = 0; which < words.size(); ++which) {
        if (!take(words[which]))
            continue;
        m_position += isSeparator(peek());
        number = takeNumber();
        return true;
    }
    m_position = start;
    return false;
}

void Reader::readRelease(Version::Parts &parts)
{
    parts.release.clear();
    do {
        parts.release.append(takeNumber());
        if (parts.release.size() == 1 && parts.epoch == 0 && take(u'!')) {
            parts.epoch = parts.release.first();
            parts.release.clear();
            if (!isDigit(peek()))
                return;
            parts.release.append(takeNumber());
        }
    } while (peek() == u'.' && isDigit(peek(1)) && take(u'.'));
}

void Reader::readPre(Version::Parts &parts)
{
    using Kind = Version::PreRelease::Kind;
    // Longer words stand before their beginnings.
    static constexpr std::array<QLatin1StringView, 8> Words{QLatin1StringView("alpha"),
        QLatin1StringView("a"), QLatin1StringView("beta"), QLatin1StringView("b"),
        QLatin1StringView("preview"), QLatin1StringView("pre"), QLatin1StringView("rc"),
        QLatin1StringView("c")};
    std::size_t which = 0;
    quint64 number = 0;
    if (takeLabel(Words, which, number))
        parts.pre = {which < 2 ? Kind::Alpha : which < 4 ? Kind::Beta : Kind::Candidate, number};
}

void Reader::readPost(Version::Parts &parts)
{
    static constexpr std::array<QLatin1StringView, 3> Words{
        QLatin1StringView("post"), QLatin1StringView("rev"), QLatin1StringView("r")};
    std::size_t which = 0;
    quint64 number = 0;
    if (takeLabel(Words, which, number)) {
        parts.post = number;
    } else if (peek() == u'-' && isDigit(peek(1))) {
        ++m_position;
        parts.post = takeNumber();
    }
}

void Reader::readDev(Version::Parts &parts)
{
    static constexpr std::array<QLatin1StringView, 1> Words{QLatin1StringView("dev")};
    std::size_t which = 0;
    quint64 number = 0;
    if (takeLabel(Words, which, number))
        parts.dev = number;
}

bool Reader::readLocal(Version::Parts &parts)
{
    if (!take(u'+'))
        return true;
    do {
        const qsizetype start = m_position;
        bool isNumber = true;
        for (; isDigit(peek()) || isLetter(peek()); ++m_position)
            isNumber = isNumber && isDigit(peek());
        if (m_position == start)
            return false;
        if (!isNumber) {
            parts.local.push_back(
                {std::nullopt, m_text.sliced(start, m_position - start).toString().toLower()});
            continue;
        }
        m_position = start;
        parts.local.push_back({takeNumber(), {}});
    } while (isSeparator(peek()) && ++m_position);
    return true;
}

std::optional<Version::Parts> Reader::read()
{
    Version::Parts parts;
    const auto skipSpace = [this] {
        while (m_position < m_text.size() && m_text[m_position].isSpace())
            ++m_position;
    };
    skipSpace();
    if (lowered(peek()) == u'v')
        ++m_position;
    if (!isDigit(peek()))
        return std::nullopt;
    readRelease(parts);
    if (parts.release.isEmpty())
        return std::nullopt;
    if (peek() != u'+') {
        readPre(parts);
        readPost(parts);
        readDev(parts);
    }
    if (!readLocal(parts))
        return std::nullopt;
    skipSpace();
    if (m_position < m_text.size() || m_isTooLarge)
        return std::nullopt;
    return parts;
}

QString complaint(QStringView text, const Reader &reader)
{
    const QString shown = elided(text);
    if (shown.isEmpty())
        return QCoreApplication::translate("versions", "A version is empty where one is needed");
    if (reader.isTooLarge())
        return QCoreApplication::translate(
            "versions", "“%1” is not a usable version: a number in it is too large")
            .arg(shown);
    const QString left = elided(text.mid(reader.position()));
    if (left.isEmpty())
        return QCoreApplication::translate("versions", "“%1” is not a version: it ends too early").arg(shown);
    return QCoreApplication::translate("versions", "“%1” is not a version: “%2” does not belong there")
        .arg(shown, left);
}

} // namespace

/// "2.5.1": nearly all versions are no more than this, and an index page has thousands.
std::optional<Version::Packed> Version::Packed::ofPlain(QStringView text)
{
    Packed packed = Zero;
    packed.suffix &= ~quint64(7);
    for (int count = 0; count < 4; ++count) {
        quint64 number = 0;
        qsizetype digits = 0;
        for (; digits < text.size() && digits < 5 && isDigit(text[digits].unicode()); ++digits)
            number = number * 10 + text[digits].unicode() - u'0';
        if (digits == 0 || number > 0xffff)
            return std::nullopt;
        packed.release |= number << (48 - 16 * count);
        ++packed.suffix;
        if (digits == text.size())
            return packed;
        if (text[digits] != u'.')
            return std::nullopt;
        text = text.sliced(digits + 1);
    }
    return std::nullopt;
}

Result<Version> Version::parse(QStringView text)
{
    if (const std::optional<Packed> packed = Packed::ofPlain(text)) {
        Version version;
        version.m_packed = *packed;
        return version;
    }
    Reader reader(text);
    if (std::optional<Parts> parts = reader.read())
        return from(std::move(*parts));
    const qsizetype column = std::min(reader.position(), std::max<qsizetype>(0, text.size() - 1));
    return std::unexpected(Error(ErrorKind::BadInput, complaint(text, reader))
            .at({{}, 1, int(column) + 1, std::max(1, int(text.size() - column)), text.toString()}));
}

} // namespace sconce::versions
