// SPDX-License-Identifier: Apache-2.0
#include "resolve/priorities.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sconce::resolve {

using pubgrub::Package;

Priorities::Priorities(const Packages &packages)
    : m_packages(&packages)
{
    m_names[NameId()] = {Class::Root, ++m_namePlaces};
    m_places[Packages::Root] = ++m_packagePlaces;
    m_places[Packages::Python] = ++m_packagePlaces;
}

NameId Priorities::nameOf(Package package) const
{
    const VirtualPackage &known = (*m_packages)[package];
    return known.isReal() ? known.name : NameId();
}

Priorities::Rank &Priorities::rank(Package package)
{
    return m_names[nameOf(package)];
}

void Priorities::see(Package package, Class theClass)
{
    Rank &rank = this->rank(package);
    if (rank.place == 0)
        rank = {theClass, ++m_namePlaces};
    else
        rank.theClass = std::max(rank.theClass, theClass);
    if (std::uint32_t &place = m_places[package]; place == 0)
        place = ++m_packagePlaces;
}

void Priorities::count(const pubgrub::Incompatibility &incompatibility, Package affected)
{
    bool hasCulprit = false;
    for (const auto &[other, term] : incompatibility.entries) {
        // Other forms of the same package are no news.
        if (other == affected || (nameOf(other) == nameOf(affected) && nameOf(other) != NameId()))
            continue;
        hasCulprit = true;
        if (++m_culprits[other] == TooOften)
            m_late.push_back(other);
    }
    if (hasCulprit && ++m_affected[affected] == TooOften)
        m_early.push_back(affected);
}

void Priorities::apply(pubgrub::Solver &solver)
{
    for (const Package package : std::exchange(m_early, {})) {
        Rank &rank = this->rank(package);
        if (rank.theClass < Class::ConflictEarly)
            rank.theClass = Class::ConflictEarly;
    }
    for (const Package package : std::exchange(m_late, {})) {
        Rank &rank = this->rank(package);
        if (rank.theClass == Class::Unspecified) {
            rank.theClass = Class::ConflictLate;
            solver.backtrackBefore(package);
        }
    }
}

auto Priorities::key(Package package) const
{
    const Rank &rank = m_names.at(nameOf(package));
    const std::uint32_t place = m_places.contains(package) ? m_places.at(package) : 0;
    return std::tuple(rank.theClass, ~rank.place, (*m_packages)[package].isBase(), ~(place ? place : ~0u));
}

pubgrub::Solver::Undecided Priorities::first(std::span<const pubgrub::Solver::Undecided> undecided) const
{
    return *std::ranges::max_element(
        undecided, {}, [this](const auto &candidate) { return key(candidate.package); });
}

} // namespace sconce::resolve
