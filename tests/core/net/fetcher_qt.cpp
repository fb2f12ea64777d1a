// SPDX-License-Identifier: Apache-2.0
#include "net/fetcher_qt.h"

#include <thread>

#include <QElapsedTimer>

#include "kit/http_server.h"
#include "kit/quick_fetcher.h"
#include "work/each.h"

using namespace sconce;
using namespace sconce::net;
using namespace Qt::StringLiterals;
using kit::HttpServer;
using kit::Told;

namespace {

/// 4 MiB of zeros, packed: `python3 -c "import gzip; print(gzip.compress(bytes(4 << 20)))"` in short.
QByteArray packedZeros()
{
    // zlib's format is deflate with two bytes in front and four behind; gzip wraps the same differently.
    const QByteArray zlib = qCompress(QByteArray(4 << 20, '\0'), 9).sliced(4);
    return zlib;
}

} // namespace

class QtFetcherCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bringsABody();
    void givesStatusesAsReplies();
    void keepsTheBodyOfOtherStatusesFromTheSink();
    void unpacksWhatIsPacked();
    void retriesWhatUnpacksToNothing();
    void asksForHeadsAlone();
    void endsABodyAtTheLimit_data();
    void endsABodyAtTheLimit();
    void takesRanges();
    void leavesTheWholeFileWhenTheRangeIsIgnored();
    void saysWhereTheStepFailed_data();
    void saysWhereTheStepFailed();
    void stopsAtOnce_data();
    void stopsAtOnce();
    void asksNothingInOfflineMode();
    void refusesOtherAddresses_data();
    void refusesOtherAddresses();
    void servesManyAtATime();
    void readsSettingsFromVariables();
};

void QtFetcherCheck::bringsABody()
{
    HttpServer server;
    server.serve("/page", "hello", "text/plain");
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->status, 200);
    QCOMPARE(reply->body, "hello");
    QCOMPARE(reply->headers.value("content-type"), "text/plain");
    QCOMPARE(reply->url, server.url(u"/page"_s));
    const auto asked = server.asked();
    QCOMPARE(asked.size(), 1u);
    QVERIFY(asked[0].headers.value("user-agent").startsWith("sconce/"));
    QVERIFY(!asked[0].headers.contains("cookie"));
}

void QtFetcherCheck::givesStatusesAsReplies()
{
    HttpServer server;
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    for (const int status :
        {301, 400, 401, 403, 404, 405, 407, 409, 410, 418, 429, 451, 500, 501, 503, 511, 599}) {
        server.tell("/x", {.status = status, .body = "why"});
        const auto reply = fetcher.fetch({.url = server.url(u"/x"_s)}, JobContext::unwatched());
        VERIFY_RESULT(reply);
        QCOMPARE(reply->status, status);
        QCOMPARE(reply->body, "why");
    }
}

void QtFetcherCheck::keepsTheBodyOfOtherStatusesFromTheSink()
{
    HttpServer server;
    server.tell("/gone", {.status = 404, .body = "no such wheel"});
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    QByteArray got;
    const auto reply =
        fetcher.download({.url = server.url(u"/gone"_s)}, kit::into(got), JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->status, 404);
    QCOMPARE(reply->body, "no such wheel");
    QVERIFY(got.isEmpty());
}

void QtFetcherCheck::unpacksWhatIsPacked()
{
    HttpServer server;
    server.tell("/packed", {.headers = {{"Content-Encoding", "deflate"}}, .body = packedZeros()});
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto reply = fetcher.fetch({.url = server.url(u"/packed"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body.size(), 4 << 20);
    QVERIFY(server.asked()[0].headers.value("accept-encoding").contains("gzip"));
    // A file is wanted as it is: its offsets and its digest count.
    QByteArray got;
    VERIFY_RESULT(
        fetcher.download({.url = server.url(u"/packed"_s)}, kit::into(got), JobContext::unwatched()));
    QCOMPARE(server.asked()[1].headers.value("accept-encoding"), "identity");
}

void QtFetcherCheck::retriesWhatUnpacksToNothing()
{
    HttpServer server;
    std::atomic<int> times = 0;
    server.on("/packed", [&](const kit::Asked &) {
        Told told{.headers = {{"Content-Encoding", "gzip"}}, .body = "this is not gzip"};
        return times++ < 2 ? told : Told{.body = "at last"};
    });
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto reply = fetcher.fetch({.url = server.url(u"/packed"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body, "at last");
}

void QtFetcherCheck::asksForHeadsAlone()
{
    HttpServer server;
    server.serve("/wheel", "0123456789");
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto reply =
        fetcher.fetch({.url = server.url(u"/wheel"_s), .method = Request::Method::Head, .limit = 1},
            JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->status, 200);
    QCOMPARE(reply->headers.value("content-length"), "10");
    QVERIFY(reply->body.isEmpty());
    QCOMPARE(server.asked()[0].method, "HEAD");
}

void QtFetcherCheck::endsABodyAtTheLimit_data()
{
    QTest::addColumn<Told>("told");
    QTest::newRow("says so at once") << Told{.body = QByteArray(2000, 'x')};
    QTest::newRow("does not say") << Told{.body = QByteArray(2000, 'x'), .saysLength = false, .closes = true};
    QTest::newRow("packed bomb") << Told{.headers = {{"Content-Encoding", "deflate"}}, .body = packedZeros()};
}

void QtFetcherCheck::endsABodyAtTheLimit()
{
    QFETCH(Told, told);
    HttpServer server;
    server.tell("/big", told);
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto reply = fetcher.fetch({.url = server.url(u"/big"_s), .limit = 1000}, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind(), ErrorKind::BadInput);
    QCOMPARE(reply.error().summary(), u"“127.0.0.1:%1” sent more than 1 kB"_s.arg(server.port()));
}

void QtFetcherCheck::takesRanges()
{
    HttpServer server;
    server.serve("/file", "0123456789");
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto reply =
        fetcher.fetch({.url = server.url(u"/file"_s), .first = 3, .last = 5}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->status, 206);
    QCOMPARE(reply->body, "345");
    const auto rest = fetcher.fetch({.url = server.url(u"/file"_s), .first = 8}, JobContext::unwatched());
    VERIFY_RESULT(rest);
    QCOMPARE(rest->body, "89");
    const auto beyond = fetcher.fetch({.url = server.url(u"/file"_s), .first = 20}, JobContext::unwatched());
    VERIFY_RESULT(beyond);
    QCOMPARE(beyond->status, 416);
}

void QtFetcherCheck::leavesTheWholeFileWhenTheRangeIsIgnored()
{
    HttpServer server;
    server.tell("/file", {.body = "0123456789"});
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto reply = fetcher.fetch(
        {.url = server.url(u"/file"_s), .first = 3, .last = 5, .limit = 3}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->status, 200);
    QVERIFY(reply->body.isEmpty());
}

void QtFetcherCheck::saysWhereTheStepFailed_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<Told>("told");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("name") << QUrl(u"http://no-such-host.invalid/simple/"_s) << Told{}
                          << u"“no-such-host.invalid” was not found: the name has no address"_s;
    QTest::newRow("connection") << QUrl(u"http://127.0.0.1:9/simple/"_s) << Told{}
                                << u"“127.0.0.1:9” refused the connection"_s;
    QTest::newRow("silence before the answer")
        << QUrl() << Told{.delay = 60'000} << u"“%1” did not answer within 1 seconds"_s;
    QTest::newRow("silence in the head")
        << QUrl() << Told{.stallAfter = 10} << u"“%1” did not answer within 1 seconds"_s;
    QTest::newRow("silence in the body")
        << QUrl() << Told{.body = QByteArray(1000, 'x'), .stallAfter = 500}
        << u"“%1” stopped in the middle of its answer: nothing came for 1 seconds"_s;
    QTest::newRow("closed before the answer")
        << QUrl() << Told{.cutAfter = 0} << u"“%1” ended the connection without a proper answer"_s;
    QTest::newRow("closed in the body") << QUrl() << Told{.body = QByteArray(1000, 'x'), .cutAfter = 500}
                                        << u"“%1” ended the connection in the middle of its answer"_s;
    QTest::newRow("no HTTP") << QUrl() << Told{.raw = "SSH-2.0-OpenSSH_9.6\r\n\r\n"}
                             << u"“%1” ended the connection without a proper answer"_s;
    QTest::newRow("two lengths") << QUrl()
                                 << Told{.headers = {{"Content-Length", "3"}, {"Content-Length", "5"}},
                                        .body = "abcde"}
                                 << u"“%1” sent an answer that is not proper HTTP"_s;
    QTest::newRow("a byte now and then") << QUrl() << Told{.body = QByteArray(1000, 'x'), .dripping = 100}
                                         << u"“%1” sends less than 1 KB a second"_s;
}

void QtFetcherCheck::saysWhereTheStepFailed()
{
    QFETCH(QUrl, url);
    QFETCH(Told, told);
    QFETCH(QString, sentence);
    HttpServer server;
    server.tell("/x", told);
    FetcherSettings settings = kit::quickSettings();
    settings.retries = 0;
    settings.timeoutSeconds = 1;
    auto fetcher = kit::wholeFetcher(settings);
    const auto reply =
        fetcher.fetch({.url = url.isEmpty() ? server.url(u"/x"_s) : url}, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().summary(), sentence.replace(u"%1"_s, u"127.0.0.1:%1"_s.arg(server.port())));
    QVERIFY(reply.error().kind() == ErrorKind::Offline || sentence.contains(u"HTTP"));
}

void QtFetcherCheck::stopsAtOnce_data()
{
    QTest::addColumn<Told>("told");
    QTest::newRow("before the answer") << Told{.delay = 60'000};
    QTest::newRow("in the body") << Told{.body = QByteArray(1000, 'x'), .stallAfter = 500};
    QTest::newRow("between two tries") << Told{.status = 503, .headers = {{"Retry-After", "30"}}};
}

void QtFetcherCheck::stopsAtOnce()
{
    QFETCH(Told, told);
    HttpServer server;
    server.tell("/slow", told);
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    std::stop_source stop;
    const JobContext context(stop.get_token(), std::make_shared<Progress>());
    std::jthread stopper([&] {
        while (server.timesAsked("/slow") == 0)
            std::this_thread::yield();
        stop.request_stop();
    });
    QElapsedTimer time;
    time.start();
    const auto reply = fetcher.fetch({.url = server.url(u"/slow"_s)}, context);
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind(), ErrorKind::Stopped);
    QVERIFY(time.elapsed() < 5000);
}

void QtFetcherCheck::asksNothingInOfflineMode()
{
    HttpServer server;
    FetcherSettings settings = kit::quickSettings();
    settings.isOffline = true;
    auto fetcher = kit::wholeFetcher(settings);
    const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind(), ErrorKind::Offline);
    QVERIFY(reply.error().summary().contains(u"/page"_s));
    QCOMPARE(server.connections(), 0);
}

void QtFetcherCheck::refusesOtherAddresses_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url :
        {"ftp://host/x", "data:text/plain,x", "/just/a/path", "", "http://", "javascript:alert(1)"})
        QTest::newRow(url) << QString::fromLatin1(url);
}

void QtFetcherCheck::refusesOtherAddresses()
{
    QFETCH(QString, url);
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto reply = fetcher.fetch({.url = QUrl(url)}, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind(), ErrorKind::BadInput);
}

void QtFetcherCheck::servesManyAtATime()
{
    HttpServer server;
    for (int i = 0; i < 200; ++i)
        server.tell("/" + QByteArray::number(i), {.body = QByteArray(i * 100, 'x'), .delay = i % 7});
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto done = each(
        200, 64,
        [&](std::size_t i) -> Result<> {
            const Reply reply =
                SCONCE_TRY(fetcher.fetch({.url = server.url(u"/%1"_s.arg(i))}, JobContext::unwatched()));
            if (reply.body.size() != qsizetype(i) * 100)
                return std::unexpected(Error(ErrorKind::Broken, u"wrong body"_s));
            return {};
        },
        JobContext::unwatched());
    VERIFY_RESULT(done);
    QVERIFY2(server.connections() <= 50, qPrintable(QString::number(server.connections())));
}

void QtFetcherCheck::readsSettingsFromVariables()
{
    const FetcherSettings settings = FetcherSettings::fromVariables(
        {{u"HTTP_PROXY"_s, u"http://upper:1"_s}, {u"http_proxy"_s, u"http://lower:1"_s},
            {u"ALL_PROXY"_s, u"socks5://all:2"_s}, {u"NO_PROXY"_s, u"a, b"_s},
            {u"SSL_CERT_FILE"_s, u"/ca.pem"_s}, {u"UV_HTTP_TIMEOUT"_s, u"7"_s}, {u"UV_OFFLINE"_s, u"1"_s}});
    QCOMPARE(settings.httpProxy, u"http://lower:1"_s);
    QCOMPARE(settings.httpsProxy, u"socks5://all:2"_s);
    QCOMPARE(settings.noProxy, (QStringList{u"a"_s, u" b"_s}));
    QCOMPARE(settings.certificateFile, u"/ca.pem"_s);
    QCOMPARE(settings.timeoutSeconds, 7);
    QVERIFY(settings.isOffline);
    QVERIFY(settings.credentials);
}

QTEST_GUILESS_MAIN(QtFetcherCheck)
#include "fetcher_qt.moc"
