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
    see(Packages::Root);
    see(Packages::Python);
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
    see(package);
}

void Priorities::see(Package package)
{
    if (Place &place = m_places[package]; place.place == 0)
        place = {++m_packagePlaces, nameOf(package), (*m_packages)[package].isBase()};
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
    const bool wasSeen = m_places.contains(package) && m_places.at(package).place > 0;
    const Place place =
        wasSeen ? m_places.at(package) : Place{~0u, nameOf(package), (*m_packages)[package].isBase()};
    const Rank &rank = m_names.at(place.name);
    return std::tuple(rank.theClass, ~rank.place, place.isBase, ~place.place);
}

pubgrub::Solver::Undecided Priorities::first(std::span<const pubgrub::Solver::Undecided> undecided) const
{
    const auto *best = &undecided.front();
    auto bestKey = key(best->package);
    for (const auto &candidate : undecided.subspan(1)) {
        if (const auto next = key(candidate.package); bestKey < next) {
            best = &candidate;
            bestKey = next;
        }
    }
    return *best;
}

} // namespace sconce::resolve
