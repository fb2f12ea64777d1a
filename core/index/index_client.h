// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "metadata/index_page.h"
#include "net/fetcher.h"

namespace sconce::index {

/// What is asked for again although it is known and fresh (--refresh); indexes may answer that nothing
/// changed.
struct Refresh {
    bool isForAll = false;
    std::set<names::PackageName> packages;

    bool covers(const names::PackageName &package) const { return isForAll || packages.contains(package); }
    bool isAny() const { return isForAll || !packages.empty(); }
};

/// Reads simple indexes: pages in JSON (PEP 691) or HTML (PEP 503), metadata by sidecar (PEP 658/714), by
/// ranges of the wheel, or as a last resort from the whole wheel. Everything asked once is kept in memory;
/// parsed pages also on disk.
class IndexClient {
public:
    struct Settings {
        /// Parsed pages and metadata; empty: memory only.
        QString cacheFolder;
        std::size_t atOnce = 50;
        Refresh refresh{};
    };
    IndexClient(net::Fetcher &fetcher, Settings settings);
    ~IndexClient();

    Result<metadata::PageAnswer> page(
        const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context);
    /// The answer to page() if it has come already; never waits.
    std::optional<metadata::PageAnswer> pageAtHand(
        const metadata::IndexLocation &index, const names::PackageName &package) const;
    /// BadInput: the metadata is there and says nonsense, or is that of another package or version.
    Result<std::shared_ptr<const metadata::CoreMetadata>> metadata(
        const metadata::IndexFile &file, const JobContext &context);
    /// Starts the question in the background, to end with `context`; errors wait for whoever asks.
    void expectPage(
        const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context);
    void expectMetadata(const metadata::IndexFile &file, const JobContext &context);
    /// Whether the metadata was expected and has not come yet.
    bool isUnderWay(const metadata::IndexFile &file) const;
    /// Waits until something expected has come since the last call; false when nothing is on its way any more
    /// or the job is stopped. For one thread.
    bool awaitNews(const JobContext &context);
    /// Size by HEAD where the page gives none; nothing when the server does not say.
    std::optional<qint64> sizeOf(const metadata::IndexFile &file, const JobContext &context);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sconce::index
