// SPDX-License-Identifier: Apache-2.0
#include "order.h"

#include <algorithm>
#include <numeric>

#include "markers/simplify.h"

namespace sconce::lock {

namespace {

/// "==", "==…*", "===", "!=", "!=…*", "~=", "<", "<=", ">", ">=".
int rank(const versions::Specifier &specifier)
{
    return int(specifier.op) * 2 + (specifier.isPrefix ? 1 : 0);
}

std::strong_ordering order(const versions::SpecifierSet &left, const versions::SpecifierSet &right)
{
    const auto one = [](const versions::Specifier &a, const versions::Specifier &b) -> std::strong_ordering {
        if (rank(a) != rank(b))
            return rank(a) <=> rank(b);
        return a.version <=> b.version;
    };
    return std::lexicographical_compare_three_way(left.specifiers().begin(), left.specifiers().end(),
        right.specifiers().begin(), right.specifiers().end(), one);
}

/// By package; an extra before a group before the whole project; by name.
std::strong_ordering order(const ConflictItem &left, const ConflictItem &right)
{
    const auto kind = [](const ConflictItem &item) { return item.extra ? 0 : item.group ? 1 : 2; };
    if (const auto packages = left.package <=> right.package; packages != 0)
        return packages;
    if (kind(left) != kind(right))
        return kind(left) <=> kind(right);
    if (const auto extras = left.extra <=> right.extra; extras != 0)
        return extras;
    return left.group <=> right.group;
}

/// Requirements know other kinds of sources in another order: index, URL, git, archive, folder.
int requirementRank(const std::optional<Source> &source)
{
    if (!source)
        return 0;
    switch (source->kind) {
    case Source::Kind::Registry: return 0;
    case Source::Kind::Url: return 1;
    case Source::Kind::Git: return source->location.contains(u"path=") ? 3 : 2;
    case Source::Kind::Path: return 4;
    default: return 5;
    }
}

template <class Value, class Order>
void sortBy(std::vector<Value> &values, Order order)
{
    std::ranges::stable_sort(
        values, [&](const Value &left, const Value &right) { return order(left, right) < 0; });
}

void arrange(std::vector<LockedRequirement> &requirements)
{
    sortBy(requirements, [](const auto &left, const auto &right) { return order(left, right); });
    const auto repeated = std::ranges::unique(requirements);
    requirements.erase(repeated.begin(), repeated.end());
}

/// Those for one package stand first; those for all stand once.
template <class Scoped, class Order>
void arrangeScoped(std::vector<Scoped> &list, Order orderGlobal)
{
    sortBy(list, [&](const Scoped &left, const Scoped &right) -> std::strong_ordering {
        if (left.scope.has_value() != right.scope.has_value())
            return right.scope.has_value() <=> left.scope.has_value();
        if (!left.scope)
            return orderGlobal(left, right);
        if (const auto packages = left.scope->package <=> right.scope->package; packages != 0)
            return packages;
        return left.scope->version <=> right.scope->version;
    });
    const auto repeated = std::ranges::unique(list);
    list.erase(repeated.begin(), repeated.end());
}

void arrangeManifest(Manifest &manifest)
{
    std::ranges::sort(manifest.members);
    arrange(manifest.requirements);
    arrange(manifest.constraints);
    arrange(manifest.buildConstraints);
    for (auto &[group, requirements] : manifest.dependencyGroups)
        arrange(requirements);
    for (Override &override : manifest.overrides)
        arrange(override.requirements);
    for (Exclude &exclude : manifest.excludes)
        std::ranges::sort(exclude.names);
    arrangeScoped(manifest.overrides, [](const Override &left, const Override &right) {
        return order(left.requirements.front(), right.requirements.front());
    });
    arrangeScoped(manifest.excludes,
        [](const Exclude &left, const Exclude &right) { return left.names <=> right.names; });
}

void arrangePackages(Lock &lock)
{
    std::vector<std::size_t> sorted(lock.packages.size());
    std::ranges::iota(sorted, 0U);
    sortBy(sorted, [&](std::size_t left, std::size_t right) {
        return order(lock.packages[left], lock.packages[right]);
    });
    std::vector<std::size_t> places(sorted.size());
    std::vector<Package> packages;
    packages.reserve(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        places[sorted[i]] = i;
        packages.push_back(std::move(lock.packages[sorted[i]]));
    }
    lock.packages = std::move(packages);

    const auto arrangeEdges = [&places](std::vector<Dependency> &edges) {
        for (Dependency &edge : edges) {
            edge.target = places[edge.target];
            std::ranges::sort(edge.extras);
        }
        sortBy(edges, [](const Dependency &left, const Dependency &right) -> std::strong_ordering {
            if (left.target != right.target)
                return left.target <=> right.target;
            if (const auto extras = left.extras <=> right.extras; extras != 0)
                return extras;
            return markers::order(left.marker.marker, right.marker.marker);
        });
    };
    for (Package &package : lock.packages) {
        arrangeEdges(package.dependencies);
        for (auto &[extra, edges] : package.optionalDependencies)
            arrangeEdges(edges);
        for (auto &[group, edges] : package.groupDependencies)
            arrangeEdges(edges);
    }
}

} // namespace

std::strong_ordering order(const Source &left, const Source &right)
{
    if (left.kind != right.kind)
        return left.kind <=> right.kind;
    if (left.isFolderRegistry() != right.isFolderRegistry())
        return left.isFolderRegistry() <=> right.isFolderRegistry();
    if (const int locations = left.location.compare(right.location); locations != 0)
        return locations <=> 0;
    return left.subdirectory.compare(right.subdirectory) <=> 0;
}

std::strong_ordering order(const Package &left, const Package &right)
{
    if (const auto names = left.name <=> right.name; names != 0)
        return names;
    if (const auto versions = left.version <=> right.version; versions != 0)
        return versions;
    return order(left.source, right.source);
}

std::strong_ordering order(const LockedRequirement &left, const LockedRequirement &right)
{
    if (const auto names = left.name <=> right.name; names != 0)
        return names;
    if (const auto extras = left.extras <=> right.extras; extras != 0)
        return extras;
    if (const auto groups = left.groups <=> right.groups; groups != 0)
        return groups;
    if (const auto markers = markers::order(left.marker.marker, right.marker.marker); markers != 0)
        return markers;
    if (const auto ranks = requirementRank(left.source) <=> requirementRank(right.source); ranks != 0)
        return ranks;
    if (const auto specifiers = order(left.specifiers, right.specifiers); specifiers != 0)
        return specifiers;
    const auto location = [](const LockedRequirement &it) {
        return it.source ? it.source->location : it.index;
    };
    if (const int locations = location(left).compare(location(right)); locations != 0)
        return locations <=> 0;
    if (left.conflict && right.conflict)
        return order(*left.conflict, *right.conflict);
    return left.conflict.has_value() <=> right.conflict.has_value();
}

void arrange(Lock &lock)
{
    for (std::vector<ConflictItem> &set : lock.conflicts)
        sortBy(set, [](const ConflictItem &left, const ConflictItem &right) { return order(left, right); });
    arrangeManifest(lock.manifest);
    arrangePackages(lock);
    for (Package &package : lock.packages) {
        arrange(package.metadata.requiresDist);
        for (auto &[group, requirements] : package.metadata.requiresDev)
            arrange(requirements);
    }
}

} // namespace sconce::lock
