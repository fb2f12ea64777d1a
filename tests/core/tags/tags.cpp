// SPDX-License-Identifier: Apache-2.0
#include "tags/tags.h"

#include <random>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "kit/golden.h"
#include "kit/random.h"
#include "tags/platform_names.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using tags::CompatibleTags;
using tags::Platform;
using tags::PythonAbi;
using tags::WheelTags;

namespace {

using System = Platform::System;

WheelTags wheel(const QString &text)
{
    return WheelTags::parse(text).value();
}

PythonAbi cpython(int minor)
{
    return {u"cpython"_s, 3, minor};
}

QString name(CompatibleTags::Misfit misfit)
{
    using Misfit = CompatibleTags::Misfit;
    switch (misfit) {
    case Misfit::Python: return u"Python"_s;
    case Misfit::Abi: return u"Abi"_s;
    case Misfit::FreeThreadedAbi: return u"FreeThreadedAbi"_s;
    case Misfit::AbiPythonVersion: return u"AbiPythonVersion"_s;
    case Misfit::Platform: return u"Platform"_s;
    }
    return {};
}

} // namespace

class TagsCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWheelTags_data();
    void readsWheelTags();
    void choosesAsRecorded_data();
    void choosesAsRecorded();
    void listsPlatformsBestFirst_data();
    void listsPlatformsBestFirst();
    void listsTagsBestFirst_data();
    void listsTagsBestFirst();
    void ranksInOrderOfTheList();
    void saysWhatDoesNotFit_data();
    void saysWhatDoesNotFit();
};

void TagsCheck::readsWheelTags_data()
{
    QTest::addColumn<bool>("isValid");
    for (const char *good :
        {"py3-none-any", "py2.py3-none-any", "cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64"})
        QTest::newRow(good) << true;
    for (const char *bad :
        {"", "py3-none", "py3-none-any-x", "py3--any", "py3-none-", "py3-none-a b", "py3-none-%2e"})
        QTest::newRow(*bad ? bad : "empty") << false;
}

void TagsCheck::readsWheelTags()
{
    QFETCH(bool, isValid);
    const QString text = QLatin1StringView(QTest::currentDataTag()) == "empty"_L1
        ? QString()
        : QString::fromLatin1(QTest::currentDataTag());
    const Result<WheelTags> found = WheelTags::parse(text);
    QCOMPARE(found.has_value(), isValid);
    if (found)
        QCOMPARE(found->text(), text);
    std::mt19937 random(kit::seed());
    for (int i = 0; i < 500; ++i) {
        const QString damaged =
            kit::damaged(u"cp310.cp311-abi3.none-manylinux_2_17_x86_64.win_amd64"_s, random);
        if (const Result<WheelTags> other = WheelTags::parse(damaged))
            QVERIFY2(
                other->pythons().size() + other->abis().size() + other->platforms().size() <= damaged.size(),
                qPrintable(damaged));
    }
}

void TagsCheck::choosesAsRecorded_data()
{
    QTest::addColumn<QString>("platform");
    QTest::addColumn<int>("minor");
    QTest::addColumn<QStringList>("wheels");
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QString>("nearest");
    const QJsonArray rows = QJsonDocument::fromJson(kit::slurp(u"" CASES "/choose.json"_s)).array();
    QVERIFY(!rows.isEmpty());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const auto row = rows[i];
        const QString platform = row[u"platform"].toString();
        const QString python = row[u"python"].toString();
        QTest::addRow("%d %s %s", int(i), qPrintable(platform), qPrintable(python))
            << platform << python.section(u'.', 1).toInt() << row[u"wheels"].toVariant().toStringList()
            << row[u"chosen"].toString() << row[u"nearest"].toString();
    }
}

void TagsCheck::choosesAsRecorded()
{
    QFETCH(QString, platform);
    QFETCH(int, minor);
    QFETCH(QStringList, wheels);
    QFETCH(QString, chosen);
    QFETCH(QString, nearest);
    const CompatibleTags tags =
        CompatibleTags::make(cpython(minor), tags::platformFromName(platform).value());
    std::sort(wheels.begin(), wheels.end()); // equal ones: the first of the files' order
    QString best;
    std::optional<int> bestRank;
    std::optional<CompatibleTags::Misfit> misfit;
    for (const QString &text : std::as_const(wheels)) {
        const std::optional<int> rank = tags.priority(wheel(text));
        QCOMPARE(rank.has_value(), !tags.misfit(wheel(text)));
        if (rank && (!bestRank || *rank > *bestRank)) {
            bestRank = rank;
            best = text;
        }
        if (const auto other = tags.misfit(wheel(text)))
            misfit = std::max(misfit.value_or(*other), *other);
    }
    QCOMPARE(best, chosen);
    if (chosen.isEmpty())
        QCOMPARE(name(misfit.value()), nearest);
}

void TagsCheck::listsPlatformsBestFirst_data()
{
    QTest::addColumn<Platform>("platform");
    QTest::addColumn<QString>("list");
    QTest::newRow("glibc 2.12")
        << Platform{System::ManyLinux, 2, 12, u"x86_64"_s}
        << u"manylinux_2_12_x86_64 manylinux2010_x86_64 manylinux_2_11_x86_64 manylinux_2_10_x86_64 "
           "manylinux_2_9_x86_64 manylinux_2_8_x86_64 manylinux_2_7_x86_64 manylinux_2_6_x86_64 "
           "manylinux_2_5_x86_64 manylinux1_x86_64 linux_x86_64"_s;
    QTest::newRow("glibc 2.18 on ARM")
        << Platform{System::ManyLinux, 2, 18, u"aarch64"_s}
        << u"manylinux_2_18_aarch64 manylinux_2_17_aarch64 manylinux2014_aarch64 linux_aarch64"_s;
    QTest::newRow("RISC-V") << Platform{System::ManyLinux, 2, 31, u"riscv64"_s}
                            << u"manylinux_2_31_riscv64 linux_riscv64"_s;
    QTest::newRow("glibc older than its first tag")
        << Platform{System::ManyLinux, 2, 5, u"s390x"_s} << u"linux_s390x"_s;
    QTest::newRow("no manylinux for it")
        << Platform{System::ManyLinux, 2, 40, u"armv6l"_s} << u"linux_armv6l"_s;
    QTest::newRow("musl") << Platform{System::MuslLinux, 1, 2, u"x86_64"_s}
                          << u"musllinux_1_2_x86_64 musllinux_1_1_x86_64 musllinux_1_0_x86_64 linux_x86_64"_s;
    QTest::newRow("Windows") << Platform{System::Windows, 0, 0, u"amd64"_s} << u"win_amd64"_s;
    QTest::newRow("Windows on ARM") << Platform{System::Windows, 0, 0, u"arm64"_s} << u"win_arm64"_s;
    QTest::newRow("Windows, 32 bit") << Platform{System::Windows, 0, 0, u"x86"_s} << u"win32"_s;
    QTest::newRow("macOS 12 on ARM")
        << Platform{System::MacOs, 12, 6, u"arm64"_s}
        << u"macosx_12_0_arm64 macosx_12_0_universal2 macosx_11_0_arm64 macosx_11_0_universal2 "
           "macosx_10_16_universal2 macosx_10_15_universal2 macosx_10_14_universal2 macosx_10_13_universal2 "
           "macosx_10_12_universal2 macosx_10_11_universal2 macosx_10_10_universal2 macosx_10_9_universal2 "
           "macosx_10_8_universal2 macosx_10_7_universal2 macosx_10_6_universal2 macosx_10_5_universal2 "
           "macosx_10_4_universal2"_s;
    QTest::newRow("macOS 10.5")
        << Platform{System::MacOs, 10, 5, u"x86_64"_s}
        << u"macosx_10_5_x86_64 macosx_10_5_intel macosx_10_5_fat64 macosx_10_5_fat32 macosx_10_5_universal2 "
           "macosx_10_5_universal macosx_10_4_x86_64 macosx_10_4_intel macosx_10_4_fat64 macosx_10_4_fat32 "
           "macosx_10_4_universal2 macosx_10_4_universal"_s;
    QTest::newRow("other") << Platform{System::Other, 14, 0, u"amd64"_s} << QString();
}

void TagsCheck::listsPlatformsBestFirst()
{
    QFETCH(Platform, platform);
    QFETCH(QString, list);
    QCOMPARE(platform.tags().join(u' '), list);
}

void TagsCheck::listsTagsBestFirst_data()
{
    QTest::addColumn<PythonAbi>("python");
    QTest::addColumn<QString>("list");
    QTest::newRow("CPython 3.3")
        << cpython(3)
        << u"cp33-cp33m-win_amd64 cp33-abi3-win_amd64 cp33-none-win_amd64 cp32-abi3-win_amd64 "
           "py33-none-win_amd64 py3-none-win_amd64 py32-none-win_amd64 py31-none-win_amd64 "
           "py30-none-win_amd64 "
           "cp33-none-any py33-none-any py3-none-any py32-none-any py31-none-any py30-none-any"_s;
    QTest::newRow("PyPy 3.1")
        << PythonAbi{u"pypy"_s, 3, 1, false, 7, 3}
        << u"pp31-pypy31_pp73-win_amd64 py31-none-win_amd64 py3-none-win_amd64 py30-none-win_amd64 "
           "py31-none-any py3-none-any py30-none-any"_s;
    QTest::newRow("GraalPy")
        << PythonAbi{u"graalpy"_s, 3, 0, false, 24, 2}
        << u"graalpy30-graalpy242_30_native-win_amd64 py30-none-win_amd64 py3-none-win_amd64 py30-none-any py3-none-any"_s;
}

void TagsCheck::listsTagsBestFirst()
{
    QFETCH(PythonAbi, python);
    QFETCH(QString, list);
    QCOMPARE(CompatibleTags::make(python, {System::Windows, 0, 0, u"amd64"_s}).list().join(u' '), list);
}

void TagsCheck::ranksInOrderOfTheList()
{
    for (const bool isFreeThreaded : {false, true}) {
        PythonAbi python = cpython(16);
        python.isFreeThreaded = isFreeThreaded;
        const CompatibleTags tags =
            CompatibleTags::make(python, tags::platformFromName(u"x86_64-apple-darwin").value());
        const QStringList list = tags.list();
        QCOMPARE(QSet<QString>(list.begin(), list.end()).size(), list.size());
        for (qsizetype i = 1; i < list.size(); ++i)
            QVERIFY2(
                *tags.priority(wheel(list[i - 1])) > *tags.priority(wheel(list[i])), qPrintable(list[i]));
        QCOMPARE(list.contains(u"cp316-cp316t-macosx_13_0_x86_64"), isFreeThreaded);
        QCOMPARE(list.contains(u"cp315-abi3t-macosx_13_0_x86_64"), isFreeThreaded);
        QVERIFY(!list.contains(u"cp314-abi3t-macosx_13_0_x86_64"));
        QCOMPARE(list.contains(u"cp316-cp316-macosx_13_0_x86_64"), !isFreeThreaded);
        QCOMPARE(list.contains(u"cp38-abi3-macosx_13_0_x86_64"), !isFreeThreaded);
    }
    const CompatibleTags linux = CompatibleTags::make(cpython(12), {System::ManyLinux, 2, 28, u"x86_64"_s});
    // A wheel with several tags has the rank of its best.
    QCOMPARE(linux.priority(wheel(u"cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.win_amd64"_s)),
        linux.priority(wheel(u"cp312-cp312-manylinux_2_17_x86_64"_s)));
}

void TagsCheck::saysWhatDoesNotFit_data()
{
    QTest::addColumn<bool>("isFreeThreaded");
    QTest::addColumn<QString>("misfit");
    const auto row = [](const char *tag, const char *misfit) {
        QTest::newRow(tag) << false << QString::fromLatin1(misfit);
    };
    row("py2-none-any", "Python");
    row("cp313-cp313-manylinux_2_28_x86_64", "Python");
    row("pp312-pypy312_pp73-manylinux_2_28_x86_64", "Python");
    row("cp311-cp311-manylinux_2_28_x86_64", "Abi");
    row("cp312-cp312t-manylinux_2_28_x86_64", "Abi");
    row("cp312-cp312-manylinux_2_29_x86_64", "Platform");
    row("cp312-cp312-win_amd64", "Platform");
    row("py3-none-macosx_11_0_arm64", "Platform");
    row("py2.py3-none-win32", "Platform");
    row("cp312-cp312-manylinux_2_28_x86_64", "");
    QTest::newRow("cp312-abi3-manylinux_2_28_x86_64") << true << u"FreeThreadedAbi"_s;
    QTest::newRow("cp313-cp313t-manylinux_2_28_x86_64") << true << u"Python"_s;
    QTest::newRow("cp312-cp312t-win_amd64") << true << u"Platform"_s;
    QTest::newRow("py3-none-any") << true << QString();
}

void TagsCheck::saysWhatDoesNotFit()
{
    QFETCH(bool, isFreeThreaded);
    QFETCH(QString, misfit);
    PythonAbi python = cpython(12);
    python.isFreeThreaded = isFreeThreaded;
    const auto found = CompatibleTags::make(python, {System::ManyLinux, 2, 28, u"x86_64"_s})
                           .misfit(wheel(QString::fromLatin1(QTest::currentDataTag())));
    QCOMPARE(found ? name(*found) : QString(), misfit);
}

QTEST_GUILESS_MAIN(TagsCheck)
#include "tags.moc"
