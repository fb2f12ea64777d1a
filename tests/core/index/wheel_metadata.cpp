// SPDX-License-Identifier: Apache-2.0
#include "index/wheel_metadata.h"

#include "core/index/questions.h"
#include "files/digest.h"
#include "kit/canned_fetcher.h"
#include "kit/quick_fetcher.h"
#include "kit/tar_gz_writer.h"

using namespace sconce;
using namespace sconce::index;
using namespace sconce::kit;
using namespace Qt::StringLiterals;

class WheelMetadataCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
    void readsSourcesThatSayWhatBuildsWillSay_data();
    void readsSourcesThatSayWhatBuildsWillSay();
    void asksForSizes();
};

void WheelMetadataCheck::readsMetadataBesideTheWheel()
{
    CannedFetcher fetcher;
    TinyIndex index;
    index.add({.name = u"alpha"_s, .version = u"1.0+cu128"_s, .requiresDist = {u"beta>=2"_s}});
    index.serveFrom(fetcher, "https://pypi.test");
    IndexClient client(fetcher, {});
    const auto page = client.page(location(), package(), JobContext::unwatched());
    VERIFY_RESULT(page);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(
            sentence(client.metadata(page->page->allFiles().at(0), JobContext::unwatched())), u"beta>=2"_s);
    QCOMPARE(fetcher.asked().mid(1),
        QList<QByteArray>{"GET https://pypi.test/files/alpha-1.0%2Bcu128-py3-none-any.whl.metadata"});
}

void WheelMetadataCheck::readsMetadataFromRanges()
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

void WheelMetadataCheck::goesAnotherWayWhenTheMetadataFileFails_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("absent") << 404 << QByteArray();
    QTest::newRow("forbidden") << 403 << QByteArray();
    QTest::newRow("trouble") << 500 << QByteArray();
    QTest::newRow("page instead") << 200 << QByteArray("<html>Log in</html>");
}

void WheelMetadataCheck::goesAnotherWayWhenTheMetadataFileFails()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    CannedFetcher fetcher;
    TinyIndex index;
    index.add(Alpha);
    index.serveFrom(fetcher, "https://pypi.test");
    auto file = fileOf(fetcher);
    file.metadataSha256.clear(); // promised without a digest
    const QByteArray url = file.url().toEncoded() + ".metadata";
    if (status == 200)
        fetcher.serve(url, body);
    else
        fetcher.answer(url, status);
    IndexClient client(fetcher, {});
    QCOMPARE(sentence(client.metadata(file, JobContext::unwatched())), u"beta>=2"_s);
}

void WheelMetadataCheck::refusesMetadataWithAnotherDigest()
{
    CannedFetcher fetcher;
    TinyIndex index;
    index.add(Alpha);
    index.serveFrom(fetcher, "https://pypi.test");
    const auto file = fileOf(fetcher);
    const QByteArray url = file.url().toEncoded() + ".metadata";
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

void WheelMetadataCheck::takesMetadataThatIsRightTheSecondTime()
{
    CannedFetcher fetcher;
    TinyIndex index;
    index.add(Alpha);
    index.serveFrom(fetcher, "https://pypi.test");
    const auto file = fileOf(fetcher);
    fetcher.on(file.url().toEncoded() + ".metadata", [](const net::Request &request) -> Result<net::Reply> {
        return net::Reply{.status = 200,
            .body = request.cache == net::Request::Cache::Bypass ? Alpha.metadata() : "old",
            .url = request.url};
    });
    IndexClient client(fetcher, {});
    QCOMPARE(sentence(client.metadata(file, JobContext::unwatched())), u"beta>=2"_s);
}

void WheelMetadataCheck::readsTheWholeWheelWithoutRanges()
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
    for (const auto &file : page->page->allFiles()) {
        const QByteArray bytes =
            TinyWheel{.name = u"alpha"_s, .version = file.version.text(), .requiresDist = {u"beta>=2"_s}}
                .bytes();
        fetcher.on(file.url().toEncoded(), [bytes](const net::Request &request) -> Result<net::Reply> {
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

void WheelMetadataCheck::refusesAWheelWithAnotherDigest()
{
    CannedFetcher fetcher;
    TinyIndex index;
    index.add(Alpha, {.hasMetadataFile = false});
    index.serveFrom(fetcher, "https://pypi.test");
    const auto file = fileOf(fetcher);
    const QByteArray other =
        TinyWheel{.name = u"alpha"_s, .version = u"1.0"_s, .requiresDist = {u"evil"_s}}.bytes();
    fetcher.on(file.url().toEncoded(), [other](const net::Request &request) -> Result<net::Reply> {
        return net::Reply{.status = 200, .body = request.first ? QByteArray() : other, .url = request.url};
    });
    IndexClient client(fetcher, {});
    const auto found = client.metadata(file, JobContext::unwatched());
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::BadHash);
    QCOMPARE(found.error().summary(), u"“alpha-1.0-py3-none-any.whl” is not the file its index lists"_s);
}

void WheelMetadataCheck::saysWhyThereIsNoMetadata_data()
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

void WheelMetadataCheck::saysWhyThereIsNoMetadata()
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
        fetcher.serve(file.url().toEncoded(), wheel);
    else
        fetcher.answer(file.url().toEncoded(), status);
    IndexClient client(fetcher, {});
    const auto found = client.metadata(file, JobContext::unwatched());
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), kind);
    if (!sentence.isEmpty())
        QCOMPARE(found.error().summary(), sentence);
}

void WheelMetadataCheck::readsSourcesThatSayWhatBuildsWillSay_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("pyproject");
    QTest::addColumn<QString>("says");
    const QString needsBuild =
        u"“alpha-1.0.tar.gz” holds sources that do not say for sure what they need: only a "
        "build could tell, and nothing is built yet"_s;
    const QByteArray good = "Metadata-Version: 2.2\nVersion: 1.0\n";
    const QByteArray old = "Metadata-Version: 2.1\nVersion: 1.0\n";
    const auto row = [](const char *name, const QByteArray &fields, const QByteArray &pyproject,
                         const QString &says) { QTest::newRow(name) << fields << pyproject << says; };
    row("static", good, {}, u"beta>=2"_s);
    row("newer", "Metadata-Version: 2.4\nVersion: 1.0\n", {}, u"beta>=2"_s);
    row("something else is dynamic", good + "Dynamic: Description\n", {}, u"beta>=2"_s);
    row("too old to promise", old, {}, needsBuild);
    for (const char *field : {"Requires-Dist", "requires-python", "Provides-Extra"})
        row(field, good + "Dynamic: " + field + '\n', {}, needsBuild);
    row("another version", "Metadata-Version: 2.2\nVersion: 2.0\n", {}, needsBuild);
    const QByteArray project = "[project]\nname = \"alpha\"\ndependencies = [\"gamma\"]\n";
    row("pyproject.toml", old, project + "version = \"1.0\"\n", u"gamma"_s);
    row("pyproject.toml before PKG-INFO", good, project + "version = \"1.0\"\n", u"gamma"_s);
    row("the version in the archive's name", old, project + "dynamic = [\"version\"]\n", u"gamma"_s);
    row("pyproject.toml of another version", good, project + "version = \"2.0\"\n", u"beta>=2"_s);
    row("pyproject.toml with something dynamic", good, project + "dynamic = [\"optional-dependencies\"]\n",
        u"beta>=2"_s);
    row("both leave it open", old, "[project]\nname = \"alpha\"\ndynamic = [\"dependencies\"]\n", needsBuild);
    row("pyproject.toml that is none", good, "[project\n",
        u"“pyproject.toml” is not valid TOML: expected ']', saw '\\n'"_s);
}

void WheelMetadataCheck::readsSourcesThatSayWhatBuildsWillSay()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, pyproject);
    CannedFetcher fetcher;
    const QByteArray archive = tarGz(tarRecord("alpha-1.0/setup.py", "raise SystemExit")
        + tarRecord("alpha-1.0/PKG-INFO", fields + "Name: alpha\nRequires-Dist: beta>=2\n")
        + (pyproject.isEmpty() ? QByteArray() : tarRecord("alpha-1.0/pyproject.toml", pyproject)));
    fetcher.serve("https://pypi.test/simple/alpha/",
        R"({"meta": {"api-version": "1.0"}, "name": "alpha", "files": [{"filename": "alpha-1.0.tar.gz", "url": "a", "hashes": {"sha256": ")"
            + files::sha256Hex(archive).toUtf8() + R"("}}]})",
        Json);
    fetcher.serve("https://pypi.test/simple/alpha/a", archive);
    const auto file = fileOf(fetcher);
    IndexClient client(fetcher, {});
    client.expectMetadata(file, JobContext::unwatched()); // is not worth a whole archive
    QTEST(sentence(client.metadata(file, JobContext::unwatched())), "says");
    QCOMPARE(fetcher.timesAsked("https://pypi.test/simple/alpha/a"), 1);
    // Another archive than the index lists.
    fetcher.serve("https://pypi.test/simple/alpha/a", archive + "x");
    IndexClient later(fetcher, {});
    QCOMPARE(later.metadata(file, JobContext::unwatched()).error().kind(), ErrorKind::BadHash);
}

void WheelMetadataCheck::asksForSizes()
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
    other.address = u"https://pypi.test/files/none.whl"_s;
    QVERIFY(!client.sizeOf(other, JobContext::unwatched()));
    other.size = 7;
    QCOMPARE(client.sizeOf(other, JobContext::unwatched()), 7);
}

QTEST_GUILESS_MAIN(WheelMetadataCheck)
#include "wheel_metadata.moc"
