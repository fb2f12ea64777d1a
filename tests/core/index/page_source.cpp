// SPDX-License-Identifier: Apache-2.0
#include "index/page_source.h"

#include <QDirIterator>
#include <QTemporaryDir>

#include "core/index/questions.h"
#include "kit/canned_fetcher.h"
#include "kit/golden.h"
#include "kit/http_server.h"
#include "kit/quick_fetcher.h"

using namespace sconce;
using namespace sconce::index;
using namespace sconce::kit;
using namespace Qt::StringLiterals;
using metadata::PageAnswer;

class PageSourceCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesStatuses_data();
    void judgesStatuses();
    void asksAgainForAPageThatWasCut();
    void keepsTheQueryOfTheIndex();
    void readsFolders();
    void readsFlatPages();
    void readsIndexesInFolders();
    void bringsFaultsToThePerson_data();
    void bringsFaultsToThePerson();
};

void PageSourceCheck::judgesStatuses_data()
{
    QTest::addColumn<QString>("index");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("ignored");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *index, int status, const char *ignored, const char *verdict) {
        QTest::addRow("%s %d ignoring %s", index, status, ignored) << QString::fromLatin1(
            index) << status << QString::fromLatin1(ignored) << QString::fromUtf8(verdict);
    };
    const char *plain = "https://pypi.test/simple";
    const char *torch = "https://download.pytorch.org/whl/cu128";
    row(plain, 200, "", "found");
    row(plain, 404, "", "absent");
    row(plain, 401, "", "refused");
    row(plain, 403, "", "refused");
    for (const int status : {400, 407, 410, 429, 451, 500, 503, 511})
        row(plain, status, "", qPrintable(u"The index “corp” answered with status %1"_s.arg(status)));
    row(torch, 403, "", "absent");
    row(torch, 404, "", "absent");
    row(torch, 401, "", "refused");
    row("https://download.pytorch.org.evil.test/whl", 403, "", "refused");
    // Codes of one's own replace the rule for that host.
    row(torch, 403, "500", "refused");
    row(torch, 403, "none", "refused");
    row(plain, 403, "403,500", "absent");
    row(plain, 500, "403,500", "absent");
    row(plain, 404, "500", "absent");
    row(plain, 401, "401", "absent");
}

void PageSourceCheck::judgesStatuses()
{
    QFETCH(QString, index);
    QFETCH(int, status);
    QFETCH(QString, ignored);
    QFETCH(QString, verdict);
    CannedFetcher fetcher;
    const QByteArray url = index.toLatin1() + "/alpha/";
    if (status == 200)
        fetcher.serve(url, R"({"files": []})", Json);
    else
        fetcher.answer(url, status);
    metadata::IndexLocation where = location(index);
    if (!ignored.isEmpty()) {
        where.ignoreErrorCodes.emplace();
        for (const QString &code : ignored.split(u','))
            if (code != u"none"_s)
                where.ignoreErrorCodes->push_back(code.toInt());
    }
    IndexClient client(fetcher, {});
    const auto answer = client.page(where, package(), JobContext::unwatched());
    if (!answer) {
        QCOMPARE(answer.error().summary(), verdict);
        QCOMPARE(answer.error().detail(), QString::fromLatin1(url));
        return;
    }
    QCOMPARE(answer->kind == PageAnswer::Kind::Found   ? u"found"_s
            : answer->kind == PageAnswer::Kind::Absent ? u"absent"_s
                                                       : u"refused"_s,
        verdict);
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->page != nullptr, status == 200);
}

void PageSourceCheck::asksAgainForAPageThatWasCut()
{
    CannedFetcher fetcher;
    int times = 0;
    fetcher.on("https://pypi.test/simple/alpha/", [&](const net::Request &request) -> Result<net::Reply> {
        ++times;
        const bool isPast = request.cache == net::Request::Cache::Bypass;
        return net::Reply{.status = 200,
            .headers = {{"content-type", Json}},
            .body = isPast ? "{\"files\": []}" : "{\"files\": [",
            .url = request.url};
    });
    {
        IndexClient client(fetcher, {});
        VERIFY_RESULT(client.page(location(), package(), JobContext::unwatched()));
        QCOMPARE(times, 2);
    }
    fetcher.serve("https://pypi.test/simple/alpha/", "{\"files\": [", Json);
    IndexClient client(fetcher, {});
    const auto answer = client.page(location(), package(), JobContext::unwatched());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), ErrorKind::BadInput);
    QVERIFY(answer.error().steps().contains(u"Reading the index “corp”"_s));
}

void PageSourceCheck::keepsTheQueryOfTheIndex()
{
    CannedFetcher fetcher;
    fetcher.serve("https://pypi.test/a%20b/alpha/?sig=x%2By", "{\"files\": []}", Json);
    IndexClient client(fetcher, {});
    const auto answer =
        client.page(location(u"https://pypi.test/a%20b?sig=x%2By"_s), package(), JobContext::unwatched());
    VERIFY_RESULT(answer);
    QCOMPARE(answer->kind, PageAnswer::Kind::Found);
}

void PageSourceCheck::readsFolders()
{
    QTemporaryDir folder;
    const TinyWheel other{.name = u"gamma"_s, .version = u"1.0"_s};
    kit::spill(folder.filePath(Alpha.fileName()), Alpha.bytes());
    kit::spill(folder.filePath(other.fileName()), other.bytes());
    kit::spill(folder.filePath(u"notes.txt"_s), "x");
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    IndexClient client(fetcher, {});
    auto where = location(QUrl::fromLocalFile(folder.path()).toString());
    where.isFlat = true;
    const auto page = client.page(where, package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    QCOMPARE(page->page->allFiles().size(), 1u);
    QCOMPARE(page->page->allFiles()[0].url(), QUrl::fromLocalFile(folder.filePath(Alpha.fileName())));
    QCOMPARE(page->page->allFiles()[0].size, Alpha.bytes().size());
    QCOMPARE(sentence(client.metadata(page->page->allFiles()[0], JobContext::unwatched())), u"beta>=2"_s);
    const auto absent = client.page(where, package(u"delta"_s), JobContext::unwatched());
    VERIFY_RESULT(absent);
    QCOMPARE(absent->kind, PageAnswer::Kind::Absent);
}

void PageSourceCheck::readsFlatPages()
{
    CannedFetcher fetcher;
    fetcher.serve("https://pypi.test/links.html",
        "<a href=alpha-1.0-py3-none-any.whl data-requires-python='>=3' data-upload-time=2024-01-01T00:00:00Z>"
        "<a href=gamma-1.0-py3-none-any.whl><a href=alpha-2.0.tar.gz>",
        "text/html");
    IndexClient client(fetcher, {});
    auto where = location(u"https://pypi.test/links.html"_s);
    where.isFlat = true;
    const auto page = client.page(where, package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    QCOMPARE(page->page->allFiles().size(), 2u);
    // What a flat list says beyond names, addresses and digests does not count.
    QVERIFY(!page->page->allFiles()[0].requiresPython && !page->page->allFiles()[0].uploadTime);
    VERIFY_RESULT(client.page(where, package(u"gamma"_s), JobContext::unwatched()));
    QCOMPARE(fetcher.asked().size(), 1);
    auto gone = location(u"https://pypi.test/none.html"_s);
    gone.isFlat = true;
    const auto none = client.page(gone, package(), JobContext::unwatched());
    QVERIFY(!none);
    QCOMPARE(none.error().summary(), u"The index “corp” answered with status 404"_s);
}

void PageSourceCheck::readsIndexesInFolders()
{
    QTemporaryDir folder;
    TinyIndex index(TinyIndex::Format::Html);
    index.add(Alpha);
    const QString root = QUrl::fromLocalFile(folder.path()).toString();
    for (const auto &[path, document] : index.documents(root.toUtf8()))
        kit::spill(
            folder.path() + QString::fromUtf8(path) + (path.endsWith('/') ? u"index.html"_s : QString()),
            document.body);
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    IndexClient client(fetcher, {});
    const auto page = client.page(location(root + u"/simple"_s), package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    QCOMPARE(sentence(client.metadata(page->page->allFiles().at(0), JobContext::unwatched())), u"beta>=2"_s);
    const auto absent =
        client.page(location(root + u"/simple"_s), package(u"none"_s), JobContext::unwatched());
    VERIFY_RESULT(absent);
    QCOMPARE(absent->kind, PageAnswer::Kind::Absent);
}

void PageSourceCheck::bringsFaultsToThePerson_data()
{
    QTest::addColumn<kit::Told>("told");
    QTest::addColumn<QString>("sentence");
    const QString page = u"The page http://%1/simple/alpha/ cannot be read: "_s;
    QTest::newRow("reset") << kit::Told{.cutAfter = 0}
                           << u"“%1” ended the connection without a proper answer"_s;
    QTest::newRow("short body") << kit::Told{.headers = {{"Content-Type", Json}, {"ETag", "\"1\""}},
        .body = QByteArray(1000, ' '),
        .cutAfter = 500} << u"“%1” ended the connection in the middle of its answer"_s;
    QTest::newRow("short JSON") << kit::Told{.headers = {{"Content-Type", Json}, {"ETag", "\"1\""}},
        .body = "{\"files\": ["} << page + u"unterminated array at byte 11"_s;
    QTest::newRow("server trouble") << kit::Told{.status = 500}
                                    << u"The index “corp” answered with status 500"_s;
    QTest::newRow("gone") << kit::Told{.status = 410} << u"The index “corp” answered with status 410"_s;
    QTest::newRow("login page") << kit::Told{.headers = {{"Content-Type", "text/html"}, {"ETag", "\"1\""}},
        .body = "<form action=/login>"}
                                << page + u"it asks for input instead of listing files"_s;
    QTest::newRow("image") << kit::Told{.headers = {{"Content-Type", "image/png"}},
        .body =
            "PNG"} << u"http://%1/simple/alpha/ is not a page of a package index: its type is “image/png”"_s;
    QTest::newRow("to a file") << kit::Told{.status = 302, .headers = {{"Location", "file:///etc/passwd"}}}
                               << u"“%1” sends on to an address that is not followed"_s;
}

void PageSourceCheck::bringsFaultsToThePerson()
{
    QFETCH(kit::Told, told);
    QFETCH(QString, sentence);
    HttpServer server;
    server.tell("/simple/alpha/", told);
    net::FetcherSettings settings = kit::quickSettings();
    QTemporaryDir folder;
    settings.cacheFolder = folder.path();
    auto fetcher = kit::wholeFetcher(settings);
    IndexClient client(fetcher, {.cacheFolder = folder.path()});
    const auto answer =
        client.page(location(server.url(u"/simple"_s).toString()), package(), JobContext::unwatched());
    QVERIFY(!answer);
    QCOMPARE(answer.error().summary(), sentence.replace(u"%1"_s, u"127.0.0.1:%1"_s.arg(server.port())));
    QVERIFY(!QDirIterator(folder.path(), QDir::Files, QDirIterator::Subdirectories)
            .hasNext()); // nothing of it is kept
}

QTEST_GUILESS_MAIN(PageSourceCheck)
#include "page_source.moc"
