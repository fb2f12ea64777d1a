// SPDX-License-Identifier: Apache-2.0
#include "wheel/going.h"

#include <QTest>

#include "core/wheel/told.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using kit::SmallEnvironment;
using small::changed;
using small::makeFirst;
using small::neighbourWheel;
using small::Told;

class GoingCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ::umask(022); }
    void restoresEachState_data();
    void restoresEachState();
    void goesStepByStep();
    void goesOnlyWhereItWasPlanned();
    void forgetsUndoneChangesWithTheNext();
    void keepsFiveStates();
    void tellsWhatAStateCosts();
    void changesFilesAlone();
    void needsNoRoom();
    void bytecodeIsNoObstacle_data();
    void bytecodeIsNoObstacle();
    void refusesWhatOthersChanged_data();
    void refusesWhatOthersChanged();
    void leavesWhatOthersAdded();
    void worksWhereTheProjectMovedTo();
    void takesANewEnvironmentAway();
    void keepsAnEnvironmentWithOtherFiles();
};

// G31
void GoingCheck::restoresEachState_data()
{
    QTest::addColumn<int>("number");
    for (int number = 1; number <= 4; ++number)
        QTest::addRow("G31 before change %d, and back again", number) << number;
}

void GoingCheck::restoresEachState()
{
    QFETCH(int, number);
    const Told told;
    QCOMPARE(told.states(), u"4 3 2 1"_s);
    QCOMPARE(wheel::statesIn(told.environment.root()).front().note, "change 4"_ba);
    VERIFY_DONE(told.go(number));
    QCOMPARE(told.all(), told.past[number - 1]);
    QVERIFY(told.stages().isEmpty());
    VERIFY_DONE(told.go(4));
    QCOMPARE(told.all(), told.past[4]);
    QCOMPARE(told.states(), u"4 3 2 1"_s);
}

void GoingCheck::goesStepByStep()
{
    const Told told;
    for (int number = 4; number >= 1; --number) {
        VERIFY_DONE(told.go(number));
        QCOMPARE(told.all(), told.past[number - 1]);
    }
    QCOMPARE(told.states(), u"4u 3u 2u 1u"_s);
    for (int number = 1; number <= 4; ++number) {
        VERIFY_DONE(told.go(number));
        QCOMPARE(told.all(), told.past[number]);
    }
    VERIFY_DONE(told.go(2));
    QCOMPARE(told.states(), u"4u 3u 2u 1"_s);
    VERIFY_DONE(told.go(3));
    QCOMPARE(told.all(), told.past[3]);
    QCOMPARE(told.states(), u"4u 3 2 1"_s);
    QCOMPARE(told.go(7).error().kind(), ErrorKind::NotFound);
}

void GoingCheck::goesOnlyWhereItWasPlanned()
{
    Told told(2);
    const auto way = wheel::wayTo(told.environment.root(), 2);
    QVERIFY(way);
    VERIFY_DONE(told.change(3));
    const Result<> late = wheel::go(told.environment.root(), *way, JobContext::unwatched());
    QCOMPARE(late.error().kind(), ErrorKind::BadInput);
    QVERIFY(late.error().summary().contains(u"since the plan was made"_s));
    QCOMPARE(told.all(), told.past[3]);
}

void GoingCheck::forgetsUndoneChangesWithTheNext()
{
    Told told;
    VERIFY_DONE(told.go(3));
    QCOMPARE(told.states(), u"4u 3u 2 1"_s);
    VERIFY_DONE(changed(told.environment, told.wish(4)));
    QCOMPARE(told.states(), u"5 2 1"_s);
    QVERIFY(!files::exists(told.environment.path(u".sconce-states/4.undone"_s)));
    VERIFY_DONE(told.go(1));
    QCOMPARE(told.all(), told.past[0]);
}

void GoingCheck::keepsFiveStates()
{
    Told told(1);
    for (int i = 0; i < 4; ++i) {
        VERIFY_DONE(told.change(2 + i % 2 * 2));
    }
    QCOMPARE(told.states(), u"5 4 3 2 1"_s);
    VERIFY_DONE(told.change(2));
    QCOMPARE(told.states(), u"6 5 4 3 2"_s);
    QVERIFY(!files::exists(told.environment.path(u".sconce-states/1"_s)));
    VERIFY_DONE(told.go(2));
    QCOMPARE(told.all(), told.past[1]);
}

void GoingCheck::tellsWhatAStateCosts()
{
    kit::Wheel big;
    big.name = "big";
    big.file("big/data.bin", QByteArray(100'000, 'x'));
    const wheel::UnpackedWheel unpacked = small::unpacked(big);
    for (const files::LinkMode mode : {files::LinkMode::HardLink, files::LinkMode::Copy}) {
        const SmallEnvironment environment;
        VERIFY_DONE(changed(environment, {.add = {unpacked}, .remove = {}, .first = mode}));
        VERIFY_DONE(changed(
            environment, {.add = {}, .remove = {u"big"_s}, .company = {.files = {}, .note = "n"_ba}}));
        const auto states = wheel::statesIn(environment.root());
        const qint64 cost = wheel::costOf(environment.root(), states.at(0));
        QVERIFY2(mode == files::LinkMode::Copy ? cost > 100'000 : cost < 50'000,
            qPrintable(QString::number(cost)));
    }
}

void GoingCheck::changesFilesAlone()
{
    Told told(1);
    VERIFY_DONE(wheel::changeFiles(told.environment.root(),
        {.files = {told.toward(told.project, "another")}, .note = "files"_ba}, JobContext::unwatched()));
    QCOMPARE(kit::slurp(told.project), "another"_ba);
    QCOMPARE(told.states(), u"2 1"_s);
    VERIFY_DONE(told.go(2));
    QCOMPARE(told.all(), told.past[1]);
    const Result<> refused = wheel::changeFiles(told.environment.root(),
        {.files = {{told.project, "not this"_ba, "x"_ba}}, .note = "files"_ba}, JobContext::unwatched());
    QCOMPARE(refused.error().kind(), ErrorKind::BadInput);
    QCOMPARE(told.all(), told.past[1]);
    QVERIFY(told.stages().isEmpty());
}

// Entries are moved: each file that comes back is the very one that left.
void GoingCheck::needsNoRoom()
{
    Told told(2);
    const QString module = told.environment.library(u"own.py"_s);
    const quint64 inode = wheel::inodeOf(module);
    VERIFY_DONE(told.change(3));
    VERIFY_DONE(told.go(3));
    QCOMPARE(wheel::inodeOf(module), inode);
}

void GoingCheck::bytecodeIsNoObstacle_data()
{
    QTest::addColumn<bool>("isShared");
    QTest::addRow("of one package") << false;
    QTest::addRow("of two packages") << true;
}

void GoingCheck::bytecodeIsNoObstacle()
{
    QFETCH(bool, isShared);
    Told told(2);
    const QString cache = told.environment.library(u"__pycache__/own.cpython-312.pyc"_s);
    const QString inFolder = told.environment.library(u"own/__pycache__/part.cpython-312.pyc"_s);
    // A folder is listed only when it is empty.
    const auto withoutBytecode = [&](const QByteArray &listing) {
        QByteArrayList lines = listing.split('\n');
        lines.removeIf([](const QByteArray &line) {
            return line.contains("__pycache__") || line.contains("site-packages/ ");
        });
        return lines.join('\n');
    };
    kit::spill(cache, "of version 1");
    if (isShared)
        kit::spill(told.environment.library(u"__pycache__/neighbour.cpython-312.pyc"_s), "n");
    VERIFY_DONE(told.change(3));
    kit::spill(cache, "of version 2");
    kit::spill(inFolder, "of version 2");
    VERIFY_DONE(told.go(3));
    QCOMPARE(withoutBytecode(told.all()), withoutBytecode(told.past[2]));
    // A folder that went as a whole is not mixed with what grew in its place.
    QCOMPARE(kit::slurp(cache), isShared ? "of version 1"_ba : ""_ba);
    kit::spill(cache, "of version 1, made again");
    VERIFY_DONE(told.go(3));
    QCOMPARE(withoutBytecode(told.all()), withoutBytecode(told.past[3]));
    QVERIFY(!files::exists(cache));
    QCOMPARE(kit::slurp(inFolder), "of version 2"_ba);
    VERIFY_DONE(told.go(1));
    QCOMPARE(withoutBytecode(told.all()), withoutBytecode(told.past[0]));
}

void GoingCheck::refusesWhatOthersChanged_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("named");
    QTest::addRow("F23 an entry was replaced") << u"replaced"_s << u"own_data"_s;
    QTest::addRow("F23 an entry was removed") << u"removed"_s << u"own_data"_s;
    QTest::addRow("the project was edited") << u"edited"_s << u"pyproject.toml"_s;
    QTest::addRow("the lock is gone") << u"unlocked"_s << u"uv.lock"_s;
    QTest::addRow("a file of nobody in a package") << u"foreign"_s << u"own/mine.txt"_s;
    QTest::addRow("F43 the environment was copied") << u"copied"_s << u".sconce-states/3"_s;
    QTest::addRow("a journal was cut") << u"torn"_s << u".sconce-states/3"_s;
}

void GoingCheck::refusesWhatOthersChanged()
{
    QFETCH(QString, what);
    QFETCH(QString, named);
    Told told(3);
    const QString entry = told.environment.library(u"own_data"_s);
    const QString state = told.environment.path(u".sconce-states/3"_s);
    if (what == u"replaced" || what == u"removed")
        QVERIFY(files::remove(entry));
    if (what == u"replaced")
        kit::spill(entry, "mine");
    if (what == u"edited")
        kit::spill(told.project, "mine");
    if (what == u"unlocked")
        QVERIFY(files::remove(told.lock));
    if (what == u"foreign")
        kit::spill(told.environment.library(u"own/mine.txt"_s), "mine");
    if (what == u"torn")
        kit::spill(state + u"/journal"_s, kit::slurp(state + u"/journal"_s).chopped(9));
    if (what == u"copied") {
        QVERIFY(files::rename(state, state + u'x'));
        QVERIFY(QDir().mkpath(state));
        for (const QString &name : {u"journal"_s, u"note"_s})
            kit::spill(state + u'/' + name, kit::slurp(state + u'x' + u'/' + name));
    }
    const QByteArray before = told.all();
    const QString states = told.states();
    for (const int number : {3, 1}) {
        const auto way = wheel::wayTo(told.environment.root(), number);
        QVERIFY(!way);
        const Result<> done = told.go(number);
        QCOMPARE(done.error().kind(), ErrorKind::BadInput);
        QCOMPARE(done.error().summary(), way.error().summary());
        QVERIFY2(done.error().summary().contains(named), qPrintable(done.error().summary()));
        QVERIFY(!done.error().hints().isEmpty());
        QCOMPARE(told.all(), before);
        QCOMPARE(told.states(), states);
        QVERIFY(told.stages().isEmpty());
    }
}

/// What does not lie in the way stays.
void GoingCheck::leavesWhatOthersAdded()
{
    Told told(1);
    VERIFY_DONE(changed(told.environment, {.add = {neighbourWheel()}})); // keeps no state, as with others
    const QByteArray neighbour = kit::slurp(told.environment.library(u"neighbour.py"_s));
    // The folder that both share came with the first one.
    const Result<> refused = told.go(1);
    QVERIFY2(
        refused.error().summary().contains(u"shared/neighbour.txt"_s), qPrintable(refused.error().summary()));
    VERIFY_DONE(told.change(3));
    VERIFY_DONE(told.go(2));
    QCOMPARE(kit::slurp(told.environment.library(u"neighbour.py"_s)), neighbour);
    QCOMPARE(kit::slurp(told.environment.library(u"own.py"_s)), "V = 1\n"_ba);
}

// F43
void GoingCheck::worksWhereTheProjectMovedTo()
{
    const SmallEnvironment environment;
    const QString inner = environment.outside(u"here"_s);
    QVERIFY(QDir().mkpath(inner));
    QVERIFY(files::rename(environment.root(), inner + u"/env"_s));
    const QString project = inner + u"/pyproject.toml"_s;
    VERIFY_DONE(wheel::changeFiles(inner + u"/env"_s,
        {.files = {{project, std::nullopt, "new"_ba}}, .note = "n"_ba}, JobContext::unwatched()));
    const QString moved = environment.outside(u"there"_s);
    QVERIFY(files::rename(inner, moved));
    const auto go = [&]() -> Result<> {
        const wheel::Way way = SCONCE_TRY(wheel::wayTo(moved + u"/env"_s, 1));
        return wheel::go(moved + u"/env"_s, way, JobContext::unwatched());
    };
    VERIFY_DONE(go());
    QVERIFY(!files::exists(moved + u"/pyproject.toml"_s));
    VERIFY_DONE(go());
    QCOMPARE(kit::slurp(moved + u"/pyproject.toml"_s), "new"_ba);
}

void GoingCheck::takesANewEnvironmentAway()
{
    Told told(0);
    makeFirst(told);
    QVERIFY(wheel::wayTo(told.environment.root(), 1)->takesEnvironmentAway);
    QVERIFY(!wheel::wayTo(told.environment.root(), 2)->takesEnvironmentAway);
    VERIFY_DONE(told.go(1));
    QVERIFY(!files::exists(told.environment.root()));
    QVERIFY(!files::exists(told.project));
    QCOMPARE(
        QDir(told.environment.outside({})).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList());
}

void GoingCheck::keepsAnEnvironmentWithOtherFiles()
{
    Told told(0);
    makeFirst(told);
    kit::spill(told.environment.path(u"share/mine"_s), "mine");
    const QByteArray before = told.all();
    const Result<> done = told.go(1);
    QVERIFY2(done.error().summary().contains(u"share/mine"_s), qPrintable(done.error().summary()));
    QCOMPARE(told.all(), before);
    VERIFY_DONE(told.go(2));
}

QTEST_GUILESS_MAIN(GoingCheck)
#include "going.moc"
