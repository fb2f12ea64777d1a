// SPDX-License-Identifier: Apache-2.0
#include "simplify.h"

#include "markers/minimise.h"

namespace sconce::markers {

namespace {

const Variable Python = Variable::of(VersionKey::PythonFullVersion);

std::optional<Cut> cutOf(Diagrams &diagrams, const std::optional<versions::ReleaseRange::Cut> &cut)
{
    if (!cut)
        return {};
    auto release = cut->release.release();
    while (release.size() > 1 && release.back() == 0)
        release.pop_back();
    return Cut{diagrams.release(release), cut->isAbove};
}

versions::ReleaseRange::Cut cutOf(const Diagrams &diagrams, Cut cut)
{
    const auto &release = diagrams.releaseOf(cut.value);
    versions::Version::Parts parts;
    parts.release.assign(release.begin(), release.end());
    return {versions::Version::from(std::move(parts)), cut.isBehind};
}

class Simplifier {
public:
    Simplifier(Diagrams &diagrams, const PythonBounds &bounds)
        : m_diagrams(diagrams)
        , m_low(cutOf(diagrams, bounds.low))
        , m_high(cutOf(diagrams, bounds.high))
    {}

    Ref of(Ref ref)
    {
        if (Diagrams::isLeaf(ref))
            return ref;
        if (const auto found = m_known.find(ref); found != m_known.end())
            return found->second;
        const Variable variable = m_diagrams.variableOf(ref);
        const QVarLengthArray<Cut, 8> cuts = m_diagrams.cutsOf(ref);
        QVarLengthArray<Cut, 8> kept;
        QVarLengthArray<Ref, 9> children;
        for (quint32 i = 0; i < m_diagrams.childCount(ref); ++i) {
            if (variable == Python && isOutside(cuts, i))
                continue;
            if (variable.hasRanges() && !children.isEmpty())
                kept.append(cuts[i - 1]);
            children.append(of(m_diagrams.child(ref, i)));
        }
        const Ref result = children.isEmpty() ? False : m_diagrams.node(variable, kept, children);
        m_known.emplace(ref, result);
        return result;
    }

private:
    bool isOutside(const QVarLengthArray<Cut, 8> &cuts, quint32 piece) const
    {
        const auto compare = [this](Cut left, Cut right) {
            return m_diagrams.order(Variable::Kind::Version, left, right);
        };
        return (m_low && piece < cuts.size() && compare(cuts[piece], *m_low) <= 0)
            || (m_high && piece > 0 && compare(cuts[piece - 1], *m_high) >= 0);
    }

    Diagrams &m_diagrams;
    std::optional<Cut> m_low;
    std::optional<Cut> m_high;
    std::unordered_map<Ref, Ref> m_known;
};

class Restrictor {
public:
    explicit Restrictor(Diagrams &diagrams)
        : m_diagrams(diagrams)
    {}

    Ref of(Ref value, Ref assumption)
    {
        if (assumption == True || Diagrams::isLeaf(value))
            return value;
        if (assumption == False)
            return False;
        if (m_diagrams.canonical(value) == m_diagrams.canonical(assumption))
            return True;
        if (m_diagrams.canonical(value) == m_diagrams.canonical(Diagrams::negation(assumption)))
            return False;
        const quint64 key = quint64(value) << 32 | assumption;
        if (const auto found = m_known.find(key); found != m_known.end())
            return found->second;
        const auto first = m_diagrams.order(m_diagrams.variableOf(value), m_diagrams.variableOf(assumption));
        const Ref result = first > 0 ? of(value, anyChild(assumption)) : rebuilt(value, assumption);
        m_known.emplace(key, result);
        return result;
    }

private:
    Ref anyChild(Ref assumption)
    {
        Ref any = False;
        for (quint32 i = 0; i < m_diagrams.childCount(assumption); ++i)
            any = m_diagrams.disjunction(any, m_diagrams.child(assumption, i), Worlds::All);
        return any;
    }

    /// The assumption has the value's variable on top, or a lower one.
    Ref rebuilt(Ref value, Ref assumption)
    {
        const Variable variable = m_diagrams.variableOf(value);
        const Pieces parts = m_diagrams.pieces(variable, value, assumption);
        std::optional<Ref> firstReachable;
        QVarLengthArray<std::optional<Ref>, 9> results;
        for (const auto &[part, known] : parts.children) {
            results.append(known == False ? std::nullopt : std::optional(of(part, known)));
            if (!firstReachable)
                firstReachable = results.back();
        }
        QVarLengthArray<Ref, 9> children;
        for (const std::optional<Ref> &result : std::as_const(results))
            children.append(result.value_or(firstReachable.value_or(False)));
        return m_diagrams.node(variable, parts.cuts, children);
    }

    Diagrams &m_diagrams;
    std::unordered_map<quint64, Ref> m_known;
};

class Hull {
public:
    explicit Hull(Diagrams &diagrams)
        : m_diagrams(diagrams)
    {}

    struct Bounds {
        std::optional<Cut> low;
        std::optional<Cut> high;
    };

    std::optional<Bounds> of(Ref ref)
    {
        if (Diagrams::isLeaf(ref))
            return ref == True ? std::optional(Bounds()) : std::nullopt;
        if (const auto found = m_known.find(ref); found != m_known.end())
            return found->second;
        std::optional<Bounds> hull;
        const bool isPython = m_diagrams.variableOf(ref) == Python;
        const quint32 count = m_diagrams.childCount(ref);
        for (quint32 i = 0; i < count; ++i) {
            const Ref child = m_diagrams.child(ref, i);
            if (!isPython)
                hull = united(hull, of(child));
            else if (child != False)
                hull = united(hull,
                    Bounds{i == 0 ? std::nullopt : std::optional(m_diagrams.cut(ref, i - 1)),
                        i + 1 == count ? std::nullopt : std::optional(m_diagrams.cut(ref, i))});
        }
        m_known.emplace(ref, hull);
        return hull;
    }

private:
    std::optional<Bounds> united(const std::optional<Bounds> &left, const std::optional<Bounds> &right) const
    {
        if (!left || !right)
            return left ? left : right;
        const auto isLess = [this](
                                Cut a, Cut b) { return m_diagrams.order(Variable::Kind::Version, a, b) < 0; };
        Bounds result = *left;
        if (!right->low || (result.low && isLess(*right->low, *result.low)))
            result.low = right->low;
        if (!right->high || (result.high && isLess(*result.high, *right->high)))
            result.high = right->high;
        return result;
    }

    Diagrams &m_diagrams;
    std::unordered_map<Ref, std::optional<Bounds>> m_known;
};

/// Kinds of nodes in the order of a lock.
int rank(Ref ref, const Variable &variable)
{
    switch (variable.kind) {
    case Variable::Kind::Version: return 2;
    case Variable::Kind::String: return 3;
    case Variable::Kind::KeyIn: return 4;
    case Variable::Kind::InKey: return 5;
    case Variable::Kind::List: return 6;
    case Variable::Kind::Extra: return 7;
    case Variable::Kind::Leaf: break;
    }
    return ref == True ? 0 : 1;
}

std::strong_ordering orderOf(const Diagrams &diagrams, Ref left, Ref right)
{
    if (left == right)
        return std::strong_ordering::equal;
    const Variable variable = diagrams.variableOf(left);
    const Variable other = diagrams.variableOf(right);
    if (const auto ranks = rank(left, variable) <=> rank(right, other); ranks != 0)
        return ranks;
    if (const auto variables = diagrams.order(variable, other); variables != 0)
        return variables;
    const quint32 leftCuts = diagrams.cutCount(left);
    const quint32 rightCuts = diagrams.cutCount(right);
    for (quint32 i = 0; i < std::min(diagrams.childCount(left), diagrams.childCount(right)); ++i) {
        // The ranges begin alike, or an earlier end would have differed; an end without a cut is the highest.
        if (i < leftCuts && i < rightCuts) {
            const auto ends = diagrams.order(variable.kind, diagrams.cut(left, i), diagrams.cut(right, i));
            if (ends != 0)
                return ends;
        } else if (i < leftCuts || i < rightCuts) {
            return i < leftCuts ? std::strong_ordering::less : std::strong_ordering::greater;
        }
        if (const auto children = orderOf(diagrams, diagrams.child(left, i), diagrams.child(right, i));
            children != 0)
            return children;
    }
    return std::strong_ordering::equal;
}

} // namespace

Marker pythonWithin(const PythonBounds &bounds)
{
    const Access diagrams;
    const Ref ref = diagrams->between(Python, cutOf(*diagrams, bounds.low), cutOf(*diagrams, bounds.high));
    return Nodes::marker(*diagrams, ref);
}

Marker simplified(const Marker &marker, const PythonBounds &bounds)
{
    const Access diagrams;
    return Nodes::marker(*diagrams, Simplifier(*diagrams, bounds).of(Nodes::of(marker)));
}

std::optional<PythonBounds> pythonHull(const Marker &marker)
{
    const Access diagrams;
    const auto hull = Hull(*diagrams).of(Nodes::of(marker));
    if (!hull)
        return {};
    PythonBounds bounds;
    if (hull->low)
        bounds.low = cutOf(*diagrams, *hull->low);
    if (hull->high)
        bounds.high = cutOf(*diagrams, *hull->high);
    return bounds;
}

Marker restricted(const Marker &marker, const Marker &assumption)
{
    const Access diagrams;
    return Nodes::marker(*diagrams, Restrictor(*diagrams).of(Nodes::of(marker), Nodes::of(assumption)));
}

Marker minimised(const Marker &marker)
{
    const Access diagrams;
    return Nodes::marker(*diagrams, minimised(*diagrams, Nodes::of(marker)));
}

std::strong_ordering order(const Marker &left, const Marker &right)
{
    const Access diagrams;
    return orderOf(*diagrams, left.node(), right.node());
}

} // namespace sconce::markers
