// SPDX-License-Identifier: Apache-2.0
#include "net/proxies.h"

#include "kit/http_server.h"
#include "kit/quick_fetcher.h"

using namespace sconce;
using namespace sconce::net;
using namespace Qt::StringLiterals;
using kit::Asked;
using kit::HttpServer;

class ProxiesCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void choosesByAddress_data();
    void choosesByAddress();
    void refusesWhatIsNoProxy_data();
    void refusesWhatIsNoProxy();
    void asksForOpenAddressesInWhole();
    void tunnelsSecureAddresses();
    void showsItsLoginToTheProxyOnly();
    void saysWhatIsWrongWithTheProxy_data();
    void saysWhatIsWrongWithTheProxy();
};

void ProxiesCheck::choosesByAddress_data()
{
    QTest::addColumn<QString>("exceptions");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("proxy");
    const auto row = [](const char *exceptions, const char *url, const char *proxy) {
        QTest::addRow("NO_PROXY=%s %s", exceptions, url)
            << QString::fromLatin1(exceptions) << QString::fromLatin1(url) << QString::fromLatin1(proxy);
    };
    row("", "http://pypi.test/simple/", "open:3128");
    row("", "https://pypi.test/simple/", "secure:1080");
    row("", "http://127.0.0.1:8000/", "open:3128");
    row("*", "http://pypi.test/", "");
    row("pypi.test", "http://pypi.test/", "");
    row("pypi.test", "http://files.pypi.test/", "");
    row(".pypi.test", "http://files.pypi.test/", "");
    row(".pypi.test", "http://pypi.test/", "");
    row("*.pypi.test", "http://files.pypi.test/", "");
    row("pypi.test", "http://notpypi.test/", "open:3128");
    row("PyPI.Test", "http://pypi.test/", "");
    row(" a , pypi.test ", "http://pypi.test/", "");
    row("pypi.test:8080", "http://pypi.test:8080/", "");
    row("pypi.test:8080", "http://pypi.test/", "open:3128");
    row("pypi.test:80", "http://pypi.test/", "");
    row("127.0.0.1", "http://127.0.0.1:8000/", "");
    row("10.0.0.0/8", "http://10.1.2.3/", "");
    row("10.0.0.0/8", "http://11.1.2.3/", "open:3128");
    row("10.0.0.0/8", "http://pypi.test/", "open:3128");
    row("::1", "http://[::1]:8000/", "");
    row("[::1]:8000", "http://[::1]:8000/", "");
    row("fd00::/8", "http://[fd12::1]/", "");
    row("nonsense/99,/,:", "http://pypi.test/", "open:3128");
}

void ProxiesCheck::choosesByAddress()
{
    QFETCH(QString, exceptions);
    QFETCH(QString, url);
    QFETCH(QString, proxy);
    FetcherSettings settings;
    settings.httpProxy = u"open:3128"_s; // without a scheme, as people write it
    settings.httpsProxy = u"socks5://me:secret@secure"_s;
    settings.noProxy = exceptions.split(u',');
    const auto chosen = Proxies(settings).forUrl(QUrl(url));
    VERIFY_RESULT(chosen);
    QCOMPARE(proxyText(*chosen), proxy);
    if (chosen->hostName() == u"secure"_s) {
        QCOMPARE(chosen->type(), QNetworkProxy::Socks5Proxy);
        QCOMPARE(chosen->user(), u"me"_s);
        QCOMPARE(chosen->password(), u"secret"_s);
    }
}

void ProxiesCheck::refusesWhatIsNoProxy_data()
{
    QTest::addColumn<QString>("proxy");
    for (const char *proxy : {"https://me:canary@host:1", "ftp://canary:1", "http://", "http://canary host",
             ":80", "http://h:99999"})
        QTest::newRow(proxy) << QString::fromLatin1(proxy);
}

void ProxiesCheck::refusesWhatIsNoProxy()
{
    QFETCH(QString, proxy);
    FetcherSettings settings = kit::quickSettings();
    settings.httpProxy = proxy;
    auto fetcher = kit::wholeFetcher(settings);
    const auto reply = fetcher.fetch({.url = QUrl(u"http://pypi.test/"_s)}, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind(), ErrorKind::BadInput);
    QCOMPARE(reply.error().summary(), u"The proxy set for http addresses cannot be used"_s);
    QVERIFY(!reply.error().forLog().contains(u"canary"_s));
}

void ProxiesCheck::asksForOpenAddressesInWhole()
{
    HttpServer proxy;
    proxy.serve("http://pypi.test/simple/a/", "page");
    FetcherSettings settings = kit::quickSettings();
    settings.httpProxy = proxy.url({}).toString();
    auto fetcher = kit::wholeFetcher(settings);
    // The name resolves nowhere: only the proxy needs to know it.
    const auto reply = fetcher.fetch({.url = QUrl(u"http://pypi.test/simple/a/"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body, "page");
    QCOMPARE(proxy.asked()[0].headers.value("host"), "pypi.test");
}

void ProxiesCheck::tunnelsSecureAddresses()
{
    HttpServer server(HttpServer::Tls::Good);
    server.serve("/simple/a/", "page");
    HttpServer proxy;
    proxy.tunnelTo(server);
    FetcherSettings settings = kit::quickSettings();
    settings.httpsProxy = proxy.url({}).toString();
    settings.certificateFile = HttpServer::authorityFile();
    auto fetcher = kit::wholeFetcher(settings);
    const auto reply =
        fetcher.fetch({.url = QUrl(u"https://pypi.test/simple/a/"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body, "page");
    QCOMPARE(proxy.asked()[0].target, "pypi.test:443");
}

void ProxiesCheck::showsItsLoginToTheProxyOnly()
{
    const QByteArray wanted = "Basic " + QByteArray("me:canary").toBase64();
    HttpServer server(HttpServer::Tls::Good);
    server.serve("/simple/a/", "page");
    HttpServer proxy;
    proxy.tunnelTo(server, wanted);
    proxy.serve("http://pypi.test/simple/a/", "page");
    FetcherSettings settings = kit::quickSettings();
    settings.httpProxy = u"http://me:canary@127.0.0.1:%1"_s.arg(proxy.port());
    settings.httpsProxy = settings.httpProxy;
    settings.certificateFile = HttpServer::authorityFile();
    auto fetcher = kit::wholeFetcher(settings);
    for (const auto &url : {u"http://pypi.test/simple/a/"_s, u"https://pypi.test/simple/a/"_s}) {
        const auto reply = fetcher.fetch({.url = QUrl(url)}, JobContext::unwatched());
        VERIFY_RESULT(reply);
        QCOMPARE(reply->status, 200);
    }
    for (const Asked &asked : server.asked())
        QVERIFY(!asked.headers.contains("proxy-authorization"));
}

void ProxiesCheck::saysWhatIsWrongWithTheProxy_data()
{
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("sentence");
    for (const auto &url : {u"http://pypi.test/"_s, u"https://pypi.test/"_s}) {
        const QByteArray scheme = QUrl(url).scheme().toLatin1();
        QTest::addRow("%s refused", scheme.constData())
            << u"http://me:canary@127.0.0.1:9"_s << url
            << u"The proxy “127.0.0.1:9” refused the connection"_s;
        QTest::addRow("%s unknown name", scheme.constData())
            << u"http://me:canary@no-such-host.invalid:3128"_s << url
            << u"The proxy “no-such-host.invalid:3128” was not found: its name has no address"_s;
    }
    QTest::newRow("wrong password")
        << u"http://me:canary@127.0.0.1:%1"_s << u"https://pypi.test/"_s
        << u"The proxy “127.0.0.1:%1” wants a name and a password, or other ones"_s;
    QTest::newRow("no way through")
        << u"http://me:canary@127.0.0.1:%2"_s << u"https://pypi.test/"_s
        << u"The proxy “127.0.0.1:%2” did not let the request for “pypi.test” through"_s;
}

void ProxiesCheck::saysWhatIsWrongWithTheProxy()
{
    QFETCH(QString, proxy);
    QFETCH(QString, url);
    QFETCH(QString, sentence);
    HttpServer strict;
    strict.wantProxyAuthorization("Basic something else");
    HttpServer noTunnel;
    const auto filled = [&](QString text) {
        return text.replace(u"%1"_s, QString::number(strict.port()))
            .replace(u"%2"_s, QString::number(noTunnel.port()));
    };
    FetcherSettings settings = kit::quickSettings();
    settings.httpProxy = settings.httpsProxy = filled(proxy);
    auto fetcher = kit::wholeFetcher(settings);
    const auto reply = fetcher.fetch({.url = QUrl(url)}, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().summary(), filled(sentence));
    QCOMPARE(reply.error().kind(), ErrorKind::Offline);
    QVERIFY(!reply.error().forLog().contains(u"canary"_s));
    QVERIFY(!reply.error().hints().isEmpty());
}

QTEST_GUILESS_MAIN(ProxiesCheck)
#include "proxies.moc"
