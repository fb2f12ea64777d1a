// SPDX-License-Identifier: Apache-2.0
#include "markers/simplify.h"

#include <algorithm>

#include <QTest>

#include "random_marker.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using markers::Marker;

namespace {

Marker parsed(QStringView text)
{
    return text.isEmpty() ? Marker() : *Marker::parse(text);
}

markers::PythonBounds bounds(QStringView specifiers)
{
    const auto range = versions::ReleaseRange::of(*versions::SpecifierSet::parse(specifiers));
    return {range.lower(), range.upper()};
}

QString boundsText(const std::optional<markers::PythonBounds> &bounds)
{
    return bounds ? markers::pythonWithin(*bounds).text() : u"nothing"_s;
}

} // namespace

class SimplifyCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void simplifies_data()
    {
        QTest::addColumn<QString>("marker");
        QTest::addColumn<QString>("requiresPython");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *marker, const char *requiresPython, const char *expected) {
            QTest::addRow("%s | %s", marker, requiresPython) << QString::fromUtf8(
                marker) << QString::fromUtf8(requiresPython) << QString::fromUtf8(expected);
        };
        row("python_version >= '3.9'", ">=3.10", "");
        row("python_version >= '3.9' and python_version < '3.12'", ">=3.10", "python_full_version < '3.12'");
        row("python_version == '3.12'", ">=3.12", "python_full_version < '3.13'");
        row("python_version == '3.12'", "==3.12.*", "");
        row("python_version == '3.12'", ">=3.11,<3.13", "python_full_version >= '3.12'");
        row("python_version < '3.9'", ">=3.10", "python_version < '0'");
        row("python_version >= '3.11' or sys_platform == 'win32'", ">=3.11", "");
        row("python_version >= '3.11' and sys_platform == 'win32'", ">=3.11", "sys_platform == 'win32'");
        row("python_version == '3.10' or extra == 'a'", ">=3.10,!=3.11.*",
            "python_full_version < '3.11' or extra == 'a'");
        row("python_full_version == '3.10'", ">=3.10", "python_full_version <= '3.10'");
        row("sys_platform == 'linux'", ">=3.10", "sys_platform == 'linux'");
        row("implementation_version >= '3.9'", ">=3.10", "implementation_version >= '3.9'");
    }

    void simplifies()
    {
        QFETCH(const QString, marker);
        QFETCH(const QString, requiresPython);
        QFETCH(const QString, expected);
        QCOMPARE(markers::simplified(parsed(marker), bounds(requiresPython)).text(), expected);
    }

    void withinBoundsNothingChanges()
    {
        markers::RandomMarker random;
        for (int round = 0; round < 500; ++round) {
            const Marker marker = random.marker();
            for (const QStringView requiresPython :
                {u">=3.10", u">=3.11,<3.13", u"==3.12.*", u"<3.11", u""}) {
                const auto limits = bounds(requiresPython);
                const Marker within = markers::pythonWithin(limits);
                const Marker simple = markers::simplified(marker, limits);
                QCOMPARE(markers::minimised(simple & within), markers::minimised(marker & within));
                QCOMPARE(markers::simplified(simple, limits), simple);
            }
        }
    }

    void hulls_data()
    {
        QTest::addColumn<QString>("marker");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *marker, const char *expected) {
            QTest::newRow(marker) << QString::fromUtf8(marker) << QString::fromUtf8(expected);
        };
        row("sys_platform == 'linux'", "");
        row("python_version == '3.11'", "python_full_version == '3.11.*'");
        row("python_version == '3.11' or python_version == '3.13'",
            "python_full_version >= '3.11' and python_full_version < '3.14'");
        row("python_version < '3.11' and sys_platform == 'linux' or python_full_version <= '3.12.4' and "
            "extra == 'a'",
            "python_full_version <= '3.12.4'");
        row("python_version > '3.11' or sys_platform == 'linux'", "");
        row("python_version < '3.11' and python_version > '3.12'", "nothing");
        row("python_full_version > '3.11' and sys_platform == 'win32'", "python_full_version > '3.11'");
    }

    void hulls()
    {
        QFETCH(const QString, marker);
        QFETCH(const QString, expected);
        QCOMPARE(boundsText(markers::pythonHull(parsed(marker))), expected);
    }

    void restricts_data()
    {
        QTest::addColumn<QString>("marker");
        QTest::addColumn<QString>("assumption");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *marker, const char *assumption, const char *expected) {
            QTest::addRow("%s | %s", marker, assumption)
                << QString::fromUtf8(marker) << QString::fromUtf8(assumption) << QString::fromUtf8(expected);
        };
        row("sys_platform == 'linux'", "sys_platform == 'linux'", "");
        row("sys_platform == 'linux'", "sys_platform != 'linux'", "python_version < '0'");
        row("sys_platform == 'linux'", "", "sys_platform == 'linux'");
        row("sys_platform == 'linux'", "os_name == 'nt' and sys_platform == 'linux'", "python_version < '0'");
        row("sys_platform == 'linux' and platform_machine == 'x86_64'", "sys_platform == 'linux'",
            "platform_machine == 'x86_64'");
        row("platform_machine == 'x86_64'", "sys_platform == 'linux' and platform_machine != 'arm64'",
            "platform_machine == 'x86_64'");
        row("sys_platform == 'linux' or sys_platform == 'win32'",
            "sys_platform == 'linux' or sys_platform == 'win32'", "");
        row("sys_platform == 'win32'", "sys_platform == 'linux' or sys_platform == 'win32'",
            "sys_platform == 'win32'");
        row("extra == 'a' and sys_platform == 'linux'", "extra == 'a' or sys_platform == 'linux'",
            "sys_platform == 'linux' and extra == 'a'");
    }

    void restricts()
    {
        QFETCH(const QString, marker);
        QFETCH(const QString, assumption);
        QFETCH(const QString, expected);
        QCOMPARE(markers::restricted(parsed(marker), parsed(assumption)).text(), expected);
    }

    void restrictionKeepsWhatIsAsked()
    {
        markers::RandomMarker random;
        for (int round = 0; round < 1000; ++round) {
            const Marker marker = random.marker();
            const Marker assumption = random.marker();
            const Marker restricted = markers::restricted(marker, assumption);
            QCOMPARE(markers::minimised(restricted & assumption), markers::minimised(marker & assumption));
        }
    }

    void ordersAsLocksDo()
    {
        const QStringList sorted{u""_s, u"python_version < '0' and python_version > '1'"_s,
            u"implementation_version < '3.9'"_s, u"python_full_version < '3.10'"_s,
            u"python_full_version < '3.11'"_s, u"python_full_version >= '3.11'"_s, u"os_name == 'posix'"_s,
            u"sys_platform != 'win32'"_s, u"sys_platform == 'win32'"_s, u"platform_machine != 'arm64'"_s,
            u"platform_machine == 'arm64'"_s, u"sys_platform in 'linux'"_s, u"'linux' in sys_platform"_s,
            u"'x' in extras"_s, u"'a' in dependency_groups"_s, u"extra == 'a'"_s, u"extra != 'a'"_s,
            u"extra == 'b'"_s};
        for (qsizetype i = 0; i < sorted.size(); ++i) {
            for (qsizetype j = 0; j < sorted.size(); ++j) {
                const auto found = markers::order(parsed(sorted[i]), parsed(sorted[j]));
                QVERIFY2(found == (i <=> j), qPrintable(sorted[i] + u"  ·  "_s + sorted[j]));
            }
        }
    }

    void theOrderIsStrict()
    {
        markers::RandomMarker random;
        std::vector<Marker> all;
        for (int i = 0; i < 300; ++i)
            all.push_back(random.marker());
        std::ranges::sort(
            all, [](const Marker &left, const Marker &right) { return markers::order(left, right) < 0; });
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = i; j < all.size(); ++j) {
                const auto found = markers::order(all[i], all[j]);
                QVERIFY(all[i] == all[j] ? found == 0 : found < 0);
            }
        }
    }
};

QTEST_GUILESS_MAIN(SimplifyCheck)
#include "simplify.moc"
