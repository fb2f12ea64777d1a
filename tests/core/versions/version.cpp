// SPDX-License-Identifier: Apache-2.0
#include "versions/version.h"

#include <random>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "kit/golden.h"
#include "kit/random.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using versions::Version;

namespace {

Version version(const QString &text)
{
    return Version::parse(text).value_or(Version());
}

/// Versions that are near to each other, small ones and ones too large for two words.
QString randomVersion(std::mt19937 &random)
{
    const auto pick = [&random](std::initializer_list<const char *> words) {
        return QString::fromLatin1(words.begin()[random() % words.size()]);
    };
    QString text = pick({"", "", "", "", "1!", "7!"}) + pick({"0", "1", "2", "70000"});
    for (auto more = random() % 6; more > 1; --more)
        text += u'.' + pick({"0", "0", "1", "65535", "65536", "20250801"});
    text += pick({"", "", "", "a0", "a1", "b1", "rc2", "rc65536"});
    text += pick({"", "", "", ".post0", ".post1", ".post16382", ".post16383"});
    text += pick({"", "", "", ".dev0", ".dev1", ".dev268435454", ".dev268435455"});
    return text + pick({"", "", "", "+cpu", "+cu124", "+cu124.1", "+1", "+10"});
}

} // namespace

class VersionCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersAsRecorded_data();
    void ordersAsRecorded();
    void writesNormalForm_data();
    void writesNormalForm();
    void refusesOthers_data();
    void refusesOthers();
    void takesApart();
    void survivesPartsAndBack();
    void ordersTotally();
    void survivesDamage();
    void endsInTimeOnLongInput();
    void parsesManyQuickly();
};

void VersionCheck::ordersAsRecorded_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("order");
    QTest::addColumn<QString>("right");
    const QJsonArray rows = QJsonDocument::fromJson(kit::slurp(u"" CASES "/order.json"_s)).array();
    QVERIFY(!rows.isEmpty());
    for (const auto &row : rows) {
        const QString a = row[u"a"].toString();
        const QString b = row[u"b"].toString();
        const QString order = row[u"order"].toString();
        QTest::addRow("%s %s %s", qPrintable(a), qPrintable(order), qPrintable(b)) << a << order << b;
    }
    QTest::newRow("1.0 = 1.0.0") << u"1.0"_s << u"="_s << u"1.0.0"_s;
    QTest::newRow("1 = 1.0.0.0.0.0") << u"1"_s << u"="_s << u"1.0.0.0.0.0"_s;
    QTest::newRow("1.0.0.0.0.0+cpu > 1.0") << u"1.0.0.0.0.0+cpu"_s << u">"_s << u"1.0"_s;
    QTest::newRow("0.0.0.1 > 0") << u"0.0.0.1"_s << u">"_s << u"0"_s;
    QTest::newRow("date as last number") << u"2.32.0.20240712"_s << u"<"_s << u"2.32.0.20240801"_s;
    QTest::newRow("date and small number") << u"2.32.0.20240712"_s << u">"_s << u"2.32.0.9"_s;
    QTest::newRow("large pre-release") << u"1.0a20240101"_s << u"<"_s << u"1.0a20240102"_s;
    QTest::newRow("large pre-release below candidate") << u"1.0a20240101"_s << u"<"_s << u"1.0rc1"_s;
}

void VersionCheck::ordersAsRecorded()
{
    QFETCH(QString, left);
    QFETCH(QString, order);
    QFETCH(QString, right);
    const auto found = version(left) <=> version(right);
    QCOMPARE(found < 0 ? u"<"_s : found > 0 ? u">"_s : u"="_s, order);
    QCOMPARE(version(right) <=> version(left), 0 <=> found);
    QCOMPARE(version(left) == version(right), order == u"=");
    if (found == 0)
        QCOMPARE(version(left).hash(), version(right).hash());
}

void VersionCheck::writesNormalForm_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("normal");
    const QJsonArray rows = QJsonDocument::fromJson(kit::slurp(u"" CASES "/normal.json"_s)).array();
    QVERIFY(!rows.isEmpty());
    for (const auto &row : rows)
        QTest::newRow(qPrintable(row[u"input"].toString()))
            << row[u"input"].toString() << row[u"normal"].toString();
    const auto row = [](const char *input, const char *normal) {
        QTest::newRow(input) << QString::fromLatin1(input) << QString::fromLatin1(normal);
    };
    row("v1.0", "1.0");
    row("V2!1.0", "2!1.0");
    row("1.0-1", "1.0.post1");
    row("1.0_rev_3", "1.0.post3");
    row("1.0c4", "1.0rc4");
    row("1.0.preview-4", "1.0rc4");
    row("1.0pre", "1.0rc0");
    row("1.0b.", "1.0b0");
    row("1.0a1.post2.dev3+L.0a.01", "1.0a1.post2.dev3+l.0a.1");
    row("1.0rc1-2", "1.0rc1.post2");
    row("9223372036854775807", "9223372036854775807");
    row("1.2.3.4.5.6", "1.2.3.4.5.6");
    row("\t1.0\n", "1.0");
}

void VersionCheck::writesNormalForm()
{
    QFETCH(QString, input);
    QFETCH(QString, normal);
    const Result<Version> found = Version::parse(input);
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(found->text(), normal);
    QCOMPARE(version(normal).text(), normal);
}

void VersionCheck::refusesOthers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("column");
    const auto row = [](const char *text, int column) {
        QTest::newRow(text) << QString::fromUtf8(text) << column;
    };
    row("", 1);
    row("   ", 3);
    row("latest", 1);
    row("1.x", 2);
    row("1..2", 2);
    row("1.", 2);
    row("1!", 2);
    row("1!2!3", 4);
    row("1.0-", 4);
    row("1.0+", 4);
    row("1.0+cpu+x", 8);
    row("1.0+cpu..x", 9);
    row("1.0a1b1", 6);
    row("1.0.post1.post2", 10);
    row("1.0dev1rc1", 8);
    row("1.0--1", 4);
    row("1.0 .1", 5);
    row("vv1", 2);
    row("-1", 1);
    row("1.*", 2);
    row("१.0", 1);
    row("9223372036854775808", 19);
    row("1.0.dev99999999999999999999", 27);
}

void VersionCheck::refusesOthers()
{
    QFETCH(QString, text);
    QFETCH(int, column);
    const Result<Version> found = Version::parse(text);
    QVERIFY2(!found, found ? qPrintable(found->text()) : "");
    QCOMPARE(found.error().kind(), ErrorKind::BadInput);
    QCOMPARE(found.error().place()->column, column);
    QVERIFY(text.trimmed().isEmpty() || found.error().summary().contains(text));
}

void VersionCheck::takesApart()
{
    const Version plain = version(u"2.5"_s);
    QCOMPARE(plain.epoch(), 0);
    QCOMPARE(plain.release(), (Version::Release{2, 5}));
    QVERIFY(!plain.pre() && !plain.post() && !plain.dev() && !plain.hasLocal() && !plain.isPreRelease());
    const Version full = version(u"1!2.5.0rc3.post4.dev5+cu.124"_s);
    QCOMPARE(full.epoch(), 1);
    QCOMPARE(full.release(), (Version::Release{2, 5, 0}));
    QVERIFY(full.pre() == (Version::PreRelease{Version::PreRelease::Kind::Candidate, 3}));
    QCOMPARE(full.post(), 4);
    QCOMPARE(full.dev(), 5);
    QVERIFY(full.local() == (std::vector<Version::LocalPart>{{std::nullopt, u"cu"_s}, {124, {}}}));
    QVERIFY(full.isPreRelease());
    QCOMPARE(full.withoutLocal().text(), u"1!2.5.0rc3.post4.dev5"_s);
    QCOMPARE(version(u"2.5+cpu"_s).withoutLocal().text(), u"2.5"_s);
    QCOMPARE(full.releaseOnly().text(), u"2.5.0"_s);
    QCOMPARE(Version::of({3, 12, 1}).text(), u"3.12.1"_s);
    QCOMPARE(Version().text(), u"0"_s);
}

void VersionCheck::survivesPartsAndBack()
{
    std::mt19937 random(kit::seed());
    for (int i = 0; i < 2000; ++i) {
        const QString text = randomVersion(random);
        QCOMPARE(version(text).text(), text);
        QCOMPARE(Version::from(version(text).parts()).text(), text);
    }
}

void VersionCheck::ordersTotally()
{
    std::mt19937 random(kit::seed());
    for (int i = 0; i < 8000; ++i) {
        const Version a = version(randomVersion(random));
        const Version b = version(randomVersion(random));
        const Version c = version(randomVersion(random));
        const QString row = u"%1, %2, %3"_s.arg(a.text(), b.text(), c.text());
        QVERIFY2((a <=> b) == (0 <=> (b <=> a)), qPrintable(row));
        QVERIFY2(!(a <= b && b <= c) || a <= c, qPrintable(row));
        QVERIFY2(a != b || a.hash() == b.hash(), qPrintable(row));
        QVERIFY2(a.withoutLocal() <= a && (a.withoutLocal() == a) == !a.hasLocal(), qPrintable(row));
    }
}

void VersionCheck::survivesDamage()
{
    std::mt19937 random(kit::seed());
    for (int i = 0; i < 8000; ++i) {
        const QString text = kit::damaged(randomVersion(random), random);
        const Result<Version> found = Version::parse(text);
        if (found)
            QVERIFY2(version(found->text()) == *found, qPrintable(text));
        else
            QVERIFY2(!found.error().summary().isEmpty()
                    && found.error().place()->column <= std::max(1, int(text.size())),
                qPrintable(text));
    }
}

void VersionCheck::endsInTimeOnLongInput()
{
    const QString many = u"1"_s + QStringLiteral(".0").repeated(10'000);
    QVERIFY(version(many) == Version::of({1}));
    QCOMPARE(version(many).hash(), Version::of({1}).hash());
    QCOMPARE(version(many).text(), many);
    for (const QString &odd : {QString(1'000'000, u'9'), QString(1'000'000, u'.'),
             QString(1'000'000, u' ') + u'x', u"1+"_s + QStringLiteral("a.").repeated(500'000)}) {
        const Result<Version> found = Version::parse(odd);
        QVERIFY(!found);
        QVERIFY(found.error().summary().size() < 300);
    }
}

void VersionCheck::parsesManyQuickly()
{
    QBENCHMARK
    {
        for (const auto &text : {u"2.5.1"_s, u"2.5.1+cu124"_s, u"1.26.0rc1"_s, u"2.9.0.dev20250801"_s})
            QVERIFY(Version::parse(text));
    }
}

QTEST_GUILESS_MAIN(VersionCheck)
#include "version.moc"
