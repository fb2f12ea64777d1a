// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metadata/index_page.h"
#include "project/project.h"

namespace sconce::actions {

/// Indexes as a person names them; texts are "URL", "NAME=URL" or a path.
struct IndexOptions {
    QString defaultIndex;
    QStringList indexes;
    /// The older way: these stand behind all others.
    QString indexUrl;
    QStringList extraIndexUrls;
    bool noIndex = false;
    /// Folders and pages with files of any package.
    QStringList findLinks;

    /// UV_DEFAULT_INDEX, UV_INDEX, UV_INDEX_URL, UV_EXTRA_INDEX_URL, UV_FIND_LINKS.
    static IndexOptions fromVariables(const QHash<QString, QString> &variables);
};

/// The order of looking (resolver.md § 3.1), and every index that a source may name.
struct IndexSettings {
    /// The default index last.
    std::vector<metadata::IndexLocation> search;
    std::vector<metadata::IndexLocation> named;
    /// Their files join what every index has (§ 3.3).
    std::vector<metadata::IndexLocation> findLinks;
    /// Somebody named any of them.
    bool isConfigured = false;
};

metadata::IndexLocation location(const project::Index &index);

/// Paths in `options` count from `folder`. `project` and `file` may be nothing.
Result<IndexSettings> indexSettings(const IndexOptions &options, const QString &folder,
    const project::Project *project, const requirements::RequirementsFile *file);

} // namespace sconce::actions
