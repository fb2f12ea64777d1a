// SPDX-License-Identifier: Apache-2.0
#include "metadata/wheel_name.h"

#include <random>

#include <QTest>

#include "kit/random.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using metadata::SdistName;
using metadata::WheelName;

class WheelNameCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesWheelsApart_data();
    void takesWheelsApart();
    void refusesOtherWheels_data();
    void refusesOtherWheels();
    void ordersBuilds();
    void takesSdistsApart_data();
    void takesSdistsApart();
    void refusesOtherSdists_data();
    void refusesOtherSdists();
    void survivesDamage();
};

void WheelNameCheck::takesWheelsApart_data()
{
    QTest::addColumn<QStringList>("parts"); // name, version, build, tags
    const auto row = [](const char *file, const QStringList &parts) { QTest::newRow(file) << parts; };
    row("torch-2.5.1+cu124-cp312-cp312-linux_x86_64.whl",
        {u"torch"_s, u"2.5.1+cu124"_s, u""_s, u"cp312-cp312-linux_x86_64"_s});
    row("MarkupSafe-2.1.5-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        {u"markupsafe"_s, u"2.1.5"_s, u""_s, u"cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64"_s});
    row("zope.interface-5.0-py2.py3-none-any.whl",
        {u"zope-interface"_s, u"5.0"_s, u""_s, u"py2.py3-none-any"_s});
    row("a_b-1.0-10b-py3-none-any.whl", {u"a-b"_s, u"1.0"_s, u"10b"_s, u"py3-none-any"_s});
    row("a-1.0-2024_01-py3-none-any.whl", {u"a"_s, u"1.0"_s, u"2024_01"_s, u"py3-none-any"_s});
    row("a-1.0.post1_dev2-py3-none-any.whl", {u"a"_s, u"1.0.post1.dev2"_s, u""_s, u"py3-none-any"_s});
    row("a-1!2.0-py3-none-any.whl", {u"a"_s, u"1!2.0"_s, u""_s, u"py3-none-any"_s});
}

void WheelNameCheck::takesWheelsApart()
{
    QFETCH(QStringList, parts);
    const Result<WheelName> wheel = WheelName::parse(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(wheel, wheel ? "" : qPrintable(wheel.error().forLog()));
    const QString build =
        wheel->build ? QString::number(wheel->build->number) + wheel->build->text : QString();
    QCOMPARE(QStringList({wheel->name.text(), wheel->version.text(), build, wheel->tags.text()}), parts);
}

void WheelNameCheck::refusesOtherWheels_data()
{
    QTest::addColumn<QString>("why");
    const auto row = [](const char *file, const char *why) { QTest::newRow(file) << QString::fromUtf8(why); };
    const char *shape = "it should have name, version, Python, ABI and platform with “-” between them";
    row("a-1.0.tar.gz", "it does not end in “.whl”");
    row("a-1.0-py3-none-any.WHL", "it does not end in “.whl”");
    row(".whl", shape);
    row("a-1.0-py3-none.whl", shape);
    row("a-1.0-1-py3-none-any-x.whl", shape);
    row("-1.0-py3-none-any.whl", "A name is empty where one is needed");
    row("../a-1.0-py3-none-any.whl",
        "“../a” is not a name: only letters of the English alphabet, digits, “-”, “_” and “.” are allowed, "
        "not “/”");
    row("%2e%2e%2fa-1.0-py3-none-any.whl",
        "“%2e%2e%2fa” is not a name: only letters of the English alphabet, digits, “-”, “_” and “.” are "
        "allowed, not “%”");
    row("a-one-py3-none-any.whl", "“one” is not a version: “one” does not belong there");
    row("a-1.0-b1-py3-none-any.whl", "“b1” is not a build number such as “1” or “2a”");
    row("a-1.0-1/x-py3-none-any.whl", "“1/x” is not a build number such as “1” or “2a”");
    row("a-1.0-99999999999999999999-py3-none-any.whl",
        "“99999999999999999999” is not a build number such as “1” or “2a”");
    row("a-1.0-py3--any.whl", "“py3--any” is not a wheel tag such as “py3-none-any”");
    row("a-1.0-py3-none-a/b.whl", "“py3-none-a/b” is not a wheel tag such as “py3-none-any”");
}

void WheelNameCheck::refusesOtherWheels()
{
    QFETCH(QString, why);
    const QString file = QString::fromLatin1(QTest::currentDataTag());
    const Result<WheelName> wheel = WheelName::parse(file);
    QVERIFY(!wheel);
    QCOMPARE(wheel.error().kind(), ErrorKind::BadInput);
    QCOMPARE(wheel.error().summary(), u"“%1” is not the file name of a wheel: "_s.arg(file) + why);
}

void WheelNameCheck::ordersBuilds()
{
    std::optional<WheelName::Build> previous;
    for (const auto &build : {u"0"_s, u"1"_s, u"2"_s, u"2a"_s, u"10"_s, u"10b"_s}) {
        const WheelName wheel = WheelName::parse(u"a-1-%1-py3-none-any.whl"_s.arg(build)).value();
        QVERIFY2(previous < wheel.build, qPrintable(build)); // none sorts first
        previous = wheel.build;
    }
}

void WheelNameCheck::takesSdistsApart_data()
{
    QTest::addColumn<QString>("package");
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("isUsable");
    const auto row = [](const char *file, const char *package, const char *version, bool isUsable) {
        QTest::newRow(file) << QString::fromLatin1(package) << QString::fromLatin1(version) << isUsable;
    };
    row("torch-2.5.1.tar.gz", "torch", "2.5.1", true);
    row("zope.interface-5.0.zip", "zope-interface", "5.0", true);
    row("a-b-1.0-1.tar.gz", "a-b", "1.0.post1", true);
    row("a-1-1.0.tar.gz", "a-1", "1.0", true);
    row("a-1-1.0.tar.gz ", "a", "", false);
    row("a_b-1.0rc1.tar.bz2", "a-b", "1.0rc1", false);
    row("a-1.0.tgz", "a", "1.0", false);
}

void WheelNameCheck::takesSdistsApart()
{
    QFETCH(QString, package);
    QFETCH(QString, version);
    QFETCH(bool, isUsable);
    const names::PackageName name = names::PackageName::parse(package).value();
    const Result<SdistName> sdist = SdistName::parse(QString::fromLatin1(QTest::currentDataTag()), name);
    QCOMPARE(sdist.has_value(), !version.isEmpty());
    if (!sdist)
        return;
    QCOMPARE(sdist->name, name);
    QCOMPARE(sdist->version.text(), version);
    QCOMPARE(sdist->isUsable, isUsable);
}

void WheelNameCheck::refusesOtherSdists_data()
{
    QTest::addColumn<QString>("says");
    QTest::newRow("a-1.0.egg") << u"“a-1.0.egg” is not the file name of a source archive"_s;
    for (const char *file :
        {"b-1.0.tar.gz", "a.tar.gz", "a-one.tar.gz", ".tar.gz", "a-.tar.gz", "../a-1.0.tar.gz"})
        QTest::newRow(file) << u"“%1” is not a source archive of a: it should be a, “-” and a version"_s.arg(
            QString::fromLatin1(file));
}

void WheelNameCheck::refusesOtherSdists()
{
    QFETCH(QString, says);
    const Result<SdistName> sdist = SdistName::parse(
        QString::fromLatin1(QTest::currentDataTag()), names::PackageName::parse(u"a").value());
    QVERIFY(!sdist);
    QCOMPARE(sdist.error().summary(), says);
}

void WheelNameCheck::survivesDamage()
{
    std::mt19937 random(kit::seed());
    const names::PackageName name = names::PackageName::parse(u"a-b").value();
    for (int i = 0; i < 5000; ++i) {
        const QString file =
            kit::damaged(u"Torch_Vision-2.5.1+cu124-1a-cp312.cp313-abi3-linux_x86_64.whl"_s, random);
        if (const Result<WheelName> wheel = WheelName::parse(file))
            QVERIFY2(!file.contains(u'/') && !file.contains(u'\\'), qPrintable(file));
        const QString archive = kit::damaged(u"a_b-1.0-1.tar.gz"_s, random);
        if (const Result<SdistName> sdist = SdistName::parse(archive, name))
            QVERIFY2(!archive.contains(u'/'), qPrintable(archive));
    }
}

QTEST_GUILESS_MAIN(WheelNameCheck)
#include "wheel_name.moc"
