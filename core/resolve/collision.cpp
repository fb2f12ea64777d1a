// SPDX-License-Identifier: Apache-2.0
#include "resolve/collision.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <span>

#include "resolve/words.h"

namespace sconce::resolve {

using pubgrub::Package;

namespace {

/// A need of a fact: the arrow of a picture.
struct Arrow {
    const Fact *fact = nullptr;
    const Fact::Need *need = nullptr;
};
/// From the person's requirements, or a project of theirs, to a package.
using Way = std::vector<Arrow>;

class Search {
    Q_DECLARE_TR_FUNCTIONS(resolve)

public:
    Search(const std::vector<Fact> &facts, const Proof &proof)
        : m_facts(facts)
        , m_proof(proof)
        , m_words(proof)
    {
        std::map<Package, std::vector<Arrow>> outOf;
        std::set<Package> needed;
        for (const Fact &fact : facts) {
            for (const Fact::Need &need : fact.needs) {
                if (placeOf(need.package) == placeOf(fact.package))
                    continue;
                outOf[fact.package].push_back({&fact, &need});
                needed.insert(need.package);
            }
        }
        std::deque<Package> waiting;
        for (const auto &[package, arrows] : outOf) {
            if (package == Packages::Root || !needed.contains(package))
                reach(package, {}, waiting);
        }
        while (!waiting.empty()) {
            const Package here = waiting.front();
            waiting.pop_front();
            for (const Arrow &arrow : outOf[here]) {
                m_into[placeOf(arrow.need->package)].push_back(arrow);
                reach(arrow.need->package, arrow, waiting);
            }
        }
    }

    Collision find() const
    {
        if (std::optional<Collision> two = betweenTwo())
            return *std::move(two);
        if (std::optional<Collision> end = atAnEnd())
            return *std::move(end);
        return withinOne().value_or(Collision());
    }

private:
    /// A package with its extras and groups: they agree on a version. The root and Python stand for
    /// themselves.
    using Place = std::pair<VirtualPackage::Kind, NameId>;
    Place placeOf(Package package) const
    {
        const VirtualPackage &known = m_proof.packages[package];
        return {known.isReal() ? VirtualPackage::Kind::Package : known.kind, known.name};
    }

    void reach(Package package, const Arrow &by, std::deque<Package> &waiting)
    {
        if (m_reachedBy.emplace(package, by).second)
            waiting.push_back(package);
    }

    /// The shortest way that ends with `last`.
    Way wayTo(const Arrow &last) const
    {
        Way way{last};
        for (Arrow by = m_reachedBy.at(last.fact->package); by.fact; by = m_reachedBy.at(by.fact->package))
            way.push_back(by);
        std::ranges::reverse(way);
        return way;
    }

    std::optional<Collision> betweenTwo() const
    {
        std::optional<std::pair<Way, Way>> best;
        for (const auto &[place, all] : m_into) {
            // They come with the shortest ways first, and a picture of a long proof shows its near end.
            const auto arrows = std::span(all).first(std::min(all.size(), Most));
            for (auto first = arrows.begin(); first != arrows.end(); ++first) {
                for (auto second = std::next(first); second != arrows.end(); ++second) {
                    if (!first->need->range.isDisjointFrom(second->need->range))
                        continue;
                    std::pair<Way, Way> ways{wayTo(*first), wayTo(*second)};
                    if (!best || length(ways) < length(*best))
                        best = std::move(ways);
                }
            }
        }
        if (!best)
            return std::nullopt;
        const Arrow &first = best->first.back();
        const QString name = nameOf(first.need->package);
        const QString ranges[] = {
            Words::range(first.need->range), Words::range(best->second.back().need->range)};
        return Collision{name, tr("No version of %1 is both %2 and %3").arg(name, ranges[0], ranges[1]),
            {chain(best->first), chain(best->second)}};
    }

    /// Where a package has no version that would do.
    std::optional<Collision> atAnEnd() const
    {
        const Fact *end = nullptr;
        std::vector<Way> best;
        for (const Fact &fact : m_facts) {
            const auto into = m_into.find(placeOf(fact.package));
            if (fact.kind == Fact::Kind::Requires || into == m_into.end())
                continue;
            std::vector<Way> ways;
            for (const Arrow &arrow : std::span(into->second).first(std::min(into->second.size(), Most)))
                ways.push_back(wayTo(arrow));
            if (!end || ways.front().size() < best.front().size()) {
                end = &fact;
                best = std::move(ways);
            }
        }
        if (!end)
            return std::nullopt;
        Collision collision{nameOf(end->package), m_words.fact(*end), {chain(best.front())}};
        const auto isOther = [&](const Way &way) {
            return way.back().fact->package != best.front().back().fact->package;
        };
        if (const auto other = std::ranges::find_if(best, isOther); other != best.end())
            collision.chains.push_back(chain(*other));
        return collision;
    }

    /// Where a single requirement rules itself out: a >2, <1.
    std::optional<Collision> withinOne() const
    {
        for (const auto &[place, arrows] : m_into) {
            for (const Arrow &arrow : arrows) {
                if (arrow.need->range.isEmpty())
                    return Collision{nameOf(arrow.need->package), sentenceOf(arrow), {chain(wayTo(arrow))}};
            }
        }
        return std::nullopt;
    }

    static std::size_t length(const std::pair<Way, Way> &ways)
    {
        return ways.first.size() + ways.second.size();
    }

    QString nameOf(Package package) const
    {
        const VirtualPackage &known = m_proof.packages[package];
        return known.isReal() ? m_proof.packages[known.name].text() : m_proof.packages.text(package);
    }

    std::vector<Collision::Stop> chain(const Way &way) const
    {
        std::vector<Collision::Stop> stops;
        for (const Arrow &arrow : way) {
            const Fact &fact = *arrow.fact;
            const bool isRoot = fact.package == Packages::Root;
            const QString wanted = m_words.wanted(arrow.need->package, arrow.need->range);
            stops.push_back({isRoot ? QString() : m_words.existing(fact.package, fact.versions), wanted,
                sentenceOf(arrow)});
        }
        return stops;
    }

    QString sentenceOf(const Arrow &arrow) const
    {
        const Fact &fact = *arrow.fact;
        return m_words.fact({fact.kind, fact.package, fact.versions, {*arrow.need}, {}});
    }

    static constexpr std::size_t Most = 32;

    const std::vector<Fact> &m_facts;
    const Proof &m_proof;
    Words m_words;
    /// By which arrow the search came to a package; without one where it began.
    std::map<Package, Arrow> m_reachedBy;
    std::map<Place, std::vector<Arrow>> m_into;
};

} // namespace

Collision collisionIn(const std::vector<Fact> &facts, const Proof &proof)
{
    return Search(facts, proof).find();
}

} // namespace sconce::resolve
