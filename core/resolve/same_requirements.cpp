// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "lock/order.h"
#include "resolve/reuse.h"
#include "versions/version_set.h"

namespace sconce::resolve {

using lock::LockedRequirement;
using markers::Marker;

namespace {

/// What one of the lists asks for on some computers.
struct Wanted {
    bool isWanted = false;
    versions::VersionSet versions = versions::VersionSet::full();
    std::set<names::ExtraName> extras;
    std::set<names::GroupName> groups;

    static Wanted of(const std::vector<const LockedRequirement *> &list, const Marker &where)
    {
        Wanted wanted;
        for (const LockedRequirement *one : list) {
            if (one->marker.marker.isDisjointFrom(where))
                continue;
            wanted.isWanted = true;
            wanted.versions = wanted.versions.intersection(versions::VersionSet::of(one->specifiers));
            wanted.extras.insert(one->extras.begin(), one->extras.end());
            wanted.groups.insert(one->groups.begin(), one->groups.end());
        }
        return wanted;
    }
    bool operator==(const Wanted &) const = default;
};

/// Requirements on one package from one place.
struct Pair {
    std::vector<const LockedRequirement *> left;
    std::vector<const LockedRequirement *> right;
};

// Every marker can double the number of cases; a list with more of them is compared as it is written.
constexpr std::size_t MostCases = 256;

/// The computers, in parts for all of which the same requirements count. Nothing when there are too many.
std::optional<std::vector<Marker>> casesOf(const Pair &pair)
{
    std::vector<Marker> cases{Marker::always()};
    for (const auto *list : {&pair.left, &pair.right}) {
        for (const LockedRequirement *one : *list) {
            std::vector<Marker> finer;
            for (const Marker &where : cases) {
                for (const Marker &part : {where & one->marker.marker, where & !one->marker.marker}) {
                    if (!part.isNever())
                        finer.push_back(part);
                }
            }
            if (finer.size() > MostCases)
                return {};
            cases = std::move(finer);
        }
    }
    return cases;
}

bool isSame(const Pair &pair)
{
    const auto cases = casesOf(pair);
    return cases && std::ranges::all_of(*cases, [&](const Marker &where) {
        return Wanted::of(pair.left, where) == Wanted::of(pair.right, where);
    });
}

std::vector<LockedRequirement> prepared(
    std::vector<LockedRequirement> list, const markers::PythonBounds &python)
{
    for (LockedRequirement &one : list) {
        one.marker = {markers::simplified(one.marker.marker, python), {}};
        std::ranges::sort(one.extras);
        std::ranges::sort(one.groups);
    }
    std::ranges::sort(list, [](const auto &left, const auto &right) { return lock::order(left, right) < 0; });
    const auto repeated = std::ranges::unique(list);
    list.erase(repeated.begin(), repeated.end());
    return list;
}

} // namespace

bool askForTheSame(const std::vector<LockedRequirement> &left, const std::vector<LockedRequirement> &right,
    const markers::PythonBounds &python)
{
    const std::vector<LockedRequirement> before = prepared(left, python);
    const std::vector<LockedRequirement> now = prepared(right, python);
    if (before == now)
        return true;
    using Place = std::tuple<names::PackageName, QString, QString, QString>;
    const auto placeOf = [](const LockedRequirement &one) {
        const QString item = one.conflict ? one.conflict->markerName().text() : QString();
        const QString kind = one.source ? QString(one.source->key()) : QString();
        const QString location =
            one.source ? one.source->location + u'#' + one.source->subdirectory : one.index;
        return Place(one.name, kind, location, item);
    };
    std::map<Place, Pair> pairs;
    for (const LockedRequirement &one : before)
        pairs[placeOf(one)].left.push_back(&one);
    for (const LockedRequirement &one : now)
        pairs[placeOf(one)].right.push_back(&one);
    return std::ranges::all_of(pairs, [](const auto &pair) { return isSame(pair.second); });
}

} // namespace sconce::resolve
