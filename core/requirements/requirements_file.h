// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include <QHash>
#include <QUrl>

#include "requirements/requirement.h"

namespace sconce::requirements {

/// A requirements file, with the files that it names (-r, -c) read in.
/// https://pip.pypa.io/en/stable/reference/requirements-file-format/
struct RequirementsFile {
    struct Entry {
        /// Nothing for a path or URL without a name.
        std::optional<Requirement> requirement;
        /// A local wheel, source folder or URL as written, for entries without "name @".
        QString location;
        /// What was written behind `location`: "./package[extra] ; marker".
        std::vector<names::ExtraName> extras;
        markers::Marker marker;
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
    /// Folders and files as absolute paths if the file's own path is absolute, and URLs.
    std::vector<QString> findLinks;
    bool noIndex = false;
    /// Package names, ":all:" or ":none:", as written.
    QStringList noBinary;
    QStringList onlyBinary;
    /// Options of pip that mean nothing here, such as --prefer-binary: a sentence with the place for each.
    std::vector<Error> ignored;

    using ReadText = std::function<Result<QString>(const QString &path)>;
    /// Comments, continuation lines, ${VARIABLES} (those without a value stay), nested files (cycles
    /// refused), whose paths count from the file that names them. Nested http(s) URLs go to `readText` as
    /// they are. Every error has its Place; the values of variables and passwords in URLs are not in it.
    static Result<RequirementsFile> read(
        const QString &path, const ReadText &readText, const QHash<QString, QString> &variables = {});
};

} // namespace sconce::requirements
