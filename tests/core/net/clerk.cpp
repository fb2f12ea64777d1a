// SPDX-License-Identifier: Apache-2.0
#include "net/clerk.h"

#include <QTemporaryDir>

#include "kit/golden.h"
#include "kit/http_server.h"
#include "kit/quick_fetcher.h"

using namespace sconce;
using namespace sconce::net;
using namespace Qt::StringLiterals;
using kit::HttpServer;

/// TLS as a person meets it.
class ClerkCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trustsTheAuthorityOfTheFile();
    void saysWhatIsWrongWithTheCertificate_data();
    void saysWhatIsWrongWithTheCertificate();
    void refusesAUselessCertificateFile_data();
    void refusesAUselessCertificateFile();
    void passesOverABadEntryOfTheFile();
    void saysThatTlsFailed();
};

void ClerkCheck::trustsTheAuthorityOfTheFile()
{
    HttpServer server(HttpServer::Tls::Good);
    server.serve("/page", "hello");
    FetcherSettings settings = kit::quickSettings();
    settings.certificateFile = HttpServer::authorityFile();
    QtFetcher fetcher(settings);
    const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body, "hello");
}

void ClerkCheck::saysWhatIsWrongWithTheCertificate_data()
{
    using enum HttpServer::Tls;
    QTest::addColumn<HttpServer::Tls>("tls");
    QTest::addColumn<bool>("knowsAuthority");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("hint");
    const QString stranger =
        u"The certificate of “%1” comes from an authority that this computer does not know"_s;
    const QString fileHint = u"Set SSL_CERT_FILE to a file with the certificate of that authority"_s;
    QTest::newRow("expired") << Expired << true << u"The certificate of “%1” has expired"_s
                             << u"Check the clock of this computer"_s;
    QTest::newRow("other name") << OtherName << true << u"The certificate of “%1” is for another name"_s
                                << u"Check the address"_s;
    QTest::newRow("unknown authority") << UnknownAuthority << true << stranger << fileHint;
    QTest::newRow("authority not in the system") << Good << false << stranger << fileHint;
}

void ClerkCheck::saysWhatIsWrongWithTheCertificate()
{
    QFETCH(HttpServer::Tls, tls);
    QFETCH(bool, knowsAuthority);
    QFETCH(QString, sentence);
    QFETCH(QString, hint);
    HttpServer server(tls);
    server.serve("/page", "hello");
    FetcherSettings settings = kit::quickSettings();
    if (knowsAuthority)
        settings.certificateFile = HttpServer::authorityFile();
    QtFetcher fetcher(settings);
    const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().summary(), sentence.arg(u"127.0.0.1:%1"_s.arg(server.port())));
    QCOMPARE(reply.error().hints().value(0), hint);
    QCOMPARE(reply.error().kind(), ErrorKind::Offline);
    QVERIFY(server.asked().empty()); // nothing was sent
    QCOMPARE(server.connections(), 1); // and nothing tried again
}

void ClerkCheck::refusesAUselessCertificateFile_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("absent") << QByteArray();
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("garbage") << QByteArray("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n");
}

void ClerkCheck::refusesAUselessCertificateFile()
{
    QFETCH(QByteArray, contents);
    QTemporaryDir folder;
    FetcherSettings settings = kit::quickSettings();
    settings.certificateFile = folder.filePath(u"ca.pem"_s);
    if (!contents.isNull())
        kit::spill(settings.certificateFile, contents);
    HttpServer server(HttpServer::Tls::Good);
    QtFetcher fetcher(settings);
    const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind(), ErrorKind::BadInput);
    QCOMPARE(reply.error().summary(),
        u"SSL_CERT_FILE names “%1”, which holds no certificate"_s.arg(settings.certificateFile));
    QCOMPARE(server.connections(), 0);
}

void ClerkCheck::passesOverABadEntryOfTheFile()
{
    QTemporaryDir folder;
    FetcherSettings settings = kit::quickSettings();
    settings.certificateFile = folder.filePath(u"ca.pem"_s);
    kit::spill(settings.certificateFile,
        "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n"
            + kit::slurp(HttpServer::authorityFile()));
    HttpServer server(HttpServer::Tls::Good);
    server.serve("/page", "hello");
    QtFetcher fetcher(settings);
    VERIFY_RESULT(fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched()));
}

void ClerkCheck::saysThatTlsFailed()
{
    HttpServer server; // speaks plain HTTP
    QtFetcher fetcher(kit::quickSettings());
    QUrl url = server.url(u"/page"_s);
    url.setScheme(u"https"_s);
    const auto reply = fetcher.fetch({.url = url}, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().summary(),
        u"No secure connection (TLS) to “127.0.0.1:%1” came about"_s.arg(server.port()));
}

QTEST_GUILESS_MAIN(ClerkCheck)
#include "clerk.moc"
