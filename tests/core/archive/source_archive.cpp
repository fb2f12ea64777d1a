// SPDX-License-Identifier: Apache-2.0
#include "archive/source_archive.h"

#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"
#include "kit/tar_gz_writer.h"

using namespace sconce;
using namespace Qt::StringLiterals;

class SourceArchiveCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsBothKinds_data();
    void readsBothKinds();
    void refuses_data();
    void refuses();

private:
    /// Whatever it is called.
    Result<archive::Contents> read(
        const QByteArray &bytes, const JobContext &context = JobContext::unwatched())
    {
        const QString file = m_folder.filePath(u"sources"_s);
        kit::spill(file, bytes);
        return archive::readFromSources(file, {u"PKG-INFO"_s, u"sub/x"_s, u"none"_s}, 100, context);
    }
    QTemporaryDir m_folder;
};

namespace {

QByteArray zipOf(std::initializer_list<std::pair<QByteArray, QByteArray>> files)
{
    kit::ZipArchive zip;
    for (const auto &[name, data] : files)
        zip.members.push_back({.name = name, .data = data});
    return zip.bytes();
}

} // namespace

void SourceArchiveCheck::readsBothKinds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("zip") << zipOf({{"PKG-INFO", "no"}, {"d/sub/x", "x"}, {"d/PKG-INFO", "found"}});
    QTest::newRow("tar.gz") << kit::tarGz(kit::tarRecord("PKG-INFO", "no") + kit::tarRecord("d/sub/x", "x")
        + kit::tarRecord("d/PKG-INFO", "found"));
}

void SourceArchiveCheck::readsBothKinds()
{
    QFETCH(const QByteArray, bytes);
    const auto found = read(bytes);
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(*found, (archive::Contents{"found", "x", std::nullopt}));
}

void SourceArchiveCheck::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("neither") << QByteArray("Rar!");
    QTest::newRow("cut zip") << zipOf({{"d/PKG-INFO", "found"}}).first(40);
    QTest::newRow("too large in a zip") << zipOf({{"d/PKG-INFO", QByteArray(101, 'x')}});
    QTest::newRow("too large in a tar.gz") << kit::tarGz(kit::tarRecord("d/PKG-INFO", QByteArray(101, 'x')));
}

void SourceArchiveCheck::refuses()
{
    QFETCH(const QByteArray, bytes);
    const auto found = read(bytes);
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::BadInput);
    QVERIFY(!archive::readFromSources(m_folder.filePath(u"gone"_s), {}, 100, JobContext::unwatched()));
}

QTEST_GUILESS_MAIN(SourceArchiveCheck)
#include "source_archive.moc"
