// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <set>

#include "metadata/index_page.h"
#include "net/fetcher.h"

namespace sconce::index {

/// Gets the METADATA of a wheel that lies on a server, by the cheapest way that works. Thread-safe.
class WheelMetadata {
public:
    WheelMetadata(net::Fetcher &fetcher, QString temporaryFolder);
    /// The bytes of METADATA as the wheel, or the file beside it, has them.
    Result<QByteArray> read(const metadata::IndexFile &file, const JobContext &context);

private:
    /// The file beside the wheel; nothing when there is none after all.
    Result<std::optional<QByteArray>> fromSidecar(const metadata::IndexFile &file, const JobContext &context);
    /// A few ranges of the wheel; nothing when the server does not serve ranges.
    Result<std::optional<QByteArray>> fromRanges(const metadata::IndexFile &file, const JobContext &context);
    Result<QByteArray> fromWheel(const metadata::IndexFile &file, const JobContext &context);
    Result<std::optional<qint64>> sizeFor(const metadata::IndexFile &file, const JobContext &context);

    net::Fetcher &m_fetcher;
    const QString m_temporaryFolder;
    std::mutex m_lock;
    /// Servers that were asked for a range and sent something else: not asked again.
    std::set<QString> m_withoutRanges;
};

} // namespace sconce::index
