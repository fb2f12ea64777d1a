// SPDX-License-Identifier: Apache-2.0
#include "net/transfer.h"

#include "kit/http_server.h"
#include "kit/quick_fetcher.h"

using namespace sconce;
using namespace sconce::net;
using namespace Qt::StringLiterals;
using kit::Asked;
using kit::HttpServer;
using kit::Told;

/// Downloads that go wrong, and redirects.
class TransferCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesOnAfterACut_data();
    void goesOnAfterACut();
    void keepsTryingWhileThereIsProgress();
    void startsAnewWhenItCannotGoOn_data();
    void startsAnewWhenItCannotGoOn();
    void saysThatTheFileChangedWhenItCannotStartAnew();
    void goesOnFromWhatTheCallerHas();
    void slowTakerSlowsTheSender();
    void passesOnTheErrorOfTheSink();
    void retriesOnlyWhatMayPass_data();
    void retriesOnlyWhatMayPass();
    void waitsAsLongAsTheServerAsks();
    void doesNotRetryADeadHostForEachPackage();
    void followsRedirects();
    void refusesRedirects_data();
    void refusesRedirects();
    void refusesToLeaveTls();
    void keepsLoginsAtTheirOrigin();
    void takesALoginFromTheLocationForOneHop();
};

namespace {

Result<Reply> download(const QUrl &url, QByteArray &got,
    const FetcherSettings &settings = kit::quickSettings(), bool canRestart = true)
{
    auto fetcher = kit::wholeFetcher(settings);
    Request request{.url = url};
    if (canRestart) {
        request.restart = [&got]() -> Result<> {
            got.clear();
            return {};
        };
    }
    return fetcher.download(request, kit::into(got), JobContext::unwatched());
}

} // namespace

void TransferCheck::goesOnAfterACut_data()
{
    QTest::addColumn<qint64>("cut");
    for (const qint64 cut : {0, 1, 13, 100, 1000, 300'000, 1'000'000})
        QTest::addRow("after %lld bytes", static_cast<long long>(cut)) << cut;
}

void TransferCheck::goesOnAfterACut()
{
    QFETCH(qint64, cut);
    const QByteArray body = kit::pattern(1'000'000);
    HttpServer server;
    std::atomic<int> times = 0;
    server.on("/wheel", [&](const Asked &asked) {
        Told told = kit::serveFile(asked, body, "application/octet-stream");
        if (times++ == 0)
            told.cutAfter = cut;
        return told;
    });
    QByteArray got;
    const auto reply = download(server.url(u"/wheel"_s), got, kit::quickSettings(), false);
    VERIFY_RESULT(reply);
    QVERIFY(got == body);
    // What came of the body is not asked for again.
    const std::vector<Asked> asked = server.asked();
    const bool hasRange = asked.back().headers.value("range").startsWith("bytes=");
    QCOMPARE(hasRange, cut >= 1000);
    QCOMPARE(asked.back().headers.contains("if-range"), hasRange);
}

void TransferCheck::keepsTryingWhileThereIsProgress()
{
    const QByteArray body = kit::pattern(2'000'000);
    HttpServer server;
    server.on("/wheel", [&](const Asked &asked) {
        Told told = kit::serveFile(asked, body, "application/octet-stream");
        told.cutAfter = 200'000;
        return told;
    });
    QByteArray got;
    VERIFY_RESULT(download(server.url(u"/wheel"_s), got, kit::quickSettings(), false));
    QVERIFY(got == body);
    QVERIFY(server.timesAsked("/wheel") >= 10);
}

void TransferCheck::startsAnewWhenItCannotGoOn_data()
{
    QTest::addColumn<Told>("second");
    const QByteArray body = kit::pattern(300'000);
    QTest::newRow("no ranges") << Told{.headers = {{"ETag", "\"new\""}}, .body = body};
    QTest::newRow("another range") << Told{.status = 206,
        .headers = {{"ETag", "\"old\""}, {"Content-Range", "bytes 7-299999/300000"}},
        .body = body.sliced(7)};
    QTest::newRow("another file") << Told{.status = 206,
        .headers = {{"ETag", "\"new\""}, {"Content-Range", "bytes 99900-299999/300000"}},
        .body = body.sliced(99900)};
    QTest::newRow("beyond the end") << Told{.status = 416, .headers = {{"Content-Range", "bytes */5"}}};
    QTest::newRow("no Content-Range")
        << Told{.status = 206, .headers = {{"ETag", "\"old\""}}, .body = body.sliced(99900)};
}

void TransferCheck::startsAnewWhenItCannotGoOn()
{
    QFETCH(Told, second);
    const QByteArray body = kit::pattern(300'000);
    HttpServer server;
    std::atomic<bool> wasContinued = false;
    server.on("/wheel", [&](const Asked &asked) {
        if (asked.headers.contains("range"))
            return wasContinued.exchange(true) ? Told{.status = 500} : second;
        return wasContinued
            ? Told{.headers = {{"ETag", "\"new\""}}, .body = body}
            : Told{.headers = {{"ETag", "\"old\""}}, .body = QByteArray(300'000, 'o'), .cutAfter = 100'000};
    });
    QByteArray got;
    VERIFY_RESULT(download(server.url(u"/wheel"_s), got));
    QVERIFY(got == body);
}

void TransferCheck::saysThatTheFileChangedWhenItCannotStartAnew()
{
    HttpServer server;
    server.on("/wheel", [&](const Asked &asked) {
        return !asked.headers.contains("range")
            ? Told{.headers = {{"ETag", "\"old\""}}, .body = QByteArray(300'000, 'o'), .cutAfter = 100'000}
            : Told{.headers = {{"ETag", "\"new\""}}, .body = "short"};
    });
    QByteArray got;
    const auto reply = download(server.url(u"/wheel"_s), got, kit::quickSettings(), false);
    QVERIFY(!reply);
    QCOMPARE(reply.error().summary(),
        u"The file at “127.0.0.1:%1” changed while it was being downloaded"_s.arg(server.port()));
}

void TransferCheck::goesOnFromWhatTheCallerHas()
{
    const QByteArray body = kit::pattern(5000);
    HttpServer server;
    server.serve("/wheel", body);
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    QByteArray got = body.first(2000);
    VERIFY_RESULT(fetcher.download(
        {.url = server.url(u"/wheel"_s), .first = 2000}, kit::into(got), JobContext::unwatched()));
    QVERIFY(got == body);
    // The server has another file by now.
    const QByteArray other = kit::pattern(6000).sliced(1);
    server.tell("/wheel", {.body = other});
    got = body.first(2000);
    Request request{.url = server.url(u"/wheel"_s), .first = 2000};
    request.restart = [&got]() -> Result<> {
        got.clear();
        return {};
    };
    VERIFY_RESULT(fetcher.download(request, kit::into(got), JobContext::unwatched()));
    QVERIFY(got == other);
}

void TransferCheck::slowTakerSlowsTheSender()
{
    // More than the taker's buffer, Qt's buffers and the system's sockets hold together would have to lie
    // somewhere.
    const QByteArray body = kit::pattern(24 << 20);
    HttpServer server;
    server.tell("/wheel", {.body = body});
    FetcherSettings settings = kit::quickSettings();
    settings.timeoutSeconds = 1;
    auto fetcher = kit::wholeFetcher(settings);
    qsizetype largest = 0;
    qint64 count = 0;
    bool isSame = true;
    const Sink sink = [&](QByteArrayView piece) -> Result<> {
        if (count == 0) // longer than the time limit: a taker that thinks is no stalled sender
            QThread::msleep(1500);
        isSame &= QByteArrayView(body).sliced(count, piece.size()) == piece;
        largest = std::max(largest, piece.size());
        count += piece.size();
        return {};
    };
    VERIFY_RESULT(fetcher.download({.url = server.url(u"/wheel"_s)}, sink, JobContext::unwatched()));
    QCOMPARE(count, body.size());
    QVERIFY(isSame);
    QVERIFY2(largest <= 4 << 20, qPrintable(QString::number(largest)));
    QCOMPARE(server.timesAsked("/wheel"), 1);
}

void TransferCheck::passesOnTheErrorOfTheSink()
{
    HttpServer server;
    server.serve("/wheel", kit::pattern(5'000'000));
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const Sink sink = [](QByteArrayView) -> Result<> {
        return std::unexpected(Error(ErrorKind::DiskFull, u"The disk is full"_s));
    };
    const auto reply = fetcher.download({.url = server.url(u"/wheel"_s)}, sink, JobContext::unwatched());
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind(), ErrorKind::DiskFull);
    QCOMPARE(server.timesAsked("/wheel"), 1);
}

void TransferCheck::retriesOnlyWhatMayPass_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isRetried");
    for (const int status : {408, 429, 500, 502, 503, 504})
        QTest::addRow("%d", status) << status << true;
    for (const int status : {400, 401, 403, 404, 410, 451, 501})
        QTest::addRow("%d", status) << status << false;
}

void TransferCheck::retriesOnlyWhatMayPass()
{
    QFETCH(int, status);
    QFETCH(bool, isRetried);
    HttpServer server;
    std::atomic<int> times = 0;
    server.on(
        "/x", [&](const Asked &) { return times++ < 3 ? Told{.status = status} : Told{.body = "at last"}; });
    QByteArray got;
    const auto reply = download(server.url(u"/x"_s), got);
    VERIFY_RESULT(reply);
    QCOMPARE(reply->status, isRetried ? 200 : status);
    QCOMPARE(times, isRetried ? 4 : 1);
    QCOMPARE(got, isRetried ? "at last" : "");
}

void TransferCheck::waitsAsLongAsTheServerAsks()
{
    HttpServer server;
    std::atomic<int> times = 0;
    server.on("/x", [&](const Asked &) {
        return times++ == 0 ? Told{.status = 429, .headers = {{"Retry-After", "1"}}} : Told{.body = "ok"};
    });
    QByteArray got;
    QElapsedTimer time;
    time.start();
    VERIFY_RESULT(download(server.url(u"/x"_s), got));
    QVERIFY(time.elapsed() >= 1000);
    // Nobody waits an hour in front of a window.
    server.tell("/later", {.status = 429, .headers = {{"Retry-After", "3600"}}});
    const auto reply = download(server.url(u"/later"_s), got);
    VERIFY_RESULT(reply);
    QCOMPARE(reply->status, 429);
    QCOMPARE(server.timesAsked("/later"), 1);
}

void TransferCheck::doesNotRetryADeadHostForEachPackage()
{
    HttpServer server;
    server.tell("/x", {.cutAfter = 0});
    FetcherSettings settings = kit::quickSettings();
    auto fetcher = kit::wholeFetcher(settings);
    for (int i = 0; i < 50; ++i)
        QVERIFY(!fetcher.fetch({.url = server.url(u"/x"_s)}, JobContext::unwatched()));
    const int whileDead = server.timesAsked("/x");
    QVERIFY2(whileDead < 50 * 4 / 2, qPrintable(QString::number(whileDead)));
    // Once it answers, it is as good as any other.
    server.tell("/ok", {.body = "ok"});
    VERIFY_RESULT(fetcher.fetch({.url = server.url(u"/ok"_s)}, JobContext::unwatched()));
    QVERIFY(!fetcher.fetch({.url = server.url(u"/x"_s)}, JobContext::unwatched()));
    QVERIFY(server.timesAsked("/x") - whileDead > 1);
}

void TransferCheck::followsRedirects()
{
    HttpServer far;
    far.serve("/there", "found");
    HttpServer server;
    server.tell("/a", {.status = 301, .headers = {{"Location", "/b/c"}}});
    server.tell("/b/c", {.status = 302, .headers = {{"Location", "../d?x=%2B1"}}});
    server.tell("/d?x=%2B1", {.status = 303, .headers = {{"Location", far.url(u"/there"_s).toEncoded()}}});
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto reply = fetcher.fetch({.url = server.url(u"/a"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body, "found");
    QCOMPARE(reply->url, far.url(u"/there"_s));
}

void TransferCheck::refusesRedirects_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<int>("times");
    for (const char *location :
        {"file:///etc/passwd", "ftp://host/x", "data:text/html,x", "javascript:alert(1)", "http://"})
        QTest::newRow(location) << QByteArray(location)
                                << u"“%1” sends on to an address that is not followed"_s << 1;
    QTest::newRow("loop") << QByteArray("/x") << u"“%1” sends from one address to the next without end"_s
                          << 11;
}

void TransferCheck::refusesRedirects()
{
    QFETCH(QByteArray, location);
    QFETCH(QString, sentence);
    QFETCH(int, times);
    HttpServer server;
    server.tell("/x", {.status = 302, .headers = {{"Location", location}}});
    QByteArray got;
    const auto reply = download(server.url(u"/x"_s), got);
    QVERIFY(!reply);
    QCOMPARE(reply.error().summary(), sentence.arg(u"127.0.0.1:%1"_s.arg(server.port())));
    QCOMPARE(server.timesAsked("/x"), times);
}

void TransferCheck::refusesToLeaveTls()
{
    HttpServer open;
    open.serve("/wheel", "bytes");
    HttpServer secure(HttpServer::Tls::Good);
    secure.tell("/x", {.status = 302, .headers = {{"Location", open.url(u"/wheel"_s).toEncoded()}}});
    FetcherSettings settings = kit::quickSettings();
    settings.certificateFile = HttpServer::authorityFile();
    QByteArray got;
    const auto reply = download(secure.url(u"/x"_s), got, settings);
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind(), ErrorKind::Denied);
    QVERIFY(reply.error().summary().contains(u"which is not followed"_s));
    QCOMPARE(open.connections(), 0);
    // The other way is fine.
    open.tell("/up", {.status = 302, .headers = {{"Location", secure.url(u"/wheel"_s).toEncoded()}}});
    secure.serve("/wheel", "bytes");
    VERIFY_RESULT(download(open.url(u"/up"_s), got, settings));
    QCOMPARE(got, "bytes");
}

void TransferCheck::keepsLoginsAtTheirOrigin()
{
    HttpServer far;
    far.serve("/wheel", "bytes");
    HttpServer server;
    server.tell("/x", {.status = 302, .headers = {{"Location", "/y"}}});
    server.tell("/y", {.status = 302, .headers = {{"Location", far.url(u"/wheel"_s).toEncoded()}}});
    QUrl url = server.url(u"/x"_s);
    url.setUserInfo(u"me:canary"_s);
    QByteArray got;
    VERIFY_RESULT(download(url, got));
    QCOMPARE(got, "bytes");
    for (const Asked &asked : server.asked())
        QCOMPARE(asked.headers.value("authorization"), "Basic " + QByteArray("me:canary").toBase64());
    for (const Asked &asked : far.asked())
        QVERIFY(!asked.headers.contains("authorization") && !asked.headers.contains("cookie")
            && !asked.raw.contains("canary"));
}

void TransferCheck::takesALoginFromTheLocationForOneHop()
{
    HttpServer far;
    far.serve("/wheel", "bytes");
    far.serve("/other", "bytes");
    HttpServer server;
    QUrl there = far.url(u"/wheel"_s);
    there.setUserInfo(u"me:canary"_s);
    server.tell("/x", {.status = 302, .headers = {{"Location", there.toEncoded()}}});
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    const auto reply = fetcher.fetch({.url = server.url(u"/x"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QVERIFY(reply->url.userInfo().isEmpty());
    QVERIFY(far.asked()[0].headers.contains("authorization"));
    VERIFY_RESULT(fetcher.fetch({.url = far.url(u"/other"_s)}, JobContext::unwatched()));
    QVERIFY(!far.asked()[1].headers.contains("authorization"));
}

QTEST_GUILESS_MAIN(TransferCheck)
#include "transfer.moc"
