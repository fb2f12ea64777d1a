// SPDX-License-Identifier: Apache-2.0
#include "clauses.h"

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace sconce::markers {

namespace {

/// From one cut to another; nothing is unbounded.
struct Range {
    std::optional<Cut> low;
    std::optional<Cut> high;
};

QString quoted(const QByteArray &value)
{
    const QChar quote = value.contains('\'') ? u'"' : u'\'';
    return quote + QString::fromUtf8(value) + quote;
}

class TermWriter {
public:
    TermWriter(const Diagrams &diagrams, Variable variable)
        : m_diagrams(diagrams)
        , m_variable(variable)
    {}

    Term boolean(bool holds) const
    {
        const QString name = nameOf(m_variable);
        const QString literal = quoted(m_diagrams.literalOf(m_variable));
        const QString in = holds ? u" in "_s : u" not in "_s;
        switch (m_variable.kind) {
        case Variable::Kind::Extra: return {m_variable, name + (holds ? u" == "_s : u" != "_s) + literal};
        case Variable::Kind::KeyIn: return {m_variable, name + in + literal};
        default: return {m_variable, literal + in + name};
        }
    }

    /// Ascending ranges that do not touch, as alternatives.
    std::vector<Clause> alternatives(const std::vector<Range> &ranges) const
    {
        if (!isDarwinRelease() && !ranges.front().low && !ranges.back().high) {
            if (const auto clause = everythingBut(ranges))
                return {*clause};
        }
        std::vector<Clause> result;
        for (const Range &range : ranges) {
            const QString minor = range.low && range.high ? minorSeries(*range.low, *range.high) : QString();
            if (range.low && range.high && isSameValue(*range.low, *range.high))
                result.push_back({term(u"==", *range.low)});
            else if (!minor.isEmpty())
                result.push_back({term(u"==", minor)});
            else
                result.push_back(bounds(range));
        }
        return result;
    }

private:
    bool isDarwinRelease() const { return m_variable.is(VersionKey::DarwinRelease); }
    bool isVersion() const { return m_variable.kind == Variable::Kind::Version; }

    bool isSameValue(Cut left, Cut right) const
    {
        return m_diagrams.order(m_variable.kind, {left.value, false}, {right.value, false}) == 0;
    }

    /// "!=" for each missing point, or for one missing minor series.
    std::optional<Clause> everythingBut(const std::vector<Range> &ranges) const
    {
        Clause clause;
        for (std::size_t i = 1; i < ranges.size(); ++i) {
            const Cut from = *ranges[i - 1].high;
            const Cut to = *ranges[i].low;
            if (isSameValue(from, to) && !from.isBehind && to.isBehind) {
                clause.push_back(term(u"!=", from));
                continue;
            }
            const QString minor = ranges.size() == 2 ? minorSeries(from, to) : QString();
            return minor.isEmpty() ? std::nullopt : std::optional(Clause{term(u"!=", minor)});
        }
        return clause;
    }

    Clause bounds(const Range &range) const
    {
        Clause clause;
        if (range.low)
            clause.push_back(term(range.low->isBehind ? u">" : u">=", *range.low));
        if (range.high)
            clause.push_back(term(range.high->isBehind ? u"<=" : u"<", *range.high));
        return clause;
    }

    /// "3.12.*" for what begins with 3.12 and ends before 3.13; else empty.
    QString minorSeries(Cut low, Cut high) const
    {
        if (!isVersion() || isDarwinRelease() || low.isBehind || high.isBehind)
            return {};
        const auto &from = m_diagrams.releaseOf(low.value);
        const auto &to = m_diagrams.releaseOf(high.value);
        const quint64 minor = from.size() > 1 ? from[1] : 0;
        if (from.size() > 2 || to != std::vector{from[0], minor + 1})
            return {};
        return u"%1.%2.*"_s.arg(from[0]).arg(minor);
    }

    Term term(QStringView op, Cut cut) const
    {
        const QByteArray &value =
            isVersion() ? m_diagrams.shownOf(cut.value) : m_diagrams.stringOf(cut.value);
        return {m_variable, u"%1 %2 %3"_s.arg(nameOf(m_variable), op, quoted(value))};
    }

    Term term(QStringView op, const QString &value) const
    {
        return {m_variable, u"%1 %2 '%3'"_s.arg(nameOf(m_variable), op, value)};
    }

    const Diagrams &m_diagrams;
    Variable m_variable;
};

/// Minato and Morreale's irredundant sum of products, for nodes with many children.
class Cover {
public:
    struct Result {
        std::vector<Clause> clauses;
        Ref function = False;
    };

    explicit Cover(Diagrams &diagrams)
        : m_diagrams(diagrams)
    {}

    /// Covers `low` and nothing outside of `high`.
    Result of(Ref low, Ref high)
    {
        if (low == False)
            return {};
        if (high == True)
            return {{Clause()}, True};
        const quint64 key = quint64(low) << 32 | high;
        if (const auto found = m_known.find(key); found != m_known.end())
            return found->second;
        return m_known.emplace(key, computed(low, high)).first->second;
    }

private:
    struct Group {
        std::vector<Clause> clauses;
        std::vector<qsizetype> pieces;
    };

    Result computed(Ref low, Ref high)
    {
        const Variable variable = m_diagrams.topOf(low, high);
        const Pieces parts = m_diagrams.pieces(variable, low, high);
        // What need not mention the variable.
        Ref common = True;
        for (const auto &part : parts.children)
            common = m_diagrams.conjunction(common, part.second, Worlds::All);

        QVarLengthArray<Ref, 9> covers(parts.children.size(), False);
        std::vector<Group> groups;
        Ref missing = False;
        const auto coverPiece = [&](qsizetype i) {
            const auto [pieceLow, pieceHigh] = parts.children[i];
            Result part = of(without(pieceLow, common), pieceHigh);
            missing = m_diagrams.disjunction(missing, without(pieceLow, part.function), Worlds::All);
            covers[i] = part.function;
            const auto same = std::ranges::find(groups, part.clauses, &Group::clauses);
            if (same != groups.end())
                same->pieces.push_back(i);
            else
                groups.push_back({std::move(part.clauses), {i}});
        };
        if (variable.hasRanges()) {
            for (qsizetype i = 0; i < parts.children.size(); ++i)
                coverPiece(i);
        } else {
            coverPiece(1); // of a boolean the false side first
            coverPiece(0);
        }

        Result result;
        for (const Group &group : groups) {
            for (const Clause &alternative :
                group.clauses.empty() ? std::vector<Clause>() : alternatives(variable, parts, group)) {
                for (const Clause &clause : group.clauses) {
                    result.clauses.push_back(alternative);
                    result.clauses.back().insert(result.clauses.back().end(), clause.begin(), clause.end());
                }
            }
        }
        const Result rest = of(missing, common);
        result.clauses.insert(result.clauses.end(), rest.clauses.begin(), rest.clauses.end());
        result.function =
            m_diagrams.disjunction(m_diagrams.node(variable, parts.cuts, covers), rest.function, Worlds::All);
        return result;
    }

    Ref without(Ref ref, Ref other)
    {
        return m_diagrams.conjunction(ref, Diagrams::negation(other), Worlds::All);
    }

    std::vector<Clause> alternatives(Variable variable, const Pieces &parts, const Group &group) const
    {
        const TermWriter writer(m_diagrams, variable);
        if (!variable.hasRanges())
            return {group.pieces.size() == 1 ? Clause{writer.boolean(group.pieces[0] == 0)} : Clause()};
        std::vector<Range> ranges;
        qsizetype previous = -1;
        for (const qsizetype i : group.pieces) {
            const auto low = i == 0 ? std::nullopt : std::optional(parts.cuts[i - 1]);
            const auto high = i == parts.cuts.size() ? std::nullopt : std::optional(parts.cuts[i]);
            if (!ranges.empty() && i == previous + 1)
                ranges.back().high = high;
            else
                ranges.push_back({low, high});
            previous = i;
        }
        return writer.alternatives(ranges);
    }

    Diagrams &m_diagrams;
    std::unordered_map<quint64, Result> m_known;
};

} // namespace

std::vector<Clause> clausesOf(Diagrams &diagrams, Ref ref)
{
    return Cover(diagrams).of(ref, ref).clauses;
}

QString nameOf(const Variable &variable)
{
    static const QString Strings[]{u"os_name"_s, u"sys_platform"_s, u"platform_system"_s,
        u"platform_machine"_s, u"platform_python_implementation"_s, u"platform_release"_s,
        u"platform_version"_s, u"implementation_name"_s};
    static const QString Versions[]{
        u"platform_release"_s, u"implementation_version"_s, u"python_full_version"_s};
    static const QString Lists[]{u"extras"_s, u"dependency_groups"_s};
    switch (variable.kind) {
    case Variable::Kind::String:
    case Variable::Kind::KeyIn:
    case Variable::Kind::InKey: return Strings[variable.key];
    case Variable::Kind::Version: return Versions[variable.key];
    case Variable::Kind::Extra: return u"extra"_s;
    case Variable::Kind::List: return Lists[variable.key];
    case Variable::Kind::Leaf: break;
    }
    return {};
}

} // namespace sconce::markers
