// SPDX-License-Identifier: Apache-2.0
#include "metadata/lenient.h"

#include <QTest>

using namespace sconce;
using namespace Qt::StringLiterals;

class LenientCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mendsSpecifiers_data();
    void mendsSpecifiers();
    void mendsRequirements_data();
    void mendsRequirements();
    void leavesTheRest_data();
    void leavesTheRest();
};

void LenientCheck::mendsSpecifiers_data()
{
    QTest::addColumn<QString>("mended");
    const auto row = [](const char *slip, const char *mended) {
        QTest::newRow(slip) << QString::fromLatin1(mended);
    };
    row(">=3.8", ">=3.8");
    row(">=7.2.0<8.0.0", ">=7.2.0, <8.0.0");
    row("!=~5.0,>=4.12", ">=4.12, !=5.0.*");
    row("!=~5,>=4.12", ">=4.12, !=5.*");
    row(">=1.9.*", ">=1.9");
    row(">=2.7,!=3.0.*,<3.4.*", ">=2.7, !=3.0.*, <3.4");
    row(">=2.7,!=3.0*,!=3.1*", ">=2.7, !=3.0.*, !=3.1.*");
    row(">=3.6,", ">=3.6");
    row(">=3.6, ", ">=3.6");
    row(">dev", ">0.0.0.dev0");
    row(">=9.0.0a1.0", ">=9.0.0a1");
    row(">=9a1.0", ">=9a1");
    row(">= '2.7'", ">=2.7");
    row(">=\"3.6\"", ">=3.6");
    row(">=2.7, !=3.0.*, !=3.1.*', !=3.2.*'", ">=2.7, !=3.0.*, !=3.1.*, !=3.2.*");
    row(">=2.7.*,<4,", ">=2.7, <4");
}

void LenientCheck::mendsSpecifiers()
{
    QFETCH(QString, mended);
    const Result<versions::SpecifierSet> found =
        metadata::lenientSpecifiers(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(found->text(), mended);
}

void LenientCheck::mendsRequirements_data()
{
    QTest::addColumn<QString>("mended");
    const auto row = [](const char *slip, const char *mended) {
        QTest::newRow(slip) << QString::fromLatin1(mended);
    };
    row("elasticsearch-dsl (>=7.2.0<8.0.0)", "elasticsearch-dsl>=7.2.0,<8.0.0");
    row("jupyter-core (!=~5.0,>=4.12)", "jupyter-core>=4.12,!=5.0.*");
    row("torch (>=1.9.*)", "torch>=1.9");
    row("pyzmq >=3.6,", "pyzmq>=3.6");
    row("botocore>=1.3.0,<1.4.0',", "botocore>=1.3.0,<1.4.0");
    row("numpy \">=1.19\"; python_version >= \"3.7\"", "numpy>=1.19 ; python_full_version >= '3.7'");
    row("'numpy' >=1.19\"; os_name == 'nt'", "numpy>=1.19 ; os_name == 'nt'");
}

void LenientCheck::mendsRequirements()
{
    QFETCH(QString, mended);
    const Result<requirements::Requirement> found =
        metadata::lenientRequirement(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(found->text(), mended);
}

void LenientCheck::leavesTheRest_data()
{
    QTest::addColumn<QString>("says");
    QTest::newRow("=1") << u"“=” is not an operator of version specifiers; “==” is meant in “=1”"_s;
    // The error is about what was written, not about a half mended text.
    QTest::newRow(">=3.*,=1") << u"“.*” is possible with “==” and “!=” only, not with “>=”"_s;
    QTest::newRow("latest,")
        << u"“latest” does not begin with an operator: ==, !=, <=, >=, <, >, ~= or ==="_s;
}

void LenientCheck::leavesTheRest()
{
    QFETCH(QString, says);
    const Result<versions::SpecifierSet> found =
        metadata::lenientSpecifiers(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!found);
    QCOMPARE(found.error().summary(), says);
}

QTEST_GUILESS_MAIN(LenientCheck)
#include "lenient.moc"
