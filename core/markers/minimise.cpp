// SPDX-License-Identifier: Apache-2.0
#include "minimise.h"

namespace sconce::markers {

namespace {

class Minimiser {
public:
    explicit Minimiser(Diagrams &diagrams)
        : m_diagrams(diagrams)
    {}

    /// Something between `low` and `high`; low implies high.
    Ref between(Ref low, Ref high)
    {
        if (low == False)
            return False;
        if (high == True || low == high)
            return high;
        const quint64 key = quint64(low) << 32 | high;
        if (const auto found = m_known.find(key); found != m_known.end())
            return found->second;

        const Variable variable = m_diagrams.topOf(low, high);
        const Pieces parts = m_diagrams.pieces(variable, low, high);
        QVarLengthArray<Ref, 9> children;
        Ref runLow = parts.children[0].first;
        Ref runHigh = parts.children[0].second;
        qsizetype runStart = 0;
        const auto finishRun = [&](qsizetype end) {
            const Ref child = between(runLow, runHigh);
            for (; runStart < end; ++runStart)
                children.append(child);
        };
        // Only neighbours join, greedily from the left, as long as one function can serve them all.
        for (qsizetype i = 1; i < parts.children.size(); ++i) {
            const auto [nextLow, nextHigh] = parts.children[i];
            const Ref joinedLow = m_diagrams.disjunction(runLow, nextLow, Worlds::All);
            const Ref joinedHigh = m_diagrams.conjunction(runHigh, nextHigh, Worlds::All);
            if (m_diagrams.implies(joinedLow, joinedHigh)) {
                runLow = joinedLow;
                runHigh = joinedHigh;
            } else {
                finishRun(i);
                runLow = nextLow;
                runHigh = nextHigh;
            }
        }
        finishRun(parts.children.size());
        const Ref result = m_diagrams.node(variable, parts.cuts, children);
        m_known.emplace(key, result);
        return result;
    }

private:
    Diagrams &m_diagrams;
    std::unordered_map<quint64, Ref> m_known;
};

} // namespace

Ref minimised(Diagrams &diagrams, Ref ref)
{
    // The variables of impossible combinations are the highest: without one on top there is none in the
    // diagram.
    if (!diagrams.variableOf(ref).isPlatform())
        return ref;
    const Ref impossible = diagrams.impossible();
    const Ref low = diagrams.conjunction(ref, Diagrams::negation(impossible), Worlds::All);
    const Ref high = diagrams.disjunction(ref, impossible, Worlds::All);
    return Minimiser(diagrams).between(low, high);
}

} // namespace sconce::markers
