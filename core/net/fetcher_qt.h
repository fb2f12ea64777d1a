// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QStringList>

#include "net/credentials.h"
#include "net/fetcher.h"

class QThread;

namespace sconce::net {

class Clerk;
class HttpCache;
class RetryBudget;

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
    static FetcherSettings fromEnvironment();
    static FetcherSettings fromVariables(const QHash<QString, QString> &variables);
};

/// One thread, one QNetworkAccessManager; all workers share its connections (HTTP/2 where the server speaks
/// it). Calls from workers must have returned before it is destroyed.
class QtFetcher final : public Fetcher {
public:
    explicit QtFetcher(FetcherSettings settings);
    ~QtFetcher() override;
    Result<Reply> fetch(const Request &request, const JobContext &context) override;
    Result<Reply> download(const Request &request, const Sink &sink, const JobContext &context) override;
    void learnIndex(const QString &name, const QUrl &url) override;

private:
    Result<Reply> ask(const Request &request, const JobContext &context);

    FetcherSettings m_settings;
    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<RetryBudget> m_budget;
    std::unique_ptr<HttpCache> m_cache;
    Clerk *m_clerk;
};

} // namespace sconce::net
