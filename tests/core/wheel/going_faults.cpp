// SPDX-License-Identifier: Apache-2.0
// Undoing that is cut short: killed, or without room, at every call that changes a disk.
#include <algorithm>
#include <cerrno>

#include <QTest>

#include "core/wheel/told.h"
#include "files/system.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using files::system::FaultPlan;
using small::changed;
using small::makeFirst;
using small::Told;

class GoingFaultsCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ::umask(022); }
    void isOneStateAtEveryFault_data();
    void isOneStateAtEveryFault();
    void changesFilesWithPackages_data();
    void changesFilesWithPackages();
    void takesAwayWhollyAtEveryFault();
};

// F03, F05, F10, F11: which call ever fails or is the last, it is one of the states, with its files.
void GoingFaultsCheck::isOneStateAtEveryFault_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<FaultPlan::Reach>("reach");
    QTest::addColumn<bool>("isForward");
    for (const bool isForward : {false, true}) {
        const char *what = isForward ? "made again" : "undone";
        QTest::addRow("F03 F05 three changes %s, killed", what)
            << EIO << FaultPlan::Reach::Crash << isForward;
        QTest::addRow("F10 F11 three changes %s, disk full", what)
            << ENOSPC << FaultPlan::Reach::OneCall << isForward;
    }
    QTest::addRow("F19 three changes undone, not supported here")
        << EINVAL << FaultPlan::Reach::OneCall << false;
}

void GoingFaultsCheck::isOneStateAtEveryFault()
{
    QFETCH(int, error);
    QFETCH(FaultPlan::Reach, reach);
    QFETCH(bool, isForward);
    const Told told;
    if (isForward)
        VERIFY_DONE(told.go(2));
    const QByteArray old = told.past[isForward ? 1 : 4];
    const QByteArray wanted = told.past[isForward ? 4 : 1];
    const QString oldStates = told.states();
    const QString wantedStates = isForward ? u"4 3 2 1"_s : u"4u 3u 2u 1"_s;
    const int there = isForward ? 4 : 2;
    const int back = isForward ? 2 : 4;
    int faults = 0;
    int olds = 0;
    for (bool isReached = true; isReached;) {
        QCOMPARE(told.all(), old);
        Result<> done;
        {
            const FaultPlan plan(++faults, error, reach);
            done = told.go(there);
            isReached = plan.isReached();
        }
        if (reach == FaultPlan::Reach::Crash && faults % 2 == 0) {
            const FaultPlan plan(1 + faults % 9, error, reach);
            (void)wheel::recover(told.environment.root());
        }
        VERIFY_DONE(wheel::recover(told.environment.root()));
        QVERIFY(told.stages().isEmpty());
        const QByteArray now = told.all();
        QVERIFY2(
            now == old || now == wanted, qPrintable(u"fault %1: "_s.arg(faults) + QString::fromUtf8(now)));
        QCOMPARE(told.states(), now == old ? oldStates : wantedStates);
        olds += now == old;
        if (done)
            QCOMPARE(now, wanted);
        else if (reach == FaultPlan::Reach::OneCall)
            QCOMPARE(now, old);
        // I8: the same again succeeds.
        if (now == old)
            VERIFY_DONE(told.go(there));
        QCOMPARE(told.all(), wanted);
        VERIFY_DONE(told.go(back));
    }
    QVERIFY2(
        faults > 20 && olds > 5 && olds < faults, qPrintable(u"%1 faults, %2 old"_s.arg(faults).arg(olds)));
}

// F07: pyproject.toml, uv.lock and the environment change together.
void GoingFaultsCheck::changesFilesWithPackages_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<FaultPlan::Reach>("reach");
    QTest::addColumn<int>("number");
    QTest::addRow("F07 a first installation, killed") << EIO << FaultPlan::Reach::Crash << 1;
    QTest::addRow("F07 an upgrade, killed") << EIO << FaultPlan::Reach::Crash << 3;
    QTest::addRow("F07 F10 an upgrade, disk full") << ENOSPC << FaultPlan::Reach::OneCall << 3;
}

void GoingFaultsCheck::changesFilesWithPackages()
{
    QFETCH(int, error);
    QFETCH(FaultPlan::Reach, reach);
    QFETCH(int, number);
    const Told reference(number);
    const QByteArray wanted = reference.past.last();
    Told told(number - 1);
    const QByteArray old = told.past.last();
    const auto made = [&] {
        return std::ranges::count(wheel::statesIn(told.environment.root()), false, &wheel::State::isUndone);
    };
    int faults = 0;
    int olds = 0;
    // What comes before the journal is many calls of few kinds (transaction.cpp has them all).
    const int step = reach == FaultPlan::Reach::Crash ? 1 : 3;
    for (bool isReached = true; isReached;) {
        QCOMPARE(told.all(), old);
        Result<> done;
        {
            const FaultPlan plan(1 + step * faults++, error, reach);
            done = changed(told.environment, told.wish(number));
            isReached = plan.isReached();
        }
        VERIFY_DONE(wheel::recover(told.environment.root()));
        const QByteArray now = told.all();
        QVERIFY2(
            now == old || now == wanted, qPrintable(u"fault %1: "_s.arg(faults) + QString::fromUtf8(now)));
        QCOMPARE(made(), now == old ? number - 1 : number);
        QVERIFY2(!done || now == wanted, qPrintable(u"fault %1 was not told"_s.arg(faults)));
        olds += now == old;
        if (now == old)
            VERIFY_DONE(told.change(number));
        QCOMPARE(told.all(), wanted);
        VERIFY_DONE(told.go(wheel::statesIn(told.environment.root()).front().number));
    }
    QVERIFY2(
        faults > 30 && olds > 5 && olds < faults, qPrintable(u"%1 faults, %2 old"_s.arg(faults).arg(olds)));
}

// F03
void GoingFaultsCheck::takesAwayWhollyAtEveryFault()
{
    for (const FaultPlan::Reach reach : {FaultPlan::Reach::OneCall, FaultPlan::Reach::Crash}) {
        int faults = 0;
        int olds = 0;
        // Behind the switch it is only removed, file by file.
        for (bool isReached = true; isReached && faults - olds < 20;) {
            Told told(0);
            makeFirst(told);
            const QByteArray before = told.all();
            Result<> done;
            {
                const FaultPlan plan(++faults, EIO, reach);
                done = told.go(1);
                isReached = plan.isReached();
            }
            VERIFY_DONE(wheel::recover(told.environment.root()));
            const bool isOld = files::exists(told.environment.root());
            olds += isOld;
            QVERIFY(!done || !isOld);
            if (isOld)
                QCOMPARE(told.all(), before);
            else
                QCOMPARE(QDir(told.environment.outside({}))
                             .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                    QStringList());
        }
        QVERIFY(faults > 20 && olds > 5 && olds < faults);
    }
}

QTEST_GUILESS_MAIN(GoingFaultsCheck)
#include "going_faults.moc"
