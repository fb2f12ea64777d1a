// SPDX-License-Identifier: Apache-2.0
#include "net/clerk.h"

#include <algorithm>

#include <QCoreApplication>
#include <QHttp1Configuration>
#include <QNetworkReply>
#include <QSslCertificate>

#include "net/line.h"

namespace sconce::net {

using namespace Qt::StringLiterals;

namespace {

/// HTTP/1 servers are many mirrors and most proxies; Qt's six connections are a sixth of the speed there. As
/// many as questions to an index are under way at once.
constexpr qsizetype ConnectionsPerHost = 50;

class EnvironmentProxies : public QNetworkProxyFactory {
public:
    explicit EnvironmentProxies(const Proxies &proxies)
        : m_proxies(proxies)
    {}
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        const Result<QNetworkProxy> proxy = m_proxies.forUrl(query.url());
        return {proxy ? *proxy : QNetworkProxy(QNetworkProxy::NoProxy)};
    }

private:
    const Proxies m_proxies;
};

} // namespace

Clerk::Call::Call(Clerk &clerk, const Wire &wire)
    : m_clerk(clerk)
{
    QMetaObject::invokeMethod(
        &m_clerk, [clerk = &m_clerk, wire, exchange = m_exchange] { clerk->start(wire, exchange); });
}

Clerk::Call::~Call()
{
    QMetaObject::invokeMethod(
        &m_clerk, [clerk = &m_clerk, exchange = m_exchange] { delete clerk->m_lines.take(exchange.get()); });
}

Outcome<QByteArray> Clerk::Call::next(const JobContext &context)
{
    bool wasFull = false;
    auto piece = m_exchange->next(context, wasFull);
    if (wasFull) {
        QMetaObject::invokeMethod(&m_clerk, [clerk = &m_clerk, exchange = m_exchange] {
            if (Line *line = clerk->m_lines.value(exchange.get()))
                line->move();
        });
    }
    return piece;
}

Clerk::Clerk(const FetcherSettings &settings)
    : m_settings(settings)
    , m_proxies(settings)
{
    m_sweeper.setInterval(std::clamp(settings.timeoutSeconds * 100, 100, 1000));
    connect(&m_sweeper, &QTimer::timeout, this, &Clerk::sweep);
}

Clerk::~Clerk()
{
    qDeleteAll(m_lines);
}

void Clerk::start(const Wire &wire, const std::shared_ptr<Exchange> &exchange)
{
    Result<QNetworkRequest> request = requestFor(wire);
    if (!request)
        return exchange->finish(Fault{request.error()});
    QNetworkAccessManager &via = manager(wire.mayUseHttp2);
    QNetworkReply *reply = wire.method == Request::Method::Head ? via.head(*request) : via.get(*request);
    m_lines.insert(exchange.get(), new Line(*this, wire, exchange, reply));
    if (!m_sweeper.isActive())
        m_sweeper.start();
}

Result<QNetworkRequest> Clerk::requestFor(const Wire &wire)
{
    const QNetworkProxy proxy = SCONCE_TRY(m_proxies.forUrl(wire.url));
    QNetworkRequest request(wire.url);
    if (wire.url.scheme() == "https"_L1)
        request.setSslConfiguration(SCONCE_TRY(tls()));
    else if (proxy.type() == QNetworkProxy::HttpProxy
        && !proxy.user().isEmpty()) // Qt does it for tunnels only
        request.setRawHeader(
            "Proxy-Authorization", "Basic " + (proxy.user() + u':' + proxy.password()).toUtf8().toBase64());
    // Redirects, logins, cookies and the cache are the business of the worker's side.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, wire.mayUseHttp2);
    // Our own limit counts decoded bytes as they come, which is exact where Qt's guess by ratio is not.
    request.setDecompressedSafetyCheckThreshold(-1);
    QHttp1Configuration http1;
    http1.setNumberOfConnectionsPerHost(ConnectionsPerHost);
    request.setHttp1Configuration(http1);
    request.setRawHeader("User-Agent", "sconce/" SCONCE_VERSION);
    for (auto header = wire.headers.cbegin(); header != wire.headers.cend(); ++header)
        request.setRawHeader(header.key(), header.value());
    return request;
}

/// Read when the first https address is asked, for it costs milliseconds. A file that cannot be used is an
/// error and never the silent default.
const Result<QSslConfiguration> &Clerk::tls()
{
    if (m_tls)
        return *m_tls;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    m_tls = configuration;
    if (m_settings.certificateFile.isEmpty())
        return *m_tls;
    const QList<QSslCertificate> authorities =
        QSslCertificate::fromPath(m_settings.certificateFile, QSsl::Pem);
    if (authorities.isEmpty()) {
        m_tls = std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate("net", "SSL_CERT_FILE names “%1”, which holds no certificate")
                .arg(m_settings.certificateFile))
                .hint(QCoreApplication::translate("net", "Name a PEM file, or unset SSL_CERT_FILE")));
    } else {
        configuration.setCaCertificates(authorities);
        m_tls = configuration;
    }
    return *m_tls;
}

QNetworkAccessManager &Clerk::manager(bool mayUseHttp2)
{
    auto &place = mayUseHttp2 ? m_manager : m_managerWithoutHttp2;
    if (!place) {
        place = std::make_unique<QNetworkAccessManager>();
        place->setAutoDeleteReplies(false);
        place->setProxyFactory(new EnvironmentProxies(m_proxies));
    }
    return *place;
}

void Clerk::sweep()
{
    if (m_lines.isEmpty())
        return m_sweeper.stop();
    for (Line *line : m_lines.values()) // a copy: an end may drop lines
        line->checkPace();
}

} // namespace sconce::net
