// SPDX-License-Identifier: Apache-2.0
#include "resolve/lock_head.h"

#include <algorithm>

#include <QUrlQuery>

namespace sconce::resolve {

using namespace Qt::StringLiterals;

namespace {

QString modeText(Order order)
{
    switch (order) {
    case Order::Highest: break; // the default, which is not written
    case Order::Lowest: return u"lowest"_s;
    case Order::LowestDirect: return u"lowest-direct"_s;
    }
    return {};
}

QString modeText(PreReleases mode)
{
    switch (mode) {
    case PreReleases::IfNecessary: break;
    case PreReleases::Allow: return u"allow"_s;
    case PreReleases::Disallow: return u"disallow"_s;
    case PreReleases::Explicit: return u"explicit"_s;
    }
    return u"if-necessary"_s;
}

std::optional<lock::Cutoff> writtenOf(const std::optional<CutOff> &cutOff)
{
    return cutOff ? std::optional(cutOff->written) : std::nullopt;
}

lock::Options optionsOf(const UniversalRequest &request)
{
    lock::Options options;
    options.resolutionMode = modeText(request.order);
    if (request.preReleases != PreReleases::IfNecessary)
        options.prereleaseMode = modeText(request.preReleases);
    if (request.forkStrategy == ForkStrategy::Fewest)
        options.forkStrategy = u"fewest"_s;
    options.excludeNewer = writtenOf(request.excludeNewer.everywhere);
    for (const auto &[package, mode] : request.packagePreReleases)
        options.prereleasePackages.emplace_back(package, modeText(mode));
    for (const auto &[package, cutOff] : request.excludeNewer.packages)
        options.excludeNewerPackages.emplace_back(package, writtenOf(cutOff));
    return options;
}

/// Overrides for one package have no sources of their own (resolver.md § 2.5).
lock::LockedRequirement plain(const requirements::Requirement &requirement)
{
    return {.name = requirement.name,
        .extras = requirement.extras,
        .marker = lock::LockedMarker::of(requirement.marker),
        .specifiers = requirement.specifiers};
}

lock::StatedMetadata writtenOf(const project::StaticMetadata &stated)
{
    lock::StatedMetadata out{.name = stated.name};
    if (stated.version)
        out.version = stated.version->text();
    for (const requirements::Requirement &requirement : stated.requiresDist)
        out.requiresDist.append(requirement.text());
    if (stated.requiresPython)
        out.requiresPython = stated.requiresPython->text();
    for (const names::ExtraName &extra : stated.providesExtras)
        out.providesExtras.append(extra.text());
    return out;
}

lock::Manifest manifestOf(const UniversalRequest &request)
{
    const project::Workspace &workspace = request.workspace;
    lock::Manifest manifest;
    if (workspace.members.size() > 1 || !workspace.hasRootProject()) {
        for (const auto &[name, member] : workspace.members)
            manifest.members.push_back(name);
    }
    manifest.constraints = locked(workspace.constraints);
    for (const auto &scoped : request.scopedOverrides) {
        lock::Override &override = manifest.overrides.emplace_back();
        override.scope = lock::Scope{scoped.package, scoped.version};
        std::ranges::transform(scoped.dependencies, std::back_inserter(override.requirements), plain);
    }
    for (lock::LockedRequirement &requirement : locked(workspace.overrides))
        manifest.overrides.push_back({std::nullopt, {std::move(requirement)}});
    for (const auto &scoped : request.scopedExcludes)
        manifest.excludes.push_back({lock::Scope{scoped.package, scoped.version}, scoped.dependencies});
    for (const names::PackageName &name : request.excludes)
        manifest.excludes.push_back({std::nullopt, {name}});
    manifest.buildConstraints = locked(workspace.buildConstraints);
    for (const auto &[group, requirements] : workspace.rootGroups) {
        if (!requirements.empty())
            manifest.dependencyGroups.emplace(group, locked(requirements));
    }
    for (const project::StaticMetadata &stated : request.staticMetadata)
        manifest.dependencyMetadata.push_back(writtenOf(stated));
    return manifest;
}

/// Simplified by the project's Pythons; what is true for all of them says nothing.
std::optional<std::vector<lock::LockedMarker>> markersOf(
    const std::vector<markers::Marker> &markers, const markers::PythonBounds &python)
{
    if (markers.empty())
        return std::nullopt;
    std::vector<lock::LockedMarker> out;
    for (const markers::Marker &marker : markers) {
        if (const markers::Marker simple = markers::simplified(marker, python); !simple.isAlways())
            out.push_back(lock::LockedMarker::of(simple));
    }
    return out;
}

} // namespace

lock::ConflictItem locked(const project::Item &item)
{
    lock::ConflictItem out{.package = item.package};
    // The name of an item is a normal name already.
    if (item.kind == project::Item::Kind::Extra)
        out.extra = *names::ExtraName::parse(item.name);
    else if (item.kind == project::Item::Kind::Group)
        out.group = *names::GroupName::parse(item.name);
    return out;
}

lock::Source locked(const project::RequirementSource &source)
{
    lock::Source out{.kind = lock::Source::Kind(int(source.kind)), .location = source.location};
    if (source.kind != project::RequirementSource::Kind::Url)
        return out;
    const QUrl url(source.location);
    out.location = url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    out.subdirectory = QUrlQuery(url.fragment()).queryItemValue(u"subdirectory"_s);
    return out;
}

lock::LockedRequirement locked(const project::SourcedRequirement &requirement)
{
    lock::LockedRequirement out{.name = requirement.name,
        .extras = requirement.extras,
        .groups = requirement.groups,
        .marker = lock::LockedMarker::of(requirement.marker),
        .specifiers = requirement.specifiers};
    if (requirement.source.kind != project::RequirementSource::Kind::Registry) {
        out.source = locked(requirement.source);
        return out;
    }
    out.index = requirement.source.location;
    if (requirement.source.conflict)
        out.conflict = locked(*requirement.source.conflict);
    return out;
}

std::vector<lock::LockedRequirement> locked(const std::vector<project::SourcedRequirement> &requirements)
{
    std::vector<lock::LockedRequirement> out;
    out.reserve(requirements.size());
    for (const project::SourcedRequirement &requirement : requirements)
        out.push_back(locked(requirement));
    return out;
}

lock::Package locked(const project::Member &member)
{
    const project::Project &project = member.project;
    lock::Package out{.name = member.name, .source = locked(member.source())};
    if (!member.isDynamic)
        out.version = member.version();
    if (project.uv.declaredDefaultGroups) {
        out.defaultGroups = lock::DefaultGroups{
            project.uv.declaredDefaultGroups->areAll, project.uv.declaredDefaultGroups->groups};
        std::ranges::sort(out.defaultGroups->groups);
    }
    for (const auto &[group, specifiers] : project.uv.groupPython)
        out.groupRequiresPython.emplace(group, specifiers.text(u","));
    out.metadata.requiresDist = locked(member.requirements);
    out.metadata.providesExtras = project.extraOrder;
    for (const auto &[group, requirements] : member.groups)
        out.metadata.requiresDev.emplace(group, locked(requirements));
    return out;
}

lock::Package locked(const UniversalRequest::Place &place, const project::RequirementSource &source)
{
    lock::Package out{.name = place.name, .source = locked(source)};
    if (!place.isDynamic)
        out.version = place.version;
    out.metadata.requiresDist = locked(place.requirements);
    out.metadata.providesExtras = place.extras;
    for (const auto &[group, requirements] : place.groups)
        out.metadata.requiresDev.emplace(group, locked(requirements));
    return out;
}

lock::Lock lockHead(const UniversalRequest &request)
{
    lock::Lock head;
    head.requiresPython = request.requiresPython;
    head.supportedMarkers = markersOf(request.environments, request.python);
    head.requiredMarkers = markersOf(request.requiredEnvironments, request.python);
    for (const project::ConflictSet &set : request.workspace.conflicts) {
        std::vector<lock::ConflictItem> &items = head.conflicts.emplace_back();
        for (const project::Item &item : set)
            items.push_back(locked(item));
    }
    head.options = optionsOf(request);
    head.manifest = manifestOf(request);
    return head;
}

} // namespace sconce::resolve
