// SPDX-License-Identifier: Apache-2.0
#include "index/listing.h"

#include <QTest>

using namespace sconce;
using namespace sconce::index;
using namespace Qt::StringLiterals;

namespace {

const QUrl Page(u"https://pypi.test/simple/alpha-beta/"_s);
const QString Sha(64, u'a');

names::PackageName package(const QString &name = u"alpha-beta"_s)
{
    return *names::PackageName::parse(name);
}

/// A file as a line of text, so that a page can be read in a check.
QString text(const metadata::IndexFile &file)
{
    QString line = file.fileName + u' ' + file.version.text() + u' ' + file.address;
    for (const QString &hash : file.hashes)
        line += u' ' + hash.section(u':', 0, 0) + u'=' + hash.section(u':', 1).first(4);
    if (file.size)
        line += u" size=%1"_s.arg(*file.size);
    if (file.uploadTime)
        line += " at="_L1 + file.uploadTime->toString(Qt::ISODateWithMs);
    if (file.requiresPython)
        line += " python="_L1 + file.requiresPython->text();
    if (file.yanked)
        line += " yanked="_L1 + *file.yanked;
    if (file.hasMetadataFile)
        line +=
            " metadata="_L1 + file.metadataSha256.first(std::min<qsizetype>(4, file.metadataSha256.size()));
    return line + (file.wheel ? u" wheel"_s : u" sdist"_s);
}

QString text(const Result<SharedPage> &page)
{
    if (!page)
        return u"error: "_s + page.error().summary();
    QStringList lines;
    for (const metadata::IndexFile &file : (*page)->allFiles())
        lines.append(text(file));
    return lines.join(u'\n');
}

Result<SharedPage> parseJsonPage(const QByteArray &bytes, const QUrl &url, const names::PackageName &package)
{
    return pageOf(SCONCE_TRY(readJsonListing(bytes, url)), package);
}

Result<SharedPage> parseHtmlPage(const QByteArray &bytes, const QUrl &url, const names::PackageName &package)
{
    return pageOf(SCONCE_TRY(readHtmlListing(bytes, url)), package);
}

QByteArray json(const QByteArray &files, const QByteArray &version = "1.1")
{
    return R"({"meta": {"api-version": ")" + version + R"("}, "name": "alpha-beta", "files": [)" + files
        + "]}";
}

} // namespace

class ListingCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsJson_data();
    void readsJson();
    void writesAddressesInOneWay_data();
    void writesAddressesInOneWay();
    void readsHtml_data();
    void readsHtml();
    void saysTheSameInBothFormats();
    void refusesWhatIsNoPage_data();
    void refusesWhatIsNoPage();
    void goesByTheContentType_data();
    void goesByTheContentType();
    void comesBackFromPacking();
    void standsALargePage();
};

void ListingCheck::readsJson_data()
{
    QTest::addColumn<QByteArray>("files");
    QTest::addColumn<QString>("page");
    const auto row = [](const char *name, const QByteArray &files, const QString &page) {
        QTest::newRow(name) << files << page;
    };
    const QByteArray whl =
        R"("filename": "alpha_beta-1.0-py3-none-any.whl", "url": "https://f.test/alpha_beta-1.0-py3-none-any.whl")";
    const QString line =
        u"alpha_beta-1.0-py3-none-any.whl 1.0 https://f.test/alpha_beta-1.0-py3-none-any.whl"_s;
    row("everything",
        '{' + whl + R"(, "hashes": {"sha256": ")" + Sha.toLatin1()
            + R"("}, "size": 12, "upload-time": "2024-02-03T04:05:06.789012Z",
            "requires-python": ">=3.8", "yanked": "broken", "core-metadata": {"sha256": ")"
            + QByteArray(64, 'B') + R"("}, "gpg-sig": true})",
        line
            + u" sha256=aaaa size=12 at=2024-02-03T04:05:06.789Z python=>=3.8 yanked=broken metadata=bbbb wheel"_s);
    row("little", '{' + whl + ", \"hashes\": {}}", line + u" wheel"_s);
    row("no hashes", '{' + whl + "}", line + u" wheel"_s);
    row("relative",
        R"({"filename": "alpha_beta-1.0.tar.gz", "url": "../../files/alpha_beta-1.0.tar.gz#sha256=junk", "hashes": {}})",
        u"alpha_beta-1.0.tar.gz 1.0 https://pypi.test/files/alpha_beta-1.0.tar.gz sdist"_s);
    row("local version",
        R"({"filename": "alpha_beta-1.0+cu128-cp312-cp312-linux_x86_64.whl", "url": "/w/alpha_beta-1.0%2Bcu128-cp312-cp312-linux_x86_64.whl"})",
        u"alpha_beta-1.0+cu128-cp312-cp312-linux_x86_64.whl 1.0+cu128 https://pypi.test/w/alpha_beta-1.0%2Bcu128-cp312-cp312-linux_x86_64.whl wheel"_s);
    row("yanked without a reason", '{' + whl + ", \"yanked\": true}", line + u" yanked= wheel"_s);
    row("not yanked", '{' + whl + ", \"yanked\": false}", line + u" wheel"_s);
    row("older name of the metadata file", '{' + whl + ", \"dist-info-metadata\": true}",
        line + u" metadata= wheel"_s);
    row("metadata with what is no digest", '{' + whl + ", \"core-metadata\": {\"sha256\": \"beef\"}}",
        line + u" metadata= wheel"_s);
    row("newer name wins", '{' + whl + ", \"dist-info-metadata\": true, \"core-metadata\": false}",
        line + u" wheel"_s);
    row("mended specifier", '{' + whl + ", \"requires-python\": \">=3.8.*\"}",
        line + u" python=>=3.8 wheel"_s);
    row("absurd numbers", '{' + whl + ", \"size\": 1e300, \"upload-time\": \"yesterday\"}",
        line + u" wheel"_s);
    row("size with a fraction", '{' + whl + ", \"size\": 3.5}", line + u" wheel"_s);
    row("negative size", '{' + whl + ", \"size\": -1}", line + u" wheel"_s);
    row("null everywhere",
        '{' + whl
            + R"(, "hashes": null, "size": null, "upload-time": null, "requires-python": null, "yanked": null, "core-metadata": null})",
        line + u" wheel"_s);
    row("the last of two keys", '{' + whl + ", \"size\": 1, \"size\": 2}", line + u" size=2 wheel"_s);
    row("order of bytes",
        R"({"filename": "alpha_beta-1.0-py3-none-any.whl", "url": "c"}, {"filename": "alpha_beta-1.0-py2.py3-none-any.whl", "url": "b"}, {"filename": "alpha_beta-1.0.tar.gz", "url": "d"}, {"filename": "Alpha_Beta-1.0-py3-none-any.whl", "url": "a"})",
        u"Alpha_Beta-1.0-py3-none-any.whl 1.0 https://pypi.test/simple/alpha-beta/a wheel\n"
        "alpha_beta-1.0-py2.py3-none-any.whl 1.0 https://pypi.test/simple/alpha-beta/b wheel\n"
        "alpha_beta-1.0-py3-none-any.whl 1.0 https://pypi.test/simple/alpha-beta/c wheel\n"
        "alpha_beta-1.0.tar.gz 1.0 https://pypi.test/simple/alpha-beta/d sdist"_s);
    // One bad file among good ones leaves the good ones.
    for (const char *bad :
        {R"({"filename": "alpha_beta-one-py3-none-any.whl", "url": "x"})",
            R"({"filename": "gamma-1.0-py3-none-any.whl", "url": "x"})",
            R"({"filename": "gamma-1.0.tar.gz", "url": "x"})",
            R"({"filename": "alpha_beta-1.0.rpm", "url": "x"})", R"({"filename": "", "url": "x"})",
            R"({"url": "x"})", R"({"filename": "alpha_beta-2.0-py3-none-any.whl"})",
            R"({"filename": "alpha_beta-2.0-py3-none-any.whl", "url": "javascript:x"})",
            R"({"filename": "alpha_beta-2.0-py3-none-any.whl", "url": "https://[files.test/w"})",
            R"({"filename": "alpha_beta-2.0-py3-none-any.whl", "url": "file:///etc/alpha_beta-2.0-py3-none-any.whl"})",
            R"({"filename": "alpha_beta-2.0-py3-none-any.whl", "url": "x", "requires-python": "three"})",
            R"({"filename": "alpha_beta-2.0-py3-none-any.whl", "url": "x", "hashes": {"sha256": "short"}})",
            "null", "[]", "7", "\"text\""})
        row(bad, QByteArray(bad) + ", {" + whl + "}", line + u" wheel"_s);
    row("no files", "", {});
}

void ListingCheck::readsJson()
{
    QFETCH(QByteArray, files);
    QFETCH(QString, page);
    QCOMPARE(text(parseJsonPage(json(files), Page, package())), page);
    QCOMPARE(text(parseJsonPage("\xEF\xBB\xBF" + json(files), Page, package())),
        page); // a byte order mark is nothing
}

void ListingCheck::writesAddressesInOneWay_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("address");
    const auto row = [](const QString &url, const QString &address) {
        QTest::newRow(qPrintable(url)) << url << address;
    };
    const auto same = [&](const QString &url) { row(url, url); };
    same(u"https://f.test/a"_s);
    same(u"http://files-2.a9.test/a"_s);
    same(u"https://a--b.test/a"_s);
    same(u"https://%1.test/a"_s.arg(QString(63, u'x')));
    same(u"https://1.2.3.4/a"_s);
    row(u"https://1.2.3/a"_s, u"https://1.2.0.3/a"_s);
    row(u"https://0x7f.1/a"_s, u"https://127.0.0.1/a"_s);
    row(u"https://F.test/a"_s, u"https://f.test/a"_s);
    // Hosts that cannot be, so the file is left out.
    row(u"https://files-.test/a"_s, {});
    row(u"https://files.-test/a"_s, {});
    row(u"https://-files.test/a"_s, {});
    row(u"https://files..test/a"_s, {});
    row(u"https://files.test-/a"_s, {});
    row(u"https://%1.test/a"_s.arg(QString(64, u'x')), {});
}

void ListingCheck::writesAddressesInOneWay()
{
    QFETCH(QString, url);
    QFETCH(QString, address);
    FileReader reader(Page, package());
    const auto file = reader.file({.fileName = u"alpha_beta-1.0.tar.gz"_s, .url = url});
    QCOMPARE(file.has_value(), !address.isEmpty());
    if (!file)
        return;
    QCOMPARE(file->address, address);
    QCOMPARE(file->url().toString(QUrl::FullyEncoded), address);
}

void ListingCheck::readsHtml_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("page");
    const auto row = [](const char *name, const QByteArray &body, const QString &page) {
        QTest::newRow(name) << body << page;
    };
    const QString line =
        u"alpha_beta-1.0-py3-none-any.whl 1.0 https://f.test/alpha_beta-1.0-py3-none-any.whl"_s;
    const QByteArray href = "href=\"https://f.test/alpha_beta-1.0-py3-none-any.whl\"";
    row("plain", "<a " + href + ">any text</a>", line + u" wheel"_s);
    row("digest",
        "<a href=\"https://f.test/alpha_beta-1.0-py3-none-any.whl#sha256=" + QByteArray(64, 'A') + "\">",
        line + u" sha256=aaaa wheel"_s);
    row("other fragments", "<a href=\"https://f.test/alpha_beta-1.0-py3-none-any.whl#egg=alpha\">",
        line + u" wheel"_s);
    row("everything",
        "<a " + href
            + " data-requires-python='&gt;=3.8, &lt;4' data-yanked=\"broken &amp; bad\" "
              "data-core-metadata=\"sha256="
            + QByteArray(64, 'c')
            + "\" data-size=12 data-upload-time=\"2024-02-03T04:05:06Z\" data-gpg-sig=true>",
        line
            + u" size=12 at=2024-02-03T04:05:06.000Z python=>=3.8, <4 yanked=broken & bad metadata=cccc wheel"_s);
    row("yanked without a reason", "<a " + href + " data-yanked>", line + u" yanked= wheel"_s);
    row("metadata file, older name", "<a " + href + " data-dist-info-metadata=true>",
        line + u" metadata= wheel"_s);
    row("metadata with what is no digest",
        "<a " + href + " data-core-metadata=sha256=" + QByteArray(64, 'x') + '>',
        line + u" metadata= wheel"_s);
    row("metadata file, newer name wins",
        "<a " + href + " data-dist-info-metadata=true data-core-metadata=false>", line + u" wheel"_s);
    row("relative", "<a href=../../files/alpha_beta-1.0.tar.gz>",
        u"alpha_beta-1.0.tar.gz 1.0 https://pypi.test/files/alpha_beta-1.0.tar.gz sdist"_s);
    row("root", "<a href=/f/alpha_beta-1.0.tar.gz>",
        u"alpha_beta-1.0.tar.gz 1.0 https://pypi.test/f/alpha_beta-1.0.tar.gz sdist"_s);
    row("other host", "<a href=//f.test/alpha_beta-1.0.tar.gz>",
        u"alpha_beta-1.0.tar.gz 1.0 https://f.test/alpha_beta-1.0.tar.gz sdist"_s);
    row("base", "<head><base href=\"https://b.test/x/y\"></head><a href=alpha_beta-1.0.tar.gz>",
        u"alpha_beta-1.0.tar.gz 1.0 https://b.test/x/alpha_beta-1.0.tar.gz sdist"_s);
    row("base among the files of this computer", "<base href=file:///etc/><a href=alpha_beta-1.0.tar.gz>",
        u"alpha_beta-1.0.tar.gz 1.0 https://pypi.test/simple/alpha-beta/alpha_beta-1.0.tar.gz sdist"_s);
    row("relative base, first counts", "<base href=../z/><base href=/no/><a href=alpha_beta-1.0.tar.gz>",
        u"alpha_beta-1.0.tar.gz 1.0 https://pypi.test/simple/z/alpha_beta-1.0.tar.gz sdist"_s);
    row("percent signs",
        "<a href=\"/w/alpha_beta-1.0%2Bcu128-cp312-cp312-linux_x86_64.whl#sha256=" + QByteArray(64, 'a')
            + "\">",
        u"alpha_beta-1.0+cu128-cp312-cp312-linux_x86_64.whl 1.0+cu128 https://pypi.test/w/alpha_beta-1.0%2Bcu128-cp312-cp312-linux_x86_64.whl sha256=aaaa wheel"_s);
    row("query", "<a href=\"alpha_beta-1.0.tar.gz?token=a/b\">",
        u"alpha_beta-1.0.tar.gz 1.0 https://pypi.test/simple/alpha-beta/alpha_beta-1.0.tar.gz?token=a/b sdist"_s);
    row("white space", "<a href=\" \n https://f.test/alpha_beta-1.0-py3-none-any.whl \">",
        line + u" wheel"_s);
    row("links to elsewhere",
        "<a href=/>up</a><a href=#top></a><a name=x></a><a href=mailto:a@b>mail</a><a " + href + ">",
        line + u" wheel"_s);
    row("another package", "<a href=gamma-1.0.tar.gz><a " + href + ">", line + u" wheel"_s);
    row("version of the interface", "<meta name=\"pypi:repository-version\" content=\"1.9\"><a " + href + ">",
        line + u" wheel"_s);
    row("a form beside files", "<form></form><a " + href + ">", line + u" wheel"_s);
    row("no files", "<h1>Links for alpha-beta</h1>", {});
    row("digest of a wrong length", "<a " + href + "><a href=alpha_beta-2.0.tar.gz#sha256=abc>",
        u"error: The page https://pypi.test/simple/alpha-beta/ cannot be read: The sha256 digest of “alpha_beta-2.0.tar.gz” is not one"_s);
    row("newer interface", "<meta name=\"pypi:repository-version\" content=\"2.0\"><a " + href + ">",
        u"error: The page https://pypi.test/simple/alpha-beta/ cannot be read: it speaks version 2.0 of the interface, and only 1 is known"_s);
    row("login page", "<form action=/login><input name=password></form><a href=/help>Help</a>",
        u"error: The page https://pypi.test/simple/alpha-beta/ cannot be read: it asks for input instead of listing files"_s);
}

void ListingCheck::readsHtml()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, page);
    QCOMPARE(
        text(parseHtmlPage("<!DOCTYPE html><html><body>" + body + "</body></html>", Page, package())), page);
}

void ListingCheck::saysTheSameInBothFormats()
{
    const QByteArray digest(64, 'd');
    const auto one = parseJsonPage(
        json(
            R"({"filename": "alpha_beta-1.0-py3-none-any.whl", "url": "https://f.test/a/alpha_beta-1.0-py3-none-any.whl", "hashes": {"sha256": ")"
            + digest
            + R"("}, "requires-python": ">=3.8,!=3.9.1", "yanked": "no \"good\"", "core-metadata": {"sha256": ")"
            + digest + R"("}})"),
        Page, package());
    const auto other =
        parseHtmlPage("<a href='https://f.test/a/alpha_beta-1.0-py3-none-any.whl#sha256=" + digest
                + "' data-requires-python='&gt;=3.8,!=3.9.1' data-yanked='no \"good\"' "
                  "data-core-metadata='sha256="
                + digest + "'>",
            Page, package());
    QVERIFY(!text(one).isEmpty());
    QCOMPARE(text(one), text(other));
}

void ListingCheck::refusesWhatIsNoPage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isJson");
    QTest::newRow("nothing") << QByteArray() << true;
    QTest::newRow("cut") << json("{\"filename\": \"a") << true;
    QTest::newRow("a list") << QByteArray("[]") << true;
    QTest::newRow("no files") << QByteArray("{\"meta\": {}}") << true;
    QTest::newRow("files of another kind") << QByteArray("{\"files\": {}}") << true;
    QTest::newRow("newer interface") << json("", "2.0") << true;
    QTest::newRow("deep") << QByteArray("{\"files\": ") + QByteArray(100'000, '[') + QByteArray(100'000, ']')
            + '}' << true;
    QTest::newRow("invalid UTF-8 in JSON") << json("{\"filename\": \"\xFF\xFE\", \"url\": \"x\"}") << true;
    QTest::newRow("invalid UTF-8") << QByteArray("<a href=\"\xFF\xFE\">") << false;
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFE<\0a\0>\0", 8) << false;
    QTest::newRow("zero bytes") << QByteArray("<a href=\"a\0b\">", 14) << false;
}

void ListingCheck::refusesWhatIsNoPage()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isJson);
    const auto page = isJson ? parseJsonPage(bytes, Page, package()) : parseHtmlPage(bytes, Page, package());
    QVERIFY(!page);
    QCOMPARE(page.error().kind(), ErrorKind::BadInput);
    QVERIFY(page.error().summary().startsWith(
        u"The page https://pypi.test/simple/alpha-beta/ cannot be read: "_s));
}

void ListingCheck::goesByTheContentType_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isGood");
    const QByteArray page = json("{\"filename\": \"alpha_beta-1.0.tar.gz\", \"url\": \"x\"}");
    const QByteArray html = "<a href=alpha_beta-1.0.tar.gz>";
    QTest::newRow("JSON") << QByteArray("application/vnd.pypi.simple.v1+json") << page << true;
    QTest::newRow("JSON, capitals and charset")
        << QByteArray("Application/Vnd.PyPI.Simple.v1+JSON; charset=utf-8") << page << true;
    QTest::newRow("plain JSON") << QByteArray("application/json") << page << true;
    QTest::newRow("HTML") << QByteArray("text/html; charset=UTF-8") << html << true;
    QTest::newRow("HTML, own type") << QByteArray("application/vnd.pypi.simple.v1+html") << html << true;
    QTest::newRow("none, JSON") << QByteArray() << "\n " + page << true;
    QTest::newRow("none, HTML") << QByteArray() << html << true;
    QTest::newRow("none, nonsense") << QByteArray() << QByteArray("hello") << false;
    QTest::newRow("newer JSON") << QByteArray("application/vnd.pypi.simple.v2+json") << page << false;
    QTest::newRow("archive") << QByteArray("application/zip") << QByteArray("PK") << false;
    QTest::newRow("HTML that says JSON") << QByteArray("application/json") << html << false;
}

void ListingCheck::goesByTheContentType()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(bool, isGood);
    const auto listing = readListing(body, type, Page);
    QCOMPARE(listing.has_value(), isGood);
    if (isGood)
        QCOMPARE(listing->files.size(), 1u);
    else
        QCOMPARE(listing.error().kind(), ErrorKind::BadInput);
}

void ListingCheck::comesBackFromPacking()
{
    const auto unpacked = [](const Listing &listing) {
        return unpackPage(packPage(*pageOf(listing, package()), listing.base), package());
    };
    Listing listing{.base = QUrl(u"https://pypi.test/simple/alpha-beta/?x=%2B"_s), .files = {}};
    QVERIFY(unpacked(listing)->releases().empty());
    for (int i = 0; i < 50; ++i) {
        ListedFile file;
        file.fileName = u"alpha_beta-%1-%2-none-any.whl"_s.arg(i / 2).arg(i % 9 ? u"py3"_s : u"jy27"_s);
        file.url = i % 3 ? u"https://f.test/%1/"_s.arg(i) + file.fileName : u"other?é"_s;
        if (i % 2)
            file.hashes = {u"sha256:"_s + Sha};
        else if (i % 4)
            file.hashes = {u"md5:0123"_s, u"sha256:"_s + Sha};
        file.size = i % 5 ? i * 1000LL : -1;
        file.uploadTime = i % 7 ? 1'700'000'000'000 + i : -1;
        file.requiresPython = i % 2 ? u">=3.8"_s : QString();
        if (i % 11 == 0)
            file.yanked = i % 2 ? u"\uFEFF\uFEFFbroken ✗"_s : u""_s;
        file.hasMetadataFile = i % 2;
        file.metadataSha256 = i % 4 == 1 ? Sha : QString();
        listing.files.push_back(file);
    }
    const SharedPage page = pageOf(listing, package());
    const SharedPage again = unpacked(listing);
    QCOMPARE(text(again), text(page));
    QCOMPARE(again->releases().size(), page->releases().size());
    for (std::size_t place = 0; place < page->releases().size(); ++place) {
        QCOMPARE(again->releases()[place].version, page->releases()[place].version);
        QCOMPARE(again->releases()[place].firstUpload, page->releases()[place].firstUpload);
        QVERIFY(again->releases()[place].tags == page->releases()[place].tags);
        QCOMPARE(again->files(place).size(), page->files(place).size());
    }
}

void ListingCheck::standsALargePage()
{
    QByteArray files;
    for (int i = 0; i < 20'000; ++i) {
        files += (i ? ", " : "") + QByteArray("{\"filename\": \"alpha_beta-1.") + QByteArray::number(i)
            + "-py3-none-any.whl\", \"url\": \"x\"}";
    }
    const auto page = parseJsonPage(json(files), Page, package());
    QVERIFY(page);
    QCOMPARE((*page)->allFiles().size(), 20'000u);
    QVERIFY(std::ranges::is_sorted((*page)->allFiles(), {}, &metadata::IndexFile::fileName));
}

QTEST_GUILESS_MAIN(ListingCheck)
#include "listing.moc"
