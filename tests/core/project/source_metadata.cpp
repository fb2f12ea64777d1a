// SPDX-License-Identifier: Apache-2.0
#include "project/source_metadata.h"

#include <QTest>

using namespace sconce;
using namespace Qt::StringLiterals;

class SourceMetadataCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsWritten();
    void knowsWhenOnlyABuildCouldTell_data();
    void knowsWhenOnlyABuildCouldTell();
    void refusesWithPlace_data();
    void refusesWithPlace();
};

namespace {

const std::optional<versions::Version> One = versions::Version::of({1});

Result<std::optional<metadata::CoreMetadata>> read(
    const QByteArray &text, const std::optional<versions::Version> &known = One)
{
    return project::sourceMetadata(text, u"d-1.tar.gz/pyproject.toml"_s, known);
}

} // namespace

void SourceMetadataCheck::readsWhatIsWritten()
{
    const auto found = read(
        "[build-system]\nrequires = []\n[project]\nname = \"D_d\"\nversion = \"1.0\"\nrequires-python = "
        "\">=3.8.*\"\ndependencies = [\"b >=1 ; sys_platform == 'linux'\", \"a\"]\ndynamic = [\"readme\"]\n"
        "[project.optional-dependencies]\nZeta = [\"c ; os_name == 'nt'\", \"d-d[eta]\"]\neta = []\n"
        "[tool.poetry]\nx = 1\n[tool.uv]\nenvironments = 7\n");
    QVERIFY2(found && *found, found ? "nothing" : qPrintable(found.error().forLog()));
    QCOMPARE((*found)->bytes(),
        "Metadata-Version: 2.2\nName: d-d\nVersion: 1.0\nRequires-Python: >=3.8\nProvides-Extra: zeta\n"
        "Provides-Extra: eta\nRequires-Dist: b>=1 ; sys_platform == 'linux'\nRequires-Dist: a\n"
        "Requires-Dist: c ; os_name == 'nt' and extra == 'zeta'\n"
        "Requires-Dist: d-d[eta] ; extra == 'zeta'\n");
    const auto least = read("[project]\nname = \"d\"\n");
    QVERIFY(least && *least);
    QCOMPARE((*least)->version, *One);
}

void SourceMetadataCheck::knowsWhenOnlyABuildCouldTell_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no [project]") << QByteArray("[build-system]\nrequires = []\n");
    for (const char *field : {"dependencies", "optional-dependencies", "requires-python"}) {
        QTest::newRow(field) << "[project]\nname = \"d\"\nversion = \"1\"\ndynamic = [\"" + QByteArray(field)
                + "\"]\n";
    }
    QTest::newRow("requirements in Poetry's table")
        << QByteArray("[project]\nname = \"d\"\nversion = \"1\"\n[tool.poetry.dependencies]\na = \"*\"\n");
    QTest::newRow("a requirement beyond repair")
        << QByteArray("[project]\nname = \"d\"\nversion = \"1\"\ndependencies = [\"a\", \"?\"]\n");
    QTest::newRow("one of an extra") << QByteArray(
        "[project]\nname = \"d\"\nversion = \"1\"\noptional-dependencies = { x = [\"a b\"] }\n");
}

void SourceMetadataCheck::knowsWhenOnlyABuildCouldTell()
{
    QFETCH(const QByteArray, text);
    const auto found = read(text);
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QVERIFY(!*found);
    // A version that neither the file nor its archive tells.
    const auto unknown = read("[project]\nname = \"d\"\ndynamic = [\"version\"]\n", std::nullopt);
    QVERIFY(unknown && !*unknown);
}

void SourceMetadataCheck::refusesWithPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("no TOML") << QByteArray("[project]\nname = \n") << 2;
    QTest::newRow("no table") << QByteArray("project = 1\n") << 1;
    QTest::newRow("no name") << QByteArray("\n[project]\nversion = \"1\"\n") << 2;
    QTest::newRow("a name that is none") << QByteArray("[project]\nname = \"-\"\n") << 2;
    QTest::newRow("a version that is none") << QByteArray("[project]\nname = \"d\"\nversion = \"x\"\n") << 3;
    QTest::newRow("a list of numbers") << QByteArray("[project]\nname = \"d\"\ndependencies = [1]\n") << 3;
    QTest::newRow("extras that are no table")
        << QByteArray("[project]\nname = \"d\"\noptional-dependencies = []\n") << 3;
    QTest::newRow("no Pythons") << QByteArray("[project]\nname = \"d\"\nrequires-python = \"new\"\n") << 3;
}

void SourceMetadataCheck::refusesWithPlace()
{
    QFETCH(const QByteArray, text);
    const auto found = read(text);
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::BadInput);
    QVERIFY(found.error().place());
    QCOMPARE(found.error().place()->file, u"d-1.tar.gz/pyproject.toml"_s);
    QTEST(found.error().place()->line, "line");
}

QTEST_GUILESS_MAIN(SourceMetadataCheck)
#include "source_metadata.moc"
