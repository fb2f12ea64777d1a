// SPDX-License-Identifier: Apache-2.0
#include "net/faults.h"

#include <QCoreApplication>

#include "base/safe_url.h"

namespace sconce::net {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("net", text);
}

Error offline(const Failure &failure, const QString &sentence)
{
    QString detail = safeText(failure.url);
    if (!failure.systemText.isEmpty() && !failure.systemText.contains(QStringLiteral("://")))
        detail += QStringLiteral(": ") + failure.systemText;
    return Error(ErrorKind::Offline, sentence).detail(detail);
}

/// A server that falls silent or breaks off may do better in a while; so may the way to it.
Error passing(const Failure &failure, const QString &sentence)
{
    return offline(failure, sentence).hint(tr("Check the network connection")).hint(tr("Try again later"));
}

/// What is wrong with the certificate, in one sentence with what to do.
Error certificateError(const Failure &failure)
{
    const QString host = hostText(failure.url);
    const QSslError &fault = failure.certificateFaults.first();
    switch (fault.error()) {
    case QSslError::CertificateExpired:
        return offline(failure, tr("The certificate of “%1” has expired").arg(host))
            .hint(tr("Check the clock of this computer"));
    case QSslError::CertificateNotYetValid:
        return offline(failure, tr("The certificate of “%1” is not valid yet").arg(host))
            .hint(tr("Check the clock of this computer"));
    case QSslError::HostNameMismatch:
        return offline(failure, tr("The certificate of “%1” is for another name").arg(host))
            .hint(tr("Check the address"));
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::CertificateUntrusted:
        return offline(failure,
            tr("The certificate of “%1” comes from an authority that this computer does not know").arg(host))
            .hint(tr("Set SSL_CERT_FILE to a file with the certificate of that authority"));
    default:
        return offline(
            failure, tr("The certificate of “%1” was not accepted: %2").arg(host, fault.errorString()))
            .hint(tr("Check the address"));
    }
}

Error silenceError(const Failure &failure)
{
    const QString host = hostText(failure.url);
    const QString seconds = QString::number(failure.silentSeconds);
    if (failure.wasSlow)
        return passing(failure, tr("“%1” sends less than 1 KB a second").arg(host));
    switch (failure.step) {
    case Step::Queued:
    case Step::Connecting:
        return failure.proxy.isEmpty()
            ? passing(failure, tr("No connection to “%1” within %2 seconds").arg(host, seconds))
            : passing(failure,
                  tr("No connection to “%1” through the proxy “%2” within %3 seconds")
                      .arg(host, failure.proxy, seconds));
    case Step::Waiting:
        return passing(failure, tr("“%1” did not answer within %2 seconds").arg(host, seconds));
    case Step::Receiving: break;
    }
    return passing(failure,
        tr("“%1” stopped in the middle of its answer: nothing came for %2 seconds").arg(host, seconds));
}

Error proxyError(const Failure &failure)
{
    const QString &proxy = failure.proxy;
    const QString variable = tr("Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY");
    switch (failure.code) {
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ConnectionRefusedError:
        return offline(failure, tr("The proxy “%1” refused the connection").arg(proxy)).hint(variable);
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::HostNotFoundError:
        return offline(failure, tr("The proxy “%1” was not found: its name has no address").arg(proxy))
            .hint(variable);
    case QNetworkReply::ProxyTimeoutError:
        return offline(failure, tr("The proxy “%1” did not answer in time").arg(proxy)).hint(variable);
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return offline(failure, tr("The proxy “%1” wants a name and a password, or other ones").arg(proxy))
            .hint(tr("Put them in the address of the proxy: http://name:password@host:port"));
    default:
        return offline(failure,
            tr("The proxy “%1” did not let the request for “%2” through").arg(proxy, hostText(failure.url)))
            .hint(variable);
    }
}

bool isProxyCode(QNetworkReply::NetworkError code)
{
    return code >= QNetworkReply::ProxyConnectionRefusedError && code <= QNetworkReply::UnknownProxyError;
}

Error errorOf(const Failure &failure)
{
    const QString host = hostText(failure.url);
    if (failure.silentSeconds > 0)
        return silenceError(failure);
    if (!failure.certificateFaults.isEmpty())
        return certificateError(failure);
    // For plain http Qt reports trouble with the proxy as if it were the server's; a tunnel that is refused
    // for any other reason than a missing login is "unknown".
    const bool neverReached = failure.code == QNetworkReply::ConnectionRefusedError
        || failure.code == QNetworkReply::HostNotFoundError
        || (failure.code == QNetworkReply::UnknownNetworkError && failure.step < Step::Waiting);
    if (!failure.proxy.isEmpty() && (isProxyCode(failure.code) || neverReached))
        return proxyError(failure);
    switch (failure.code) {
    case QNetworkReply::HostNotFoundError:
        return offline(failure, tr("“%1” was not found: the name has no address").arg(host))
            .hint(tr("Check the network connection"))
            .hint(tr("Check the address"));
    case QNetworkReply::ConnectionRefusedError:
        return offline(failure, tr("“%1” refused the connection").arg(host)).hint(tr("Check the address"));
    case QNetworkReply::SslHandshakeFailedError:
        return offline(failure, tr("No secure connection (TLS) to “%1” came about").arg(host))
            .hint(tr("Check the address"))
            .hint(tr("Try again later"));
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::TemporaryNetworkFailureError:
        return offline(failure, tr("The network went away while “%1” was asked").arg(host))
            .hint(tr("Check the network connection"));
    case QNetworkReply::TimeoutError: return passing(failure, tr("No connection to “%1” in time").arg(host));
    case QNetworkReply::RemoteHostClosedError:
        return passing(failure,
            failure.step == Step::Receiving
                ? tr("“%1” ended the connection in the middle of its answer").arg(host)
                : tr("“%1” ended the connection without a proper answer").arg(host));
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return Error(ErrorKind::Broken, tr("“%1” sent an answer that is not proper HTTP").arg(host))
            .detail(safeText(failure.url) + QStringLiteral(": ") + failure.systemText)
            .hint(tr("Check the address"));
    default: return passing(failure, tr("The request to “%1” failed").arg(host));
    }
}

} // namespace

Fault faultOf(const Failure &failure)
{
    const bool isRefusal = !failure.certificateFaults.isEmpty()
        || failure.code == QNetworkReply::ProxyAuthenticationRequiredError;
    return {errorOf(failure), !isRefusal};
}

} // namespace sconce::net
