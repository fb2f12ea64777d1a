// SPDX-License-Identifier: Apache-2.0
#include "extras.h"

#include <functional>

#include "markers/diagrams.h"

namespace sconce::markers {

namespace {

/// Replaces nodes of extras; the others stay, with their children replaced.
class Replacer {
public:
    /// Gets the node and its children after replacement: extra in use, extra not in use.
    using Replace = std::function<Ref(Ref node, Ref in, Ref out)>;

    Replacer(Diagrams &diagrams, Replace replace)
        : m_diagrams(diagrams)
        , m_replace(std::move(replace))
    {}

    Ref of(Ref ref)
    {
        if (Diagrams::isLeaf(ref))
            return ref;
        if (const auto found = m_known.find(ref); found != m_known.end())
            return found->second;
        const Variable variable = m_diagrams.variableOf(ref);
        QVarLengthArray<Ref, 9> children;
        for (quint32 i = 0; i < m_diagrams.childCount(ref); ++i)
            children.append(of(m_diagrams.child(ref, i)));
        const Ref result = variable.kind == Variable::Kind::Extra
            ? m_replace(ref, children[0], children[1])
            : m_diagrams.node(variable, m_diagrams.cutsOf(ref), children);
        m_known.emplace(ref, result);
        return result;
    }

private:
    Diagrams &m_diagrams;
    Replace m_replace;
    std::unordered_map<Ref, Ref> m_known;
};

Marker assumed(const Marker &marker, const names::ExtraName &extra, bool isInUse)
{
    const Access diagrams;
    const Variable variable = diagrams->variable(Variable::Kind::Extra, 0, extra.text());
    Replacer replacer(*diagrams, [&](Ref node, Ref in, Ref out) {
        if (diagrams->variableOf(node) == variable)
            return isInUse ? in : out;
        return diagrams->node(diagrams->variableOf(node), {}, std::array{in, out});
    });
    return Nodes::marker(*diagrams, replacer.of(Nodes::of(marker)));
}

names::ExtraName nameOf(const Diagrams &diagrams, const Variable &variable)
{
    return *names::ExtraName::parse(
        QString::fromUtf8(diagrams.literalOf(variable))); // was a name when it came in
}

} // namespace

Marker withExtra(const Marker &marker, const names::ExtraName &extra)
{
    return assumed(marker, extra, true);
}

Marker withoutExtra(const Marker &marker, const names::ExtraName &extra)
{
    return assumed(marker, extra, false);
}

Marker withSomeExtras(const Marker &marker)
{
    const Access diagrams;
    Replacer replacer(
        *diagrams, [&](Ref, Ref in, Ref out) { return diagrams->disjunction(in, out, Worlds::Possible); });
    return Nodes::marker(*diagrams, replacer.of(Nodes::of(marker)));
}

Marker withNoExtras(const Marker &marker)
{
    const Access diagrams;
    Replacer replacer(*diagrams, [](Ref, Ref, Ref out) { return out; });
    return Nodes::marker(*diagrams, replacer.of(Nodes::of(marker)));
}

std::set<names::ExtraName> extrasOf(const Marker &marker)
{
    const Access diagrams;
    std::set<names::ExtraName> extras;
    Replacer visitor(*diagrams, [&](Ref node, Ref, Ref) {
        extras.insert(nameOf(*diagrams, diagrams->variableOf(node)));
        return node;
    });
    visitor.of(Nodes::of(marker));
    return extras;
}

bool holdsByExtras(const Marker &marker, const std::set<names::ExtraName> &extras)
{
    const Access diagrams;
    Replacer replacer(*diagrams, [&](Ref node, Ref in, Ref out) {
        return extras.contains(nameOf(*diagrams, diagrams->variableOf(node))) ? in : out;
    });
    return replacer.of(Nodes::of(marker)) == True;
}

} // namespace sconce::markers
