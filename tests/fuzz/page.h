// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "index/listing.h"
#include "input.h"

namespace sconce::fuzz {

inline const QUrl PageAddress(QStringLiteral("https://pypi.test/simple/a/"));

/// What holds for a page in whatever format.
inline void checkListing(const Result<index::Listing> &listing)
{
    if (!listing) {
        require(!listing.error().summary().isEmpty(), "an error has a sentence");
        return;
    }
    const index::Listing again = index::unpackListing(index::packListing(*listing));
    require(again.files == listing->files, "packed and unpacked is the same");
    // As addresses, whose parts may be spelled in two ways.
    require(again.base.toEncoded() == listing->base.toEncoded(), "the base is the same address");
    const metadata::IndexPage page = index::pageOf(*listing, names::PackageName::parse(u"a").value());
    require(page.files.size() <= listing->files.size(), "no file is made up");
    require(std::ranges::is_sorted(
                page.files, {}, [](const metadata::IndexFile &file) { return file.fileName.toUtf8(); }),
        "files are in order");
    for (const metadata::IndexFile &file : page.files) {
        require(file.url.isValid() && !file.url.isRelative(), "addresses are whole");
        require(file.url.scheme() == u"https" || file.url.scheme() == u"http", "addresses can be fetched");
    }
}

} // namespace sconce::fuzz
