// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/index_settings.h"
#include "project/lowering.h"
#include "resolve/specific.h"

namespace sconce::actions {

/// From requirements as written to wishes of the solver.
class WishList {
public:
    /// How the wishes of a project are called: "demo (pyproject.toml)", as in the reference, or
    /// "pyproject.toml".
    enum class Origins { WithProject, FilesOnly };

    /// Paths in what is typed count from `folder`.
    WishList(const IndexSettings &indexes, QString folder, Origins origins = Origins::WithProject)
        : m_indexes(indexes)
        , m_folder(std::move(folder))
        , m_origins(origins)
    {}

    /// [project] dependencies, with tool.uv.sources applied (resolver.md § 2.1), or the requirements file.
    Result<> addProject(const project::Project &project);
    /// Also what the extra asks for by the project's own name, as in "demo[other]". NotFound names the most
    /// similar.
    Result<> addExtra(const project::Project &project, const names::ExtraName &extra);
    Result<> addGroup(const project::Project &project, const names::GroupName &group);
    /// Lines may also be paths or URLs of wheels. Folders and sdists would have to be built: BadInput.
    Result<> addFile(const requirements::RequirementsFile &file);
    /// As typed: a requirement, or the path or URL of a wheel.
    Result<> addWritten(const QString &text);

    const std::vector<resolve::Wish> &wishes() const { return m_wishes; }

private:
    struct Position;
    Result<> addAll(const std::vector<project::Declared> &list, const Position &position);
    Result<> addDeclared(
        const project::Declared &declared, const project::Lowering &lowering, const Position &position);
    Result<> addSourced(const project::SourcedRequirement &sourced, const Position &position);
    Result<> add(requirements::Requirement requirement, const QString &origin);
    Result<> addEntry(const requirements::RequirementsFile::Entry &entry);
    /// "demo (pyproject.toml)", "demo (pyproject.toml:dev)" for a group.
    QString originOf(const project::Project &project, const QString &part = {}) const;

    const IndexSettings &m_indexes;
    QString m_folder;
    Origins m_origins;
    std::vector<resolve::Wish> m_wishes;
    std::vector<names::ExtraName> m_extrasSeen;
};

/// The file at a wheel's address, as far as its name says.
Result<metadata::IndexFile> fileAt(const QUrl &url);
/// The same for an address that may also be that of sources of `package` (.tar.gz, .zip), whose names are as
/// they please.
Result<metadata::IndexFile> archiveAt(const QUrl &url, const names::PackageName &package);

} // namespace sconce::actions
