// SPDX-License-Identifier: Apache-2.0
#include "net/local_files.h"

#include <QTemporaryDir>

#include "kit/golden.h"
#include "kit/quick_fetcher.h"

using namespace sconce;
using namespace sconce::net;
using namespace Qt::StringLiterals;

class LocalFilesCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersLikeAServer();
    void tellsWhyAFileCannotBeRead();
};

void LocalFilesCheck::answersLikeAServer()
{
    QTemporaryDir folder;
    kit::spill(folder.filePath(u"simple/a/index.html"_s), "<a>");
    kit::spill(folder.filePath(u"a b+c.whl"_s), "0123456789");
    const auto ask = [&](const QString &path, std::optional<qint64> first = {},
                         std::optional<qint64> last = {}, qint64 limit = 100) {
        return readLocal(
            {.url = QUrl::fromLocalFile(folder.filePath(path)), .first = first, .last = last, .limit = limit},
            JobContext::unwatched());
    };
    const auto page = ask(u"simple/a/"_s);
    VERIFY_RESULT(page);
    QCOMPARE(page->status, 200);
    QCOMPARE(page->body, "<a>");
    QCOMPARE(page->headers.value("content-type"), "text/html");
    QCOMPARE(page->url, QUrl::fromLocalFile(folder.filePath(u"simple/a/index.html"_s)));
    const auto whole = ask(u"a b+c.whl"_s);
    VERIFY_RESULT(whole);
    QCOMPARE(whole->body, "0123456789");
    const auto part = ask(u"a b+c.whl"_s, 2, 4);
    VERIFY_RESULT(part);
    QCOMPARE(part->status, 206);
    QCOMPARE(part->body, "234");
    QCOMPARE(part->headers.value("content-range"), "bytes 2-4/10");
    const auto end = ask(u"a b+c.whl"_s, 8, 99);
    VERIFY_RESULT(end);
    QCOMPARE(end->body, "89");
    const auto beyond = ask(u"a b+c.whl"_s, 10);
    VERIFY_RESULT(beyond);
    QCOMPARE(beyond->status, 416);
    for (const auto &path : {u"none.whl"_s, u"simple/"_s, u"simple/none/"_s}) {
        const auto absent = ask(path);
        VERIFY_RESULT(absent);
        QCOMPARE(absent->status, 404);
    }
    const auto large = ask(u"a b+c.whl"_s, {}, {}, 9);
    QVERIFY(!large);
    QCOMPARE(large.error().kind(), ErrorKind::BadInput);
    // Through the fetcher, to a sink.
    auto fetcher = kit::wholeFetcher(kit::quickSettings());
    QByteArray got;
    VERIFY_RESULT(fetcher.download({.url = QUrl::fromLocalFile(folder.filePath(u"a b+c.whl"_s))},
        kit::into(got), JobContext::unwatched()));
    QCOMPARE(got, "0123456789");
}

void LocalFilesCheck::tellsWhyAFileCannotBeRead()
{
    // A folder where a file should be: readable for nobody, not even root.
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(u"a/index.html"_s);
    const auto reply =
        readLocal({.url = QUrl::fromLocalFile(folder.filePath(u"a"_s))}, JobContext::unwatched());
    QVERIFY(!reply);
    QVERIFY(reply.error().summary().startsWith(u"“%1”"_s.arg(folder.filePath(u"a/index.html"_s))));
}

QTEST_GUILESS_MAIN(LocalFilesCheck)
#include "local_files.moc"
