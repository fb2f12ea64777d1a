// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>

#include "net/fetcher.h"
#include "net/fetcher_settings.h"

namespace sconce::app {

/// The network, made when something is asked of it: loading what Qt needs for it takes longer than most verbs
/// that never ask.
class Network final : public net::Fetcher {
public:
    explicit Network(net::FetcherSettings settings)
        : m_settings(std::move(settings))
    {}
    Result<net::Reply> fetch(const net::Request &request, const JobContext &context) override;
    Result<net::Reply> download(
        const net::Request &request, const net::Sink &sink, const JobContext &context) override;

private:
    Result<net::Fetcher *> fetcher();

    net::FetcherSettings m_settings;
    std::once_flag m_once;
    std::unique_ptr<net::Fetcher> m_fetcher;
    QString m_problem;
};

/// What libsconce_network exports as sconce_make_fetcher; the caller owns the result.
using MakeFetcher = net::Fetcher *(*)(const net::FetcherSettings &settings);

} // namespace sconce::app
