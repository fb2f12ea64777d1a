// SPDX-License-Identifier: Apache-2.0
#include "metadata/core_metadata.h"

#include <random>

#include <QTest>

#include "kit/random.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using metadata::CoreMetadata;

namespace {

const QByteArray Full = "Metadata-Version: 2.4\n"
                        "Name: Torch_Vision\r\n"
                        "Version: 0.20.1+cu124\n"
                        "Summary: images, moving and not\n"
                        "License-Expression: BSD-3-Clause\n"
                        "License: BSD\n"
                        "Author-email: \"A; B\" <a@b.test>\n"
                        "Dynamic: Requires-Dist\n"
                        "Requires-Python: >=3.9,<3.13.*\n"
                        "Requires-Dist: numpy\n"
                        "requires-dist:torch (==2.5.1)\n"
                        "Requires-Dist: gdown>=4.7.3; extra == 'gdown'\n"
                        "Provides-Extra: gdown\n"
                        "Provides-Extra: not possible\n"
                        "Keywords: a,\n"
                        "  b,\n"
                        "\tc\n"
                        "\n"
                        "Name: not a field, but the description\n";

} // namespace

class CoreMetadataCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheFields();
    void writesWhatItReads();
    void isLenient_data();
    void isLenient();
    void refusesWithPlace_data();
    void refusesWithPlace();
    void endsInTime();
    void survivesDamage();
    void readsQuickly();
};

void CoreMetadataCheck::readsTheFields()
{
    const Result<CoreMetadata> found = CoreMetadata::parse(Full);
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(found->metadataVersion, u"2.4"_s);
    QCOMPARE(found->name.text(), u"torch-vision"_s);
    QCOMPARE(found->version.text(), u"0.20.1+cu124"_s);
    QCOMPARE(found->summary, u"images, moving and not"_s);
    QCOMPARE(found->licence, u"BSD-3-Clause"_s);
    QCOMPARE(found->dynamic, QStringList{u"requires-dist"_s});
    QCOMPARE(found->requiresPython->text(), u">=3.9, <3.13"_s);
    QStringList requirements;
    for (const requirements::Requirement &requirement : found->requiresDist)
        requirements += requirement.text();
    QCOMPARE(
        requirements, (QStringList{u"numpy"_s, u"torch==2.5.1"_s, u"gdown>=4.7.3 ; extra == 'gdown'"_s}));
    QCOMPARE(found->providesExtras.size(), 1U);
    QCOMPARE(found->providesExtras.front().text(), u"gdown"_s);
}

void CoreMetadataCheck::writesWhatItReads()
{
    const QByteArray text =
        "Metadata-Version: 2.3\nName: Demo.Pack\nVersion: 1.0+Local\nRequires-Python: "
        ">=3.9, <4\nProvides-Extra: B_b\nProvides-Extra: a\nRequires-Dist: x[e,f]>=1,<2 ; "
        "(python_version < '3.11' or os_name == 'nt') and extra == 'a'\n"
        "Requires-Dist: y @ https://files.test/y-1.tar.gz#subdirectory=z ; extra == \"b-b\"\n"
        "Requires-Dist: z\nDynamic: License\n";
    const auto read = CoreMetadata::parse(text);
    QVERIFY2(read, read ? "" : qPrintable(read.error().forLog()));
    const auto again = CoreMetadata::parse(read->bytes());
    QVERIFY2(again, again ? "" : qPrintable(again.error().forLog()));
    QCOMPARE(again->bytes(), read->bytes());
    QVERIFY(again->name == read->name && again->version == read->version);
    QVERIFY(again->requiresDist == read->requiresDist && again->requiresPython == read->requiresPython);
    QVERIFY(again->providesExtras == read->providesExtras && again->dynamic == read->dynamic);
    QCOMPARE(again->metadataVersion, read->metadataVersion);
}

void CoreMetadataCheck::isLenient_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) { QTest::newRow(name) << bytes; };
    row("no Metadata-Version", "Name: a\nVersion: 1\n");
    row("later minor version", "Metadata-Version: 2.9\nName: a\nVersion: 1\n");
    row("oldest version", "Metadata-Version: 1.0\nName: a\nVersion: 1\n");
    row("no line end", "Name: a\nVersion: 1");
    row("byte order mark", "\xef\xbb\xbfName: a\nVersion: 1\n");
    row("unknown fields and values",
        "X-Own: x\nName: a\nVersion: 1\nRequires-Python: UNKNOWN\nSummary: UNKNOWN\n");
    row("UNKNOWN and a value", "Name: UNKNOWN\nName: a\nVersion: 1\n");
    row("not UTF-8 in the author", "Author: \xe9t\xe9\nName: a\nVersion: 1\n");
    row("description without an empty line", "Name: a\nVersion: 1\nthe description, no field\nName: b\n");
    row("continuation first", "  a\nName: a\nVersion: 1\n");
    row("a field without name ends the fields", "Name: a\nVersion: 1\n: x\nVersion: 2\n");
    row("slips", "Name: a\nVersion: 1\nRequires-Python: >=3.6,\nRequires-Dist: b (>=1.9.*)\n");
}

void CoreMetadataCheck::isLenient()
{
    QFETCH(QByteArray, bytes);
    const Result<CoreMetadata> found = CoreMetadata::parse(bytes);
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(found->name.text(), u"a"_s);
    QCOMPARE(found->version.text(), u"1"_s);
    QVERIFY(found->summary.isEmpty());
}

void CoreMetadataCheck::refusesWithPlace_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    const auto row = [](const QByteArray &bytes, const char *says, int line, int column) {
        QTest::newRow(bytes.isEmpty() ? "empty" : bytes.constData())
            << bytes << QString::fromUtf8(says) << line << column;
    };
    row("", "The metadata has no field “name”", 0, 0);
    row("\nName: a\nVersion: 1\n", "The metadata has no field “name”", 0, 0);
    row("Name: a\n", "The metadata has no field “version”", 0, 0);
    row("Name: a\nVersion: 1\nname: b\n", "The metadata has more than one field “name”", 3, 1);
    row("Name: a\nVersion: 1\nVersion: 1\n", "The metadata has more than one field “version”", 3, 1);
    row("Name:  a b\nVersion: 1\n",
        "“a b” is not a name: only letters of the English alphabet, digits, “-”, “_” and “.” are allowed, "
        "not “ ”",
        1, 9);
    row("Name: a\nVersion: one\n", "“one” is not a version: “one” does not belong there", 2, 10);
    row("Metadata-Version: 9.0\nName: a\nVersion: 1\n",
        "The metadata is of version 9.0, which is newer than the known ones (1 and 2)", 1, 1);
    row("Metadata-Version: x\nName: a\nVersion: 1\n", "“x” is not a version: “x” does not belong there", 1,
        19);
    row("Name: a\nVersion: 1\nRequires-Dist: b=1\n",
        "“=” is not an operator of version specifiers; “==” is meant in “=1”", 3, 17);
    row("Name: a\nVersion: 1\nRequires-Python: 3\n",
        "“3” has no operator in front of the version; “==3” accepts only that version", 3, 18);
}

void CoreMetadataCheck::refusesWithPlace()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    QFETCH(int, line);
    QFETCH(int, column);
    const Result<CoreMetadata> found = CoreMetadata::parse(bytes);
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::BadInput);
    QCOMPARE(found.error().summary(), says);
    QCOMPARE(found.error().place()->file, u"METADATA"_s);
    QCOMPARE(found.error().place()->line, line);
    QCOMPARE(found.error().place()->column, column);
}

void CoreMetadataCheck::endsInTime()
{
    // A description is not read, whatever its size; fields are, up to a limit.
    QVERIFY(CoreMetadata::parse(Full + QByteArray(40 << 20, 'x')));
    const QByteArray manyFields = "Name: a\nVersion: 1\n" + QByteArray("Classifier: x\n").repeated(1'300'000);
    const Result<CoreMetadata> found = CoreMetadata::parse(manyFields);
    QVERIFY(!found);
    QCOMPARE(found.error().summary(), u"The metadata is too large: its fields go on after 16 MiB"_s);
    QVERIFY(
        !CoreMetadata::parse("Name: a\nVersion: 1\nRequires-Dist: b" + QByteArray(1'000'000, ' ') + "(\n"));
    QVERIFY(!CoreMetadata::parse(
        "Name: a\nVersion: 1\nRequires-Dist: b>=" + QByteArray("1.*,").repeated(100'000) + "!\n"));
}

void CoreMetadataCheck::survivesDamage()
{
    std::mt19937 random(kit::seed());
    for (int i = 0; i < 4000; ++i) {
        const QByteArray bytes = kit::damaged(Full, random);
        const Result<CoreMetadata> found = CoreMetadata::parse(bytes);
        QVERIFY2(found || !found.error().summary().isEmpty(), bytes.constData());
    }
}

void CoreMetadataCheck::readsQuickly()
{
    QBENCHMARK
    {
        QVERIFY(CoreMetadata::parse(Full));
    }
}

QTEST_GUILESS_MAIN(CoreMetadataCheck)
#include "core_metadata.moc"
