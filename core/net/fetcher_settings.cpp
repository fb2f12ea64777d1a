// SPDX-License-Identifier: Apache-2.0
#include "net/fetcher_settings.h"

namespace sconce::net {

using namespace Qt::StringLiterals;

FetcherSettings FetcherSettings::fromVariables(const QHash<QString, QString> &variables)
{
    const auto eitherCase = [&](QStringView name) {
        const QString lower = variables.value(name.toString().toLower());
        return lower.isEmpty() ? variables.value(name.toString()) : lower;
    };
    FetcherSettings settings;
    const QString anyProxy = eitherCase(u"ALL_PROXY");
    const auto proxy = [&](QStringView name) {
        const QString own = eitherCase(name);
        return own.isEmpty() ? anyProxy : own;
    };
    settings.httpProxy = proxy(u"HTTP_PROXY");
    settings.httpsProxy = proxy(u"HTTPS_PROXY");
    settings.noProxy = eitherCase(u"NO_PROXY").split(u',', Qt::SkipEmptyParts);
    settings.certificateFile = variables.value(u"SSL_CERT_FILE"_s);
    const QString offline = variables.value(u"UV_OFFLINE"_s).toLower();
    settings.isOffline =
        offline == "1"_L1 || offline == "true"_L1 || offline == "yes"_L1 || offline == "on"_L1;
    if (const int seconds = variables.value(u"UV_HTTP_TIMEOUT"_s).toInt(); seconds > 0)
        settings.timeoutSeconds = seconds;
    settings.credentials = std::make_shared<CredentialStore>(variables);
    return settings;
}

} // namespace sconce::net
