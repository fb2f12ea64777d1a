// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include <QByteArray>
#include <QString>
#include <QVarLengthArray>

#include "base/ids.h"
#include "markers/marker.h"

/// The table behind Marker; only this module looks into it.
namespace sconce::markers {

/// A node, by index times two; the odd number is its negation.
using Ref = quint32;
inline constexpr Ref True = 0;
inline constexpr Ref False = 1;

enum class StringKey : quint8 {
    OsName,
    SysPlatform,
    PlatformSystem,
    PlatformMachine,
    PlatformPythonImplementation,
    PlatformRelease,
    PlatformVersion,
    ImplementationName
};
/// DarwinRelease is platform_release where it is compared as a version.
enum class VersionKey : quint8 { DarwinRelease, ImplementationVersion, PythonFullVersion };
enum class ListKey : quint8 { Extras, DependencyGroups };

/// What a node asks. The order of kinds and keys is the order of the diagram, first nearest to the root.
struct Variable {
    enum class Kind : quint8 {
        String, // ranges of a StringKey
        Version, // ranges of a VersionKey
        KeyIn, // sys_platform in 'literal'
        InKey, // 'literal' in sys_platform
        Extra, // extra == 'literal'
        List, // 'literal' in extras
        Leaf // nothing: always
    };
    Kind kind = Kind::Leaf;
    quint8 key = 0;
    /// Number of the literal's text; 0 where the kind has none.
    quint32 literal = 0;

    static Variable of(StringKey key) { return {Kind::String, quint8(key), 0}; }
    static Variable of(VersionKey key) { return {Kind::Version, quint8(key), 0}; }
    bool hasRanges() const { return kind <= Kind::Version; }
    bool is(StringKey other) const { return *this == of(other); }
    bool is(VersionKey other) const { return *this == of(other); }
    /// One of those that occur in impossible combinations.
    bool isPlatform() const { return kind == Kind::String && key <= quint8(StringKey::PlatformSystem); }
    bool operator==(const Variable &) const = default;
};

/// A place between values: directly before `value`, or directly behind it.
struct Cut {
    quint32 value = 0;
    bool isBehind = false;
    bool operator==(const Cut &) const = default;
};

/// Two functions cut by one variable: one more pair of children than cuts. Of a boolean: no cuts, (true side,
/// false side).
struct Pieces {
    QVarLengthArray<Cut, 8> cuts;
    QVarLengthArray<std::pair<Ref, Ref>, 9> children;
};

/// Whether combinations that no computer has are removed at each level of a conjunction (resolver.md § 12.3).
enum class Worlds { All, Possible };

/// Reduced ordered decision diagrams, interned: one function is one node, so equality is equality of numbers.
///
/// Versions are equal whatever their trailing zeros, yet a marker is printed with the zeros it was written
/// with. So there are nodes that mean the same and differ in spelling; canonical() gives the one with no
/// needless zeros. As in the reference, of several ways to write a node the first counts: the others become
/// it.
class Diagrams {
public:
    Diagrams();

    // Building
    Variable variable(Variable::Kind kind, quint8 key, QStringView literal);
    quint32 string(QStringView text);
    /// `shown` is how it prints; trailing zeros do not count in comparisons.
    quint32 release(std::span<const quint64> shown);
    Ref node(Variable variable, std::span<const Cut> cuts, std::span<const Ref> children);
    Ref between(Variable variable, std::optional<Cut> low, std::optional<Cut> high);
    Ref boolean(Variable variable);

    // Logic
    static Ref negation(Ref ref) { return ref ^ 1; }
    Ref conjunction(Ref left, Ref right, Worlds worlds);
    Ref disjunction(Ref left, Ref right, Worlds worlds)
    {
        return negation(conjunction(negation(left), negation(right), worlds));
    }
    bool implies(Ref left, Ref right) { return conjunction(left, negation(right), Worlds::All) == False; }
    /// The union of all combinations that no computer has.
    Ref impossible() const { return m_impossible; }
    bool isDisjoint(Ref left, Ref right);
    Pieces pieces(Variable variable, Ref left, Ref right) const;

    // Looking
    static bool isLeaf(Ref ref) { return ref <= False; }
    const Variable &variableOf(Ref ref) const { return m_nodes[ref / 2].variable; }
    const Variable &topOf(Ref left, Ref right) const;
    quint32 childCount(Ref ref) const { return m_nodes[ref / 2].childCount; }
    Ref child(Ref ref, quint32 index) const;
    quint32 cutCount(Ref ref) const { return m_nodes[ref / 2].cutCount(); }
    Cut cut(Ref ref, quint32 index) const;
    QVarLengthArray<Cut, 8> cutsOf(Ref ref) const;
    Ref canonical(Ref ref) const { return m_nodes[ref / 2].canonical ^ (ref & 1); }
    std::strong_ordering order(const Variable &left, const Variable &right) const;
    std::strong_ordering order(Variable::Kind kind, Cut left, Cut right) const;
    const QByteArray &literalOf(const Variable &variable) const { return m_strings[{variable.literal}]; }
    const QByteArray &stringOf(quint32 value) const { return m_strings[{value}]; }
    const QByteArray &shownOf(quint32 release) const { return m_shown[{release}]; }
    const std::vector<quint64> &releaseOf(quint32 release) const { return m_releases[release].numbers; }

    /// Texts already made, by node.
    std::unordered_map<Ref, QString> texts;

    /// From here on nothing was written before.
    void forgetSpellings();

    // Limits, for input that would fill the memory
    std::size_t size() const { return m_nodes.size(); }
    /// From here on a conjunction that would need more than `nodes` new nodes gives up; 0: no limit.
    void limit(std::size_t nodes);
    /// A conjunction gave up since limit(); what came out of it means nothing.
    bool isExhausted() const { return m_isExhausted; }

private:
    struct Node {
        Variable variable;
        quint32 first = 0; // in m_edges: cuts (value * 2 + isBehind), then children
        quint32 childCount = 0;
        Ref canonical = True;
        /// Of a canonical node: how its meaning was written first, and in which round.
        Ref written = True;
        quint32 spellings = 0;
        quint32 cutCount() const { return variable.hasRanges() ? childCount - 1 : 0; }
    };
    struct Release {
        std::vector<quint64> numbers; // no trailing zeros
        quint32 canonical = 0;
    };
    struct Known {
        Ref left = True;
        Ref right = True;
        Ref result = True;
    };
    struct StringTag;
    struct ShownTag;

    Ref intern(Variable variable, std::span<const quint32> edges, quint32 childCount);
    Ref withoutSpelling(Variable variable, std::span<const Cut> cuts, std::span<const Ref> children);
    Ref firstSpelling(Ref ref);
    Ref unionOfImpossible();
    void grow();
    Known &known(Ref left, Ref right, Worlds worlds);

    std::vector<Node> m_nodes;
    std::vector<quint32> m_edges;
    std::vector<quint32> m_buckets; // open addressing; index of a node, 0 is free
    std::vector<Known>
        m_known[2]; // results of conjunctions by Worlds; a later pair may take an earlier one's place
    Interner<StringTag, QByteArray> m_strings;
    Interner<ShownTag, QByteArray> m_shown;
    std::vector<Release> m_releases;
    Ref m_impossible = False;
    quint32 m_spellings = 1;
    std::size_t m_ceiling = 0;
    bool m_isExhausted = false;
};

/// The one table of the process, locked while the value lives.
class Access {
public:
    Access();
    Diagrams *operator->() const { return m_diagrams; }
    Diagrams &operator*() const { return *m_diagrams; }

private:
    std::unique_lock<std::mutex> m_lock;
    Diagrams *m_diagrams;
};

/// The way from a marker to its node and back.
struct Nodes {
    static Ref of(const Marker &marker) { return marker.m_spelled; }
    static Marker marker(const Diagrams &diagrams, Ref ref) { return {diagrams, ref}; }
};

} // namespace sconce::markers
