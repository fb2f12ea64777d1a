// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "project/workspace.h"

namespace sconce::project {

/// Applies tool.uv.sources to requirements of one project (resolver.md § 2.1, § 2.2).
class Lowering {
public:
    /// `path` is the project's folder relative to the workspace root.
    Lowering(const Workspace &workspace, const Project &project, QString path)
        : m_workspace(workspace)
        , m_project(project)
        , m_path(std::move(path))
    {}

    /// Where a requirement stands: in an extra, in a group, or in neither.
    struct Position {
        std::optional<names::ExtraName> extra;
        std::optional<names::GroupName> group;
    };
    Result<std::vector<SourcedRequirement>> lower(const Declared &declared, const Position &position) const;
    /// Dependencies, then extras with their marker, in the order of the file.
    Result<std::vector<SourcedRequirement>> declaredRequirements() const;
    Result<std::map<names::GroupName, std::vector<SourcedRequirement>>> groups() const;

private:
    const std::vector<Source> *sourcesOf(const names::PackageName &name) const;
    /// Without an entry of tool.uv.sources: from an index, or from where it says itself ("name @ url").
    Result<SourcedRequirement> withoutSource(const Declared &declared) const;
    Result<SourcedRequirement> withSource(
        const Declared &declared, const Source &source, const Position &position) const;
    Result<QString> indexAddress(const Source &source) const;
    Result<RequirementSource> memberSource(const Declared &declared, const Source &source) const;
    RequirementSource pathSource(const Source &source) const;
    static Error gitError(const names::PackageName &name, const Place &place);

    const Workspace &m_workspace;
    const Project &m_project;
    QString m_path;
};

} // namespace sconce::project
