// SPDX-License-Identifier: Apache-2.0
#include "versions/version_set.h"

#include <random>

#include <QTest>

#include "kit/random.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using versions::Cut;
using versions::SpecifierSet;
using versions::Version;
using versions::VersionSet;

namespace {

VersionSet set(const QString &specifiers)
{
    return VersionSet::of(SpecifierSet::parse(specifiers).value());
}

/// Every combination of parts around 1 and 2, and a few that do not fit into two words.
std::vector<Version> manyVersions()
{
    std::vector<Version> all;
    for (const char *release :
        {"0", "1", "1.0.1", "1.1", "1.2", "2", "2.0.0.0.0.1", "20250801.70000", "1!1"}) {
        for (const char *pre : {"", "a1", "rc1", "rc2"}) {
            for (const char *post : {"", ".post0", ".post1"}) {
                for (const char *dev : {"", ".dev0", ".dev1"}) {
                    for (const char *local : {"", "+cpu", "+cu124", "+1"})
                        all.push_back(Version::parse(QString::fromLatin1(release) + QLatin1StringView(pre)
                            + QLatin1StringView(post) + QLatin1StringView(dev) + QLatin1StringView(local))
                                .value());
                }
            }
        }
    }
    return all;
}

VersionSet randomSet(std::mt19937 &random, const std::vector<Version> &versions)
{
    VersionSet result;
    for (auto parts = random() % 4; parts > 0; --parts) {
        const auto cut = [&] { return Cut{Cut::Side(random() % 7), versions[random() % versions.size()]}; };
        const Cut one = cut();
        const Cut other = cut();
        result = result.united(VersionSet::between(std::min(one, other), std::max(one, other)));
    }
    return result;
}

} // namespace

class VersionSetCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheLawsOfSets();
    void isCanonical();
    void ordersCutsAndVersions();
    void agreesOnSpecifiers_data();
    void agreesOnSpecifiers();
    void writesText_data();
    void writesText();
    void knowsSingletons();
    void intersectsQuickly();
};

void VersionSetCheck::keepsTheLawsOfSets()
{
    std::mt19937 random(kit::seed());
    const std::vector<Version> versions = manyVersions();
    for (int i = 0; i < 100; ++i) {
        const VersionSet a = randomSet(random, versions);
        const VersionSet b = randomSet(random, versions);
        const QString row = u"%1 and %2"_s.arg(a.text(), b.text());
        bool isSubset = true;
        bool isDisjoint = true;
        for (const Version &version : versions) {
            const bool inA = a.contains(version);
            const bool inB = b.contains(version);
            QVERIFY2(a.complement().contains(version) != inA, qPrintable(row));
            QVERIFY2(a.intersection(b).contains(version) == (inA && inB), qPrintable(row));
            QVERIFY2(a.united(b).contains(version) == (inA || inB), qPrintable(row));
            isSubset = isSubset && (!inA || inB);
            isDisjoint = isDisjoint && !(inA && inB);
        }
        QVERIFY2(!a.isSubsetOf(b) || isSubset, qPrintable(row));
        QVERIFY2(!a.isDisjointFrom(b) || isDisjoint, qPrintable(row));
        QCOMPARE(a.isSubsetOf(b), a.intersection(b) == a);
        QCOMPARE(a.isDisjointFrom(b), a.intersection(b).isEmpty());
    }
}

void VersionSetCheck::isCanonical()
{
    std::mt19937 random(kit::seed());
    const std::vector<Version> versions = manyVersions();
    for (int i = 0; i < 500; ++i) {
        const VersionSet a = randomSet(random, versions);
        const VersionSet b = randomSet(random, versions);
        QCOMPARE(a.complement().complement(), a);
        QCOMPARE(a.united(b), b.united(a));
        QCOMPARE(a.united(b), a.complement().intersection(b.complement()).complement());
        QCOMPARE(a.united(b).hash(), b.united(a).hash());
        QVERIFY(a.united(a.complement()).isFull());
        QVERIFY(a.intersection(a.complement()).isEmpty());
    }
    QVERIFY(VersionSet::full().complement().isEmpty());
    QVERIFY(set(u"<2"_s) == set(u"<2.dev0"_s));
    QCOMPARE(set(u"<2"_s).hash(), set(u"<2.dev0"_s).hash());
    QCOMPARE(set(u"<2"_s).united(set(u">=2.dev0"_s)), VersionSet::full());
    QCOMPARE(set(u"==2.5,==2.6"_s), VersionSet::empty());
}

void VersionSetCheck::ordersCutsAndVersions()
{
    using Side = Cut::Side;
    const auto cut = [](Side side, const QByteArray &text) {
        return Cut{side, Version::parse(QString::fromLatin1(text)).value()};
    };
    // Each list once as versions of two words, once as ones that do not fit.
    for (const char *epoch : {"", "1!"}) {
        const auto text = [epoch](const char *version) { return QByteArray(epoch) + version; };
        const std::vector<Cut> ascending{cut(Side::Start, "0"), cut(Side::AfterPosts, text("1.9")),
            cut(Side::BeforePreReleases, text("2")), cut(Side::Before, text("2.dev0+x")),
            cut(Side::AfterLocals, text("2.dev0")), cut(Side::Before, text("2a1")),
            cut(Side::AfterLocals, text("2a1")), cut(Side::Before, text("2a1.post1")),
            cut(Side::AfterPosts, text("2a1")), cut(Side::Before, text("2")), cut(Side::After, text("2")),
            cut(Side::Before, text("2+cpu")), cut(Side::After, text("2+cpu")),
            cut(Side::AfterLocals, text("2")), cut(Side::Before, text("2.post0.dev1")),
            cut(Side::Before, text("2.post0")), cut(Side::AfterLocals, text("2.post0")),
            cut(Side::AfterPosts, text("2")), cut(Side::BeforePreReleases, text("2.0.1")),
            cut(Side::End, "0")};
        for (std::size_t i = 0; i < ascending.size(); ++i) {
            for (std::size_t j = 0; j < ascending.size(); ++j)
                QVERIFY2((ascending[i] <=> ascending[j]) == (i <=> j), qPrintable(u"%1 %2"_s.arg(i).arg(j)));
        }
        QVERIFY(cut(Side::BeforePreReleases, text("2")) == cut(Side::Before, text("2.0.dev0")));
    }
}

void VersionSetCheck::agreesOnSpecifiers_data()
{
    QTest::addColumn<QString>("shorter");
    const auto row = [](const char *longer, const char *shorter) {
        QTest::newRow(longer) << QString::fromLatin1(shorter);
    };
    row(">=2,>=1", ">=2");
    row(">2.dev1", ">=2.dev2");
    row("==2.*", ">=2.dev0,<3");
    row("~=2.5", ">=2.5,==2.*");
    row("~=2.5.1rc1", ">=2.5.1rc1,==2.5.*");
    row("==2.0.*,==2.*", "==2.0.*");
    row("<2.post1", "<2.post1.dev0");
}

void VersionSetCheck::agreesOnSpecifiers()
{
    QFETCH(QString, shorter);
    QCOMPARE(set(QString::fromLatin1(QTest::currentDataTag())), set(shorter));
}

void VersionSetCheck::writesText_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *specifiers, const char *text) {
        QTest::newRow(specifiers) << QString::fromUtf8(text);
    };
    row("", "*");
    row("==1,==2", "∅");
    row("==2.5", "==2.5");
    row("===2.5", "==2.5");
    row("==2.5+cpu", "==2.5+cpu");
    row("==2.4.*", "==2.4.*");
    row("<3,>=2", ">=2, <3");
    row(">2,<=3", ">2, <=3");
    row(">2.post1", ">2.post1");
    row("<2.5rc1", "<2.5rc1");
    row("!=2.5", "<2.5 | >2.5");
    row("!=2.5.*", "<2.5.dev0 | >=2.6.dev0");
    row("~=2.5.1", ">=2.5.1, <2.6.dev0");
}

void VersionSetCheck::writesText()
{
    QFETCH(QString, text);
    QCOMPARE(set(QString::fromLatin1(QTest::currentDataTag())).text(), text);
}

void VersionSetCheck::knowsSingletons()
{
    QCOMPARE(set(u"==2.5"_s).singleton()->text(), u"2.5"_s);
    QCOMPARE(set(u"===2.5+cpu"_s).singleton()->text(), u"2.5+cpu"_s);
    QCOMPARE(VersionSet::exactly(Version::of({1})).singleton(), Version::of({1}));
    for (const auto &other : {u""_s, u"==2.5.*"_s, u">=2,<=2.1"_s, u"!=1"_s, u"==1,==2"_s})
        QVERIFY(!set(other).singleton());
    QCOMPARE(set(u">=2,<=2"_s).singleton()->text(), u"2"_s);
}

void VersionSetCheck::intersectsQuickly()
{
    const VersionSet wide = set(u">=1.21,<3"_s);
    const VersionSet narrow = set(u">=2.5.1,!=2.6.0"_s);
    QBENCHMARK
    {
        QVERIFY(!wide.intersection(narrow).isEmpty());
    }
}

QTEST_GUILESS_MAIN(VersionSetCheck)
#include "version_set.moc"
