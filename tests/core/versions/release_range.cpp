// SPDX-License-Identifier: Apache-2.0
#include "versions/release_range.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using versions::ReleaseRange;
using versions::SpecifierSet;
using versions::Version;

namespace {

ReleaseRange range(const QString &specifiers)
{
    return ReleaseRange::of(SpecifierSet::parse(specifiers).value());
}

} // namespace

class ReleaseRangeCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesRequiresPythonAsRecorded_data();
    void writesRequiresPythonAsRecorded();
    void comparesReleasesOnly_data();
    void comparesReleasesOnly();
    void knowsItsOuterBounds();
};

void ReleaseRangeCheck::writesRequiresPythonAsRecorded_data()
{
    QTest::addColumn<QStringList>("members");
    QTest::addColumn<QString>("inLock"); // empty: the members have no version in common
    const QJsonArray rows = QJsonDocument::fromJson(kit::slurp(u"" CASES "/requires_python.json"_s)).array();
    QVERIFY(!rows.isEmpty());
    for (const auto &row : rows) {
        const QStringList members = row[u"members"].toVariant().toStringList();
        QTest::newRow(qPrintable(members.join(u" and "_s))) << members << row[u"lock"].toString();
    }
    QTest::newRow("[X, X.1) is a minor version") << QStringList{u">=3,<3.1"_s} << u"==3.0.*"_s;
    QTest::newRow("zeros do not matter") << QStringList{u">=3.12.0.0,<3.13.0"_s} << u"==3.12.*"_s;
}

void ReleaseRangeCheck::writesRequiresPythonAsRecorded()
{
    QFETCH(QStringList, members);
    QFETCH(QString, inLock);
    ReleaseRange all;
    for (const QString &member : members)
        all = all.intersection(range(member));
    QCOMPARE(all.isEmpty(), inLock.isEmpty());
    if (!all.isEmpty())
        QCOMPARE(all.text(), inLock);
}

void ReleaseRangeCheck::comparesReleasesOnly_data()
{
    QTest::addColumn<QString>("specifiers");
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("contains");
    const auto row = [](const char *specifiers, const char *version, bool contains) {
        QTest::addRow("%s %s", specifiers, version)
            << QString::fromLatin1(specifiers) << QString::fromLatin1(version) << contains;
    };
    row(">=3.13", "3.13.0b1", true);
    row("<3.13", "3.13.0b1", false);
    row("<3.13", "3.12.9", true);
    row(">3.11", "3.11.4", true);
    row(">3.11", "3.11.0", false);
    row("<=3.12", "3.12.1", false);
    row("==3.12", "3.12.0+debug", true);
    row("!=3.12.*", "3.12.5", false);
    row("~=3.10", "3.14", true);
    row("~=3.10.2", "3.11", false);
    row("", "2.7", true);
}

void ReleaseRangeCheck::comparesReleasesOnly()
{
    QFETCH(QString, specifiers);
    QFETCH(QString, version);
    QFETCH(bool, contains);
    QCOMPARE(range(specifiers).contains(Version::parse(version).value()), contains);
}

void ReleaseRangeCheck::knowsItsOuterBounds()
{
    const ReleaseRange holes = range(u">=3.9, !=3.11.*, <3.14"_s);
    QCOMPARE(holes.lower()->release.text(), u"3.9"_s);
    QVERIFY(!holes.lower()->isAbove);
    QCOMPARE(holes.upper()->release.text(), u"3.14"_s);
    QVERIFY(!holes.upper()->isAbove);
    QVERIFY(!holes.contains(Version::of({3, 11})));
    QVERIFY(holes.withoutHoles().contains(Version::of({3, 11})));
    QVERIFY(!ReleaseRange().lower() && !ReleaseRange().upper());
    QVERIFY(range(u">3.9"_s).lower()->isAbove);
    QVERIFY(range(u">=3.12,<3.12"_s).isEmpty());
}

QTEST_GUILESS_MAIN(ReleaseRangeCheck)
#include "release_range.moc"
