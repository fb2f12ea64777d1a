// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include "resolve/universal_chooser.h"

/// Choices that split a fork (resolver.md § 8.3–8.5).
namespace sconce::resolve {

using markers::Marker;
using versions::Version;
using versions::VersionSet;

namespace {

Marker united(const std::vector<Marker> &parts)
{
    Marker result = Marker::never();
    for (const Marker &part : parts)
        result = result | part;
    return result;
}

/// "sys_platform == 'linux'"; the names are known to be valid.
Marker onPlatform(QStringView platform)
{
    return *Marker::parse(QStringLiteral("sys_platform == '%1'").arg(platform));
}

} // namespace

/// § 8.3: only the lower bound counts, as for the reference. Nothing when the fork satisfies it; fewer than
/// two parts when it cannot be split.
std::optional<std::vector<Split::Part>> UniversalChooser::pythonParts(
    const ForkState &state, const std::optional<versions::SpecifierSet> &requiresPython) const
{
    if (!requiresPython)
        return {};
    const auto [lowest, isNew] = m_lowest.try_emplace(&requiresPython);
    if (isNew) {
        const auto range = versions::ReleaseRange::of(*requiresPython);
        if (!range.isEmpty() && range.lower())
            lowest->second = *range.lower();
    }
    const std::optional<versions::ReleaseRange::Cut> &low = lowest->second;
    if (!low || (state.python.low && *low <= *state.python.low))
        return {};
    std::vector<Split::Part> parts;
    if (m_request.forkStrategy == ForkStrategy::Fewest)
        return parts;
    const Marker here = state.fork.marker & state.inside;
    const markers::PythonBounds bounds[] = {{state.python.low, low}, {low, state.python.high}};
    for (const auto &side : bounds) {
        const Marker part = markers::pythonWithin(side);
        if (!here.isDisjointFrom(part))
            parts.push_back({part});
    }
    return parts;
}

std::optional<Verdict> UniversalChooser::checkPython(const ForkState &state, const Version &version,
    const std::optional<versions::SpecifierSet> &requiresPython) const
{
    auto parts = pythonParts(state, requiresPython);
    if (!parts)
        return {};
    if (parts->size() < 2)
        return WrongPython{version, *requiresPython};
    return Split{*std::move(parts)};
}

/// Where the package is needed, as far as is known yet: the union of all ways from the root.
Marker UniversalChooser::reach(const ForkState &state, NameId package) const
{
    std::unordered_map<pubgrub::Package, std::vector<pubgrub::Package>> edges;
    state.solver.eachDependency([&](const pubgrub::Incompatibility::Dependency &dependency) {
        const auto chosen = state.solver.decision(dependency.package);
        if (chosen && m_ranges.isSubset(*chosen, dependency.versions))
            edges[dependency.package].push_back(dependency.needed);
    });
    std::unordered_map<pubgrub::Package, Marker> reached{{Packages::Root, Marker::always()}};
    std::vector<pubgrub::Package> open{Packages::Root};
    Marker result = Marker::never();
    while (!open.empty()) {
        const pubgrub::Package from = open.back();
        open.pop_back();
        const Marker at = reached.at(from);
        for (const pubgrub::Package to : edges[from]) {
            const auto [place, isNew] = reached.try_emplace(to, Marker::never());
            const Marker more = place->second | (at & m_packages[to].marker);
            if (more == place->second)
                continue;
            place->second = more;
            open.push_back(to);
            if (m_packages[to].name == package)
                result = result | more;
        }
    }
    return result;
}

/// § 8.4: an environment for which the version has no file becomes a fork of its own.
std::optional<Verdict> UniversalChooser::checkCoverage(
    const ForkState &state, NameId package, const Choice &choice)
{
    if (m_request.environments.empty() && m_request.requiredEnvironments.empty())
        return {};
    const std::vector<Marker> &parts = implied(choice, state.range);
    const Marker &fork = state.fork.marker;
    const auto look = [&](const Marker &environment) -> std::optional<Verdict> {
        if (fork.isDisjointFrom(environment))
            return {};
        const Marker asked = environment & fork;
        const bool isCovered =
            std::ranges::any_of(parts, [&](const Marker &part) { return !part.isDisjointFrom(asked); });
        if (isCovered || reach(state, package).isDisjointFrom(environment))
            return {};
        const Marker covered = united(parts);
        const Marker wide = markers::restricted(environment, environment | covered);
        const Marker here = fork & state.inside;
        if (here.isDisjointFrom(wide) || here.isDisjointFrom(!wide)) {
            return Rejected{
                widened(state, package, choice.version()), {Unusable::Kind::Environment, environment.text()}};
        }
        return Split{{{wide}, {!wide}}};
    };
    for (const auto *list : {&m_request.environments, &m_request.requiredEnvironments}) {
        for (const Marker &environment : *list) {
            if (auto verdict = look(environment))
                return verdict;
        }
    }
    return {};
}

/// § 8.5: where a local build has no files, its plain version stands in.
std::optional<Verdict> UniversalChooser::checkLocal(
    const ForkState &state, const Question &question, const Choice &choice)
{
    const Version &version = choice.version();
    if (!version.hasLocal())
        return {};
    const Marker own = united(implied(choice, state.range));
    if (own.isAlways())
        return {};
    const VersionSet plain = question.range.intersection(VersionSet::exactly(version.withoutLocal()));
    const auto base = candidate(state, {question.package, plain, question.listings});
    if (!base || !base->isUsable())
        return {};
    const auto parts = pythonParts(state, base->file->requiresPython);
    if (parts && parts->size() < 2)
        return {};
    const Marker &fork = state.fork.marker;
    Marker rest = united(implied(*base, RangeVerdicts::Project)) & !own;
    if (rest.isNever() || rest.isDisjointFrom(fork))
        return {};
    const Decision plainDecision{base->version(), *base};
    if (own.isDisjointFrom(fork))
        return plainDecision;
    for (const QStringView platform : {u"darwin", u"linux", u"win32"}) {
        const Marker on = onPlatform(platform);
        if (own.isDisjointFrom(on) && !rest.isDisjointFrom(on))
            rest = rest | on;
    }
    if (fork.isDisjointFrom(rest) || fork.isDisjointFrom(!rest))
        return {};
    return Split{{{rest, plainDecision}, {!rest, Decision{version, choice}}}};
}

} // namespace sconce::resolve
