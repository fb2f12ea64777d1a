// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "metadata/index_page.h"
#include "metadata/record.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using metadata::DirectUrl;

class DirectUrlCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesAndReads_data();
    void writesAndReads();
    void refusesOthers_data();
    void refusesOthers();
    void knowsTheDigestOfAFile();
};

void DirectUrlCheck::writesAndReads_data()
{
    QTest::addColumn<DirectUrl>("url");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("archive") << DirectUrl{u"file:///a/x.whl"_s}
                             << QByteArray(R"({"url":"file:///a/x.whl","archive_info":{}})");
    QTest::newRow("folder") << DirectUrl{u"file:///a"_s, false, true}
                            << QByteArray(R"({"url":"file:///a","dir_info":{"editable":false}})");
    QTest::newRow("editable") << DirectUrl{u"file:///a"_s, false, true, true}
                              << QByteArray(R"({"url":"file:///a","dir_info":{"editable":true}})");
    QTest::newRow("quotes") << DirectUrl{u"https://h.test/é\"\\\n"_s}
                            << QByteArray("{\"url\":\"https://h.test/é\\\"\\\\\\n\",\"archive_info\":{}}");
}

void DirectUrlCheck::writesAndReads()
{
    QFETCH(DirectUrl, url);
    QFETCH(QByteArray, bytes);
    QCOMPARE(url.write(), bytes);
    const Result<DirectUrl> found = DirectUrl::parse(bytes);
    QVERIFY(found);
    QVERIFY(*found == url);
}

void DirectUrlCheck::refusesOthers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const char *bytes : {"x", "[]", "{}", R"({"url":1})", R"({"url":"")", "\xff"})
        QTest::newRow(bytes) << QByteArray(bytes);
    QTest::newRow("empty") << QByteArray();
}

void DirectUrlCheck::refusesOthers()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!DirectUrl::parse(bytes));
    QCOMPARE(DirectUrl::parse(bytes).error().kind(), ErrorKind::BadInput);
    // A repository is neither an archive nor a folder.
    const Result<DirectUrl> repository =
        DirectUrl::parse(R"({"url":"https://h.test/r","vcs_info":{"vcs":"git","commit_id":"0"}})");
    QVERIFY(repository && !repository->isArchive && !repository->isDirectory);
}

void DirectUrlCheck::knowsTheDigestOfAFile()
{
    metadata::IndexFile file{.fileName = u"a-1.tar.gz"_s, .package = names::PackageName::parse(u"a").value()};
    QCOMPARE(file.sha256(), QString());
    file.hashes = {u"md5:00"_s, u"sha256:ab"_s};
    QCOMPARE(file.sha256(), u"ab"_s);
}

QTEST_GUILESS_MAIN(DirectUrlCheck)
#include "direct_url.moc"
