// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QStringList>

#include "net/credentials.h"

namespace sconce::net {

struct FetcherSettings {
    /// Folder of the HTTP cache; empty: no cache on disk.
    QString cacheFolder;
    bool isOffline = false;
    /// Seconds without a byte before a transfer counts as stalled (UV_HTTP_TIMEOUT, 30). Over twice that time
    /// it must also bring 1 KiB a second.
    int timeoutSeconds = 30;
    int retries = 3;
    /// Milliseconds before the first retry; each further one waits four times as long.
    int retryDelay = 250;
    /// Proxies from HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, either case;
    /// "http://user:password@host:port", "socks5://host:port", "host:port".
    QString httpProxy;
    QString httpsProxy;
    QStringList noProxy;
    /// PEM file that replaces the system's list (SSL_CERT_FILE).
    QString certificateFile;
    std::shared_ptr<Credentials> credentials;

    /// From the environment's variables; `credentials` is a CredentialStore over them.
    static FetcherSettings fromVariables(const QHash<QString, QString> &variables);
};

} // namespace sconce::net
