// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include <QUrl>

#include "requirements/requirement.h"

namespace sconce::requirements {

/// A requirements file, with the files that it names (-r, -c) read in.
struct RequirementsFile {
    struct Entry {
        /// Nothing for a path or URL without a name.
        std::optional<Requirement> requirement;
        /// A local wheel, source folder or URL as written, for entries without "name @".
        QString location;
        bool isEditable = false;
        std::vector<QString> hashes; // "sha256:…"
        /// Where it stands: "-r requirements.in".
        QString origin;
        Place place;
    };
    std::vector<Entry> requirements;
    std::vector<Entry> constraints;
    std::optional<QUrl> indexUrl;
    std::vector<QUrl> extraIndexUrls;
    std::vector<QString> findLinks;
    bool noIndex = false;

    using ReadText = std::function<Result<QString>(const QString &path)>;
    /// Comments, continuation lines, ${VARIABLES}, nested files (cycles refused). Every error has its Place.
    static Result<RequirementsFile> read(const QString &path, const ReadText &readText);
};

} // namespace sconce::requirements
