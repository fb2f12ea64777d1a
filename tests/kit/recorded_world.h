// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

#include <QJsonObject>

#include "net/fetcher.h"

namespace sconce::kit {

/// The indexes of a recorded case, answered from memory: {"indexes": {address: {package: {"files": […]}}},
/// "metadata": {wheel, or its address: text}, "statuses": {address of a page: HTTP status}}; a file lies
/// beside its page unless it has a "url". Indexes on torch.test answer in HTML and refuse unknown names
/// (403), all others in JSON. Thread-safe.
///
/// Cases of a lock also have
///     "files"      what lies in the project's folder; of a wheel its METADATA, of which the wheel is made
///     "args"       the words behind the program's name
///     "expected"   {"lock": text}, or {"verdict": "no solution"} or "refused"; "{sha256 of PATH}" in the
///     lock
///                  stands for the digest of a file that was made
///     "steps"      further runs, each with the files that change before it, its "args" and "expected"
class RecordedWorld final : public net::Fetcher {
public:
    explicit RecordedWorld(QJsonObject world)
        : m_indexes(world[QLatin1String("indexes")].toObject())
        , m_metadata(world[QLatin1String("metadata")].toObject())
        , m_statuses(world[QLatin1String("statuses")].toObject())
    {}

    Result<net::Reply> fetch(const net::Request &request, const JobContext &context) override;
    Result<net::Reply> download(
        const net::Request &request, const net::Sink &sink, const JobContext &context) override;

    /// How often anything was asked for.
    int asked() const { return m_asked; }

private:
    std::atomic<int> m_asked = 0;
    const QJsonObject m_indexes;
    const QJsonObject m_metadata;
    const QJsonObject m_statuses;
};

} // namespace sconce::kit
