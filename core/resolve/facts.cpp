// SPDX-License-Identifier: Apache-2.0
#include "resolve/facts.h"

#include <algorithm>
#include <unordered_map>

namespace sconce::resolve {

using pubgrub::Incompatibility;
using pubgrub::Package;
using Kind = VirtualPackage::Kind;

namespace {

class Builder {
public:
    explicit Builder(const Proof &proof)
        : m_proof(proof)
    {}

    std::vector<Step> build()
    {
        for (const auto id : m_proof.incompatibilities.derivation(m_proof.failure))
            m_places[id] = place(m_proof.incompatibilities[id]);
        return std::move(m_steps);
    }

private:
    /// Nothing for what a person need not be told.
    using Place = std::optional<std::size_t>;

    /// The package as a person knows it.
    Package shown(Package package)
    {
        const VirtualPackage known = m_proof.packages[package];
        return known.isReal()
            ? m_proof.packages.intern({.name = known.name, .extra = known.extra, .group = known.group})
            : package;
    }
    const versions::VersionSet &set(pubgrub::Range range) const
    {
        return m_proof.incompatibilities.ranges[range];
    }

    Place place(const Incompatibility &source)
    {
        if (source.kind != Incompatibility::Kind::Derived)
            return placeOfFact(source);
        const Place first = m_places.at(source.firstCause);
        const Place second = m_places.at(source.secondCause);
        if (!first || !second || first == second)
            return first ? first : second;
        ++m_steps[*first].uses;
        ++m_steps[*second].uses;
        m_steps.push_back({.statements = statements(source), .first = *first, .second = *second});
        return m_steps.size() - 1;
    }

    /// That a workspace is made of its projects goes without saying.
    bool isWorkspaceItself(Package package, Package needed) const
    {
        const VirtualPackage &to = m_proof.packages[needed];
        return package == Packages::Root && to.isReal() && m_proof.isOwn(m_proof.packages[to.name]);
    }

    Place placeOfFact(const Incompatibility &source)
    {
        Fact fact;
        if (source.kind == Incompatibility::Kind::Dependency) {
            const auto &[package, versions, needed, range] = source.dependency;
            if (m_proof.packages[package].isProxy() || isWorkspaceItself(package, needed))
                return {};
            fact = {.kind = Fact::Kind::Requires,
                .package = shown(package),
                .versions = set(versions),
                .needs = {{shown(needed), set(range)}}};
        } else if (source.kind == Incompatibility::Kind::Root) {
            return {};
        } else {
            const auto &[package, term] = source.entries.front();
            fact = {.kind = Fact::Kind::NoVersions, .package = shown(package), .versions = set(term.range)};
            if (source.kind == Incompatibility::Kind::Unavailable) {
                fact.kind = Fact::Kind::Unusable;
                fact.reason = m_proof.reasons[source.reason];
            }
        }
        m_steps.push_back({.fact = std::move(fact), .statements = statements(source)});
        return m_steps.size() - 1;
    }

    /// Different forms of one package become one statement.
    std::vector<Statement> statements(const Incompatibility &source)
    {
        std::vector<Statement> result;
        for (const auto &[package, term] : source.entries) {
            const Statement statement{shown(package), set(term.range), term.isPositive};
            const auto same = std::ranges::find(result, statement.package, &Statement::package);
            if (same == result.end())
                result.push_back(statement);
            else
                join(*same, statement);
        }
        return result;
    }

    static void join(Statement &into, const Statement &other)
    {
        if (into.isChosen && other.isChosen)
            into.versions = into.versions.intersection(other.versions);
        else if (!into.isChosen && !other.isChosen)
            into.versions = into.versions.united(other.versions);
        else if (into.isChosen)
            into.versions = into.versions.intersection(other.versions.complement());
        else
            into = {other.package, other.versions.intersection(into.versions.complement()), true};
    }

    const Proof &m_proof;
    std::unordered_map<pubgrub::IncompatibilityId, Place> m_places;
    std::vector<Step> m_steps;
};

bool isMergeable(const Fact &left, const Fact &right)
{
    return left.kind == right.kind && left.package == right.package && left.needs == right.needs
        && left.reason == right.reason;
}

void mergeVersions(std::vector<Fact> &facts)
{
    std::vector<Fact> result;
    for (Fact &fact : facts) {
        const auto same =
            std::ranges::find_if(result, [&](const Fact &known) { return isMergeable(known, fact); });
        if (same == result.end())
            result.push_back(std::move(fact));
        else
            same->versions = same->versions.united(fact.versions);
    }
    facts = std::move(result);
}

void mergeNeeds(std::vector<Fact> &facts)
{
    std::vector<Fact> result;
    for (Fact &fact : facts) {
        const auto same = std::ranges::find_if(result, [&](const Fact &known) {
            return fact.kind == Fact::Kind::Requires && known.kind == fact.kind
                && known.package == fact.package && known.versions == fact.versions;
        });
        if (same == result.end())
            result.push_back(std::move(fact));
        else
            same->needs.insert(same->needs.end(), fact.needs.begin(), fact.needs.end());
    }
    facts = std::move(result);
}

/// That there is nothing between the versions that other facts are about goes without saying.
void dropSelfEvident(std::vector<Fact> &facts)
{
    std::erase_if(facts, [&](const Fact &fact) {
        return fact.kind == Fact::Kind::NoVersions && std::ranges::any_of(facts, [&](const Fact &other) {
            return other.package == fact.package && other.kind != Fact::Kind::NoVersions;
        });
    });
}

/// Who needs something comes before what that needs.
void orderByNeeds(std::vector<Fact> &facts)
{
    std::vector<Fact> result;
    while (!facts.empty()) {
        const auto isNeededByOthers = [&](const Fact &fact) {
            return std::ranges::any_of(facts, [&](const Fact &other) {
                return &other != &fact
                    && std::ranges::contains(other.needs, fact.package, &Fact::Need::package);
            });
        };
        auto next = std::ranges::find_if_not(facts, isNeededByOthers);
        if (next == facts.end())
            next = facts.begin();
        result.push_back(std::move(*next));
        facts.erase(next);
    }
    std::ranges::stable_partition(result, [](const Fact &fact) { return fact.package != Packages::Root; });
    facts = std::move(result);
}

} // namespace

std::vector<Step> stepsOf(const Proof &proof)
{
    return Builder(proof).build();
}

std::vector<Fact> factsOf(const std::vector<Step> &steps)
{
    std::vector<Fact> facts;
    for (const Step &step : steps) {
        if (step.fact)
            facts.push_back(*step.fact);
    }
    mergeVersions(facts);
    return facts;
}

std::vector<Fact> merged(std::vector<Fact> facts)
{
    mergeVersions(facts);
    mergeNeeds(facts);
    dropSelfEvident(facts);
    orderByNeeds(facts);
    return facts;
}

} // namespace sconce::resolve
