// SPDX-License-Identifier: Apache-2.0
#include "index/index_client.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include "core/index/questions.h"
#include "kit/canned_fetcher.h"
#include "kit/http_server.h"
#include "kit/quick_fetcher.h"

using namespace sconce;
using namespace sconce::index;
using namespace sconce::kit;
using namespace Qt::StringLiterals;
using metadata::PageAnswer;

class IndexClientCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksOnceForEachPage();
    void asksAhead();
    void tellsWhenSomethingHasCome();
    void endsWhatIsAskedAhead();
    void needsNoNetworkTheSecondTime();
    void logsInToTheIndex();
    void asksAgainForWhatIsToBeRefreshed_data();
    void asksAgainForWhatIsToBeRefreshed();
};

void IndexClientCheck::asksOnceForEachPage()
{
    CannedFetcher fetcher;
    TinyIndex index;
    index.add(Alpha);
    index.serveFrom(fetcher, "https://pypi.test");
    IndexClient client(fetcher, {});
    QVERIFY(!client.pageAtHand(location(), package()));
    for (const auto &url : {u"https://pypi.test/simple"_s, u"https://pypi.test/simple"_s}) {
        const auto answer = client.page(location(url), package(), JobContext::unwatched());
        VERIFY_RESULT(answer);
        QCOMPARE(answer->page->allFiles().size(), 1u);
    }
    QVERIFY(client.pageAtHand(location(), package()));
    VERIFY_RESULT(
        client.page(location(u"https://pypi.test/simple/"_s), package(u"none"_s), JobContext::unwatched()));
    QCOMPARE(fetcher.asked(),
        (QList<QByteArray>{"GET https://pypi.test/simple/alpha/", "GET https://pypi.test/simple/none/"}));
}

void IndexClientCheck::asksAgainForWhatIsToBeRefreshed_data()
{
    QTest::addColumn<QString>("refresh");
    QTest::addColumn<QStringList>("again");
    const QString alpha = u"https://pypi.test/simple/alpha/"_s;
    const QString metadata = u"https://pypi.test/files/alpha-1.0-py3-none-any.whl.metadata"_s;
    const QString beta = u"https://pypi.test/simple/beta/"_s;
    const QString links = u"https://pypi.test/links.html"_s;
    QTest::newRow("nothing") << QString() << QStringList();
    QTest::newRow("everything") << u"*"_s << QStringList{alpha, metadata, beta, links};
    QTest::newRow("a package") << u"alpha"_s << QStringList{alpha, metadata, links};
    QTest::newRow("another package") << u"gamma"_s << QStringList{links};
}

/// By conditional requests: what is there stays until the server says that it is another.
void IndexClientCheck::asksAgainForWhatIsToBeRefreshed()
{
    QFETCH(const QString, refresh);
    class Listening final : public net::Fetcher {
    public:
        Result<net::Reply> fetch(const net::Request &request, const JobContext &context) override
        {
            if (request.cache == net::Request::Cache::Revalidate)
                again.append(request.url.toString());
            return canned.fetch(request, context);
        }
        Result<net::Reply> download(
            const net::Request &request, const net::Sink &sink, const JobContext &context) override
        {
            return canned.download(request, sink, context);
        }
        CannedFetcher canned;
        QStringList again;
    } fetcher;
    TinyIndex index;
    index.add(Alpha);
    index.serveFrom(fetcher.canned, "https://pypi.test");
    fetcher.canned.serve("https://pypi.test/links.html", "<a href=beta-1.0-py3-none-any.whl>", "text/html");
    Refresh what{.isForAll = refresh == u"*", .packages = {}};
    if (!what.isForAll && !refresh.isEmpty())
        what.packages.insert(package(refresh));
    IndexClient client(fetcher, {.cacheFolder = {}, .refresh = what});
    const auto page = client.page(location(), package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    VERIFY_RESULT(client.metadata(page->page->allFiles().at(0), JobContext::unwatched()));
    VERIFY_RESULT(client.page(location(), package(u"beta"_s), JobContext::unwatched()));
    auto links = location(u"https://pypi.test/links.html"_s);
    links.isFlat = true;
    VERIFY_RESULT(client.page(links, package(u"beta"_s), JobContext::unwatched()));
    QTEST(fetcher.again, "again");
}

void IndexClientCheck::asksAhead()
{
    CannedFetcher fetcher;
    TinyIndex index;
    for (int i = 0; i < 40; ++i)
        index.add({.name = u"p%1"_s.arg(i), .version = u"1.0"_s, .requiresDist = {u"beta>=2"_s}});
    index.serveFrom(fetcher, "https://pypi.test");
    IndexClient client(fetcher, {.cacheFolder = {}, .atOnce = 8});
    for (int times = 0; times < 3; ++times) {
        for (int i = 0; i < 40; ++i)
            client.expectPage(location(), package(u"p%1"_s.arg(i)), JobContext::unwatched());
    }
    for (int i = 0; i < 40; ++i) {
        const auto page = client.page(location(), package(u"p%1"_s.arg(i)), JobContext::unwatched());
        VERIFY_RESULT(page);
        client.expectMetadata(page->page->allFiles().at(0), JobContext::unwatched());
        client.expectMetadata(page->page->allFiles().at(0), JobContext::unwatched());
    }
    for (int i = 0; i < 40; ++i) {
        const auto page = client.page(location(), package(u"p%1"_s.arg(i)), JobContext::unwatched());
        QCOMPARE(
            sentence(client.metadata(page->page->allFiles().at(0), JobContext::unwatched())), u"beta>=2"_s);
    }
    QCOMPARE(fetcher.asked().size(), 80);
}

void IndexClientCheck::tellsWhenSomethingHasCome()
{
    CannedFetcher fetcher;
    TinyIndex index;
    for (int i = 0; i < 20; ++i)
        index.add({.name = u"p%1"_s.arg(i), .version = u"1.0"_s});
    index.serveFrom(fetcher, "https://pypi.test");
    IndexClient client(fetcher, {.cacheFolder = {}, .atOnce = 8});
    const JobContext context = JobContext::unwatched();
    QVERIFY(!client.awaitNews(context));
    for (int i = 0; i < 20; ++i)
        client.expectPage(location(), package(u"p%1"_s.arg(i)), context);
    QVERIFY(client.awaitNews(context));
    while (client.awaitNews(context))
        ;
    for (int i = 0; i < 20; ++i) {
        const auto page = client.pageAtHand(location(), package(u"p%1"_s.arg(i)));
        QVERIFY(page);
        const metadata::IndexFile file = page->page->allFiles().at(0);
        QVERIFY(!client.isUnderWay(file)); // nobody asked
        client.expectMetadata(file, context);
        while (client.isUnderWay(file))
            QVERIFY(client.awaitNews(context));
        VERIFY_RESULT(client.metadata(file, context));
    }
}

void IndexClientCheck::endsWhatIsAskedAhead()
{
    HttpServer server;
    server.tell("/simple/alpha/", {.delay = 60'000});
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    QElapsedTimer time;
    time.start();
    std::stop_source stop;
    {
        IndexClient client(fetcher, {});
        client.expectPage(location(server.url(u"/simple"_s).toString()), package(),
            JobContext(stop.get_token(), std::make_shared<Progress>()));
        QTRY_VERIFY(server.timesAsked("/simple/alpha/") > 0);
        // The job that expected it is stopped: the question is free for the next one.
        stop.request_stop();
        server.tell("/simple/alpha/", {.headers = {{"Content-Type", Json}}, .body = "{\"files\": []}"});
        VERIFY_RESULT(
            client.page(location(server.url(u"/simple"_s).toString()), package(), JobContext::unwatched()));
        server.tell("/simple/beta/", {.delay = 60'000});
        client.expectPage(
            location(server.url(u"/simple"_s).toString()), package(u"beta"_s), JobContext::unwatched());
        QTRY_VERIFY(server.timesAsked("/simple/beta/") > 0);
        std::stop_source other;
        other.request_stop();
        const JobContext stopped(other.get_token(), std::make_shared<Progress>());
        while (client.awaitNews(stopped)) // what has come before still counts
            ;
    }
    QVERIFY2(time.elapsed() < 15'000, qPrintable(QString::number(time.elapsed())));
}

void IndexClientCheck::needsNoNetworkTheSecondTime()
{
    QTemporaryDir folder;
    HttpServer server;
    TinyIndex index;
    index.add(Alpha);
    index.add({.name = u"alpha"_s, .version = u"2.0"_s, .requiresDist = {u"beta>=3"_s}},
        {.hasMetadataFile = false});
    for (const auto &[path, document] : index.documents())
        server.on(path, [document](const kit::Asked &asked) {
            kit::Told told = kit::serveFile(asked, document.body, document.type);
            told.headers.emplace_back("Cache-Control", "max-age=600");
            return told;
        });
    net::FetcherSettings settings = kit::quickSettings();
    settings.cacheFolder = folder.path();
    QStringList first;
    std::size_t times = 0;
    for (int round = 0; round < 3; ++round) {
        auto fetcher = kit::wholeFetcher(settings);
        IndexClient client(fetcher, {.cacheFolder = folder.path(), .atOnce = 4});
        const auto page =
            client.page(location(server.url(u"/simple"_s).toString()), package(), JobContext::unwatched());
        VERIFY_RESULT(page);
        QStringList found;
        for (const auto &file : page->page->allFiles())
            found.append(file.address + u' ' + file.sha256() + u' '
                + sentence(client.metadata(file, JobContext::unwatched())));
        QCOMPARE(found.size(), 2);
        if (round == 0) {
            first = found;
            times = server.asked().size();
        } else {
            QCOMPARE(found, first);
            QCOMPARE(server.asked().size(), times);
        }
    }
    // Nothing at all is needed in offline mode.
    settings.isOffline = true;
    auto fetcher = kit::wholeFetcher(settings);
    IndexClient client(fetcher, {.cacheFolder = folder.path(), .atOnce = 4});
    VERIFY_RESULT(
        client.page(location(server.url(u"/simple"_s).toString()), package(), JobContext::unwatched()));
}

void IndexClientCheck::logsInToTheIndex()
{
    HttpServer server;
    TinyIndex index;
    index.add(Alpha);
    for (const auto &[path, document] : index.documents()) {
        server.on(path, [document](const kit::Asked &asked) {
            return asked.headers.value("authorization") == "Basic " + QByteArray("me:canary").toBase64()
                ? kit::serveFile(asked, document.body, document.type)
                : kit::Told{.status = 401};
        });
    }
    auto fetcher = kit::wholeFetcher(kit::quickSettings(
        {{u"UV_INDEX_CORP_USERNAME"_s, u"me"_s}, {u"UV_INDEX_CORP_PASSWORD"_s, u"canary"_s}}));
    IndexClient client(fetcher, {});
    const auto page =
        client.page(location(server.url(u"/simple"_s).toString()), package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    QCOMPARE(page->kind, PageAnswer::Kind::Found);
    QVERIFY(!page->page->allFiles().at(0).url().toString().contains(u"canary"_s));
    QCOMPARE(sentence(client.metadata(page->page->allFiles().at(0), JobContext::unwatched())), u"beta>=2"_s);
    // Another index of that name does not get it.
    const auto refused = client.page(
        location(server.url(u"/simple"_s).toString().replace(u"127.0.0.1"_s, u"localhost"_s), u"other"_s),
        package(), JobContext::unwatched());
    VERIFY_RESULT(refused);
    QCOMPARE(refused->kind, PageAnswer::Kind::Refused);
}

QTEST_GUILESS_MAIN(IndexClientCheck)
#include "index_client.moc"
