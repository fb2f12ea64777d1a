// SPDX-License-Identifier: Apache-2.0
#include "net/http_cache.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTimeZone>

#include "kit/golden.h"
#include "kit/http_server.h"
#include "kit/quick_fetcher.h"

using namespace sconce;
using namespace sconce::net;
using namespace Qt::StringLiterals;
using kit::Asked;
using kit::HttpServer;
using kit::Told;

class HttpCacheCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reckonsFreshness_data();
    void reckonsFreshness();
    void keepsOnlyWhatMayBeKept_data();
    void keepsOnlyWhatMayBeKept();
    void answersWithoutAskingWhileFresh();
    void asksWhetherItChanged();
    void distrustsAClockThatWasSetBack();
    void keepsAnswersOfDifferentPeopleApart();
    void leavesOutABodyThatIsKnown();
    void throwsAwayWhatIsDamaged();
    void keepsThePageWhenTheServerIsInTrouble();
    void goesPastTheCache();
    void answersFromTheCacheInOfflineMode();
    void keepsSecretsOutOfItsFiles();

private:
    FetcherSettings settings() const
    {
        FetcherSettings with = kit::quickSettings();
        with.cacheFolder = m_folder->path();
        with.retries = 0;
        return with;
    }
    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
};

void HttpCacheCheck::reckonsFreshness_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<qint64>("lifetime");
    const qint64 year = 365 * 24 * 3600;
    const auto row = [](const char *cacheControl, qint64 lifetime, const char *age = "") {
        Headers headers{{"cache-control", cacheControl}};
        if (*age)
            headers["age"] = age;
        QTest::addRow("%s age %s", cacheControl, age) << headers << lifetime;
    };
    row("max-age=600, public", 600);
    row("max-age=600", 590, "10");
    row("max-age=600", 0, "700");
    row("max-age=600", 600, "-5");
    row("max-age=600", 0, "99999999999999999999999");
    row("Max-Age = \"60\"", 60);
    row("max-age=\"60\"", 60);
    row("MAX-AGE=60,private", 60);
    row("max-age=100000000000000000000", year);
    row("max-age=365000000, immutable, public", year);
    row("max-age=-1", 0);
    row("max-age=", 0);
    row("max-age=abc", 0);
    row("max-age=0, must-revalidate", 0);
    row("no-cache, max-age=600", 0);
    row("no-store, max-age=600", 0);
    row("s-maxage=600", 0);
    row("immutable", 0);
    row("", 0);
    QTest::newRow("Expires") << Headers{{"date", "Sun, 06 Nov 1994 08:49:37 GMT"},
        {"expires", "Sun, 06 Nov 1994 08:59:37 GMT"}}
                             << qint64(600);
    QTest::newRow("Expires in the past")
        << Headers{{"date", "Sun, 06 Nov 1994 08:49:37 GMT"}, {"expires", "Thu, 01 Jan 1970 00:00:00 GMT"}}
        << qint64(0);
    QTest::newRow("Expires 0") << Headers{{"date", "Sun, 06 Nov 1994 08:49:37 GMT"}, {"expires", "0"}}
                               << qint64(0);
    QTest::newRow("max-age wins over Expires") << Headers{{"cache-control", "max-age=5"},
        {"date", "Sun, 06 Nov 1994 08:49:37 GMT"}, {"expires", "Sun, 06 Nov 1994 08:59:37 GMT"}}
                                               << qint64(5);
    QTest::newRow("nothing") << Headers{} << qint64(0);
}

void HttpCacheCheck::reckonsFreshness()
{
    QFETCH(Headers, headers);
    QFETCH(qint64, lifetime);
    QCOMPARE(qint64(freshnessLifetime(headers).count()), lifetime);
}

void HttpCacheCheck::keepsOnlyWhatMayBeKept_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("fresh") << 200 << Headers{{"cache-control", "max-age=600"}} << true;
    QTest::newRow("tag") << 200 << Headers{{"etag", "\"1\""}} << true;
    QTest::newRow("date") << 200 << Headers{{"last-modified", "Sun, 06 Nov 1994 08:49:37 GMT"}} << true;
    QTest::newRow("of no use") << 200 << Headers{} << false;
    QTest::newRow("no-store") << 200 << Headers{{"cache-control", "no-store"}, {"etag", "\"1\""}} << false;
    QTest::newRow("varies with all") << 200 << Headers{{"vary", "*"}, {"etag", "\"1\""}} << false;
    QTest::newRow("varies with what we keep apart")
        << 200 << Headers{{"vary", "Accept, Authorization"}, {"etag", "\"1\""}} << true;
    QTest::newRow("absent") << 404 << Headers{{"etag", "\"1\""}} << false;
    QTest::newRow("absent for a while") << 404 << Headers{{"cache-control", "max-age=60"}} << true;
    QTest::newRow("part") << 206 << Headers{{"cache-control", "max-age=600"}} << false;
    QTest::newRow("trouble") << 500 << Headers{{"cache-control", "max-age=600"}} << false;
    QTest::newRow("refused") << 403 << Headers{{"cache-control", "max-age=600"}} << false;
}

void HttpCacheCheck::keepsOnlyWhatMayBeKept()
{
    QFETCH(int, status);
    QFETCH(Headers, headers);
    QFETCH(bool, isKept);
    QCOMPARE(mayBeKept({.status = status, .headers = headers}), isKept);
}

void HttpCacheCheck::answersWithoutAskingWhileFresh()
{
    HttpServer server;
    server.tell("/page",
        {.headers = {{"Cache-Control", "max-age=600"}, {"Content-Type", "text/html"}}, .body = "hello"});
    for (int i = 0; i < 3; ++i) {
        auto fetcher = kit::wholeFetcher(settings()); // another program each time
        const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
        VERIFY_RESULT(reply);
        QCOMPARE(reply->status, 200);
        QCOMPARE(reply->body, "hello");
        QCOMPARE(reply->headers.value("content-type"), "text/html");
        QCOMPARE(reply->url, server.url(u"/page"_s));
        QCOMPARE(reply->digest.size(), 32);
    }
    QCOMPARE(server.timesAsked("/page"), 1);
    auto fetcher = kit::wholeFetcher(settings());
    VERIFY_RESULT(fetcher.fetch(
        {.url = server.url(u"/page"_s), .cache = Request::Cache::Revalidate}, JobContext::unwatched()));
    QCOMPARE(server.timesAsked("/page"), 2);
}

void HttpCacheCheck::asksWhetherItChanged()
{
    HttpServer server;
    server.serve("/page", "one", "text/html");
    auto fetcher = kit::wholeFetcher(settings());
    const auto body = [&] {
        const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
        return reply && reply->status == 200 ? reply->body : "failed";
    };
    QCOMPARE(body(), "one");
    QCOMPARE(body(), "one");
    QVERIFY(server.asked()[1].headers.contains("if-none-match"));
    server.serve("/page", "two", "text/html");
    QCOMPARE(body(), "two");
    QCOMPARE(body(), "two");
    // A 304 may make it fresh.
    server.on("/page", [](const Asked &asked) {
        return asked.headers.contains("if-none-match")
            ? Told{.status = 304, .headers = {{"Cache-Control", "max-age=600"}}, .saysLength = false}
            : Told{.status = 500};
    });
    QCOMPARE(body(), "two");
    const auto times = server.asked().size();
    QCOMPARE(body(), "two");
    QCOMPARE(server.asked().size(), times);
}

void HttpCacheCheck::distrustsAClockThatWasSetBack()
{
    const QDateTime noon(QDate(2026, 1, 1), QTime(12, 0), QTimeZone::UTC);
    const HttpCache::Entry entry{
        .reply = {.status = 200, .headers = {{"cache-control", "max-age=600"}}}, .came = noon};
    QVERIFY(entry.isFresh(noon.addSecs(1)));
    QVERIFY(entry.isFresh(noon.addSecs(599)));
    QVERIFY(!entry.isFresh(noon.addSecs(600)));
    QVERIFY(!entry.isFresh(noon.addSecs(-60)));
    QVERIFY(!entry.isFresh(noon.addYears(10)));
}

void HttpCacheCheck::keepsAnswersOfDifferentPeopleApart()
{
    HttpServer server;
    server.on("/page", [](const Asked &asked) {
        return Told{.headers = {{"Cache-Control", "max-age=600"}},
            .body = asked.headers.value("authorization") + asked.headers.value("accept")};
    });
    auto fetcher = kit::wholeFetcher(settings());
    QSet<QByteArray> bodies;
    for (const auto &user : {u""_s, u"a:1"_s, u"b:2"_s}) {
        for (const char *accept : {"text/html", "application/json"}) {
            QUrl url = server.url(u"/page"_s);
            url.setUserInfo(user);
            for (int i = 0; i < 2; ++i) {
                const auto reply =
                    fetcher.fetch({.url = url, .headers = {{"accept", accept}}}, JobContext::unwatched());
                VERIFY_RESULT(reply);
                bodies.insert(reply->body);
            }
        }
    }
    QCOMPARE(bodies.size(), 6);
    QCOMPARE(server.timesAsked("/page"), 6);
}

void HttpCacheCheck::leavesOutABodyThatIsKnown()
{
    HttpServer server;
    server.serve("/page", "hello", "text/html");
    auto fetcher = kit::wholeFetcher(settings());
    Request request{.url = server.url(u"/page"_s)};
    const auto first = fetcher.fetch(request, JobContext::unwatched());
    VERIFY_RESULT(first);
    request.knownDigest = first->digest;
    for (int i = 0; i < 3; ++i) {
        const auto again = fetcher.fetch(request, JobContext::unwatched());
        VERIFY_RESULT(again);
        QVERIFY(again->isKnown);
        QVERIFY(again->body.isEmpty());
        QCOMPARE(again->status, 200);
    }
    // The entry still has its body.
    const auto whole = fetcher.fetch({.url = request.url}, JobContext::unwatched());
    VERIFY_RESULT(whole);
    QCOMPARE(whole->body, "hello");
    server.serve("/page", "other", "text/html");
    const auto other = fetcher.fetch(request, JobContext::unwatched());
    VERIFY_RESULT(other);
    QVERIFY(!other->isKnown);
    QCOMPARE(other->body, "other");
}

void HttpCacheCheck::throwsAwayWhatIsDamaged()
{
    HttpServer server;
    server.tell("/page", {.headers = {{"Cache-Control", "max-age=600"}}, .body = QByteArray(10'000, 'x')});
    auto fetcher = kit::wholeFetcher(settings());
    const auto fetch = [&] {
        return fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    };
    VERIFY_RESULT(fetch());
    QDirIterator files(m_folder->path(), QDir::Files, QDirIterator::Subdirectories);
    const QString path = files.next();
    QVERIFY(!files.hasNext());
    const QByteArray good = kit::slurp(path);
    int times = 1;
    for (const qsizetype place : {qsizetype(0), qsizetype(9), qsizetype(17), qsizetype(30), qsizetype(60),
             qsizetype(100), good.size() / 2, good.size() - 1}) {
        QByteArray bad = good;
        bad[place] = char(bad[place] ^ 0x40);
        kit::spill(path, bad);
        const auto reply = fetch();
        VERIFY_RESULT(reply);
        QCOMPARE(reply->body, QByteArray(10'000, 'x'));
        QCOMPARE(server.timesAsked("/page"), ++times);
    }
    for (const qsizetype size : {qsizetype(0), qsizetype(50), good.size() - 1}) {
        kit::spill(path, good.first(size));
        VERIFY_RESULT(fetch());
        QCOMPARE(server.timesAsked("/page"), ++times);
    }
}

void HttpCacheCheck::keepsThePageWhenTheServerIsInTrouble()
{
    HttpServer server;
    server.serve("/page", "hello", "text/html");
    auto fetcher = kit::wholeFetcher(settings());
    VERIFY_RESULT(fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched()));
    server.tell("/page", {.status = 503});
    const auto trouble = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    VERIFY_RESULT(trouble);
    QCOMPARE(trouble->status, 503); // told as it is
    server.on("/page", [](const Asked &asked) {
        return asked.headers.contains("if-none-match") ? Told{.status = 304, .saysLength = false}
                                                       : Told{.body = "anew"};
    });
    const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body, "hello");
}

void HttpCacheCheck::goesPastTheCache()
{
    HttpServer server;
    server.tell("/page", {.headers = {{"Cache-Control", "max-age=600"}}, .body = "bad"});
    auto fetcher = kit::wholeFetcher(settings());
    VERIFY_RESULT(fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched()));
    const auto past = fetcher.fetch(
        {.url = server.url(u"/page"_s), .cache = Request::Cache::Bypass}, JobContext::unwatched());
    VERIFY_RESULT(past);
    QCOMPARE(server.timesAsked("/page"), 2);
    // What somebody went past is not given to the next one.
    VERIFY_RESULT(fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched()));
    QCOMPARE(server.timesAsked("/page"), 3);
}

void HttpCacheCheck::answersFromTheCacheInOfflineMode()
{
    HttpServer server;
    server.serve("/page", "hello", "text/html"); // stale at once
    {
        auto fetcher = kit::wholeFetcher(settings());
        VERIFY_RESULT(fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched()));
    }
    FetcherSettings offline = settings();
    offline.isOffline = true;
    auto fetcher = kit::wholeFetcher(offline);
    const auto reply = fetcher.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body, "hello");
    QCOMPARE(server.asked().size(), 1u);
    QVERIFY(!fetcher.fetch({.url = server.url(u"/other"_s)}, JobContext::unwatched()));
}

void HttpCacheCheck::keepsSecretsOutOfItsFiles()
{
    HttpServer server;
    server.serve("/page", "hello", "text/html");
    auto fetcher = kit::wholeFetcher(settings());
    QUrl url = server.url(u"/page"_s);
    url.setUserInfo(u"me:canary"_s);
    VERIFY_RESULT(fetcher.fetch({.url = url}, JobContext::unwatched()));
    QDirIterator files(m_folder->path(), QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(files.hasNext());
    while (files.hasNext()) {
        const QByteArray bytes = kit::slurp(files.next());
        QVERIFY(!bytes.contains("canary") && !bytes.contains(QByteArray("me:canary").toBase64()));
        QCOMPARE(
            files.fileInfo().permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }
}

QTEST_GUILESS_MAIN(HttpCacheCheck)
#include "http_cache.moc"
