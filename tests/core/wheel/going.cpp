// SPDX-License-Identifier: Apache-2.0
#include "wheel/going.h"

#include <cerrno>

#include <QTest>

#include "core/wheel/small_wheels.h"
#include "files/system.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using files::system::FaultPlan;
using kit::SmallEnvironment;
using small::changed;
using small::neighbourWheel;
using small::newWheel;
using small::oldWheel;
using wheel::FileChange;

namespace {

/// A project with an environment that was changed four times, and what it was each time.
struct Told {
    SmallEnvironment environment;
    QString project = environment.outside(u"pyproject.toml"_s);
    QString lock = environment.outside(u"uv.lock"_s);
    /// Before the first change, then after each.
    QList<QByteArray> past{all()};

    explicit Told(int changes = 4)
    {
        for (int i = 1; i <= changes; ++i)
            QVERIFY(change(i));
    }

    /// Everything that a change may touch.
    QByteArray all() const
    {
        return environment.listing() + "\npyproject.toml " + kit::slurp(project) + "\nuv.lock "
            + (files::exists(lock) ? kit::slurp(lock) : "(none)");
    }

    FileChange toward(const QString &path, const QByteArray &after) const
    {
        return {path, files::exists(path) ? std::optional(kit::slurp(path)) : std::nullopt, after};
    }

    small::Wish wish(int number) const
    {
        const QByteArray text = QByteArray::number(number);
        wheel::Company company{.files = {}, .note = "change " + text};
        if (number != 2)
            company.files.push_back(toward(project, "project " + text));
        if (number == 1 || number == 3)
            company.files.push_back(toward(lock, "lock " + text));
        switch (number) {
        case 1: return {.add = {oldWheel()}, .remove = {}, .company = company};
        case 2: return {.add = {neighbourWheel()}, .remove = {}, .company = company};
        case 3: return {.add = {newWheel()}, .remove = {u"own"_s}, .company = company};
        default: break;
        }
        return {.add = {}, .remove = {u"neighbour"_s}, .company = company};
    }

    Result<> change(int number)
    {
        SCONCE_TRY(changed(environment, wish(number)));
        past.append(all());
        return {};
    }
    Result<> go(int number) const { return wheel::go(environment.root(), number, JobContext::unwatched()); }
    /// "4 3 2u": the newest first, u for those that were undone.
    QString states() const
    {
        QStringList texts;
        for (const wheel::State &state : wheel::statesIn(environment.root()))
            texts.append(QString::number(state.number) + (state.isUndone ? u"u"_s : QString()));
        return texts.join(u' ');
    }
    QStringList stages() const
    {
        return QDir(environment.root()).entryList({wheel::StagePrefix + u'*'}, QDir::Dirs | QDir::Hidden);
    }
};

#define VERIFY_DONE(result)                                                                                  \
    do {                                                                                                     \
        const Result<> verified = (result);                                                                  \
        QVERIFY2(verified, verified ? "" : qPrintable(verified.error().forLog()));                           \
    } while (false)

} // namespace

class GoingCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ::umask(022); }
    void restoresEachState_data();
    void restoresEachState();
    void goesStepByStep();
    void forgetsUndoneChangesWithTheNext();
    void keepsFiveStates();
    void tellsWhatAStateCosts();
    void isOneStateAtEveryFault_data();
    void isOneStateAtEveryFault();
    void changesFilesWithPackages_data();
    void changesFilesWithPackages();
    void changesFilesAlone();
    void needsNoRoom();
    void bytecodeIsNoObstacle_data();
    void bytecodeIsNoObstacle();
    void refusesWhatOthersChanged_data();
    void refusesWhatOthersChanged();
    void leavesWhatOthersAdded();
    void worksWhereTheProjectMovedTo();
    void takesANewEnvironmentAway();
    void takesAwayWhollyAtEveryFault();
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

// F03, F05, F10, F11: which call ever fails or is the last, it is one of the states, with its files.
void GoingCheck::isOneStateAtEveryFault_data()
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

void GoingCheck::isOneStateAtEveryFault()
{
    QFETCH(int, error);
    QFETCH(FaultPlan::Reach, reach);
    QFETCH(bool, isForward);
    int faults = 0;
    int olds = 0;
    for (bool isReached = true; isReached;) {
        const Told told;
        if (isForward)
            VERIFY_DONE(told.go(2));
        const QByteArray old = told.past[isForward ? 1 : 4];
        const QByteArray wanted = told.past[isForward ? 4 : 1];
        const QString oldStates = told.states();
        const int number = isForward ? 4 : 2;
        Result<> done;
        {
            const FaultPlan plan(++faults, error, reach);
            done = told.go(number);
            isReached = plan.isReached();
        }
        if (reach == FaultPlan::Reach::Crash && faults % 2 == 0) {
            const FaultPlan plan(1 + faults % 9, error, reach);
            (void)wheel::recover(told.environment.root());
        }
        VERIFY_DONE(wheel::recover(told.environment.root()));
        QVERIFY(told.stages().isEmpty());
        const QByteArray now = told.all();
        const QString states = isForward ? u"4 3 2 1"_s : u"4u 3u 2u 1"_s;
        QVERIFY2(
            now == old || now == wanted, qPrintable(u"fault %1: "_s.arg(faults) + QString::fromUtf8(now)));
        QCOMPARE(told.states(), now == old ? oldStates : states);
        olds += now == old;
        if (done)
            QCOMPARE(now, wanted);
        else if (reach == FaultPlan::Reach::OneCall)
            QCOMPARE(now, old);
        if (now == old) {
            VERIFY_DONE(told.go(number));
            QCOMPARE(told.all(), wanted);
        }
    }
    QVERIFY2(
        faults > 20 && olds > 5 && olds < faults, qPrintable(u"%1 faults, %2 old"_s.arg(faults).arg(olds)));
}

// F07: pyproject.toml, uv.lock and the environment change together.
void GoingCheck::changesFilesWithPackages_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<FaultPlan::Reach>("reach");
    QTest::addColumn<int>("number");
    for (const int number : {1, 3}) {
        QTest::addRow("F07 change %d, killed", number) << EIO << FaultPlan::Reach::Crash << number;
        QTest::addRow("F07 F10 change %d, disk full", number)
            << ENOSPC << FaultPlan::Reach::OneCall << number;
    }
}

void GoingCheck::changesFilesWithPackages()
{
    QFETCH(int, error);
    QFETCH(FaultPlan::Reach, reach);
    QFETCH(int, number);
    const Told reference(number);
    int faults = 0;
    int olds = 0;
    for (bool isReached = true; isReached;) {
        Told told(number - 1);
        const small::Wish wish = told.wish(number);
        Result<> done;
        {
            const FaultPlan plan(++faults, error, reach);
            done = changed(told.environment, wish);
            isReached = plan.isReached();
        }
        VERIFY_DONE(wheel::recover(told.environment.root()));
        const QByteArray now = told.all();
        const bool isOld = now == told.past.last();
        olds += isOld;
        QVERIFY2(isOld || now == reference.past.last(),
            qPrintable(u"fault %1: "_s.arg(faults) + QString::fromUtf8(now)));
        QCOMPARE(told.states(), isOld ? Told(number - 1).states() : reference.states());
        QVERIFY2(!done || !isOld, qPrintable(u"fault %1 was not told"_s.arg(faults)));
        if (isOld)
            VERIFY_DONE(told.change(number));
        else
            VERIFY_DONE(told.go(number));
        QCOMPARE(told.all(), isOld ? reference.past.last() : told.past.last());
    }
    QVERIFY2(
        faults > 30 && olds > 5 && olds < faults, qPrintable(u"%1 faults, %2 old"_s.arg(faults).arg(olds)));
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
    VERIFY_DONE(wheel::go(moved + u"/env"_s, 1, JobContext::unwatched()));
    QVERIFY(!files::exists(moved + u"/pyproject.toml"_s));
    VERIFY_DONE(wheel::go(moved + u"/env"_s, 1, JobContext::unwatched()));
    QCOMPARE(kit::slurp(moved + u"/pyproject.toml"_s), "new"_ba);
}

namespace {

/// The environment was made for the first change.
void makeFirst(Told &told)
{
    small::Wish wish = told.wish(1);
    wish.company.madeEnvironment = true;
    VERIFY_DONE(changed(told.environment, wish));
    VERIFY_DONE(told.change(2));
    kit::spill(told.environment.library(u"__pycache__/own.cpython-312.pyc"_s), "c");
}

} // namespace

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

// F03
void GoingCheck::takesAwayWhollyAtEveryFault()
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
