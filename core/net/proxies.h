// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QNetworkProxy>
#include <QStringList>
#include <QUrl>

#include "base/result.h"

namespace sconce::net {

struct FetcherSettings;

/// Which proxy a URL goes through, by the usual variables. Immutable.
class Proxies {
public:
    explicit Proxies(const FetcherSettings &settings);
    /// NoProxy for a direct connection. BadInput when the setting that applies is not an address of a proxy.
    Result<QNetworkProxy> forUrl(const QUrl &url) const;

private:
    bool isExcepted(const QUrl &url) const;
    QString m_http;
    QString m_https;
    QStringList m_exceptions;
};

/// "host:port"; empty for none.
QString proxyText(const QNetworkProxy &proxy);

} // namespace sconce::net
