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
    void refuses_data();
    void refuses();
    void readsNoMoreThanItHasTo();
    void readsWhatPythonWrites();

private:
    Result<QByteArray> read(const QByteArray &archive, qint64 limit = 1000) const
    {
        kit::spill(file(), archive);
        return archive::readFromTarGz(file(), u"demo-1.0/PKG-INFO"_s, limit, JobContext::unwatched());
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
}

void TarGzCheck::findsOneFile()
{
    QFETCH(QByteArray, archive);
    const auto found = read(archive);
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(*found, "found");
}

void TarGzCheck::refuses_data()
{
    QTest::addColumn<QByteArray>("archive");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray found = tarRecord(Name, "found");
    const auto bad = ErrorKind::BadInput;
    QTest::newRow("nothing there") << tarGz(tarRecord("demo-1.0/other", "x")) << ErrorKind::NotFound;
    QTest::newRow("a folder of that name") << tarGz(tarRecord(Name, {}, '5')) << ErrorKind::NotFound;
    QTest::newRow("empty") << QByteArray() << bad;
    QTest::newRow("no gzip") << found << bad;
    QTest::newRow("cut in the packed data") << tarGz(found).first(100) << bad;
    QTest::newRow("cut in the file") << gzipped(found.first(514)) << bad;
    QTest::newRow("cut in a header") << gzipped(found.first(100)) << bad;
    QTest::newRow("wrong checksum of a header") << tarGz(QByteArray(found).replace(0, 1, "D")) << bad;
    QTest::newRow("too large") << tarGz(tarRecord(Name, QByteArray(1001, 'x'))) << bad;
    QTest::newRow("negative size by pax") << tarGz(paxRecord("size", "-5") + found) << bad;
    QTest::newRow("absurd size by pax") << tarGz(paxRecord("size", "9999999999999999999999") + found) << bad;
    QTest::newRow("largest size by pax")
        << tarGz(paxRecord("size", "9223372036854775807") + tarRecord("a", "b")) << bad;
    QTest::newRow("pax record of the largest length")
        << tarGz(tarRecord("x", "9 path=a\n9223372036854775807 path=a\n", 'x') + found) << bad;
    QTest::newRow("pax header that lies about itself")
        << tarGz(tarRecord("x", "99 path=a\n", 'x') + found) << bad;
    QTest::newRow("size larger than the archive")
        << tarGz(paxRecord("size", "900000000") + tarRecord("a", "b")) << bad;
}

void TarGzCheck::refuses()
{
    QFETCH(QByteArray, archive);
    const auto found = read(archive);
    QVERIFY(!found);
    QTEST(found.error().kind(), "kind");
    QVERIFY(found.error().summary().contains(file()));
}

void TarGzCheck::readsNoMoreThanItHasTo()
{
    kit::spill(file(), tarGz(tarRecord("a", QByteArray(5000, 'x')) + tarRecord(Name, "found")));
    const auto within = [&](qint64 most) {
        return archive::readFromTarGz(file(), QString::fromLatin1(Name), 1000, JobContext::unwatched(), most)
            .has_value();
    };
    QVERIFY(within(8000));
    QVERIFY(!within(5000));
    std::stop_source source;
    source.request_stop();
    const auto stopped = archive::readFromTarGz(file(), QString::fromLatin1(Name), 1000,
        JobContext(source.get_token(), std::make_shared<Progress>()));
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
        const auto found = archive::readFromTarGz(
            file() + u'.' + QString::number(form), u"demo-1.0/PKG-INFO"_s, 1000, JobContext::unwatched());
        QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
        QCOMPARE(*found, "found");
    }
}

QTEST_GUILESS_MAIN(TarGzCheck)
#include "tar_gz.moc"
