// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <set>

#include "files/entry_store.h"
#include "index/index_client.h"

namespace sconce::index {

/// Gets the METADATA of a wheel that lies on a server, by the cheapest way that works, or what an archive of
/// sources says of every build (its pyproject.toml, PEP 621, or its PKG-INFO, PEP 643; NotFound for others),
/// and keeps the fields on disk where a digest (or a server that never changes files) says that they stay
/// true. Thread-safe.
class WheelMetadata {
public:
    /// `cacheFolder` empty: nothing is kept on disk.
    WheelMetadata(net::Fetcher &fetcher, const QString &cacheFolder, Refresh refresh);
    Result<std::shared_ptr<const metadata::CoreMetadata>> read(
        const metadata::IndexFile &file, const JobContext &context);
    /// By HEAD; nothing when the server does not say.
    Result<std::optional<qint64>> size(const metadata::IndexFile &file, const JobContext &context);

private:
    Result<QByteArray> fetch(const metadata::IndexFile &file, const JobContext &context);
    /// The file beside the wheel; nothing when there is none after all.
    Result<std::optional<QByteArray>> fromSidecar(const metadata::IndexFile &file, const JobContext &context);
    /// A few ranges of the wheel; nothing when the server does not serve ranges.
    Result<std::optional<QByteArray>> fromRanges(const metadata::IndexFile &file, const JobContext &context);
    Result<QByteArray> fromWheel(const metadata::IndexFile &file, const JobContext &context);
    Result<QByteArray> fromSources(const metadata::IndexFile &file, const JobContext &context);
    /// The whole file, as its index lists it; gives the path.
    Result<QString> download(
        const metadata::IndexFile &file, const QString &folder, const JobContext &context);

    net::Fetcher &m_fetcher;
    const files::EntryStore m_store;
    const QString m_temporaryFolder;
    const Refresh m_refresh;
    std::mutex m_lock;
    /// Servers that were asked for a range and sent something else: not asked again.
    std::set<QString> m_withoutRanges;
};

} // namespace sconce::index
