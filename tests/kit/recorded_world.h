// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>

#include "net/fetcher.h"

namespace sconce::kit {

/// The indexes of a recorded case, answered from memory: {"indexes": {address: {package: {"files": […]}}},
/// "metadata": {wheel: text}}. Indexes on torch.test answer in HTML and refuse unknown names (403), all
/// others in JSON. Thread-safe.
class RecordedWorld final : public net::Fetcher {
public:
    explicit RecordedWorld(QJsonObject world)
        : m_indexes(world[QLatin1String("indexes")].toObject())
        , m_metadata(world[QLatin1String("metadata")].toObject())
    {}

    Result<net::Reply> fetch(const net::Request &request, const JobContext &context) override;
    Result<net::Reply> download(
        const net::Request &request, const net::Sink &sink, const JobContext &context) override;

private:
    QJsonObject m_indexes;
    QJsonObject m_metadata;
};

} // namespace sconce::kit
