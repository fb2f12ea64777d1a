// SPDX-License-Identifier: Apache-2.0
#include "tags/platform_names.h"

#include <QTest>

using namespace sconce;
using namespace Qt::StringLiterals;
using tags::Platform;

using System = Platform::System;

class PlatformNamesCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsNames_data();
    void knowsNames();
    void knowsEveryNameThatItLists();
    void takesTheReleaseOfMacOs();
    void refusesOthers();
    void setsMarkerValues_data();
    void setsMarkerValues();
    void setsPython_data();
    void setsPython();
};

void PlatformNamesCheck::knowsNames_data()
{
    QTest::addColumn<Platform>("platform");
    QTest::newRow("linux") << Platform{System::ManyLinux, 2, 28, u"x86_64"_s};
    QTest::newRow("macos") << Platform{System::MacOs, 13, 0, u"arm64"_s};
    QTest::newRow("windows") << Platform{System::Windows, 0, 0, u"amd64"_s};
    QTest::newRow("x86_64-unknown-linux-gnu") << Platform{System::ManyLinux, 2, 28, u"x86_64"_s};
    QTest::newRow("aarch64-unknown-linux-gnu") << Platform{System::ManyLinux, 2, 28, u"aarch64"_s};
    QTest::newRow("riscv64-unknown-linux") << Platform{System::ManyLinux, 2, 39, u"riscv64"_s};
    QTest::newRow("powerpc64le-unknown-linux-gnu") << Platform{System::ManyLinux, 2, 28, u"ppc64le"_s};
    QTest::newRow("aarch64-unknown-linux-musl") << Platform{System::MuslLinux, 1, 2, u"aarch64"_s};
    QTest::newRow("x86_64-manylinux2014") << Platform{System::ManyLinux, 2, 17, u"x86_64"_s};
    QTest::newRow("manylinux2014_x86_64") << Platform{System::ManyLinux, 2, 17, u"x86_64"_s};
    QTest::newRow("aarch64-manylinux_2_31") << Platform{System::ManyLinux, 2, 31, u"aarch64"_s};
    QTest::newRow("manylinux_2_40_ppc64le") << Platform{System::ManyLinux, 2, 40, u"ppc64le"_s};
    QTest::newRow("x86_64-apple-darwin") << Platform{System::MacOs, 13, 0, u"x86_64"_s};
    QTest::newRow("i686-pc-windows-msvc") << Platform{System::Windows, 0, 0, u"x86"_s};
    QTest::newRow("aarch64-pc-windows-msvc") << Platform{System::Windows, 0, 0, u"arm64"_s};
}

void PlatformNamesCheck::knowsNames()
{
    QFETCH(Platform, platform);
    const Result<Platform> found = tags::platformFromName(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(found);
    QVERIFY(*found == platform);
}

void PlatformNamesCheck::knowsEveryNameThatItLists()
{
    const QStringList names = tags::platformNames();
    QVERIFY(names.size() > 40);
    for (const QString &name : names) {
        const Result<Platform> platform = tags::platformFromName(name);
        QVERIFY2(platform, qPrintable(name));
        QVERIFY2(platform->tags().size() > 1 || platform->system == System::Windows, qPrintable(name));
    }
}

void PlatformNamesCheck::takesTheReleaseOfMacOs()
{
    QVERIFY(
        tags::platformFromName(u"macos", u"14.2").value() == (Platform{System::MacOs, 14, 2, u"arm64"_s}));
    QVERIFY(tags::platformFromName(u"x86_64-apple-darwin", u"11").value()
        == (Platform{System::MacOs, 11, 0, u"x86_64"_s}));
    QVERIFY(tags::platformFromName(u"macos", u"new").value() == (Platform{System::MacOs, 13, 0, u"arm64"_s}));
    QVERIFY(tags::platformFromName(u"linux", u"14.2").value() == tags::platformFromName(u"linux").value());
}

void PlatformNamesCheck::refusesOthers()
{
    const Result<Platform> found = tags::platformFromName(u"x86_64-unknown-linux");
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::BadInput);
    QCOMPARE(found.error().summary(), u"“x86_64-unknown-linux” is not the name of a platform"_s);
    QCOMPARE(found.error().hints().first(), u"Write “x86_64-unknown-linux-gnu”"_s);
    for (const auto &name : {u""_s, u"x86_64-manylinux_2_27"_s, u"x86_64-manylinux_2_028"_s,
             u"loongarch64-manylinux2014"_s, u"Linux"_s})
        QVERIFY2(!tags::platformFromName(name), qPrintable(name));
}

void PlatformNamesCheck::setsMarkerValues_data()
{
    QTest::addColumn<QString>("values"); // os_name sys_platform platform_system platform_machine
    const auto row = [](const char *name, const char *values) {
        QTest::newRow(name) << QString::fromLatin1(values);
    };
    row("linux", "posix linux Linux x86_64");
    row("aarch64-unknown-linux-musl", "posix linux Linux aarch64");
    row("powerpc64le-unknown-linux-gnu", "posix linux Linux ppc64le");
    row("macos", "posix darwin Darwin arm64");
    row("x86_64-apple-darwin", "posix darwin Darwin x86_64");
    row("windows", "nt win32 Windows x86_64");
    row("i686-pc-windows-msvc", "nt win32 Windows x86");
    row("aarch64-pc-windows-msvc", "nt win32 Windows ARM64");
}

void PlatformNamesCheck::setsMarkerValues()
{
    QFETCH(QString, values);
    const markers::Environment here{u"cpython"_s, u"3.12.1"_s, u"java"_s, u"sparc"_s, u"CPython"_s, u"5.15"_s,
        u"SunOS"_s, u"#1"_s, u"3.12.1"_s, u"3.12"_s, u"sunos5"_s};
    const markers::Environment there =
        tags::onPlatform(here, tags::platformFromName(QString::fromLatin1(QTest::currentDataTag())).value());
    QCOMPARE(QStringList({there.osName, there.sysPlatform, there.platformSystem, there.platformMachine})
                 .join(u' '),
        values);
    QVERIFY(there.platformRelease.isEmpty() && there.platformVersion.isEmpty());
    QCOMPARE(there.pythonFullVersion, here.pythonFullVersion);
    QCOMPARE(there.implementationName, here.implementationName);
}

void PlatformNamesCheck::setsPython_data()
{
    QTest::addColumn<QString>("full");
    QTest::addColumn<QString>("minor");
    const auto row = [](const char *text, const char *full, const char *minor) {
        QTest::newRow(text) << QString::fromLatin1(full) << QString::fromLatin1(minor);
    };
    row("3.13", "3.13.0", "3.13");
    row("3.11.4", "3.11.4", "3.11");
    row("3", "3.0.0", "3.0");
    row("3.14rc1", "3.14.0rc1", "3.14");
}

void PlatformNamesCheck::setsPython()
{
    QFETCH(QString, full);
    QFETCH(QString, minor);
    const versions::Version python =
        versions::Version::parse(QString::fromLatin1(QTest::currentDataTag())).value();
    markers::Environment environment;
    environment.implementationName = u"cpython"_s;
    environment.implementationVersion = u"3.12.1"_s;
    const markers::Environment other = tags::withPython(environment, python);
    QCOMPARE(other.pythonFullVersion, full);
    QCOMPARE(other.pythonVersion, minor);
    QCOMPARE(other.implementationVersion, full);
    environment.implementationName = u"pypy"_s;
    QCOMPARE(tags::withPython(environment, python).implementationVersion, u"3.12.1"_s);
}

QTEST_GUILESS_MAIN(PlatformNamesCheck)
#include "platform_names.moc"
