// SPDX-License-Identifier: Apache-2.0
#include "archive/tar_gz.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"
#include "kit/tar_gz_writer.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using kit::gzipped;
using kit::paxRecord;
using kit::tarGz;
using kit::tarRecord;

class TarGzCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsOneFile_data();
    void findsOneFile();
    void findsNothing_data();
    void findsNothing();
    void findsSeveralFiles();
    void refuses_data();
    void refuses();
    void readsNoMoreThanItHasTo();
    void readsWhatPythonWrites();

private:
    Result<std::optional<QByteArray>> read(const QByteArray &archive) const
    {
        kit::spill(file(), archive);
        return readAt(file());
    }
    static Result<std::optional<QByteArray>> readAt(const QString &path, qint64 most = 1 << 20)
    {
        const archive::Contents found =
            SCONCE_TRY(archive::readFromTarGz(path, {u"PKG-INFO"_s}, 1000, JobContext::unwatched(), most));
        return found.at(0);
    }
    QString file() const { return m_folder.filePath(u"demo-1.0.tar.gz"_s); }
    QTemporaryDir m_folder;
};

namespace {

const QByteArray Name = "demo-1.0/PKG-INFO";

} // namespace

void TarGzCheck::findsOneFile_data()
{
    QTest::addColumn<QByteArray>("archive");
    const QByteArray found = tarRecord(Name, "found");
    const QByteArray other = tarRecord("demo-1.0/other", QByteArray(100'000, 'x'));
    QTest::newRow("first") << tarGz(found + other);
    QTest::newRow("behind others") << tarGz(tarRecord("demo-1.0/", {}, '5') + other + found);
    QTest::newRow("behind a file whose size is no multiple") << tarGz(tarRecord("a", "1") + found);
    QTest::newRow("a file with a longer name") << tarGz(tarRecord(Name + "-old", "no") + found);
    QTest::newRow("a link of that name") << tarGz(tarRecord(Name, {}, '2') + found);
    QTest::newRow("named by a pax header") << tarGz(paxRecord("path", Name) + tarRecord("short", "found"));
    QTest::newRow("a pax header is for one file")
        << tarGz(paxRecord("path", "demo-1.0/x") + tarRecord(Name, "no") + found);
    QTest::newRow("other pax headers") << tarGz(paxRecord("mtime", "1.5") + found);
    QTest::newRow("a pax header for all") << tarGz(tarRecord("x", "11 a=b=c\n\n", 'g') + found);
    QTest::newRow("a long name of GNU")
        << tarGz(tarRecord("././@LongLink", Name + '\0', 'L') + tarRecord("s", "found"));
    QTest::newRow("two gzip streams") << gzipped(other) + gzipped(found);
    QTest::newRow("below the folder itself")
        << tarGz(tarRecord("./", {}, '5') + tarRecord("./" + Name, "found"));
    QTest::newRow("the first of two") << tarGz(found + tarRecord(Name, "no"));
}

void TarGzCheck::findsOneFile()
{
    QFETCH(QByteArray, archive);
    const auto found = read(archive);
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(found->value_or("nothing"), "found");
}

void TarGzCheck::findsNothing_data()
{
    QTest::addColumn<QByteArray>("archive");
    QTest::newRow("other files") << tarGz(tarRecord("demo-1.0/other", "x"));
    QTest::newRow("a folder of that name") << tarGz(tarRecord(Name, {}, '5'));
    QTest::newRow("deeper") << tarGz(tarRecord("demo-1.0/src/PKG-INFO", "x"));
    QTest::newRow("at the top") << tarGz(tarRecord("PKG-INFO", "x"));
    QTest::newRow("no end") << gzipped(tarRecord("demo-1.0/other", "x"));
}

void TarGzCheck::findsNothing()
{
    QFETCH(QByteArray, archive);
    const auto found = read(archive);
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QVERIFY(!*found);
}

void TarGzCheck::findsSeveralFiles()
{
    kit::spill(file(),
        tarGz(tarRecord("d/b", "second") + tarRecord("d/sub/c", "third") + tarRecord("d/a", "first")));
    const auto found = archive::readFromTarGz(
        file(), {u"a"_s, u"none"_s, u"b"_s, u"sub/c"_s}, 1000, JobContext::unwatched());
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(*found, (archive::Contents{"first", std::nullopt, "second", "third"}));
}

void TarGzCheck::refuses_data()
{
    QTest::addColumn<QByteArray>("archive");
    const QByteArray found = tarRecord(Name, "found");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no gzip") << found;
    QTest::newRow("cut in the packed data") << tarGz(found).first(100);
    QTest::newRow("cut in the file") << gzipped(found.first(514));
    QTest::newRow("cut in a header") << gzipped(found.first(100));
    QTest::newRow("wrong checksum of a header") << tarGz(QByteArray(found).replace(0, 1, "D"));
    QTest::newRow("too large") << tarGz(tarRecord(Name, QByteArray(1001, 'x')));
    QTest::newRow("negative size by pax") << tarGz(paxRecord("size", "-5") + found);
    QTest::newRow("absurd size by pax") << tarGz(paxRecord("size", "9999999999999999999999") + found);
    QTest::newRow("largest size by pax")
        << tarGz(paxRecord("size", "9223372036854775807") + tarRecord("a", "b"));
    QTest::newRow("pax record of the largest length")
        << tarGz(tarRecord("x", "9 path=a\n9223372036854775807 path=a\n", 'x') + found);
    QTest::newRow("pax header that lies about itself") << tarGz(tarRecord("x", "99 path=a\n", 'x') + found);
    QTest::newRow("size larger than the archive")
        << tarGz(paxRecord("size", "900000000") + tarRecord("a", "b"));
}

void TarGzCheck::refuses()
{
    QFETCH(QByteArray, archive);
    const auto found = read(archive);
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::BadInput);
    QVERIFY(found.error().summary().contains(file()));
}

void TarGzCheck::readsNoMoreThanItHasTo()
{
    kit::spill(file(), tarGz(tarRecord("a", QByteArray(5000, 'x')) + tarRecord(Name, "found")));
    QVERIFY(readAt(file(), 8000));
    QVERIFY(!readAt(file(), 5000));
    std::stop_source source;
    source.request_stop();
    const auto stopped = archive::readFromTarGz(
        file(), {u"PKG-INFO"_s}, 1000, JobContext(source.get_token(), std::make_shared<Progress>()));
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind(), ErrorKind::Stopped);
}

/// python3 -c "import tarfile, io; …" with a name beyond 100 bytes in front, in the three formats it has.
void TarGzCheck::readsWhatPythonWrites()
{
    const QString script =
        u"import io, sys, tarfile\n"
        u"for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):\n"
        u"    with tarfile.open(\"%s.%d\" % (sys.argv[1], form), \"w:gz\", format=form) as out:\n"
        u"        for name, text in ((\"demo-1.0/\" + \"long/\" * 30 + \"file\", b\"x\" * 70000), "
        u"(\"demo-1.0/PKG-INFO\", b\"found\")):\n"
        u"            entry = tarfile.TarInfo(name)\n"
        u"            entry.size = len(text)\n"
        u"            out.addfile(entry, io.BytesIO(text))\n"_s;
    QProcess python;
    python.start(u"/usr/bin/python3"_s, {u"-c"_s, script, file()});
    QVERIFY(python.waitForFinished() && python.exitCode() == 0);
    for (const int form : {0, 1, 2}) {
        const auto found = readAt(file() + u'.' + QString::number(form));
        QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
        QCOMPARE(found->value_or("nothing"), "found");
    }
}

QTEST_GUILESS_MAIN(TarGzCheck)
#include "tar_gz.moc"
