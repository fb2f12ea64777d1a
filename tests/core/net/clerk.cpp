// SPDX-License-Identifier: Apache-2.0
#include "net/clerk.h"

#include <QTemporaryDir>

#include "kit/golden.h"
#include "kit/http2_server.h"
#include "kit/http_server.h"
#include "kit/quick_fetcher.h"
#include "work/each.h"

using namespace sconce;
using namespace sconce::net;
using namespace Qt::StringLiterals;
using kit::Http2Server;
using kit::HttpServer;

/// TLS as a person meets it, and HTTP/2.
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
    void speaksHttp2OverOneConnection();
    void bringsLargeBodiesOverHttp1();
    void fallsBackFromHttp2_data();
    void fallsBackFromHttp2();
};

void ClerkCheck::trustsTheAuthorityOfTheFile()
{
    HttpServer server(HttpServer::Tls::Good);
    server.serve("/page", "hello");
    FetcherSettings settings = kit::quickSettings();
    settings.certificateFile = HttpServer::authorityFile();
    auto fetcher = kit::wholeFetcher(settings);
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
    auto fetcher = kit::wholeFetcher(settings);
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
    auto fetcher = kit::wholeFetcher(settings);
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
    auto fetcher = kit::wholeFetcher(settings);
    VERIFY_RESULT(fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched()));
}

void ClerkCheck::saysThatTlsFailed()
{
    HttpServer server; // speaks plain HTTP
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    QUrl url = server.url(u"/page"_s);
    url.setScheme(u"https"_s);
    const auto reply = fetcher.fetch({.url = url}, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().summary(),
        u"No secure connection (TLS) to “127.0.0.1:%1” came about"_s.arg(server.port()));
}

namespace {

FetcherSettings trusting()
{
    FetcherSettings settings = kit::quickSettings();
    settings.certificateFile = HttpServer::authorityFile();
    return settings;
}

} // namespace

void ClerkCheck::speaksHttp2OverOneConnection()
{
    Http2Server server(Http2Server::Mood::Good, "hello");
    auto fetcher = kit::wholeFetcher(trusting());
    const auto done = each(
        40, 20,
        [&](std::size_t) -> Result<> {
            const Reply reply =
                SCONCE_TRY(fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched()));
            return reply.body == "hello" ? Result<>()
                                         : std::unexpected(Error(ErrorKind::Broken, u"wrong body"_s));
        },
        JobContext::unwatched());
    VERIFY_RESULT(done);
    QCOMPARE(server.timesHttp2(), 40);
    QCOMPARE(server.timesHttp1(), 0);
    QCOMPARE(server.connectionsHttp2(), 1);
}

void ClerkCheck::bringsLargeBodiesOverHttp1()
{
    // Over HTTP/2 Qt would take all of it into memory, whatever the sink's pace.
    for (const qsizetype size : {4 << 20, 12 << 20}) {
        const bool isLarge = size > 8 << 20;
        const QByteArray body = kit::pattern(size);
        Http2Server server(Http2Server::Mood::Good, body);
        auto fetcher = kit::wholeFetcher(trusting());
        QByteArray got;
        VERIFY_RESULT(
            fetcher.download({.url = server.url(u"/wheel"_s)}, kit::into(got), JobContext::unwatched()));
        QVERIFY(got == body);
        QCOMPARE(server.timesHttp1(), isLarge ? 1 : 0);
        // What is to lie in memory anyway may come as it likes.
        const auto reply = fetcher.fetch({.url = server.url(u"/wheel"_s)}, JobContext::unwatched());
        VERIFY_RESULT(reply);
        QVERIFY(reply->body == body);
        QCOMPARE(server.timesHttp1(), isLarge ? 1 : 0);
    }
}

void ClerkCheck::fallsBackFromHttp2_data()
{
    QTest::addColumn<Http2Server::Mood>("mood");
    QTest::newRow("streams reset") << Http2Server::Mood::ResetsStreams;
    QTest::newRow("goes away") << Http2Server::Mood::GoesAway;
    QTest::newRow("nonsense") << Http2Server::Mood::TalksNonsense;
    QTest::newRow("hangs") << Http2Server::Mood::Hangs;
}

void ClerkCheck::fallsBackFromHttp2()
{
    QFETCH(Http2Server::Mood, mood);
    Http2Server server(mood, "hello");
    FetcherSettings settings = trusting();
    settings.timeoutSeconds = 1;
    auto fetcher = kit::wholeFetcher(settings);
    const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body, "hello");
    QCOMPARE(server.timesHttp1(), 1);
}

QTEST_GUILESS_MAIN(ClerkCheck)
#include "clerk.moc"
