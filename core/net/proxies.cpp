// SPDX-License-Identifier: Apache-2.0
#include "net/proxies.h"

#include <QCoreApplication>
#include <QHostAddress>

#include "net/fetcher_qt.h"

namespace sconce::net {

using namespace Qt::StringLiterals;

namespace {

/// One entry of NO_PROXY: "*", a domain (itself and all below it; a dot in front changes nothing), an
/// address, a network as "10.0.0.0/8"; each perhaps with ":port".
bool matches(QString entry, const QString &host, int port)
{
    if (entry == "*"_L1)
        return true;
    if (entry.contains(u'/')) {
        const auto network = QHostAddress::parseSubnet(entry);
        const QHostAddress address(host);
        return !network.first.isNull() && !address.isNull() && address.isInSubnet(network);
    }
    // An IPv6 address has colons of its own; with a port it stands in brackets.
    const qsizetype colon = entry.lastIndexOf(u':');
    if (colon > 0 && (entry.count(u':') == 1 || entry[colon - 1] == u']')) {
        if (entry.mid(colon + 1).toInt() != port)
            return false;
        entry.truncate(colon);
    }
    if (entry.startsWith(u'[') && entry.endsWith(u']'))
        entry = entry.sliced(1, entry.size() - 2);
    while (entry.startsWith(u'.') || entry.startsWith("*."_L1))
        entry.remove(0, entry.startsWith(u'*') ? 2 : 1);
    return !entry.isEmpty() && (host == entry || host.endsWith(u'.' + entry));
}

} // namespace

QString proxyText(const QNetworkProxy &proxy)
{
    return proxy.type() == QNetworkProxy::NoProxy ? QString()
                                                  : proxy.hostName() + u':' + QString::number(proxy.port());
}

Proxies::Proxies(const FetcherSettings &settings)
    : m_http(settings.httpProxy)
    , m_https(settings.httpsProxy)
{
    for (const QString &entry : settings.noProxy) {
        if (!entry.trimmed().isEmpty())
            m_exceptions.append(entry.trimmed().toLower());
    }
}

bool Proxies::isExcepted(const QUrl &url) const
{
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    const int port = url.port(url.scheme() == "https"_L1 ? 443 : 80);
    return std::ranges::any_of(
        m_exceptions, [&](const QString &entry) { return matches(entry, host, port); });
}

Result<QNetworkProxy> Proxies::forUrl(const QUrl &url) const
{
    const QString &text = url.scheme() == "https"_L1 ? m_https : m_http;
    if (text.isEmpty() || isExcepted(url))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QUrl address(text.contains("://"_L1) ? text : "http://"_L1 + text, QUrl::StrictMode);
    const QString scheme = address.scheme();
    const bool isSocks = scheme == "socks5"_L1 || scheme == "socks5h"_L1;
    if (!address.isValid() || address.host().isEmpty() || (scheme != "http"_L1 && !isSocks)) {
        // The text may hold a password, so it is not shown.
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate("net", "The proxy set for %1 addresses cannot be used")
                .arg(url.scheme()))
                .hint(QCoreApplication::translate(
                    "net", "Write HTTP_PROXY and HTTPS_PROXY as http://host:port or socks5://host:port")));
    }
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, address.host(),
        quint16(address.port(isSocks ? 1080 : 80)), address.userName(QUrl::FullyDecoded),
        address.password(QUrl::FullyDecoded));
}

} // namespace sconce::net
