// SPDX-License-Identifier: Apache-2.0
#include <cerrno>

#include <QTest>

#include "files/files.h"
#include "files/system.h"
#include "kit/small_environment.h"
#include "wheel/carry_out.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using files::system::FaultPlan;
using kit::SmallEnvironment;
using wheel::Change;
using wheel::Journal;

namespace {

const auto StageName = u".sconce-stage-1"_s;

Change move(const SmallEnvironment &environment, const QString &from, const QString &to)
{
    return {Change::Kind::Move, from, to, wheel::inodeOf(environment.path(from)), 0};
}

Change exchange(const SmallEnvironment &environment, const QString &from, const QString &to)
{
    return {Change::Kind::Exchange, from, to, wheel::inodeOf(environment.path(from)),
        wheel::inodeOf(environment.path(to))};
}

/// An environment with a stage: a file that arrives, one that is replaced, one that goes, and names that need
/// care.
struct Staged {
    SmallEnvironment environment;
    QString stage = environment.path(StageName);
    std::vector<Change> changes;

    Staged()
    {
        const QString inStage = StageName + u"/new/"_s;
        for (const auto &[path, text] :
            {std::pair(inStage + u"arrives"_s, "a"), {inStage + u"replaces"_s, "new"}, {u"replaces"_s, "old"},
                {u"goes"_s, "g"}, {inStage + u"odd 100%\nname\u00e9"_s, "o"}})
            kit::spill(environment.path(path), text);
        QVERIFY(files::makeFolder(stage + u"/old"_s));
        changes = {move(environment, inStage + u"arrives"_s, u"arrives"_s),
            exchange(environment, inStage + u"replaces"_s, u"replaces"_s),
            move(environment, u"goes"_s, StageName + u"/old/goes"_s),
            move(environment, inStage + u"odd 100%\nname\u00e9"_s, u"odd 100%\nname\u00e9"_s)};
    }
    bool isOld() const
    {
        return !files::exists(environment.path(u"arrives"_s)) && environment.text(u"replaces"_s) == "old"
            && files::exists(environment.path(u"goes"_s));
    }
    bool isNew() const
    {
        return environment.text(u"arrives"_s) == "a" && environment.text(u"replaces"_s) == "new"
            && !files::exists(environment.path(u"goes"_s))
            && environment.text(u"odd 100%\nname\u00e9"_s) == "o";
    }
    Journal journal() const { return {.changes = changes}; }
};

} // namespace

class JournalCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItWrote();
    void isNothingWhenTorn_data();
    void isNothingWhenTorn();
    void carriesOutAndDropsTheJournal();
    void finishesFromEveryStep_data();
    void finishesFromEveryStep();
    void takesBackFromEveryStep();
    void dropsAStageWithoutJournal();
    void leavesWhatWasChangedMeanwhile();
    void refusesToCommitOverAChange();
    void refusesACopiedEnvironment();
    void moves_withTheEnvironment();
    void refusesANewerProgramsJournal();
    void finishesAnOlderProgramsJournal();
    void finishesFilesToo_data();
    void finishesFilesToo();
    void needsNoEnvironment();
};

void JournalCheck::readsWhatItWrote()
{
    const Staged staged;
    QVERIFY(wheel::writeJournal(staged.environment.root(), StageName, staged.journal()));
    const auto read = wheel::readJournal(staged.environment.root(), StageName);
    QVERIFY(read);
    QVERIFY(read->changes == staged.changes);
}

void JournalCheck::isNothingWhenTorn_data()
{
    QTest::addColumn<int>("kept");
    for (const int kept : {0, 1, 20, 60, 99})
        QTest::addRow("%d of 100 parts", kept) << kept;
}

void JournalCheck::isNothingWhenTorn()
{
    QFETCH(int, kept);
    const Staged staged;
    QVERIFY(wheel::writeJournal(staged.environment.root(), StageName, staged.journal()));
    const QString path = staged.stage + u"/journal"_s;
    const QByteArray whole = kit::slurp(path);
    kit::spill(path, whole.first(whole.size() * kept / 100));
    QCOMPARE(wheel::readJournal(staged.environment.root(), StageName).error().kind(), ErrorKind::NotFound);
    QVERIFY(wheel::recover(staged.environment.root()));
    QVERIFY(staged.isOld());
    QVERIFY(!files::exists(staged.stage));
}

void JournalCheck::carriesOutAndDropsTheJournal()
{
    const Staged staged;
    QVERIFY(wheel::carryOut(staged.environment.root(), StageName, staged.journal()));
    QVERIFY(staged.isNew());
    QVERIFY(!files::exists(staged.stage + u"/journal"_s));
    QCOMPARE(kit::slurp(staged.stage + u"/new/replaces"_s), "old"_ba);
}

void JournalCheck::finishesFromEveryStep_data()
{
    QTest::addColumn<int>("steps");
    for (int steps = 0; steps <= 4; ++steps)
        QTest::addRow("%d made", steps) << steps;
}

void JournalCheck::finishesFromEveryStep()
{
    QFETCH(int, steps);
    const Staged staged;
    QVERIFY(wheel::writeJournal(staged.environment.root(), StageName, staged.journal()));
    for (int i = 0; i < steps; ++i)
        QVERIFY(wheel::make(staged.environment.root(), staged.changes[std::size_t(i)]));
    QVERIFY(wheel::recover(staged.environment.root()));
    QVERIFY(staged.isNew());
    QVERIFY(!files::exists(staged.stage));
    QVERIFY(wheel::recover(staged.environment.root()));
}

void JournalCheck::takesBackFromEveryStep()
{
    int faults = 0;
    for (bool isReached = true; isReached;) {
        const Staged staged;
        const FaultPlan plan(++faults, EACCES, FaultPlan::Reach::OneCall);
        const auto done = wheel::carryOut(staged.environment.root(), StageName, staged.journal());
        isReached = plan.isReached();
        QVERIFY(done ? staged.isNew() : staged.isOld());
        if (!done) {
            QCOMPARE(done.error().kind(), ErrorKind::Denied);
            QVERIFY(!files::exists(staged.stage + u"/journal"_s));
        }
    }
    QVERIFY(faults > 9);
}

void JournalCheck::dropsAStageWithoutJournal()
{
    const Staged staged;
    QVERIFY(wheel::recover(staged.environment.root()));
    QVERIFY(staged.isOld());
    QVERIFY(!files::exists(staged.stage));
}

void JournalCheck::leavesWhatWasChangedMeanwhile()
{
    const Staged staged;
    QVERIFY(wheel::writeJournal(staged.environment.root(), StageName, staged.journal()));
    QVERIFY(files::remove(staged.environment.path(u"replaces"_s)));
    kit::spill(staged.environment.path(u"replaces"_s), "mine");
    const JobContext context = JobContext::unwatched();
    QVERIFY(wheel::recover(staged.environment.root(), context));
    QCOMPARE(staged.environment.text(u"replaces"_s), "mine"_ba);
    QCOMPARE(staged.environment.text(u"arrives"_s), "a"_ba);
    QVERIFY(context.progress().logFrom(0).join(u'\n').contains(u"“replaces”"_s));
}

// F23: another program changed the environment between the plan and the change.
void JournalCheck::refusesToCommitOverAChange()
{
    const Staged staged;
    QVERIFY(files::remove(staged.environment.path(u"goes"_s)));
    kit::spill(staged.environment.path(u"goes"_s), "mine");
    const auto done = wheel::carryOut(staged.environment.root(), StageName, staged.journal());
    QVERIFY(!done);
    QVERIFY(done.error().summary().contains(u"changed by another program"_s));
    QCOMPARE(staged.environment.text(u"goes"_s), "mine"_ba);
    QVERIFY(staged.isOld());
}

// F43
void JournalCheck::refusesACopiedEnvironment()
{
    const Staged staged;
    QVERIFY(wheel::writeJournal(staged.environment.root(), StageName, staged.journal()));
    const QByteArray text = kit::slurp(staged.stage + u"/journal"_s);
    QVERIFY(files::rename(staged.stage, staged.environment.path(u"elsewhere"_s)));
    kit::spill(staged.stage + u"/journal"_s, text);
    const auto recovered = wheel::recover(staged.environment.root());
    QVERIFY(!recovered);
    QVERIFY(recovered.error().summary().contains(u"copied"_s));
    QVERIFY(!recovered.error().hints().isEmpty());
}

// F43
void JournalCheck::moves_withTheEnvironment()
{
    const Staged staged;
    QVERIFY(wheel::writeJournal(staged.environment.root(), StageName, staged.journal()));
    const QString moved = staged.environment.outside(u"moved"_s);
    QVERIFY(files::rename(staged.environment.root(), moved));
    QVERIFY(wheel::recover(moved));
    QCOMPARE(kit::slurp(moved + u"/arrives"_s), "a"_ba);
    QVERIFY(files::rename(moved, staged.environment.root()));
    QVERIFY(staged.isNew());
}

// F43
void JournalCheck::refusesANewerProgramsJournal()
{
    const Staged staged;
    QVERIFY(wheel::writeJournal(staged.environment.root(), StageName, staged.journal()));
    const QString path = staged.stage + u"/journal"_s;
    QByteArray text = kit::slurp(path).replace("sconce journal 2\n", "sconce journal 3\n");
    text = text.first(text.lastIndexOf("sum "));
    kit::spill(path, text + "sum " + files::sha256(text).toHex() + '\n');
    const auto recovered = wheel::recover(staged.environment.root());
    QVERIFY(!recovered);
    QCOMPARE(recovered.error().kind(), ErrorKind::BadInput);
    QVERIFY(files::exists(staged.stage));
}

// F43
void JournalCheck::finishesAnOlderProgramsJournal()
{
    const Staged staged;
    QByteArray text = "sconce journal 1\nstage " + QByteArray::number(wheel::inodeOf(staged.stage)) + '\n';
    for (const Change &change : staged.changes) {
        text += (change.kind == Change::Kind::Move ? "move " : "exchange ")
            + QByteArray::number(change.fromInode) + ' ' + QByteArray::number(change.toInode) + ' '
            + change.from.toUtf8().toPercentEncoding("/") + ' ' + change.to.toUtf8().toPercentEncoding("/")
            + '\n';
    }
    kit::spill(staged.stage + u"/journal"_s, text + "sum " + files::sha256(text).toHex() + '\n');
    QVERIFY(wheel::recover(staged.environment.root()));
    QVERIFY(staged.isNew());
    QVERIFY(!files::exists(staged.stage));
}

void JournalCheck::finishesFilesToo_data()
{
    QTest::addColumn<QByteArray>("found");
    QTest::addColumn<QByteArray>("left");
    QTest::addRow("not written yet") << "before"_ba << "after"_ba;
    QTest::addRow("written") << "after"_ba << "after"_ba;
    QTest::addRow("somebody else's") << "mine"_ba << "mine"_ba;
}

// F07
void JournalCheck::finishesFilesToo()
{
    QFETCH(QByteArray, found);
    QFETCH(QByteArray, left);
    const Staged staged;
    const QString changed = staged.environment.outside(u"py project.toml"_s);
    const QString made = staged.environment.outside(u"uv.lock"_s);
    const QString gone = staged.environment.outside(u"gone"_s);
    kit::spill(changed, found);
    kit::spill(gone, "g");
    Journal journal = staged.journal();
    journal.files = {
        {changed, "before"_ba, "after"_ba}, {made, std::nullopt, "made"_ba}, {gone, "g"_ba, std::nullopt}};
    QVERIFY(wheel::writeJournal(staged.environment.root(), StageName, journal));
    const auto read = wheel::readJournal(staged.environment.root(), StageName);
    QVERIFY(read);
    QVERIFY(read->files == journal.files);
    const JobContext context = JobContext::unwatched();
    QVERIFY(wheel::recover(staged.environment.root(), context));
    QCOMPARE(kit::slurp(changed), left);
    QCOMPARE(kit::slurp(made), "made"_ba);
    QVERIFY(!files::exists(gone));
    QVERIFY(staged.isNew());
    QCOMPARE(context.progress().logFrom(0).join(u'\n').contains(u"py project.toml"_s), found == "mine");
}

void JournalCheck::needsNoEnvironment()
{
    const QTemporaryDir folder;
    QVERIFY(wheel::recover(folder.path()));
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

QTEST_GUILESS_MAIN(JournalCheck)
#include "journal.moc"
