// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

#include "net/caching_fetcher.h"
#include "net/fetcher_qt.h"

namespace sconce::kit {

/// Settings for a fetcher in a check: nothing of this computer (no netrc, no proxy), and quick to try again.
inline net::FetcherSettings quickSettings(QHash<QString, QString> variables = {})
{
    variables.insert(QStringLiteral("HOME"), QStringLiteral("/nowhere"));
    net::FetcherSettings settings;
    settings.retryDelay = 1;
    settings.credentials = std::make_shared<net::CredentialStore>(variables);
    return settings;
}

/// The whole way out as the program has it: local files, cache, network.
inline net::CachingFetcher wholeFetcher(const net::FetcherSettings &settings)
{
    return net::CachingFetcher(settings, std::make_unique<net::QtFetcher>(settings));
}

inline net::Sink into(QByteArray &bytes)
{
    return [&bytes](QByteArrayView piece) -> Result<> {
        bytes += piece;
        return {};
    };
}

/// Bytes that repeat nowhere and are the same in every run.
inline QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : bytes)
        byte = char((state = state * 1664525 + 1013904223) >> 24);
    return bytes;
}

} // namespace sconce::kit

/// Fails a check with the error of a Result.
#define VERIFY_RESULT(result)                                                                                \
    do {                                                                                                     \
        const auto &verify_result = (result);                                                                \
        QVERIFY2(                                                                                            \
            verify_result.has_value(), verify_result ? "" : qPrintable(verify_result.error().forLog()));     \
    } while (false)
