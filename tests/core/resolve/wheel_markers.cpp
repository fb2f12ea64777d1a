// SPDX-License-Identifier: Apache-2.0
#include "resolve/wheel_markers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "kit/golden.h"
#include "versions/specifier.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

QJsonArray rowsOf(const QString &file)
{
    return QJsonDocument::fromJson(kit::slurp(QStringLiteral(CASES "/") + file)).array();
}

markers::PythonBounds boundsOf(const QString &specifiers)
{
    const auto range = versions::ReleaseRange::of(*versions::SpecifierSet::parse(specifiers));
    return {range.lower(), range.upper()};
}

markers::Marker markerOf(const QString &text)
{
    return text.isEmpty() ? markers::Marker() : *markers::Marker::parse(text);
}

markers::Marker anyOf(const QJsonArray &texts)
{
    markers::Marker any = texts.isEmpty() ? markers::Marker() : markers::Marker::never();
    for (const QJsonValue &text : texts)
        any = any | markerOf(text.toString());
    return any;
}

} // namespace

class WheelMarkersCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatALockNeeds_data();
    void keepsWhatALockNeeds();
    void coversEnvironments_data();
    void coversEnvironments();
    void tellsWhereWheelsRun_data();
    void tellsWhereWheelsRun();
    void knowsTags_data();
    void knowsTags();
    void servesPythons_data();
    void servesPythons();
};

void WheelMarkersCheck::keepsWhatALockNeeds_data()
{
    QTest::addColumn<QJsonObject>("row");
    int count = 0;
    for (const QJsonValue &row : rowsOf(u"needed.json"_s)) {
        const QString name = QString::number(++count) + u' ' + row["python"_L1].toString() + u' '
            + row["marker"_L1].toString();
        QTest::newRow(qPrintable(name)) << row.toObject();
    }
}

void WheelMarkersCheck::keepsWhatALockNeeds()
{
    QFETCH(const QJsonObject, row);
    const markers::PythonBounds bounds = boundsOf(row["python"_L1].toString());
    const markers::Marker where =
        markerOf(row["marker"_L1].toString()) & anyOf(row["environments"_L1].toArray());
    resolve::WheelMarkers wheels;
    for (const auto list : {"kept"_L1, "dropped"_L1}) {
        for (const QJsonValue &text : row[list].toArray()) {
            const auto tags = *tags::WheelTags::parse(text.toString());
            const bool isKept = tags.areKnown() && wheels.isNeeded(tags, bounds, where);
            QVERIFY2(isKept == (list == "kept"_L1), qPrintable(text.toString()));
        }
    }
}

void WheelMarkersCheck::coversEnvironments_data()
{
    QTest::addColumn<QJsonObject>("row");
    for (const QJsonValue &row : rowsOf(u"covered.json"_s))
        QTest::newRow(qPrintable(row["wheel"_L1].toString() + u' ' + row["environment"_L1].toString()))
            << row.toObject();
}

void WheelMarkersCheck::coversEnvironments()
{
    QFETCH(const QJsonObject, row);
    const auto environment = *markers::Marker::parse(row["environment"_L1].toString());
    resolve::WheelMarkers wheels;
    const auto wheel = *tags::WheelTags::parse(row["wheel"_L1].toString());
    const markers::Marker implied = wheels.implied({&wheel, 1}).at(0);
    QCOMPARE(!implied.isDisjointFrom(environment), row["covered"_L1].toBool());
}

void WheelMarkersCheck::tellsWhereWheelsRun_data()
{
    QTest::addColumn<QString>("marker");
    const auto row = [](const char *wheel, const char *marker) {
        QTest::newRow(wheel) << QString::fromLatin1(marker);
    };
    row("py3-none-any", "python_full_version >= '3' and python_full_version < '4'");
    row("py2.py3-none-any", "python_full_version >= '2' and python_full_version < '4'");
    row("py38-none-any", "python_full_version >= '3.8' and python_full_version < '4'");
    row("cp3-none-any",
        "python_full_version >= '3' and python_full_version < '4' "
        "and platform_python_implementation == 'CPython'");
    row("cp312-cp312-win_amd64",
        "python_full_version == '3.12.*' and platform_python_implementation == 'CPython' "
        "and sys_platform == 'win32' and platform_machine == 'AMD64'");
    row("cp310-abi3-win_arm64",
        "python_full_version >= '3.10' and platform_python_implementation == 'CPython' "
        "and sys_platform == 'win32' and platform_machine == 'ARM64'");
    row("pp310-pypy310_pp73-manylinux_2_17_i686.manylinux2014_i686",
        "python_full_version == '3.10.*' and platform_python_implementation == 'PyPy' "
        "and sys_platform == 'linux' and platform_machine == 'i686'");
    row("py3-none-linux_x86_64.musllinux_1_2_aarch64",
        "python_full_version >= '3' and python_full_version < '4' and sys_platform == 'linux' "
        "and (platform_machine == 'x86_64' or platform_machine == 'aarch64')");
    row("graalpy311-graalpy242_311_native-android_21_x86_64",
        "python_full_version == '3.11.*' and platform_python_implementation == 'GraalPy' "
        "and sys_platform == 'android'");
    row("py3-abi3-macosx_11_0_arm64",
        "python_full_version >= '3' and sys_platform == 'darwin' "
        "and platform_machine == 'arm64' and platform_release >= '20'");
    row("py3-abi3-macosx_10_9_universal2",
        "python_full_version >= '3' and sys_platform == 'darwin' "
        "and ((platform_machine == 'arm64' and platform_release >= '20') "
        "or (platform_machine == 'x86_64' and platform_release >= '13'))");
    row("py3-abi3-macosx_14_0_intel",
        "python_full_version >= '3' and sys_platform == 'darwin' "
        "and (platform_machine == 'i386' or platform_machine == 'x86_64') "
        "and platform_release >= '23'");
    row("py3-none-win_ia64", "never");
    row("py3-none-ios_13_0_arm64_iphoneos", "never");
}

void WheelMarkersCheck::tellsWhereWheelsRun()
{
    QFETCH(const QString, marker);
    resolve::WheelMarkers wheels;
    const auto tags = *tags::WheelTags::parse(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(wheels.implied({&tags, 1}).at(0).text(),
        marker == "never"_L1 ? markers::Marker::never().text() : markerOf(marker).text());
}

void WheelMarkersCheck::knowsTags_data()
{
    QTest::addColumn<bool>("isKnown");
    for (const char *tags :
        {"py3-none-any", "py4-none-any", "cp3-none-any", "cp37-cp37m-any", "cp313-cp313t-any",
            "pp27-pypy_73-any", "pp38-pp73-any", "pyston38-pyston_23_x86_64_linux_gnu-any",
            "graalpy312-graalpy250_312_native-any", "cp315-abi3.abi3t-any", "py3-none-foo_bar"})
        QTest::newRow(tags) << true;
    for (const char *tags :
        {"jy27-none-any", "ip27-none-any", "foo312-none-any", "pp3-none-any", "cp312-foo-any",
            "cp312-abi4-any", "pyston38-pyston_23-any", "py3x-none-any", "py3.foo-none-any"})
        QTest::newRow(tags) << false;
}

void WheelMarkersCheck::knowsTags()
{
    QFETCH(const bool, isKnown);
    const auto tags = *tags::WheelTags::parse(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(tags.areKnown(), isKnown);
}

void WheelMarkersCheck::servesPythons_data()
{
    QTest::addColumn<QString>("tags");
    QTest::addColumn<QString>("pythons");
    QTest::addColumn<bool>("serves");
    const auto row = [](const char *tags, const char *pythons, bool serves) {
        QTest::addRow("%s on %s", tags, pythons)
            << QString::fromLatin1(tags) << QString::fromLatin1(pythons) << serves;
    };
    row("cp313-cp313-any", ">=3.9,<3.13", false);
    row("cp313-cp313-any", ">=3.9,<3.13.0", false);
    row("cp313-cp313-any", ">=3.9,<3.13.1", true);
    row("cp313-cp313-any", ">=3.9,<=3.13", true);
    row("cp310-cp310-any", ">3.10.1", true);
    row("cp39-cp39-any", ">3.10.1", false);
    row("cp39-abi3-any", ">=3.12", true);
    row("py38-none-any", ">=3.12", true);
    row("py313-none-any", "<3.13", false);
    row("pyston38-none-any", ">=3.12", false);
    row("cp312-none-any", ">=3.13", false);
    row("pp39-pypy39_pp73-any", "==3.9.*", true);
    row("pp39-pypy39_pp73-any", "==3.10.*", false);
    row("pp27-pypy_73-any", "==2.7.*", false);
    row("graalpy311-graalpy242_311_native-any", "==3.11.*", true);
    row("graalpy311-graalpy242_311_native-any", "==3.12.*", false);
    row("graalpy310-graalpy310_native-any", "==3.10.*", true);
    row("cp400-cp400-any", "<4", false);
}

void WheelMarkersCheck::servesPythons()
{
    QFETCH(const QString, tags);
    QFETCH(const QString, pythons);
    QFETCH(const bool, serves);
    QCOMPARE(resolve::servesPython(*tags::WheelTags::parse(tags), boundsOf(pythons)), serves);
}

QTEST_GUILESS_MAIN(WheelMarkersCheck)
#include "wheel_markers.moc"
