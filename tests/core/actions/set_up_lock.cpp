// SPDX-License-Identifier: Apache-2.0
// Setting up a project by its lock: written with the environment, kept while it holds.
#include <QTest>

#include "core/actions/planning_check.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using checks::asText;
using checks::namesOf;

class SetUpLockCheck : public checks::PlanningCheck {
    Q_OBJECT

private Q_SLOTS:
    void init() { makeWorld(); }
    void writesTheLockWithTheEnvironment();
    void keepsALockThatHolds();
    void leavesTheOldLockWhenApplyingFails();
    void locksOnceForEveryComputer_data();
    void locksOnceForEveryComputer();
    void plansMembersOfWorkspaces();
    void prefersTheLocksVersionsFromABackend();
    void refusesALockNobodyCanRead();
};

void SetUpLockCheck::writesTheLockWithTheEnvironment()
{
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\n"
        "dependencies = [\"alpha\", \"gamma ; sys_platform == 'win32'\"]\n");
    const QString file = m_world->folder() + u"/uv.lock"_s;
    TAKE_PLAN(plan, propose());
    QCOMPARE(asText(plan), u"alpha 1.1, beta 2.0"_s);
    QCOMPARE(plan.files.size(), std::size_t(1));
    QCOMPARE(plan.files[0].path, file);
    QVERIFY(!plan.files[0].before);
    QVERIFY(plan.files[0].after.contains("name = \"gamma\"")); // for those who have Windows
    QVERIFY(!QFile::exists(file));
    VERIFY_RESULT(actions::applyPlan(plan, m_world->tools(), JobContext::unwatched()));
    QCOMPARE(kit::slurp(file), plan.files[0].after);
    QCOMPARE(m_world->installedText(), u"alpha==1.1 beta==2.0"_s);

    TAKE_PLAN(again, propose());
    QVERIFY(again.isEmpty());
    // What only another computer needs changes the lock and nothing else.
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\n"
        "dependencies = [\"alpha\"]\n");
    TAKE_PLAN(third, propose());
    QVERIFY(third.operations.empty());
    QCOMPARE(third.files.size(), std::size_t(1));
    QCOMPARE(third.files[0].details, QStringList{u"gamma  3.0 → –"_s});
    VERIFY_RESULT(actions::applyPlan(third, m_world->tools(), JobContext::unwatched()));
    QVERIFY(!kit::slurp(file).contains("gamma"));
}

void SetUpLockCheck::keepsALockThatHolds()
{
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\ndependencies = "
        "[\"alpha<1.1\"]\n");
    TAKE_PLAN(first, propose());
    const QByteArray lock = first.files[0].after;
    m_world->write(u"uv.lock"_s, lock);
    // A newer release that would do as well is not even looked for.
    m_world->offer({{.name = u"alpha"_s, .version = u"1.0.1"_s}});
    TAKE_PLAN(plan, propose());
    QCOMPARE(asText(plan), u"alpha 1.0"_s);
    QVERIFY(plan.files.empty());
    VERIFY_RESULT(actions::applyPlan(plan, m_world->tools(), JobContext::unwatched()));
    QCOMPARE(kit::slurp(m_world->folder() + u"/uv.lock"_s), lock);
    QCOMPARE(m_world->installedText(), u"alpha==1.0"_s);

    // It is an input of the plan.
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\ndependencies = "
        "[\"alpha<1.1\"]\n[dependency-groups]\ndev = [\"gamma\"]\n");
    TAKE_PLAN(more, propose({.groups = namesOf(u"dev"_s)}));
    QCOMPARE(asText(more), u"gamma 3.0"_s);
    m_world->write(u"uv.lock"_s, lock + "# another program\n");
    const Result<> applied = actions::applyPlan(more, m_world->tools(), JobContext::unwatched());
    QVERIFY(!applied);
    QVERIFY2(applied.error().summary().contains(u"uv.lock"), qPrintable(applied.error().summary()));
    QCOMPARE(kit::slurp(m_world->folder() + u"/uv.lock"_s), lock + "# another program\n");
    QCOMPARE(m_world->installedText(), u"alpha==1.0"_s);
}

void SetUpLockCheck::leavesTheOldLockWhenApplyingFails()
{
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\ndependencies = "
        "[\"gamma\"]\n");
    TAKE_PLAN(first, propose());
    VERIFY_RESULT(actions::applyPlan(first, m_world->tools(), JobContext::unwatched()));
    const QByteArray lock = kit::slurp(m_world->folder() + u"/uv.lock"_s);
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\ndependencies = "
        "[\"alpha\", \"gamma\"]\n");
    TAKE_PLAN(second, propose());
    m_world->fetcher.on(
        "https://pypi.test/files/beta-2.0-py3-none-any.whl", [](const net::Request &) -> Result<net::Reply> {
            return std::unexpected(Error(ErrorKind::Offline, u"gone"_s));
        });
    QVERIFY(!actions::applyPlan(second, m_world->tools(), JobContext::unwatched()));
    QCOMPARE(kit::slurp(m_world->folder() + u"/uv.lock"_s), lock);
    QCOMPARE(m_world->installedText(), u"gamma==3.0"_s);
}

void SetUpLockCheck::locksOnceForEveryComputer_data()
{
    QTest::addColumn<QString>("extras");
    QTest::addColumn<QString>("expected");
    QTest::newRow("neither") << QString() << u"gamma 3.0"_s;
    QTest::newRow("cpu") << u"cpu"_s << u"gamma 3.0, torch 2.9.0+cpu"_s;
    QTest::newRow("cu128") << u"cu128"_s << u"gamma 3.0, torch 2.9.0+cu128"_s;
}

void SetUpLockCheck::locksOnceForEveryComputer()
{
    QFETCH(const QString, extras);
    QFETCH(const QString, expected);
    m_world->write(u"pyproject.toml"_s, R"([project]
name = "demo"
version = "1"
requires-python = ">=3.9"
dependencies = ["gamma"]
[project.optional-dependencies]
cpu = ["torch==2.9.0"]
cu128 = ["torch==2.9.0"]
[tool.uv]
conflicts = [[{ extra = "cpu" }, { extra = "cu128" }]]
[[tool.uv.index]]
name = "pytorch-cpu"
url = "https://torch.test/whl/cpu"
explicit = true
[[tool.uv.index]]
name = "pytorch-cu128"
url = "https://torch.test/whl/cu128"
explicit = true
[tool.uv.sources]
torch = [{ index = "pytorch-cpu", extra = "cpu" }, { index = "pytorch-cu128", extra = "cu128" }]
)");
    TAKE_PLAN(plan, propose({.extras = namesOf(extras)}));
    QCOMPARE(asText(plan), expected);
    TAKE_PLAN(other, propose({.extras = namesOf(u"cpu"_s)}));
    QCOMPARE(plan.files.at(0).after, other.files.at(0).after);
    VERIFY_RESULT(actions::applyPlan(plan, m_world->tools(), JobContext::unwatched()));
    TAKE_PLAN(again, propose({.extras = namesOf(extras)}));
    QVERIFY(again.isEmpty());
}

void SetUpLockCheck::plansMembersOfWorkspaces()
{
    m_world->write(u"pyproject.toml"_s, R"([project]
name = "root"
version = "1"
requires-python = ">=3.9"
dependencies = ["gamma"]
[tool.uv.workspace]
members = ["part"]
)");
    m_world->write(u"part/pyproject.toml"_s,
        "[project]\nname = \"part\"\nversion = \"1\"\nrequires-python = \">=3.9\"\ndependencies = "
        "[\"alpha<1.1\", \"root\"]\n[tool.uv.sources]\nroot = { workspace = true }\n");
    TAKE_PLAN(whole, propose());
    QCOMPARE(asText(whole), u"gamma 3.0"_s);
    TAKE_PLAN(part, actions::planSetUp(open(u"part"_s), {}, m_world->tools(), JobContext::unwatched()));
    QCOMPARE(asText(part), u"alpha 1.0, gamma 3.0"_s);
    QCOMPARE(part.files.at(0).path, m_world->folder() + u"/uv.lock"_s);
    QCOMPARE(part.files.at(0).after, whole.files.at(0).after);
    QCOMPARE(part.inputs.size(), std::size_t(2));
}

void SetUpLockCheck::prefersTheLocksVersionsFromABackend()
{
    m_world->offer({{.name = u"torch"_s, .version = u"2.9.1"_s}});
    m_world->offerTorch("cpu", u"2.9.1+cpu"_s);
    m_world->write(u"pyproject.toml"_s, R"([project]
name = "demo"
version = "1"
requires-python = ">=3.9"
dependencies = ["torch<2.9.1", "alpha<1.1"]
[tool.sconce]
torch-mirror = "https://torch.test/whl"
)");
    TAKE_PLAN(first, propose());
    m_world->write(u"uv.lock"_s, first.files.at(0).after);
    m_world->write(u"pyproject.toml"_s, R"([project]
name = "demo"
version = "1"
requires-python = ">=3.9"
dependencies = ["torch", "alpha"]
[tool.sconce]
torch-mirror = "https://torch.test/whl"
)");
    m_world->offerTorch("cu128", u"2.9.0+cu128"_s);
    TAKE_PLAN(plan, propose({.backend = u"cu128"_s}));
    QCOMPARE(asText(plan), u"alpha 1.0, torch 2.9.0+cu128"_s);
    QVERIFY(plan.files.at(0).after.contains("version = \"2.9.0\""));
}

void SetUpLockCheck::refusesALockNobodyCanRead()
{
    m_world->write(
        u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"alpha\"]\n");
    m_world->write(u"uv.lock"_s, "version = 1\n<<<<<<< ours\nrevision = 5\n=======\n>>>>>>> theirs\n");
    const Outcome outcome = propose();
    QVERIFY(!outcome);
    QVERIFY(outcome.error().place());
    QVERIFY(kit::slurp(m_world->folder() + u"/uv.lock"_s).contains("<<<<<<<"));
}

QTEST_GUILESS_MAIN(SetUpLockCheck)
#include "set_up_lock.moc"
