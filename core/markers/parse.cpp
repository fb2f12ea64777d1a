// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <QCoreApplication>

#include "base/text.h"
#include "markers/comparison.h"
#include "markers/marker.h"

using namespace Qt::StringLiterals;

namespace sconce::markers {

namespace {

// Far beyond any marker that people write; without them a line of text could fill the memory or the stack.
constexpr int MostNested = 100;
constexpr int MostComparisons = 2000;
constexpr std::size_t MostNodes = 100'000;
constexpr quint64 MostPaths = 200'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("markers", text);
}

struct Token {
    enum class Kind { End, Open, Close, Literal, Operator, Word };
    Kind kind = Kind::End;
    /// Without the quotes of a literal.
    QStringView text;
    qsizetype start = 0;
    qsizetype length = 0;
};

/// From a comparison's side: a variable or a literal.
struct Side {
    std::optional<Key> key;
    QStringView literal;
};

class Parser {
public:
    Parser(QStringView text, Diagrams &diagrams)
        : m_text(text)
        , m_diagrams(diagrams)
    {}

    Result<Ref> parse()
    {
        SCONCE_TRY(advance());
        if (m_token.kind == Token::Kind::End)
            return fault(m_token, tr("The marker is empty"));
        const std::optional<Ref> ref = SCONCE_TRY(alternatives());
        if (m_token.kind != Token::Kind::End)
            return fault(m_token,
                tr("“%1” cannot stand here: conditions are joined by “and” or “or”").arg(shown(m_token)));
        return ref.value_or(True);
    }

private:
    std::unexpected<Error> fault(const Token &token, const QString &sentence) const
    {
        Place place;
        place.line = 1;
        place.column = int(token.start) + 1;
        place.length = std::max(1, int(token.length));
        place.lineText = m_text.toString();
        return std::unexpected(Error(ErrorKind::BadInput, sentence).at(place));
    }

    QString shown(const Token &token) const { return m_text.mid(token.start, token.length).toString(); }

    Token take(Token::Kind kind, qsizetype length)
    {
        const Token token{kind, m_text.mid(m_position, length), m_position, length};
        m_position += length;
        return token;
    }

    Result<> advance()
    {
        static constexpr QStringView Operators[]{u"===", u"~=", u"==", u"!=", u"<=", u">=", u"<", u">"};
        while (m_position < m_text.size() && m_text[m_position].isSpace())
            ++m_position;
        const QStringView rest = m_text.mid(m_position);
        if (rest.isEmpty()) {
            m_token = take(Token::Kind::End, 0);
            return {};
        }
        if (rest[0] == u'(' || rest[0] == u')') {
            m_token = take(rest[0] == u'(' ? Token::Kind::Open : Token::Kind::Close, 1);
            return {};
        }
        if (rest[0] == u'\'' || rest[0] == u'"') {
            const qsizetype end = rest.indexOf(rest[0], 1);
            if (end < 0)
                return fault(
                    take(Token::Kind::Literal, rest.size()), tr("A closing %1 is missing").arg(rest[0]));
            m_token = take(Token::Kind::Literal, end + 1);
            m_token.text = m_token.text.sliced(1, end - 1);
            return {};
        }
        for (const QStringView op : Operators) {
            if (rest.startsWith(op)) {
                m_token = take(Token::Kind::Operator, op.size());
                return {};
            }
        }
        qsizetype end = 0;
        while (end < rest.size() && (rest[end].isLetterOrNumber() || rest[end] == u'_' || rest[end] == u'.'))
            ++end;
        if (end == 0)
            return fault(take(Token::Kind::End, 1), tr("“%1” has no meaning in a marker").arg(rest[0]));
        m_token = take(Token::Kind::Word, end);
        return {};
    }

    bool isWord(QStringView word) const { return m_token.kind == Token::Kind::Word && m_token.text == word; }

    // Both are folded from the left, as written: it matters, because impossible combinations vanish on the
    // way.
    Result<std::optional<Ref>> alternatives()
    {
        std::optional<Ref> all;
        for (;;) {
            if (const std::optional<Ref> next = SCONCE_TRY(conditions()))
                all = all ? m_diagrams.disjunction(*all, *next, Worlds::Possible) : *next;
            if (!isWord(u"or"))
                return all;
            SCONCE_TRY(advance());
        }
    }

    Result<std::optional<Ref>> conditions()
    {
        std::optional<Ref> all;
        for (;;) {
            if (const std::optional<Ref> next = SCONCE_TRY(condition()))
                all = all ? m_diagrams.conjunction(*all, *next, Worlds::Possible) : *next;
            if (!isWord(u"and"))
                return all;
            SCONCE_TRY(advance());
        }
    }

    Result<std::optional<Ref>> condition()
    {
        if (m_token.kind != Token::Kind::Open)
            return comparison();
        const Token open = m_token;
        if (++m_depth > MostNested)
            return fault(open, tr("The parentheses are nested more than %1 deep").arg(MostNested));
        SCONCE_TRY(advance());
        const std::optional<Ref> inner = SCONCE_TRY(alternatives());
        --m_depth;
        if (m_token.kind == Token::Kind::End)
            return fault(open, tr("This parenthesis is not closed"));
        if (m_token.kind != Token::Kind::Close)
            return fault(m_token,
                tr("“%1” cannot stand here: conditions are joined by “and” or “or”").arg(shown(m_token)));
        SCONCE_TRY(advance());
        return inner;
    }

    Result<std::optional<Ref>> comparison()
    {
        const Token start = m_token;
        if (++m_comparisons > MostComparisons)
            return fault(start, tr("The marker has more than %1 comparisons").arg(MostComparisons));
        const Side left = SCONCE_TRY(side());
        const Operator op = SCONCE_TRY(comparisonOperator(start));
        const Side right = SCONCE_TRY(side());
        if (left.key.has_value() == right.key.has_value())
            return std::optional<Ref>(); // two literals or two variables say nothing
        const auto ref = left.key ? compare(m_diagrams, *left.key, op, right.literal.toString())
                                  : compare(m_diagrams, *right.key, mirrored(op), left.literal.toString());
        if (m_diagrams.isExhausted())
            return fault(start, tr("The marker has too many combinations"));
        return ref;
    }

    Result<Side> side()
    {
        const Token token = m_token;
        if (token.kind == Token::Kind::End)
            return fault(token, tr("The marker ends where a variable or a quoted text should follow"));
        if (token.kind == Token::Kind::Literal) {
            SCONCE_TRY(advance());
            return Side{{}, token.text};
        }
        if (token.kind != Token::Kind::Word)
            return fault(
                token, tr("“%1” stands where a variable or a quoted text should be").arg(shown(token)));
        const auto key = Key::named(token.text);
        if (!key)
            return unknown(token);
        SCONCE_TRY(advance());
        return Side{key, {}};
    }

    std::unexpected<Error> unknown(const Token &token) const
    {
        auto result = fault(token, tr("“%1” is no variable of markers").arg(token.text));
        if (const auto similar = mostSimilar(token.text, Key::names()))
            return std::unexpected(std::move(result.error()).hint(tr("Write “%1”").arg(*similar)));
        return std::unexpected(std::move(result.error()).hint(tr("Put quotes around a value")));
    }

    Result<Operator> comparisonOperator(const Token &left)
    {
        static constexpr std::pair<QStringView, Operator> Names[]{{u"==", Operator::Equal},
            {u"!=", Operator::NotEqual}, {u"<", Operator::Less}, {u"<=", Operator::LessEqual},
            {u">", Operator::Greater}, {u">=", Operator::GreaterEqual}, {u"~=", Operator::Compatible},
            {u"in", Operator::In}};
        const Token token = m_token;
        if (isWord(u"not")) {
            SCONCE_TRY(advance());
            if (!isWord(u"in"))
                return fault(m_token, tr("After “not” only “in” can follow"));
            SCONCE_TRY(advance());
            return Operator::NotIn;
        }
        for (const auto &[name, op] : Names) {
            if (token.kind != Token::Kind::Literal && token.text == name) {
                SCONCE_TRY(advance());
                return op;
            }
        }
        if (token.text == u"===")
            return fault(token, tr("“===” cannot be used in a marker"));
        return fault(token, tr("A comparison such as “==” or “in” is missing after %1").arg(shown(left)));
    }

    QStringView m_text;
    Diagrams &m_diagrams;
    qsizetype m_position = 0;
    Token m_token;
    int m_depth = 0;
    int m_comparisons = 0;
};

/// Ways through the diagram, an upper bound for the length of its text; stops counting at `most`.
quint64 pathCount(const Diagrams &diagrams, Ref ref, quint64 most, std::unordered_map<Ref, quint64> &known)
{
    if (Diagrams::isLeaf(ref))
        return 1;
    if (const auto found = known.find(ref); found != known.end())
        return found->second;
    quint64 count = 0;
    for (quint32 i = 0; i < diagrams.childCount(ref); ++i)
        count = std::min(most, count + pathCount(diagrams, diagrams.child(ref, i), most, known));
    known.emplace(ref, count);
    return count;
}

} // namespace

Result<Marker> Marker::parse(QStringView text)
{
    const Access diagrams;
    diagrams->limit(MostNodes);
    Parser parser(text, *diagrams);
    const Result<Ref> ref = parser.parse();
    const bool isExhausted = diagrams->isExhausted();
    diagrams->limit(0);
    if (!ref)
        return std::unexpected(ref.error());
    std::unordered_map<Ref, quint64> known;
    if (isExhausted || pathCount(*diagrams, *ref, MostPaths, known) >= MostPaths) {
        return std::unexpected(Error(ErrorKind::BadInput, tr("The marker has too many combinations"))
                .at({{}, 1, 1, std::max(1, int(text.size())), text.toString()}));
    }
    return Marker(*diagrams, *ref);
}

} // namespace sconce::markers
