// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "index/listing.h"
#include "input.h"

namespace sconce::fuzz {

inline const QUrl PageAddress(QStringLiteral("https://pypi.test/simple/a/"));

inline bool isSame(const metadata::IndexFile &left, const metadata::IndexFile &right)
{
    const auto python = [](const metadata::IndexFile &file) {
        return file.requiresPython ? file.requiresPython->text() : QString();
    };
    return left.fileName == right.fileName && left.address == right.address
        && left.urlAsWritten == right.urlAsWritten && left.hashes == right.hashes && left.size == right.size
        && left.uploadTime == right.uploadTime && python(left) == python(right) && left.yanked == right.yanked
        && left.hasMetadataFile == right.hasMetadataFile && left.metadataSha256 == right.metadataSha256
        && left.version == right.version && left.wheel.has_value() == right.wheel.has_value()
        && left.hasKnownTags() == right.hasKnownTags();
}

inline bool isSame(const metadata::IndexPage &left, const metadata::IndexPage &right)
{
    return std::ranges::equal(left.releases(), right.releases(), [](const auto &one, const auto &other) {
        return one.version == other.version && one.firstUpload == other.firstUpload && one.tags == other.tags;
    }) && std::ranges::equal(left.allFiles(), right.allFiles(), [](const auto &one, const auto &other) {
        return isSame(one, other);
    });
}

/// What holds for a page in whatever format.
inline void checkListing(const Result<index::Listing> &listing)
{
    if (!listing) {
        require(!listing.error().summary().isEmpty(), "an error has a sentence");
        return;
    }
    const names::PackageName package = names::PackageName::parse(u"a").value();
    const index::SharedPage page = index::pageOf(*listing, package);
    const std::vector<metadata::IndexFile> files = page->allFiles();
    require(files.size() <= listing->files.size(), "no file is made up");
    require(std::ranges::is_sorted(
                files, {}, [](const metadata::IndexFile &file) { return file.fileName.toUtf8(); }),
        "files are in order");
    for (const metadata::IndexFile &file : files) {
        const QUrl url = file.url();
        require(url.isValid() && !url.isRelative(), "addresses are whole");
        require(url.scheme() == u"https" || url.scheme() == u"http", "addresses can be fetched");
    }
    const index::SharedPage again = index::unpackPage(index::packPage(*page, listing->base), package);
    require(isSame(*page, *again), "packed and unpacked is the same");
}

} // namespace sconce::fuzz
