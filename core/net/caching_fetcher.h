// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "net/fetcher_settings.h"
#include "net/http_cache.h"

namespace sconce::net {

/// Answers from the files of this computer and from the cache on disk what they can answer, and asks another
/// fetcher for the rest; offline it asks nobody. Needs nothing of Qt's network.
class CachingFetcher final : public Fetcher {
public:
    CachingFetcher(FetcherSettings settings, std::unique_ptr<Fetcher> next);
    Result<Reply> fetch(const Request &request, const JobContext &context) override;
    Result<Reply> download(const Request &request, const Sink &sink, const JobContext &context) override;
    void learnIndex(const QString &name, const QUrl &url) override;

private:
    Result<Reply> ask(const Request &request, const JobContext &context);

    const bool m_isOffline;
    const std::shared_ptr<Credentials> m_credentials;
    std::optional<HttpCache> m_cache;
    const std::unique_ptr<Fetcher> m_next;
};

} // namespace sconce::net
