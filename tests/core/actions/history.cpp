// SPDX-License-Identifier: Apache-2.0
#include "actions/history.h"

#include <cerrno>

#include <QTest>

#include "core/actions/planning_check.h"
#include "files/files.h"
#include "files/system.h"
#include "kit/tree_text.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using actions::Direction;
using checks::namesOf;

namespace {

/// "alpha 1.0 > 1.1, beta – > 2.0"
QString asText(const std::vector<sync::AppliedPlan::Package> &packages)
{
    const auto version = [](const std::optional<versions::Version> &one) {
        return one ? one->text() : u"–"_s;
    };
    QStringList parts;
    for (const sync::AppliedPlan::Package &package : packages)
        parts.append(package.name.text() + u' ' + version(package.from) + u" > "_s + version(package.to));
    return parts.join(u", ");
}

QByteArray projectWith(const QByteArray &dependencies)
{
    return "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\ndependencies = ["
        + dependencies + "]\n";
}

} // namespace

/// A project whose plans change pyproject.toml, uv.lock and the environment together.
class HistoryCheck : public checks::PlanningCheck {
    Q_OBJECT

private Q_SLOTS:
    void init() { makeWorld(); }
    void undoesEachPlan();
    void listsWhatWasApplied();
    void composesWhatSeveralPlansChanged();
    void saysWhatIsInTheWay();
    void refusesAPlanOfAnotherHistory();
    void hasNothingToUndo();
    void finishesWhatBrokeOffWhenTheProjectIsOpened();
    void isOldOrNewWhenApplyingIsKilled_data();
    void isOldOrNewWhenApplyingIsKilled();

private:
    QString environment() const { return m_world->environmentFolder(); }
    /// Plans the project as `edited` says, which the plan writes, and applies it.
    Result<> applyWith(const QByteArray &dependencies)
    {
        const QString path = m_world->folder() + u"/pyproject.toml"_s;
        const actions::SetUpChoice choice{
            .edits = {{.path = path, .before = kit::slurp(path), .after = projectWith(dependencies)}}};
        auto outcome = SCONCE_TRY(propose(choice));
        const plan::Plan &plan = std::get<plan::Plan>(outcome);
        return actions::applyPlan(plan, m_world->tools(), JobContext::unwatched());
    }
    Result<> undo(Direction direction = Direction::Undo, std::optional<int> number = {})
    {
        const JobContext context = JobContext::unwatched();
        const actions::UndoPlan plan =
            SCONCE_TRY(actions::planUndo(environment(), direction, number, context));
        return actions::carryOut(plan, context);
    }
    QString tree() const { return kit::treeText(m_world->folder()); }
};

// G31: offline, file by file, from another process as well: nothing is remembered but what is on the disk.
void HistoryCheck::undoesEachPlan()
{
    m_world->write(u"pyproject.toml"_s, projectWith(""));
    QStringList past{tree()};
    for (const QByteArray &dependencies :
        {"\"alpha<1.1\""_ba, "\"alpha>1\""_ba, "\"alpha>1\", \"gamma\""_ba}) {
        VERIFY_RESULT(applyWith(dependencies));
        past.append(tree());
    }
    QCOMPARE(m_world->installedText(), u"alpha==1.1 beta==2.0 gamma==3.0"_s);
    const qsizetype asked = m_world->fetcher.asked().size();
    VERIFY_RESULT(undo());
    QCOMPARE(tree(), past[2]);
    VERIFY_RESULT(undo());
    QCOMPARE(tree(), past[1]);
    QCOMPARE(m_world->installedText(), u"alpha==1.0"_s);
    VERIFY_RESULT(undo(Direction::MakeAgain));
    QCOMPARE(tree(), past[2]);
    VERIFY_RESULT(undo(Direction::MakeAgain, 3));
    QCOMPARE(tree(), past[3]);
    VERIFY_RESULT(undo(Direction::Undo, 1));
    QCOMPARE(tree(), past[0]);
    QVERIFY(!QFile::exists(environment()));
    QCOMPARE(m_world->fetcher.asked().size(), asked);
    // And the way is open again.
    VERIFY_RESULT(applyWith("\"alpha<1.1\""));
    QCOMPARE(tree(), past[1]);
}

void HistoryCheck::listsWhatWasApplied()
{
    const JobContext context = JobContext::unwatched();
    QVERIFY(actions::readHistory(environment(), context)->entries.empty());
    m_world->write(u"pyproject.toml"_s, projectWith(""));
    const QDateTime before = QDateTime::currentDateTimeUtc().addSecs(-1);
    VERIFY_RESULT(applyWith("\"alpha<1.1\""));
    VERIFY_RESULT(applyWith("\"alpha>1\""));
    VERIFY_RESULT(undo());
    const auto history = actions::readHistory(environment(), context);
    VERIFY_RESULT(history);
    QCOMPARE(history->entries.size(), std::size_t(2));
    const actions::HistoryEntry &second = history->entries[0];
    QCOMPARE(second.number, 2);
    QVERIFY(second.isUndone);
    QVERIFY(second.plan.when > before && second.plan.when <= QDateTime::currentDateTimeUtc());
    QCOMPARE(asText(second.plan.packages), u"alpha 1.0 > 1.1, beta – > 2.0"_s);
    QCOMPARE(second.plan.files.size(), std::size_t(2));
    QCOMPARE(second.plan.files[0].path, m_world->folder() + u"/pyproject.toml"_s);
    QVERIFY(!second.problem);
    QVERIFY(second.bytes > 0); // RECORD, scripts, journal: nobody shares them
    QVERIFY(!history->entries[1].isUndone);
}

void HistoryCheck::composesWhatSeveralPlansChanged()
{
    m_world->write(u"pyproject.toml"_s, projectWith(""));
    VERIFY_RESULT(applyWith("\"gamma\""));
    VERIFY_RESULT(applyWith("\"alpha<1.1\", \"gamma\""));
    VERIFY_RESULT(applyWith("\"alpha>1\", \"gamma\""));
    const JobContext context = JobContext::unwatched();
    const auto plan = actions::planUndo(environment(), Direction::Undo, 2, context);
    VERIFY_RESULT(plan);
    QCOMPARE(asText(plan->packages), u"alpha 1.1 > –, beta 2.0 > –"_s);
    QCOMPARE(plan->numbers, (std::vector{3, 2}));
    QCOMPARE(plan->files,
        (QStringList{m_world->folder() + u"/uv.lock"_s, m_world->folder() + u"/pyproject.toml"_s}));
    QVERIFY(!plan->takesEnvironmentAway);
    QVERIFY(actions::planUndo(environment(), Direction::Undo, 1, context)->takesEnvironmentAway);
    VERIFY_RESULT(actions::carryOut(*plan, context));
    const auto again = actions::planUndo(environment(), Direction::MakeAgain, {}, context);
    VERIFY_RESULT(again);
    QCOMPARE(again->numbers, std::vector{2});
    QCOMPARE(asText(again->packages), u"alpha – > 1.0"_s);
}

void HistoryCheck::saysWhatIsInTheWay()
{
    m_world->write(u"pyproject.toml"_s, projectWith(""));
    VERIFY_RESULT(applyWith("\"alpha\""));
    m_world->write(u"pyproject.toml"_s, projectWith("\"alpha\"") + "# mine\n");
    const QString before = tree();
    const JobContext context = JobContext::unwatched();
    const auto history = actions::readHistory(environment(), context);
    QVERIFY(history->entries[0].problem);
    QVERIFY(history->entries[0].problem->summary().contains(u"pyproject.toml"_s));
    const Result<> undone = undo();
    QCOMPARE(undone.error().kind(), ErrorKind::BadInput);
    QVERIFY(!undone.error().hints().isEmpty());
    QCOMPARE(tree(), before);
}

void HistoryCheck::refusesAPlanOfAnotherHistory()
{
    m_world->write(u"pyproject.toml"_s, projectWith(""));
    VERIFY_RESULT(applyWith("\"alpha\""));
    const JobContext context = JobContext::unwatched();
    const auto plan = actions::planUndo(environment(), Direction::Undo, {}, context);
    VERIFY_RESULT(plan);
    VERIFY_RESULT(applyWith("\"alpha\", \"gamma\""));
    const QString before = tree();
    const Result<> late = actions::carryOut(*plan, context);
    QVERIFY(!late);
    QCOMPARE(late.error().kind(), ErrorKind::BadInput);
    QCOMPARE(tree(), before);
}

void HistoryCheck::hasNothingToUndo()
{
    QCOMPARE(undo().error().kind(), ErrorKind::NotFound);
    m_world->write(u"pyproject.toml"_s, projectWith(""));
    VERIFY_RESULT(applyWith("\"alpha\""));
    QCOMPARE(undo(Direction::MakeAgain).error().kind(), ErrorKind::NotFound);
    QCOMPARE(undo(Direction::Undo, 4).error().kind(), ErrorKind::NotFound);
}

// I8, G06: reading is enough, nobody has to try again.
void HistoryCheck::finishesWhatBrokeOffWhenTheProjectIsOpened()
{
    m_world->write(u"pyproject.toml"_s, projectWith(""));
    VERIFY_RESULT(applyWith("\"alpha<1.1\""));
    for (int nth = 20; !wheel::isUnfinished(environment()); nth += 3) {
        QCOMPARE(m_world->installedText(), u"alpha==1.0"_s);
        const files::system::FaultPlan fault(nth, EIO, files::system::FaultPlan::Reach::Crash);
        QVERIFY(!applyWith("\"alpha>1\""));
    }
    const JobContext context = JobContext::unwatched();
    VERIFY_RESULT(actions::openProject(m_world->folder(), m_world->tools(), context));
    QVERIFY(!wheel::isUnfinished(environment()));
    QCOMPARE(m_world->installedText(), u"alpha==1.1 beta==2.0"_s);
    QCOMPARE(kit::slurp(m_world->folder() + u"/pyproject.toml"_s), projectWith("\"alpha>1\""));
    QVERIFY2(context.progress().logFrom(0).join(u'\n').contains(u"had broken off"_s),
        qPrintable(context.progress().logFrom(0).join(u'\n')));
    VERIFY_RESULT(undo());
    QCOMPARE(m_world->installedText(), u"alpha==1.0"_s);
}

// F07: the plan's files and its packages are all old or all new, whichever call was the last.
void HistoryCheck::isOldOrNewWhenApplyingIsKilled_data()
{
    QTest::addColumn<int>("first");
    for (const int first : {1, 4, 7})
        QTest::addRow("F07 killed at every ninth call from %d", first) << first;
}

void HistoryCheck::isOldOrNewWhenApplyingIsKilled()
{
    QFETCH(int, first);
    m_world->write(u"pyproject.toml"_s, projectWith(""));
    VERIFY_RESULT(applyWith("\"alpha<1.1\""));
    const QString old = tree();
    VERIFY_RESULT(applyWith("\"alpha>1\", \"gamma\""));
    const QString made = tree();
    VERIFY_RESULT(undo());
    int olds = 0;
    int faults = 0;
    bool isReached = true;
    for (int nth = first; isReached; nth += 9, ++faults) {
        QCOMPARE(tree(), old);
        {
            const files::system::FaultPlan fault(nth, EIO, files::system::FaultPlan::Reach::Crash);
            (void)applyWith("\"alpha>1\", \"gamma\"");
            isReached = fault.isReached();
        }
        VERIFY_RESULT(wheel::recover(environment()));
        olds += tree() == old;
        if (tree() != old) {
            QCOMPARE(tree(), made);
            VERIFY_RESULT(undo());
        }
    }
    QVERIFY2(faults > 9 && olds > 3 && olds < faults, qPrintable(u"%1 of %2"_s.arg(olds).arg(faults)));
}

QTEST_GUILESS_MAIN(HistoryCheck)
#include "history.moc"
