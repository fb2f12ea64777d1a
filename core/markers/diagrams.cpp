// SPDX-License-Identifier: Apache-2.0
#include "diagrams.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sconce::markers {

namespace {

std::size_t mixed(std::size_t seed, std::size_t value)
{
    return (seed ^ value) * 0x9e3779b97f4a7c15U ^ (seed >> 29);
}

std::size_t hashOf(const Variable &variable, std::span<const quint32> edges)
{
    std::size_t hash = mixed(std::size_t(variable.kind) << 8 | variable.key, variable.literal);
    for (const quint32 edge : edges)
        hash = mixed(hash, edge);
    return hash ^ hash >> 32;
}

std::span<const quint64> trimmed(std::span<const quint64> release)
{
    while (release.size() > 1 && release.back() == 0)
        release = release.first(release.size() - 1);
    return release;
}

QByteArray dotted(std::span<const quint64> release)
{
    QByteArray text;
    for (const quint64 number : release)
        text += (text.isEmpty() ? "" : ".") + QByteArray::number(number);
    return text;
}

} // namespace

Diagrams::Diagrams()
{
    m_nodes.push_back({}); // the leaf
    m_buckets.resize(1U << 12);
    for (auto &known : m_known)
        known.resize(m_buckets.size());
    m_strings.intern({}); // number 0
    m_impossible = unionOfImpossible();
}

Variable Diagrams::variable(Variable::Kind kind, quint8 key, QStringView literal)
{
    return {kind, key, string(literal)};
}

quint32 Diagrams::string(QStringView text)
{
    return m_strings.intern(text.toUtf8()).value;
}

quint32 Diagrams::release(std::span<const quint64> shown)
{
    const quint32 number = m_shown.intern(dotted(shown)).value;
    if (number < m_releases.size())
        return number;
    const std::span<const quint64> bare = trimmed(shown);
    m_releases.push_back({{bare.begin(), bare.end()}, number});
    if (bare.size() < shown.size()) {
        const quint32 canonical = release(bare);
        m_releases[number].canonical = canonical;
    }
    return number;
}

Ref Diagrams::node(Variable variable, std::span<const Cut> cuts, std::span<const Ref> children)
{
    // Neighbours that mean the same are one.
    QVarLengthArray<Cut, 8> keptCuts;
    QVarLengthArray<Ref, 9> keptChildren{children[0]};
    for (std::size_t i = 1; i < children.size(); ++i) {
        if (canonical(children[i]) == canonical(keptChildren.back()))
            continue;
        if (variable.hasRanges())
            keptCuts.append(cuts[i - 1]);
        keptChildren.append(children[i]);
    }
    if (keptChildren.size() == 1)
        return keptChildren[0];

    // A function and its negation share a node: the one whose first child is not negated.
    const Ref sign = keptChildren[0] & 1;
    QVarLengthArray<quint32, 18> edges;
    for (const Cut cut : std::as_const(keptCuts))
        edges.append(cut.value * 2 + cut.isBehind);
    for (Ref &child : keptChildren) {
        child ^= sign;
        edges.append(child);
    }
    const std::size_t before = m_nodes.size();
    const Ref ref = intern(variable, {edges.data(), std::size_t(edges.size())}, quint32(keptChildren.size()));
    if (m_nodes.size() > before) {
        const Ref plain = withoutSpelling(variable, {keptCuts.data(), std::size_t(keptCuts.size())},
            {keptChildren.data(), std::size_t(keptChildren.size())});
        m_nodes[ref / 2].canonical = plain == True ? ref : plain;
    }
    return firstSpelling(ref) ^ sign;
}

/// The node without needless zeros; True when the given one is that already.
Ref Diagrams::withoutSpelling(Variable variable, std::span<const Cut> cuts, std::span<const Ref> children)
{
    bool isPlain = true;
    QVarLengthArray<Cut, 8> plainCuts;
    for (const Cut cut : cuts) {
        const bool isVersion = variable.kind == Variable::Kind::Version;
        plainCuts.append({isVersion ? m_releases[cut.value].canonical : cut.value, cut.isBehind});
        isPlain = isPlain && plainCuts.back() == cut;
    }
    QVarLengthArray<Ref, 9> plainChildren;
    for (const Ref child : children) {
        plainChildren.append(canonical(child));
        isPlain = isPlain && plainChildren.back() == child;
    }
    if (isPlain)
        return True;
    // Not by node(): nobody has written it in this way.
    QVarLengthArray<quint32, 18> edges;
    for (const Cut cut : std::as_const(plainCuts))
        edges.append(cut.value * 2 + cut.isBehind);
    for (const Ref child : std::as_const(plainChildren))
        edges.append(child);
    const Ref ref =
        intern(variable, {edges.data(), std::size_t(edges.size())}, quint32(plainChildren.size()));
    m_nodes[ref / 2].canonical = ref;
    return ref;
}

Ref Diagrams::firstSpelling(Ref ref)
{
    Node &plain = m_nodes[m_nodes[ref / 2].canonical / 2];
    if (std::exchange(plain.spellings, m_spellings) != m_spellings)
        plain.written = ref;
    return plain.written;
}

void Diagrams::forgetSpellings()
{
    ++m_spellings;
    for (auto &known : m_known)
        known.assign(known.size(), {});
}

Ref Diagrams::intern(Variable variable, std::span<const quint32> edges, quint32 childCount)
{
    const std::size_t mask = m_buckets.size() - 1;
    std::size_t bucket = hashOf(variable, edges) & mask;
    for (; m_buckets[bucket] != 0; bucket = (bucket + 1) & mask) {
        const Node &other = m_nodes[m_buckets[bucket]];
        if (other.variable == variable && other.childCount == childCount
            && std::equal(edges.begin(), edges.end(), m_edges.begin() + other.first))
            return m_buckets[bucket] * 2;
    }
    const auto index = quint32(m_nodes.size());
    m_buckets[bucket] = index;
    m_nodes.push_back({variable, quint32(m_edges.size()), childCount});
    m_edges.insert(m_edges.end(), edges.begin(), edges.end());
    if (m_nodes.size() * 2 > m_buckets.size())
        grow();
    return index * 2;
}

void Diagrams::grow()
{
    m_buckets.assign(m_buckets.size() * 2, 0);
    const std::size_t mask = m_buckets.size() - 1;
    for (quint32 index = 1; index < m_nodes.size(); ++index) {
        const Node &node = m_nodes[index];
        std::size_t bucket =
            hashOf(node.variable, {m_edges.data() + node.first, node.cutCount() + node.childCount}) & mask;
        while (m_buckets[bucket] != 0)
            bucket = (bucket + 1) & mask;
        m_buckets[bucket] = index;
    }
    for (auto &known : m_known)
        known.assign(m_buckets.size(), {});
}

Ref Diagrams::between(Variable variable, std::optional<Cut> low, std::optional<Cut> high)
{
    QVarLengthArray<Cut, 2> cuts;
    QVarLengthArray<Ref, 3> children;
    if (low) {
        cuts.append(*low);
        children.append(False);
    }
    children.append(True);
    if (high) {
        cuts.append(*high);
        children.append(False);
    }
    return node(
        variable, {cuts.data(), std::size_t(cuts.size())}, {children.data(), std::size_t(children.size())});
}

Ref Diagrams::boolean(Variable variable)
{
    return node(variable, {}, std::array{True, False});
}

Diagrams::Known &Diagrams::known(Ref left, Ref right, Worlds worlds)
{
    std::vector<Known> &table = m_known[std::size_t(worlds)];
    return table[mixed(left, right) >> 20 & (table.size() - 1)];
}

Ref Diagrams::conjunction(Ref left, Ref right, Worlds worlds)
{
    if (left == False || right == False || canonical(left) == negation(canonical(right)))
        return False;
    if (left == True || left == right)
        return right;
    if (right == True)
        return left;
    if (right < left)
        std::swap(left, right);
    if (const Known &entry = known(left, right, worlds); entry.left == left && entry.right == right)
        return entry.result;
    if (m_ceiling != 0 && m_nodes.size() > m_ceiling) {
        m_isExhausted = true;
        return False;
    }

    const Variable variable = topOf(left, right);
    const Pieces parts = pieces(variable, left, right);
    QVarLengthArray<Ref, 9> children;
    for (const auto &[first, second] : parts.children)
        children.append(conjunction(first, second, worlds));
    Ref result = node(variable, {parts.cuts.data(), std::size_t(parts.cuts.size())},
        {children.data(), std::size_t(children.size())});
    if (worlds == Worlds::Possible && variableOf(left).isPlatform() && variableOf(right).isPlatform()
        && implies(result, impossible()))
        result = False;
    if (!m_isExhausted)
        known(left, right, worlds) = {left, right, result};
    return result;
}

Ref Diagrams::unionOfImpossible()
{
    using namespace Qt::StringLiterals;
    const auto equals = [this](StringKey key, QStringView value) {
        const quint32 number = string(value);
        return between(Variable::of(key), Cut{number, false}, Cut{number, true});
    };
    Ref all = False;
    const auto add = [&](StringKey key, QStringView value, std::initializer_list<QStringView> platforms) {
        for (const QStringView platform : platforms) {
            const Ref pair =
                conjunction(equals(key, value), equals(StringKey::SysPlatform, platform), Worlds::All);
            all = disjunction(all, pair, Worlds::All);
        }
    };
    add(StringKey::OsName, u"nt", {u"linux", u"darwin", u"ios"});
    add(StringKey::OsName, u"posix", {u"win32"});
    for (const QStringView system : {u"FreeBSD", u"NetBSD", u"OpenBSD", u"SunOS", u"iOS", u"iPadOS"}) {
        add(StringKey::PlatformSystem, system,
            {u"aix", u"android", u"emscripten", u"linux", u"darwin", u"win32", u"cygwin", u"wasi"});
        if (!system.startsWith(u'i'))
            add(StringKey::PlatformSystem, system, {u"ios"});
    }
    return all;
}

bool Diagrams::isDisjoint(Ref left, Ref right)
{
    const Ref both = conjunction(left, right, Worlds::Possible);
    return both == False || (variableOf(both).isPlatform() && implies(both, impossible()));
}

const Variable &Diagrams::topOf(Ref left, Ref right) const
{
    return order(variableOf(left), variableOf(right)) <= 0 ? variableOf(left) : variableOf(right);
}

Ref Diagrams::child(Ref ref, quint32 index) const
{
    const Node &node = m_nodes[ref / 2];
    return m_edges[node.first + node.cutCount() + index] ^ (ref & 1);
}

Cut Diagrams::cut(Ref ref, quint32 index) const
{
    const quint32 edge = m_edges[m_nodes[ref / 2].first + index];
    return {edge / 2, (edge & 1) != 0};
}

QVarLengthArray<Cut, 8> Diagrams::cutsOf(Ref ref) const
{
    QVarLengthArray<Cut, 8> cuts;
    for (quint32 i = 0; i < cutCount(ref); ++i)
        cuts.append(cut(ref, i));
    return cuts;
}

Pieces Diagrams::pieces(Variable variable, Ref left, Ref right) const
{
    const bool hasLeft = variableOf(left) == variable;
    const bool hasRight = variableOf(right) == variable;
    const auto pair = [&](quint32 i, quint32 j) {
        return std::pair(hasLeft ? child(left, i) : left, hasRight ? child(right, j) : right);
    };
    Pieces result;
    result.children.append(pair(0, 0));
    if (!variable.hasRanges()) {
        result.children.append(pair(1, 1));
        return result;
    }
    const quint32 leftCount = hasLeft ? cutCount(left) : 0;
    const quint32 rightCount = hasRight ? cutCount(right) : 0;
    for (quint32 i = 0, j = 0; i < leftCount || j < rightCount;) {
        auto which = std::strong_ordering::less;
        if (i == leftCount)
            which = std::strong_ordering::greater;
        else if (j < rightCount)
            which = order(variable.kind, cut(left, i), cut(right, j));
        Cut next = which <= 0 ? cut(left, i) : cut(right, j);
        // Of two spellings of one version the longer stays.
        if (which == 0 && next.value != cut(right, j).value
            && shownOf(next.value).size() < shownOf(cut(right, j).value).size())
            next = cut(right, j);
        i += which <= 0;
        j += which >= 0;
        result.cuts.append(next);
        result.children.append(pair(i, j));
    }
    return result;
}

std::strong_ordering Diagrams::order(const Variable &left, const Variable &right) const
{
    const auto kinds = std::tie(left.kind, left.key) <=> std::tie(right.kind, right.key);
    if (kinds != 0 || left.literal == right.literal)
        return kinds;
    return literalOf(left).compare(literalOf(right)) <=> 0;
}

std::strong_ordering Diagrams::order(Variable::Kind kind, Cut left, Cut right) const
{
    if (left.value != right.value) {
        const auto values = kind == Variable::Kind::Version
            ? releaseOf(left.value) <=> releaseOf(right.value)
            : stringOf(left.value).compare(stringOf(right.value)) <=> 0;
        if (values != 0)
            return values;
    }
    return left.isBehind <=> right.isBehind;
}

void Diagrams::limit(std::size_t nodes)
{
    m_ceiling = nodes == 0 ? 0 : m_nodes.size() + nodes;
    m_isExhausted = false;
}

Access::Access()
{
    static std::mutex mutex;
    static auto *const diagrams = new Diagrams; // markers may outlive any order of destruction
    m_lock = std::unique_lock(mutex);
    m_diagrams = diagrams;
}

} // namespace sconce::markers
