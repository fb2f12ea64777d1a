// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metadata/index_page.h"

namespace sconce::index {

/// One link of a page, as the page has it.
struct ListedFile {
    QString fileName;
    /// Without the fragment; perhaps relative.
    QString url;
    /// Lower-case hex by algorithm.
    std::vector<std::pair<QString, QString>> hashes;
    /// -1 where the page says none.
    qint64 size = -1;
    /// Milliseconds since 1970, UTC; -1 where the page says none.
    qint64 uploadTime = -1;
    QString requiresPython;
    std::optional<QString> yanked;
    bool hasMetadataFile = false;
    QString metadataSha256;
    bool operator==(const ListedFile &) const = default;
};

/// What a page says, before anybody asked for a certain package.
struct Listing {
    /// What relative addresses count from.
    QUrl base;
    std::vector<ListedFile> files;
    bool operator==(const Listing &) const = default;
};

/// PEP 691: https://packaging.python.org/en/latest/specifications/simple-repository-api/#json-serialization
/// BadInput for what is no such page; single files that make no sense are left out.
Result<Listing> readJsonListing(const QByteArray &bytes, const QUrl &url);
/// PEP 503: https://packaging.python.org/en/latest/specifications/simple-repository-api/#base-html-api
/// Also takes data-size and data-upload-time, which some mirrors add.
Result<Listing> readHtmlListing(const QByteArray &bytes, const QUrl &url);
/// By Content-Type, or by the first character where there is none.
Result<Listing> readListing(const QByteArray &bytes, const QByteArray &contentType, const QUrl &url);

/// The same in few bytes, made for quick reading.
QByteArray packListing(const Listing &listing);
/// Only for bytes that packListing() made.
Listing unpackListing(const QByteArray &bytes);

/// The files of one package, in order of their names' bytes. Left out: files of other packages, names that
/// say no version (PEP 440), addresses to which the page may not point, unreadable requires-python.
metadata::IndexPage pageOf(const Listing &listing, const names::PackageName &package);

/// To its own kind of address (a folder's, the sample's), or to the web: a page from elsewhere does not
/// choose files of this computer.
bool mayPointTo(const QUrl &page, const QUrl &target);
/// "2023-05-12T10:11:12.345Z" as ListedFile has it.
qint64 readTime(const QString &text);
/// "sha256=…" added to the file. BadInput for a known algorithm whose digest is none; others are passed over.
Result<> addHash(ListedFile &file, const QString &algorithm, const QString &digest);
/// The SHA-256 in lower case; empty for a text that is none, against which nothing could be checked.
QString readSha256(const QString &text);

} // namespace sconce::index
