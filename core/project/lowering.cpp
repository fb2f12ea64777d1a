// SPDX-License-Identifier: Apache-2.0
#include "project/lowering.h"

#include <algorithm>
#include <iterator>

#include <QDir>

#include "base/text.h"
#include "markers/simplify.h"
#include "project/reader.h"

namespace sconce::project {

using namespace Qt::StringLiterals;

namespace {

SourcedRequirement plain(const requirements::Requirement &requirement)
{
    return {requirement.name, requirement.extras, {}, requirement.marker, requirement.specifiers, {}};
}

markers::Marker pythonMarker(const versions::SpecifierSet &specifiers)
{
    markers::Marker marker = markers::Marker::never();
    const versions::ReleaseRange range = versions::ReleaseRange::of(specifiers);
    for (const versions::ReleaseRange::Interval &interval : range.intervals())
        marker = marker | markers::pythonWithin(interval);
    return marker;
}

bool isArchive(const QString &path)
{
    return path.endsWith(u".whl") || path.endsWith(u".tar.gz") || path.endsWith(u".tgz")
        || path.endsWith(u".zip");
}

} // namespace

const std::vector<Source> *Lowering::sourcesOf(const names::PackageName &name) const
{
    // The project's own entries, else those of the workspace root.
    for (const Project *project : {&m_project, &m_workspace.root}) {
        if (const auto found = project->uv.sources.find(name); found != project->uv.sources.end())
            return &found->second;
    }
    return nullptr;
}

Result<QString> Lowering::indexAddress(const Source &source) const
{
    QStringList known;
    for (const Project *project : {&m_workspace.root, &m_project}) {
        for (const Index &index : project->uv.indexes) {
            if (index.name == source.index)
                return index.url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
            if (!index.name.isEmpty())
                known.append(index.name);
        }
    }
    Error error = Error(ErrorKind::BadInput, Words::tr("There is no index called “%1”").arg(source.index))
                      .at(source.place);
    if (const std::optional<QString> similar = mostSimilar(source.index, known))
        return std::unexpected(std::move(error).hint(Words::tr("Write “%1”").arg(*similar)));
    return std::unexpected(
        std::move(error).hint(Words::tr("Add an index of that name to [[tool.uv.index]]")));
}

Result<RequirementSource> Lowering::memberSource(const Declared &declared, const Source &source) const
{
    const auto member = m_workspace.members.find(declared.requirement.name);
    if (member == m_workspace.members.end()) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” is not a member of the workspace").arg(declared.requirement.name.text()))
                .at(source.place)
                .hint(Words::tr(
                    "Add its folder to members of [tool.uv.workspace], or give the source a path")));
    }
    RequirementSource out = member->second.source();
    if (out.kind == RequirementSource::Kind::Editable && !source.isEditable.value_or(true))
        out.kind = RequirementSource::Kind::Directory;
    return out;
}

RequirementSource Lowering::pathSource(const Source &source) const
{
    // A path written absolute stays absolute; others count from the project and are kept relative to the
    // root.
    QString path = QDir::cleanPath(source.path);
    if (!QDir::isAbsolutePath(path)) {
        const QDir root(m_workspace.root.folder);
        path = root.relativeFilePath(QDir::cleanPath(QDir(m_project.folder).absoluteFilePath(path)));
        if (path.isEmpty())
            path = u"."_s;
    }
    RequirementSource out{RequirementSource::Kind::Directory, path, std::nullopt};
    if (isArchive(path))
        out.kind = RequirementSource::Kind::Path;
    else if (source.isPackage == false)
        out.kind = RequirementSource::Kind::Virtual;
    else if (source.isEditable.value_or(false))
        out.kind = RequirementSource::Kind::Editable;
    return out;
}

Error Lowering::gitError(const names::PackageName &name, const Place &place)
{
    return Error(ErrorKind::BadInput,
        Words::tr("“%1” comes from a Git repository, which cannot be read yet").arg(name.text()))
        .at(place)
        .hint(Words::tr("Take it from an index, a path or the address of a wheel"));
}

Result<SourcedRequirement> Lowering::withoutSource(const Declared &declared) const
{
    SourcedRequirement out = plain(declared.requirement);
    const std::optional<QUrl> &url = declared.requirement.url;
    if (!url)
        return out;
    if (url->scheme().startsWith("git+"_L1))
        return std::unexpected(gitError(out.name, declared.place));
    if (url->isRelative() || url->isLocalFile()) {
        out.source =
            pathSource({.path = url->isRelative() ? url->path(QUrl::FullyDecoded) : url->toLocalFile()});
        return out;
    }
    out.source = {RequirementSource::Kind::Url, url->toString(QUrl::FullyEncoded), std::nullopt};
    return out;
}

Result<SourcedRequirement> Lowering::withSource(
    const Declared &declared, const Source &source, const Position &position) const
{
    SourcedRequirement out = plain(declared.requirement);
    out.marker = out.marker & source.marker;
    switch (source.kind) {
    case Source::Kind::Index: {
        // A direct URL with an index source becomes a requirement of the index without a version.
        out.source = {RequirementSource::Kind::Registry, SCONCE_TRY(indexAddress(source)), std::nullopt};
        const names::PackageName owner = m_project.name.value_or(declared.requirement.name);
        if (source.extra)
            out.source.conflict = Item{owner, Item::Kind::Extra, position.extra->text()};
        else if (source.group)
            out.source.conflict = Item{owner, Item::Kind::Group, position.group->text()};
        return out;
    }
    case Source::Kind::Workspace: out.source = SCONCE_TRY(memberSource(declared, source)); break;
    case Source::Kind::Path: out.source = pathSource(source); break;
    case Source::Kind::Url:
        out.source = {RequirementSource::Kind::Url, source.url.toString(QUrl::FullyEncoded), std::nullopt};
        break;
    case Source::Kind::Git: return std::unexpected(gitError(out.name, source.place));
    }
    // Only index sources keep the version (resolver.md § 2.2).
    out.specifiers = {};
    return out;
}

Result<std::vector<SourcedRequirement>> Lowering::lower(
    const Declared &declared, const Position &position) const
{
    const requirements::Requirement &requirement = declared.requirement;
    const std::vector<Source> *sources = sourcesOf(requirement.name);
    if (!sources) {
        if (m_workspace.members.contains(requirement.name) && m_project.name != requirement.name) {
            return std::unexpected(Error(ErrorKind::BadInput,
                Words::tr("“%1” is a member of the workspace, and nothing says to take it from there")
                    .arg(requirement.name.text()))
                    .at(declared.place)
                    .hint(Words::tr("Add %1 = { workspace = true } to [tool.uv.sources]")
                            .arg(requirement.name.text())));
        }
        return std::vector{SCONCE_TRY(withoutSource(declared))};
    }
    std::vector<SourcedRequirement> out;
    markers::Marker covered = markers::Marker::never();
    bool applies = false;
    for (const Source &source : *sources) {
        if ((source.extra && source.extra != position.extra)
            || (source.group && source.group != position.group))
            continue;
        applies = true;
        covered = covered | source.marker;
        out.push_back(SCONCE_TRY(withSource(declared, source, position)));
    }
    if (!applies)
        return std::vector{SCONCE_TRY(withoutSource(declared))};
    // What no entry covers is looked for as if there were none.
    if (!(requirement.marker & !covered).isNever()) {
        SourcedRequirement rest = SCONCE_TRY(withoutSource(declared));
        rest.marker = rest.marker & !covered;
        out.push_back(std::move(rest));
    }
    std::erase_if(out, [](const SourcedRequirement &one) { return one.marker.isNever(); });
    return out;
}

Result<std::vector<SourcedRequirement>> Lowering::declaredRequirements() const
{
    std::vector<SourcedRequirement> out;
    for (const Declared &declared : m_project.dependencies)
        std::ranges::move(SCONCE_TRY(lower(declared, {})), std::back_inserter(out));
    for (const names::ExtraName &extra : m_project.extraOrder) {
        const markers::Marker inExtra = markers::Marker::extra(extra);
        for (const Declared &declared : m_project.extras.at(extra)) {
            for (SourcedRequirement &one : SCONCE_TRY(lower(declared, {extra, std::nullopt}))) {
                one.marker = one.marker & inExtra;
                out.push_back(std::move(one));
            }
        }
    }
    return out;
}

Result<std::map<names::GroupName, std::vector<SourcedRequirement>>> Lowering::groups() const
{
    std::map<names::GroupName, std::vector<SourcedRequirement>> out;
    for (const auto &[group, entries] : m_project.groups) {
        std::vector<SourcedRequirement> &list = out[group];
        const auto bound = m_project.uv.groupPython.find(group);
        const markers::Marker python =
            bound == m_project.uv.groupPython.end() ? markers::Marker::always() : pythonMarker(bound->second);
        for (const Declared &declared : SCONCE_TRY(groupRequirements(m_project, group))) {
            for (SourcedRequirement &one : SCONCE_TRY(lower(declared, {std::nullopt, group}))) {
                // The group's own Python bound does not touch the older dev-dependencies.
                if (!declared.isLegacy)
                    one.marker = one.marker & python;
                list.push_back(std::move(one));
            }
        }
    }
    return out;
}

} // namespace sconce::project
