// SPDX-License-Identifier: Apache-2.0
#include "index/index_client.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include "kit/canned_fetcher.h"
#include "kit/golden.h"
#include "kit/http_server.h"
#include "kit/quick_fetcher.h"
#include "kit/tiny_index.h"

using namespace sconce;
using namespace sconce::index;
using namespace Qt::StringLiterals;
using kit::CannedFetcher;
using kit::HttpServer;
using kit::TinyIndex;
using kit::TinyWheel;
using metadata::PageAnswer;

namespace {

const QByteArray Json = "application/vnd.pypi.simple.v1+json";

names::PackageName package(const QString &name = u"alpha"_s)
{
    return *names::PackageName::parse(name);
}

metadata::IndexLocation location(
    const QString &url = u"https://pypi.test/simple"_s, const QString &name = u"corp"_s)
{
    return {.name = name, .url = QUrl(url), .ignoreErrorCodes = {}};
}

const TinyWheel Alpha{.name = u"alpha"_s, .version = u"1.0"_s, .requiresDist = {u"beta>=2"_s}};

/// The first file of alpha in an index that has just this wheel.
metadata::IndexFile fileOf(net::Fetcher &fetcher)
{
    IndexClient client(fetcher, {});
    return client.page(location(), package(), JobContext::unwatched())->page->files.front();
}

QString sentence(const Result<std::shared_ptr<const metadata::CoreMetadata>> &found)
{
    return found ? (*found)->requiresDist.at(0).text() : found.error().summary();
}

} // namespace

class IndexClientCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesStatuses_data();
    void judgesStatuses();
    void asksOnceForEachPage();
    void asksAgainForAPageThatWasCut();
    void keepsTheQueryOfTheIndex();
    void readsMetadataBesideTheWheel();
    void readsMetadataFromRanges();
    void goesAnotherWayWhenTheMetadataFileFails_data();
    void goesAnotherWayWhenTheMetadataFileFails();
    void refusesMetadataWithAnotherDigest();
    void takesMetadataThatIsRightTheSecondTime();
    void readsTheWholeWheelWithoutRanges();
    void refusesAWheelWithAnotherDigest();
    void saysWhyThereIsNoMetadata_data();
    void saysWhyThereIsNoMetadata();
    void asksForSizes();
    void asksAhead();
    void endsWhatIsAskedAhead();
    void readsFolders();
    void readsFlatPages();
    void readsIndexesInFolders();
    void needsNoNetworkTheSecondTime();
    void bringsFaultsToThePerson_data();
    void bringsFaultsToThePerson();
    void logsInToTheIndex();
};

void IndexClientCheck::judgesStatuses_data()
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

void IndexClientCheck::judgesStatuses()
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
        QCOMPARE(answer->page->files.size(), 1u);
    }
    QVERIFY(client.pageAtHand(location(), package()));
    VERIFY_RESULT(
        client.page(location(u"https://pypi.test/simple/"_s), package(u"none"_s), JobContext::unwatched()));
    QCOMPARE(fetcher.asked(),
        (QList<QByteArray>{"GET https://pypi.test/simple/alpha/", "GET https://pypi.test/simple/none/"}));
}

void IndexClientCheck::asksAgainForAPageThatWasCut()
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

void IndexClientCheck::keepsTheQueryOfTheIndex()
{
    CannedFetcher fetcher;
    fetcher.serve("https://pypi.test/a%20b/alpha/?sig=x%2By", "{\"files\": []}", Json);
    IndexClient client(fetcher, {});
    const auto answer =
        client.page(location(u"https://pypi.test/a%20b?sig=x%2By"_s), package(), JobContext::unwatched());
    VERIFY_RESULT(answer);
    QCOMPARE(answer->kind, PageAnswer::Kind::Found);
}

void IndexClientCheck::readsMetadataBesideTheWheel()
{
    CannedFetcher fetcher;
    TinyIndex index;
    index.add({.name = u"alpha"_s, .version = u"1.0+cu128"_s, .requiresDist = {u"beta>=2"_s}});
    index.serveFrom(fetcher, "https://pypi.test");
    IndexClient client(fetcher, {});
    const auto page = client.page(location(), package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(sentence(client.metadata(page->page->files.at(0), JobContext::unwatched())), u"beta>=2"_s);
    QCOMPARE(fetcher.asked().mid(1),
        QList<QByteArray>{"GET https://pypi.test/files/alpha-1.0%2Bcu128-py3-none-any.whl.metadata"});
}

void IndexClientCheck::readsMetadataFromRanges()
{
    // Too large to come whole with the end of the archive.
    TinyWheel wheel = Alpha;
    wheel.files = {{u"alpha/data.bin"_s, kit::pattern(300'000)}};
    for (const bool hasSize : {true, false}) {
        CannedFetcher fetcher;
        TinyIndex index;
        index.add(wheel, {.hasSize = hasSize, .hasMetadataFile = false});
        index.serveFrom(fetcher, "https://pypi.test");
        const auto file = fileOf(fetcher);
        IndexClient client(fetcher, {});
        QCOMPARE(sentence(client.metadata(file, JobContext::unwatched())), u"beta>=2"_s);
        qint64 bytes = 0;
        for (const QByteArray &line : fetcher.asked().mid(1)) {
            const QList<QByteArray> range = line.split(' ').value(2).split('-');
            QVERIFY2(range.size() == 2 || line.startsWith("HEAD"), line.constData());
            if (range.size() == 2)
                bytes += range[1].toLongLong() - range[0].toLongLong() + 1;
        }
        QVERIFY2(bytes < 150'000, qPrintable(QString::number(bytes)));
        QCOMPARE(
            fetcher.asked().contains("HEAD https://pypi.test/files/alpha-1.0-py3-none-any.whl"), !hasSize);
    }
}

void IndexClientCheck::goesAnotherWayWhenTheMetadataFileFails_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("absent") << 404 << QByteArray();
    QTest::newRow("forbidden") << 403 << QByteArray();
    QTest::newRow("trouble") << 500 << QByteArray();
    QTest::newRow("page instead") << 200 << QByteArray("<html>Log in</html>");
}

void IndexClientCheck::goesAnotherWayWhenTheMetadataFileFails()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    CannedFetcher fetcher;
    TinyIndex index;
    index.add(Alpha);
    index.serveFrom(fetcher, "https://pypi.test");
    auto file = fileOf(fetcher);
    file.metadataSha256.clear(); // promised without a digest
    const QByteArray url = file.url.toEncoded() + ".metadata";
    if (status == 200)
        fetcher.serve(url, body);
    else
        fetcher.answer(url, status);
    IndexClient client(fetcher, {});
    QCOMPARE(sentence(client.metadata(file, JobContext::unwatched())), u"beta>=2"_s);
}

void IndexClientCheck::refusesMetadataWithAnotherDigest()
{
    CannedFetcher fetcher;
    TinyIndex index;
    index.add(Alpha);
    index.serveFrom(fetcher, "https://pypi.test");
    const auto file = fileOf(fetcher);
    const QByteArray url = file.url.toEncoded() + ".metadata";
    fetcher.serve(url, "Metadata-Version: 2.1\nName: alpha\nVersion: 1.0\nRequires-Dist: evil\n");
    IndexClient client(fetcher, {});
    const auto found = client.metadata(file, JobContext::unwatched());
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::BadHash);
    QCOMPARE(found.error().summary(),
        u"The metadata of “alpha-1.0-py3-none-any.whl” is not what its index says"_s);
    QVERIFY(found.error().detail().contains(file.metadataSha256));
    QCOMPARE(fetcher.timesAsked(url), 2); // once more past the caches, then no further
}

void IndexClientCheck::takesMetadataThatIsRightTheSecondTime()
{
    CannedFetcher fetcher;
    TinyIndex index;
    index.add(Alpha);
    index.serveFrom(fetcher, "https://pypi.test");
    const auto file = fileOf(fetcher);
    fetcher.on(file.url.toEncoded() + ".metadata", [](const net::Request &request) -> Result<net::Reply> {
        return net::Reply{.status = 200,
            .body = request.cache == net::Request::Cache::Bypass ? Alpha.metadata() : "old",
            .url = request.url};
    });
    IndexClient client(fetcher, {});
    QCOMPARE(sentence(client.metadata(file, JobContext::unwatched())), u"beta>=2"_s);
}

void IndexClientCheck::readsTheWholeWheelWithoutRanges()
{
    CannedFetcher fetcher;
    TinyIndex index;
    for (const auto &version : {u"1.0"_s, u"2.0"_s})
        index.add({.name = u"alpha"_s, .version = version, .requiresDist = {u"beta>=2"_s}},
            {.hasMetadataFile = false});
    index.serveFrom(fetcher, "https://pypi.test");
    IndexClient client(fetcher, {});
    const auto page = client.page(location(), package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    for (const auto &file : page->page->files) {
        const QByteArray bytes =
            TinyWheel{.name = u"alpha"_s, .version = file.version.text(), .requiresDist = {u"beta>=2"_s}}
                .bytes();
        fetcher.on(file.url.toEncoded(), [bytes](const net::Request &request) -> Result<net::Reply> {
            return net::Reply{
                .status = 200, .body = request.first ? QByteArray() : bytes, .url = request.url};
        });
        QCOMPARE(sentence(client.metadata(file, JobContext::unwatched())), u"beta>=2"_s);
    }
    // The server is asked for a range once, and known afterwards.
    QCOMPARE(
        std::ranges::count_if(fetcher.asked(), [](const QByteArray &line) { return line.count(' ') == 2; }),
        1);
}

void IndexClientCheck::refusesAWheelWithAnotherDigest()
{
    CannedFetcher fetcher;
    TinyIndex index;
    index.add(Alpha, {.hasMetadataFile = false});
    index.serveFrom(fetcher, "https://pypi.test");
    const auto file = fileOf(fetcher);
    const QByteArray other =
        TinyWheel{.name = u"alpha"_s, .version = u"1.0"_s, .requiresDist = {u"evil"_s}}.bytes();
    fetcher.on(file.url.toEncoded(), [other](const net::Request &request) -> Result<net::Reply> {
        return net::Reply{.status = 200, .body = request.first ? QByteArray() : other, .url = request.url};
    });
    IndexClient client(fetcher, {});
    const auto found = client.metadata(file, JobContext::unwatched());
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::BadHash);
    QCOMPARE(found.error().summary(), u"“alpha-1.0-py3-none-any.whl” is not the file its index lists"_s);
}

void IndexClientCheck::saysWhyThereIsNoMetadata_data()
{
    QTest::addColumn<QByteArray>("wheel");
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("sentence");
    const QString name = u"alpha-1.0-py3-none-any.whl"_s;
    QTest::newRow("gone") << QByteArray() << 404 << ErrorKind::NotFound
                          << u"“%1” cannot be had from “pypi.test”: status 404"_s.arg(name);
    QTest::newRow("forbidden") << QByteArray() << 403 << ErrorKind::Denied
                               << u"“%1” cannot be had from “pypi.test”: status 403"_s.arg(name);
    QTest::newRow("another version")
        << TinyWheel{.name = u"alpha"_s, .version = u"1.0"_s, .moreFields = "Version: 3.0\n"}.bytes() << 200
        << ErrorKind::BadInput << QString();
    QTest::newRow("no metadata") << TinyWheel{.name = u"gamma"_s, .version = u"1.0"_s}.bytes() << 200
                                 << ErrorKind::BadInput << u"“%1” has no METADATA"_s.arg(name);
    QTest::newRow("two")
        << TinyWheel{.name = u"alpha"_s,
               .version = u"1.0"_s,
               .files = {{u"alpha-2.0.dist-info/METADATA"_s, "x"}}}
               .bytes()
        << 200 << ErrorKind::BadInput
        << u"“%1” has more than one METADATA: “alpha-2.0.dist-info/METADATA” and “alpha-1.0.dist-info/METADATA”"_s
               .arg(name);
    QTest::newRow("no archive") << QByteArray(10'000, 'x') << 200 << ErrorKind::BadInput << QString();
}

void IndexClientCheck::saysWhyThereIsNoMetadata()
{
    QFETCH(QByteArray, wheel);
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, sentence);
    CannedFetcher fetcher;
    TinyIndex index;
    index.add(Alpha, {.hasDigest = false, .hasSize = false, .hasMetadataFile = false});
    index.serveFrom(fetcher, "https://pypi.test");
    const auto file = fileOf(fetcher);
    if (status == 200)
        fetcher.serve(file.url.toEncoded(), wheel);
    else
        fetcher.answer(file.url.toEncoded(), status);
    IndexClient client(fetcher, {});
    const auto found = client.metadata(file, JobContext::unwatched());
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), kind);
    if (!sentence.isEmpty())
        QCOMPARE(found.error().summary(), sentence);
}

void IndexClientCheck::asksForSizes()
{
    CannedFetcher fetcher;
    TinyIndex index(TinyIndex::Format::Html);
    index.add(Alpha);
    index.serveFrom(fetcher, "https://pypi.test");
    const auto file = fileOf(fetcher);
    IndexClient client(fetcher, {});
    QVERIFY(!file.size);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(client.sizeOf(file, JobContext::unwatched()), Alpha.bytes().size());
    QCOMPARE(
        fetcher.asked().mid(1), QList<QByteArray>{"HEAD https://pypi.test/files/alpha-1.0-py3-none-any.whl"});
    auto other = file;
    other.url = QUrl(u"https://pypi.test/files/none.whl"_s);
    QVERIFY(!client.sizeOf(other, JobContext::unwatched()));
    other.size = 7;
    QCOMPARE(client.sizeOf(other, JobContext::unwatched()), 7);
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
        client.expectMetadata(page->page->files.at(0), JobContext::unwatched());
        client.expectMetadata(page->page->files.at(0), JobContext::unwatched());
    }
    for (int i = 0; i < 40; ++i) {
        const auto page = client.page(location(), package(u"p%1"_s.arg(i)), JobContext::unwatched());
        QCOMPARE(sentence(client.metadata(page->page->files.at(0), JobContext::unwatched())), u"beta>=2"_s);
    }
    QCOMPARE(fetcher.asked().size(), 80);
}

void IndexClientCheck::endsWhatIsAskedAhead()
{
    HttpServer server;
    server.tell("/simple/alpha/", {.delay = 60'000});
    net::QtFetcher fetcher(kit::quickSettings());
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
    }
    QVERIFY2(time.elapsed() < 15'000, qPrintable(QString::number(time.elapsed())));
}

void IndexClientCheck::readsFolders()
{
    QTemporaryDir folder;
    const TinyWheel other{.name = u"gamma"_s, .version = u"1.0"_s};
    kit::spill(folder.filePath(Alpha.fileName()), Alpha.bytes());
    kit::spill(folder.filePath(other.fileName()), other.bytes());
    kit::spill(folder.filePath(u"notes.txt"_s), "x");
    net::QtFetcher fetcher(kit::quickSettings());
    IndexClient client(fetcher, {});
    auto where = location(QUrl::fromLocalFile(folder.path()).toString());
    where.isFlat = true;
    const auto page = client.page(where, package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    QCOMPARE(page->page->files.size(), 1u);
    QCOMPARE(page->page->files[0].url, QUrl::fromLocalFile(folder.filePath(Alpha.fileName())));
    QCOMPARE(page->page->files[0].size, Alpha.bytes().size());
    QCOMPARE(sentence(client.metadata(page->page->files[0], JobContext::unwatched())), u"beta>=2"_s);
    const auto absent = client.page(where, package(u"delta"_s), JobContext::unwatched());
    VERIFY_RESULT(absent);
    QCOMPARE(absent->kind, PageAnswer::Kind::Absent);
}

void IndexClientCheck::readsFlatPages()
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
    QCOMPARE(page->page->files.size(), 2u);
    // What a flat list says beyond names, addresses and digests does not count.
    QVERIFY(!page->page->files[0].requiresPython && !page->page->files[0].uploadTime);
    VERIFY_RESULT(client.page(where, package(u"gamma"_s), JobContext::unwatched()));
    QCOMPARE(fetcher.asked().size(), 1);
    auto gone = location(u"https://pypi.test/none.html"_s);
    gone.isFlat = true;
    const auto none = client.page(gone, package(), JobContext::unwatched());
    QVERIFY(!none);
    QCOMPARE(none.error().summary(), u"The index “corp” answered with status 404"_s);
}

void IndexClientCheck::readsIndexesInFolders()
{
    QTemporaryDir folder;
    TinyIndex index(TinyIndex::Format::Html);
    index.add(Alpha);
    const QString root = QUrl::fromLocalFile(folder.path()).toString();
    for (const auto &[path, document] : index.documents(root.toUtf8()))
        kit::spill(
            folder.path() + QString::fromUtf8(path) + (path.endsWith('/') ? u"index.html"_s : QString()),
            document.body);
    net::QtFetcher fetcher(kit::quickSettings());
    IndexClient client(fetcher, {});
    const auto page = client.page(location(root + u"/simple"_s), package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    QCOMPARE(sentence(client.metadata(page->page->files.at(0), JobContext::unwatched())), u"beta>=2"_s);
    const auto absent =
        client.page(location(root + u"/simple"_s), package(u"none"_s), JobContext::unwatched());
    VERIFY_RESULT(absent);
    QCOMPARE(absent->kind, PageAnswer::Kind::Absent);
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
        net::QtFetcher fetcher(settings);
        IndexClient client(fetcher, {.cacheFolder = folder.path(), .atOnce = 4});
        const auto page =
            client.page(location(server.url(u"/simple"_s).toString()), package(), JobContext::unwatched());
        VERIFY_RESULT(page);
        QStringList found;
        for (const auto &file : page->page->files)
            found.append(file.url.toString() + u' ' + file.sha256() + u' '
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
    net::QtFetcher fetcher(settings);
    IndexClient client(fetcher, {.cacheFolder = folder.path(), .atOnce = 4});
    VERIFY_RESULT(
        client.page(location(server.url(u"/simple"_s).toString()), package(), JobContext::unwatched()));
}

void IndexClientCheck::bringsFaultsToThePerson_data()
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

void IndexClientCheck::bringsFaultsToThePerson()
{
    QFETCH(kit::Told, told);
    QFETCH(QString, sentence);
    HttpServer server;
    server.tell("/simple/alpha/", told);
    net::FetcherSettings settings = kit::quickSettings();
    QTemporaryDir folder;
    settings.cacheFolder = folder.path();
    net::QtFetcher fetcher(settings);
    IndexClient client(fetcher, {.cacheFolder = folder.path()});
    const auto answer =
        client.page(location(server.url(u"/simple"_s).toString()), package(), JobContext::unwatched());
    QVERIFY(!answer);
    QCOMPARE(answer.error().summary(), sentence.replace(u"%1"_s, u"127.0.0.1:%1"_s.arg(server.port())));
    QVERIFY(!QDirIterator(folder.path(), QDir::Files, QDirIterator::Subdirectories)
            .hasNext()); // nothing of it is kept
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
    net::QtFetcher fetcher(kit::quickSettings(
        {{u"UV_INDEX_CORP_USERNAME"_s, u"me"_s}, {u"UV_INDEX_CORP_PASSWORD"_s, u"canary"_s}}));
    IndexClient client(fetcher, {});
    const auto page =
        client.page(location(server.url(u"/simple"_s).toString()), package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    QCOMPARE(page->kind, PageAnswer::Kind::Found);
    QVERIFY(!page->page->files.at(0).url.toString().contains(u"canary"_s));
    QCOMPARE(sentence(client.metadata(page->page->files.at(0), JobContext::unwatched())), u"beta>=2"_s);
    // Another index of that name does not get it.
    const auto refused = client.page(
        location(server.url(u"/simple"_s).toString().replace(u"127.0.0.1"_s, u"localhost"_s), u"other"_s),
        package(), JobContext::unwatched());
    VERIFY_RESULT(refused);
    QCOMPARE(refused->kind, PageAnswer::Kind::Refused);
}

QTEST_GUILESS_MAIN(IndexClientCheck)
#include "index_client.moc"
