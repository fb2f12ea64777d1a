// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "net/fetcher.h"
#include "net/fetcher_settings.h"

class QThread;

namespace sconce::net {

class Clerk;
class RetryBudget;

/// One thread, one QNetworkAccessManager; all workers share its connections (HTTP/2 where the server speaks
/// it). Calls from workers must have returned before it is destroyed.
class QtFetcher final : public Fetcher {
public:
    explicit QtFetcher(FetcherSettings settings);
    ~QtFetcher() override;
    Result<Reply> fetch(const Request &request, const JobContext &context) override;
    Result<Reply> download(const Request &request, const Sink &sink, const JobContext &context) override;

private:
    FetcherSettings m_settings;
    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<RetryBudget> m_budget;
    Clerk *m_clerk;
};

} // namespace sconce::net
