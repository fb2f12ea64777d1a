// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/resolve_options.h"
#include "actions/wishes.h"

namespace sconce::actions {

/// Where a pip verb takes its requirements from, as typed. Paths count from `folder`.
struct RequirementSources {
    QString folder;
    /// "numpy>=2", "./demo-1.0-py3-none-any.whl", "demo @ https://…"
    QStringList requirements;
    /// Requirements files and pyproject.toml files.
    QStringList files;
    QStringList constraints;
    /// Of the pyproject.toml files.
    QStringList extras;
    QStringList groups;
};

/// The sources, read.
class RequirementSet {
public:
    static Result<RequirementSet> read(
        const RequirementSources &sources, const Tools &tools, const JobContext &context);

    /// Whose [tool.uv] counts: a pyproject.toml named as a file, else the one in the folder or above. May be
    /// nothing.
    const project::Project *project() const { return m_project ? &*m_project : nullptr; }
    /// All requirements files as one.
    const requirements::RequirementsFile &file() const { return m_file; }
    /// A request for all of it, without preferences and backends.
    Result<PreparedRequest> request(
        const ResolveOptions &options, const python::Interpreter &interpreter, const Tools &tools) const;
    /// BadHash when a file was chosen that is none of those the person listed with --hash.
    Result<> checkHashes(const resolve::Resolution &resolution) const;

private:
    Result<> addFile(const QString &written, const Tools &tools, const JobContext &context);
    Result<> addConstraints(const QString &written, const Tools &tools, const JobContext &context);
    Result<requirements::RequirementsFile> readFile(
        const QString &written, const Tools &tools, const JobContext &context) const;
    void addContextProject(const JobContext &context);
    Result<> addWishes(WishList &list) const;

    RequirementSources m_sources;
    std::optional<project::Project> m_project;
    /// The project is asked for itself, not only for its settings.
    bool m_isProjectWanted = false;
    requirements::RequirementsFile m_file;
};

} // namespace sconce::actions
