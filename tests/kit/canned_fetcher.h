// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>

#include "net/fetcher.h"

namespace sconce::kit {

/// Answers from memory: for checks of what is done with answers. Addresses it does not know are 404. Serves
/// ranges and HEAD as a good server does; never caches. Thread-safe.
class CannedFetcher final : public net::Fetcher {
public:
    using Answer = std::function<Result<net::Reply>(const net::Request &)>;

    /// `url`: encoded, without user info.
    void on(const QByteArray &url, Answer answer);
    void serve(
        const QByteArray &url, const QByteArray &body, const QByteArray &type = "application/octet-stream");
    void answer(const QByteArray &url, int status);
    void fail(const QByteArray &url, const Error &error);

    /// What was asked so far, as "GET url" and "HEAD url", with " first-last" for ranges.
    QList<QByteArray> asked() const;
    qsizetype timesAsked(const QByteArray &url) const;

    Result<net::Reply> fetch(const net::Request &request, const JobContext &context) override;
    Result<net::Reply> download(
        const net::Request &request, const net::Sink &sink, const JobContext &context) override;

private:
    mutable std::mutex m_lock;
    std::map<QByteArray, Answer> m_answers;
    QList<QByteArray> m_asked;
};

} // namespace sconce::kit
