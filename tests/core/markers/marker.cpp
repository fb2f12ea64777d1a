// SPDX-License-Identifier: Apache-2.0
#include "markers/marker.h"

#include <thread>

#include <QTest>

#include "markers/simplify.h"
#include "random_marker.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using markers::Environment;
using markers::Marker;

namespace {

Environment linuxWithPython312()
{
    Environment environment;
    environment.implementationName = u"cpython"_s;
    environment.implementationVersion = u"3.12.1"_s;
    environment.osName = u"posix"_s;
    environment.platformMachine = u"x86_64"_s;
    environment.platformPythonImplementation = u"CPython"_s;
    environment.platformRelease = u"6.12.43+deb13-amd64"_s;
    environment.platformSystem = u"Linux"_s;
    environment.platformVersion = u"#1 SMP PREEMPT_DYNAMIC Debian 6.12.43-1"_s;
    environment.pythonFullVersion = u"3.12.1"_s;
    environment.pythonVersion = u"3.12"_s;
    environment.sysPlatform = u"linux"_s;
    return environment;
}

Environment darwin()
{
    Environment environment = linuxWithPython312();
    environment.platformMachine = u"arm64"_s;
    environment.platformRelease = u"23.10.0"_s;
    environment.platformSystem = u"Darwin"_s;
    environment.sysPlatform = u"darwin"_s;
    return environment;
}

Marker parsed(QStringView text)
{
    return *Marker::parse(text);
}

} // namespace

class MarkerCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void evaluates_data()
    {
        QTest::addColumn<QString>("marker");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *marker, bool expected) {
            QTest::newRow(marker) << QString::fromUtf8(marker) << expected;
        };
        row("sys_platform == 'linux'", true);
        row("sys_platform != 'linux'", false);
        row("'linux' == sys_platform", true);
        row("platform_system == 'Linux' and os_name == 'posix'", true);
        row("platform_system == 'Windows'", false);
        row("sys.platform == 'linux' and os.name == 'posix' and python_implementation == 'CPython'", true);
        row("python_version == '3.12'", true);
        row("python_version == '3.12.*'", true);
        row("python_version == '3.12.1'", false);
        row("python_version != '3.12.1'", true);
        row("python_version > '3.9'", true); // as versions, not as texts
        row("python_version < '3.9'", false);
        row("'3.9' < python_version", true);
        row("'3.9' > python_version", false);
        row("python_version ~= '3.10'", true);
        row("python_version ~= '4.0'", false);
        row("python_version in '3.11 3.12'", true);
        row("python_version not in '3.11 3.12'", false);
        row("python_full_version == '3.12.1'", true);
        row("python_full_version == '3.12.1.0'", true);
        row("python_full_version <= '3.12'", false);
        row("python_full_version >= '3.12.1rc1'", true);
        row("python_full_version ~= '3.12.0'", true);
        row("python_full_version in '3.12.1, 3.12.2' and sys_platform == 'linux'",
            true); // not a list: left out
        row("implementation_version >= '3.13'", false);
        row("platform_release >= '6'", true);
        row("platform_release >= '7'", false);
        row("platform_release == '6.12.43+deb13-amd64'", true);
        row("'deb13' in platform_release", true);
        row("'deb12' in platform_release", false);
        row("'Debian' not in platform_version", false);
        row("sys_platform in 'linux darwin'", true);
        row("sys_platform in 'linux2'", true);
        row("sys_platform not in 'win32 cygwin'", true);
        row("sys_platform >= 'linux'", true); // equality
        row("sys_platform > 'linux' or sys_platform < 'zzz'", false); // never
        row("extra == 'cpu'", false);
        row("extra != 'cpu'", true);
        row("extra == 'GPU_all'", true);
        row("'gpu-all' in extras", true);
        row("'cpu' in extras", false);
        row("'dev' in dependency_groups", false);
        row("extra == '-'", false);
        row("extra != '-'", false);
        row("'a' == 'a' and sys_platform == 'win32'", false);
        row("'a' == 'b'", true); // two texts say nothing
        row("platform_machine == 'x86_64' and (python_version < '3' or extra == 'gpu.all')", true);
    }

    void evaluates()
    {
        QFETCH(const QString, marker);
        QFETCH(const bool, expected);
        QCOMPARE(
            parsed(marker).evaluate(linuxWithPython312(), {*names::ExtraName::parse(u"gpu-all")}), expected);
    }

    void releaseOfDarwinIsAVersion()
    {
        QVERIFY(parsed(u"platform_release > '23.9'").evaluate(darwin()));
        QVERIFY(!parsed(u"platform_release < '23.9'").evaluate(darwin()));
        Environment other = linuxWithPython312();
        other.platformRelease = u"23.10.0"_s;
        QVERIFY(!parsed(u"platform_release > '23.9'").evaluate(other)); // as text
    }

    void onlyReleaseNumbersCount()
    {
        Environment environment = linuxWithPython312();
        for (const QString &version : {u"3.13.0b1"_s, u"3.13.0+"_s, u"3.13.0"_s}) {
            environment.pythonFullVersion = version;
            QVERIFY(parsed(u"python_version == '3.13'").evaluate(environment));
            QVERIFY(!parsed(u"python_full_version < '3.13'").evaluate(environment));
        }
    }

    void constants()
    {
        QVERIFY(Marker().isAlways() && !Marker().isNever());
        QVERIFY(Marker::never().isNever());
        QCOMPARE(!Marker(), Marker::never());
        QCOMPARE(Marker().text(), QString());
        QCOMPARE(Marker::never().text(), u"python_version < '0'"_s);
        QVERIFY(parsed(u"python_version < '0'").text() == u"python_full_version < '0'");
        QCOMPARE(Marker::extra(*names::ExtraName::parse(u"A.b")).text(), u"extra == 'a-b'"_s);
        QVERIFY(parsed(u"sys_platform == 'linux' or sys_platform != 'linux'").isAlways());
        QVERIFY(parsed(u"os_name == 'nt' and sys_platform == 'linux'").isNever());
    }

    void disjointness()
    {
        QVERIFY(parsed(u"sys_platform == 'linux'").isDisjointFrom(parsed(u"sys_platform == 'darwin'")));
        QVERIFY(parsed(u"sys_platform == 'linux'").isDisjointFrom(parsed(u"os_name == 'nt'")));
        QVERIFY(parsed(u"python_version < '3.10'").isDisjointFrom(parsed(u"python_version == '3.11'")));
        QVERIFY(
            !parsed(u"python_version <= '3.11'").isDisjointFrom(parsed(u"python_full_version == '3.11.7'")));
        QVERIFY(!parsed(u"sys_platform == 'linux'").isDisjointFrom(parsed(u"platform_machine == 'x86_64'")));
        // Each half is possible; the whole lies within impossible combinations.
        const Marker machine = parsed(u"platform_machine == 'x' and extra == 'a'");
        QVERIFY((parsed(u"os_name == 'posix'") & machine)
                .isDisjointFrom(parsed(u"sys_platform == 'win32'") & machine));
    }

    void implication()
    {
        QVERIFY(parsed(u"python_version == '3.11'").implies(parsed(u"python_version >= '3.10'")));
        QVERIFY(!parsed(u"python_version >= '3.10'").implies(parsed(u"python_version == '3.11'")));
        QVERIFY(Marker::never().implies(parsed(u"extra == 'a'")));
        QVERIFY(parsed(u"extra == 'a'").implies(Marker()));
    }

    void lawsOfLogic()
    {
        markers::RandomMarker random;
        for (int round = 0; round < 1000; ++round) {
            const QString left = random.text();
            const QString right = random.text();
            const Marker a = parsed(left);
            const Marker b = parsed(right);
            const std::string where = (left + u"  ·  "_s + right).toStdString();
            QVERIFY2((!(a & b)) == ((!a) | (!b)), where.c_str());
            QVERIFY2((!(a | b)) == ((!a) & (!b)), where.c_str());
            QVERIFY2((a & b) == (b & a) && (a | b) == (b | a), where.c_str());
            QVERIFY2((a & a) == a && (a | a) == a && (!!a) == a, where.c_str());
            QVERIFY2((a & !a).isNever() && (a | !a).isAlways(), where.c_str());
            QVERIFY2((a & b).implies(a) || (a & b).isNever(), where.c_str());
            // Both ways to combine mean the same wherever there is a computer.
            QVERIFY2(markers::minimised(a & (a | b)) == markers::minimised(a), where.c_str());
            QVERIFY2(a.isDisjointFrom(b) == b.isDisjointFrom(a), where.c_str());
            QVERIFY2(!(a & b).isNever() || a.isDisjointFrom(b), where.c_str());
        }
    }

    void operationsAgreeWithEvaluation()
    {
        markers::RandomMarker random;
        for (int round = 0; round < 1000; ++round) {
            const QString left = random.text();
            const QString right = random.text();
            const Marker a = parsed(left);
            const Marker b = parsed(right);
            const Environment environment = random.environment();
            const auto extras = random.extras();
            const bool inA = a.evaluate(environment, extras);
            const bool inB = b.evaluate(environment, extras);
            const std::string where = (left + u"  ·  "_s + right).toStdString();
            QVERIFY2((a & b).evaluate(environment, extras) == (inA && inB), where.c_str());
            QVERIFY2((a | b).evaluate(environment, extras) == (inA || inB), where.c_str());
            QVERIFY2((!a).evaluate(environment, extras) == !inA, where.c_str());
            QVERIFY2(!a.isDisjointFrom(b) || !(inA && inB), where.c_str());
            QVERIFY2(!a.implies(b) || !inA || inB, where.c_str());
            QVERIFY2(markers::minimised(a).evaluate(environment, extras) == inA, where.c_str());
        }
    }

    void textsReadBack()
    {
        markers::RandomMarker random;
        for (int round = 0; round < 1000; ++round) {
            const QString source = random.text();
            const Marker marker = parsed(source);
            const QString text = marker.text();
            const Marker again = text.isEmpty() ? Marker() : parsed(text);
            const std::string where = (source + u"  →  "_s + text).toStdString();
            if (text == u"python_version < '0'") {
                QVERIFY2(marker.isDisjointFrom(Marker()), where.c_str());
                continue;
            }
            QVERIFY2(markers::minimised(again) == markers::minimised(marker), where.c_str());
            QVERIFY2(again.text() == text, where.c_str());
        }
    }

    void oneTableForAllThreads()
    {
        markers::RandomMarker random;
        QStringList texts;
        for (int i = 0; i < 200; ++i)
            texts.append(random.text());
        std::array<std::vector<Marker>, 4> results;
        {
            std::vector<std::jthread> threads;
            for (auto &result : results) {
                threads.emplace_back([&texts, &result] {
                    Marker all;
                    for (const QString &text : texts) {
                        const Marker marker = *Marker::parse(text);
                        all = (all & marker).isNever() ? marker : all & marker;
                        result.push_back(all);
                        result.push_back(marker);
                        if (marker.text() != Marker::parse(text)->text())
                            result.clear();
                    }
                });
            }
        }
        for (const auto &result : results)
            QVERIFY(result == results[0]);
        QCOMPARE(results[0].size(), 400U);
    }
};

QTEST_GUILESS_MAIN(MarkerCheck)
#include "marker.moc"
