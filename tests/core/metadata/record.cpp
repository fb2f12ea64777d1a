// SPDX-License-Identifier: Apache-2.0
#include "metadata/record.h"

#include <random>

#include <QTest>

#include "kit/random.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using metadata::RecordRow;

namespace {

std::vector<RecordRow> someRows()
{
    return {{u"b/x.py"_s, u"sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"_s, 0},
        {u"B.py"_s, QString(), std::nullopt}, {u"a,b \"q\".txt"_s, u"md5=x"_s, 12},
        {u"été/line\nend"_s, QString(), 3}, {u"a/RECORD"_s, QString(), std::nullopt}};
}

} // namespace

class RecordCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesSortedAndQuoted();
    void readsWhatItWrites();
    void readsOtherSpellings_data();
    void readsOtherSpellings();
    void refusesOthers_data();
    void refusesOthers();
    void isBounded();
    void survivesDamage();
};

void RecordCheck::writesSortedAndQuoted()
{
    QCOMPARE(metadata::writeRecord(someRows()),
        QByteArray("B.py,,\n\"a,b "
                   "\"\"q\"\".txt\",md5=x,12\na/RECORD,,\nb/"
                   "x.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n"
                   "\"\xc3\xa9t\xc3\xa9/line\nend\",,3\n"));
    QCOMPARE(metadata::writeRecord({}), QByteArray());
}

void RecordCheck::readsWhatItWrites()
{
    const QByteArray bytes = metadata::writeRecord(someRows());
    const Result<std::vector<RecordRow>> rows = metadata::parseRecord(bytes);
    QVERIFY(rows);
    QCOMPARE(rows->size(), someRows().size());
    QCOMPARE(metadata::writeRecord(*rows), bytes);
}

void RecordCheck::readsOtherSpellings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("CRLF, every field quoted")
        << QByteArray("\"a,b.txt\",\"sha256=x\",\"1\"\r\n\"c\",\"\",\"\"\r\n");
    QTest::newRow("no line end at the end") << QByteArray("\"a,b.txt\",sha256=x,1\nc,,");
    QTest::newRow("empty lines") << QByteArray("\n\"a,b.txt\",sha256=x,1\n\r\n\nc,,\n\n");
    QTest::newRow("CR") << QByteArray("\"a,b.txt\",sha256=x,1\rc,,\r");
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf\"a,b.txt\",sha256=x,1\nc,,\n");
}

void RecordCheck::readsOtherSpellings()
{
    QFETCH(QByteArray, bytes);
    const Result<std::vector<RecordRow>> rows = metadata::parseRecord(bytes);
    QVERIFY2(rows, rows ? "" : qPrintable(rows.error().forLog()));
    QVERIFY(*rows
        == (std::vector<RecordRow>{{u"a,b.txt"_s, u"sha256=x"_s, 1}, {u"c"_s, QString(), std::nullopt}}));
}

void RecordCheck::refusesOthers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const QByteArray &bytes, const char *says) {
        QTest::newRow(bytes.toPercentEncoding().constData()) << bytes << QString::fromUtf8(says);
    };
    row("a,,\n\"b,sha256=x,1\nonly,two\n", "RECORD has a quote in line 2 that is never closed");
    row("a,,\nonly,two\n", "RECORD should have path, hash and size in line 2");
    row("a,,,\n", "RECORD should have path, hash and size in line 1");
    row(",,\n", "RECORD should have path, hash and size in line 1");
    row("\"a\nb\",,\n\"c\"d,,\n", "RECORD has text behind a closing quote in line 3");
    row("a,,many\n", "RECORD has “many” in line 1 where a size is needed");
    row("a,,-1\n", "RECORD has “-1” in line 1 where a size is needed");
    row("a,,99999999999999999999\n", "RECORD has “99999999999999999999” in line 1 where a size is needed");
    row("\xe9,,\n", "RECORD is not UTF-8 text");
    row("\"", "RECORD has a quote in line 1 that is never closed");
}

void RecordCheck::refusesOthers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const Result<std::vector<RecordRow>> rows = metadata::parseRecord(bytes);
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind(), ErrorKind::BadInput);
    QCOMPARE(rows.error().summary(), says);
}

void RecordCheck::isBounded()
{
    const QByteArray most = QByteArray("a,,\n").repeated(500'000);
    QCOMPARE(metadata::parseRecord(most)->size(), 500'000U);
    const Result<std::vector<RecordRow>> more = metadata::parseRecord(most + "a,,\n");
    QVERIFY(!more);
    QCOMPARE(more.error().summary(), u"RECORD lists more than 500,000 files"_s);
    QCOMPARE(more.error().place()->line, 500'001);
}

void RecordCheck::survivesDamage()
{
    std::mt19937 random(kit::seed());
    const QByteArray good = metadata::writeRecord(someRows());
    for (int i = 0; i < 4000; ++i) {
        const QByteArray bytes = kit::damaged(good, random);
        if (const Result<std::vector<RecordRow>> rows = metadata::parseRecord(bytes))
            QVERIFY2(metadata::parseRecord(metadata::writeRecord(*rows)), bytes.constData());
    }
}

QTEST_GUILESS_MAIN(RecordCheck)
#include "record.moc"
