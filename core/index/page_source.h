// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "files/entry_store.h"
#include "index/index_client.h"
#include "index/listing.h"
#include "net/fetcher.h"
#include "work/once_map.h"

namespace sconce::index {

/// Gets the pages of indexes and judges statuses (resolver.md § 3.2). Pages of projects read before are kept
/// in a form that needs no parsing, by the digest of the body they came from; whether that body is still the
/// answer is for the HTTP cache to say. Thread-safe; does not remember what it was asked, except whole flat
/// lists.
class PageSource {
public:
    /// `cacheFolder` empty: nothing is kept on disk.
    PageSource(net::Fetcher &fetcher, const QString &cacheFolder, Refresh refresh);
    Result<metadata::PageAnswer> page(
        const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context);

private:
    Result<metadata::PageAnswer> projectPage(
        const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context);
    /// From a page or folder that lists files of many packages (find-links).
    Result<metadata::PageAnswer> flatPage(
        const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context);
    Result<std::shared_ptr<const Listing>> flatListing(
        const metadata::IndexLocation &index, const JobContext &context);
    /// Fetches a list. One that makes no sense is fetched once more, past every cache: it may have been cut
    /// or replaced on its way.
    struct Answer {
        net::Reply reply;
        /// Nothing where the status is no success, or the reply is known.
        std::optional<Listing> listing;
    };
    Result<Answer> ask(const metadata::IndexLocation &index, net::Request request, const JobContext &context);

    net::Fetcher &m_fetcher;
    const files::EntryStore m_store;
    const Refresh m_refresh;
    OnceMap<QString, std::shared_ptr<const Listing>> m_flat;
};

/// "pypi" or the address: how an index is called in messages.
QString indexText(const metadata::IndexLocation &index);

} // namespace sconce::index
