// SPDX-License-Identifier: Apache-2.0
#include "versions/specifier.h"

#include <random>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "kit/golden.h"
#include "kit/random.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using versions::Specifier;
using versions::SpecifierSet;
using versions::Version;

class SpecifierCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void containsAsRecorded_data();
    void containsAsRecorded();
    void writesSorted_data();
    void writesSorted();
    void refusesOthers_data();
    void refusesOthers();
    void survivesDamage();
};

void SpecifierCheck::containsAsRecorded_data()
{
    QTest::addColumn<QString>("specifiers");
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("isRefused");
    QTest::addColumn<bool>("contains");
    const QJsonArray rows = QJsonDocument::fromJson(kit::slurp(u"" CASES "/contains.json"_s)).array();
    QVERIFY(!rows.isEmpty());
    for (const auto &row : rows) {
        const QString specifiers = row[u"specifier"].toString();
        const QString version = row[u"version"].toString();
        QTest::addRow("%s %s", qPrintable(specifiers), qPrintable(version))
            << specifiers << version << row[u"refused"].toBool() << row[u"contains"].toBool();
    }
    const auto row = [](const char *specifiers, const char *version, bool contains) {
        QTest::addRow("%s %s", specifiers, version)
            << QString::fromLatin1(specifiers) << QString::fromLatin1(version) << false << contains;
    };
    row("", "1.0", true);
    row("==2.5.post1.*", "2.5.post1.dev3", true);
    row("==2.5.post1.*", "2.5.post1+cpu", true);
    row("==2.5.post1.*", "2.5.post2.dev0", false);
    row("==2.5rc1.*", "2.5rc1.post3", true);
    row("==2.5rc1.*", "2.5rc2.dev1", false);
    row("==1!2.*", "2.5", false);
    row("==1!2.*", "1!2.5", true);
    row("~=1!2.5", "1!2.9", true);
    row("~=1!2.5", "2.9", false);
    row("<20240101.0.0.0.0.1", "20240101.0.0.0.0.0", true);
    row("<20240101.0.0.0.0.1", "20240101.0.0.0.0.1rc1", false);
    row(">20240101.0.0.0.0.1", "20240101.0.0.0.0.1.post1", false);
    row("<=1!2.5", "1!2.5+cpu", true);
    row("===1.0+CPU", "1.0+cpu", true);
    row("~=9223372036854775807.9223372036854775807", "9223372036854775807.9223372036854775807", true);
    row("==9223372036854775807.*", "9223372036854775807.1", true);
    row(">1.dev9223372036854775807", "1.dev9223372036854775807", false);
    row("==1.post9223372036854775807.*", "1.post9223372036854775807", true);
}

void SpecifierCheck::containsAsRecorded()
{
    QFETCH(QString, specifiers);
    QFETCH(QString, version);
    QFETCH(bool, isRefused);
    QFETCH(bool, contains);
    const Result<SpecifierSet> set = SpecifierSet::parse(specifiers);
    QCOMPARE(!set, isRefused);
    if (set)
        QCOMPARE(set->contains(Version::parse(version).value()), contains);
}

void SpecifierCheck::writesSorted_data()
{
    QTest::addColumn<QString>("sorted");
    const auto row = [](const char *text, const char *sorted) {
        QTest::newRow(text) << QString::fromLatin1(sorted);
    };
    row("<3,>=2", ">=2, <3");
    row("  >= 2.0 ,\t< 3 ", ">=2.0, <3");
    row("!=2.1.*,>=2,<3,!=2.5", ">=2, !=2.1.*, !=2.5, <3");
    row(">=1,==1,===1,!=1,~=1.0,<=1,<1,>1,==1.*,!=1.*",
        "==1, ==1.*, ===1, !=1, !=1.*, ~=1.0, <1, <=1, >1, >=1");
    row("==V1.0-Alpha1+CPU", "==1.0a1+cpu");
    row("", "");
}

void SpecifierCheck::writesSorted()
{
    QFETCH(QString, sorted);
    const Result<SpecifierSet> set = SpecifierSet::parse(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(set, set ? "" : qPrintable(set.error().forLog()));
    QCOMPARE(set->text(), sorted);
    QCOMPARE(*SpecifierSet::parse(set->text()), *set);
    QCOMPARE(set->text(u","), QString(sorted).remove(u' '));
}

void SpecifierCheck::refusesOthers_data()
{
    QTest::addColumn<QString>("says");
    QTest::addColumn<int>("column");
    const auto row = [](const char *text, const char *says, int column) {
        QTest::newRow(text) << QString::fromUtf8(says) << column;
    };
    row("1.0", "“1.0” has no operator in front of the version; “==1.0” accepts only that version", 1);
    row("=1.0", "“=” is not an operator of version specifiers; “==” is meant in “=1.0”", 1);
    row("=>1.0", "“=” is not an operator of version specifiers; “==” is meant in “=>1.0”", 1);
    row("latest", "“latest” does not begin with an operator: ==, !=, <=, >=, <, >, ~= or ===", 1);
    row(">= ", "A version is missing after “>=”", 1);
    row(">=2,,<3", "A version specifier is empty where one is needed", 5);
    row(">=2,", "A version specifier is missing after “,”", 4);
    row(">=2, <x", "“x” is not a version: “x” does not belong there", 7);
    row(">=2.*", "“.*” is possible with “==” and “!=” only, not with “>=”", 1);
    row("~=2.*", "“.*” is possible with “==” and “!=” only, not with “~=”", 1);
    row("===2.*", "“.*” is possible with “==” and “!=” only, not with “===”", 1);
    row("==2.dev1.*", "“.*” cannot follow a development release or a local label", 1);
    row("==2+cpu.*", "“.*” cannot follow a development release or a local label", 1);
    row(">=2+cpu", "“>=” cannot be used with a version that has a local label (“2+cpu”)", 1);
    row("~=2", "“~=” needs a version of two numbers or more, not “2”", 1);
    row("==2.5.*.1", "“2.5.*.1” is not a version: “.*.1” does not belong there", 6);
    row(">=2 <3", "“2 <3” is not a version: “<3” does not belong there", 5);
}

void SpecifierCheck::refusesOthers()
{
    QFETCH(QString, says);
    QFETCH(int, column);
    const QString text = QString::fromUtf8(QTest::currentDataTag());
    const Result<SpecifierSet> set = SpecifierSet::parse(text);
    QVERIFY(!set);
    QCOMPARE(set.error().kind(), ErrorKind::BadInput);
    QCOMPARE(set.error().summary(), says);
    QCOMPARE(set.error().place()->column, column);
    QCOMPARE(set.error().place()->lineText, text);
}

void SpecifierCheck::survivesDamage()
{
    std::mt19937 random(kit::seed());
    for (int i = 0; i < 8000; ++i) {
        const QString text = kit::damaged(u">=2.5rc1,!=2.6.*, ~=1.4.2,==3+cpu"_s, random);
        const Result<SpecifierSet> found = SpecifierSet::parse(text);
        if (found)
            QVERIFY2(SpecifierSet::parse(found->text()).value() == *found, qPrintable(text));
        else
            QVERIFY2(!found.error().summary().isEmpty()
                    && found.error().place()->column <= std::max(1, int(text.size())),
                qPrintable(text));
    }
}

QTEST_GUILESS_MAIN(SpecifierCheck)
#include "specifier.moc"
