// SPDX-License-Identifier: Apache-2.0
// From a conflict to a plan: each way out that is offered changes the project so that it can be resolved.
#include "actions/project_edits.h"

#include <QTest>

#include "core/actions/planning_check.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using checks::asText;
using checks::namesOf;

class ProjectEditsCheck : public checks::PlanningCheck {
    Q_OBJECT

private Q_SLOTS:
    void init() { makeWorld(); }
    void fixes_data();
    void fixes();
    void changesNothingElse();
    void offersTextWhereTheFileCannotBeChanged();
    void refusesAFileThatChangedMeanwhile();

private:
    std::optional<actions::SetUpConflict> conflict(const actions::SetUpChoice &choice = {})
    {
        const Outcome outcome = propose(choice);
        const auto *found = outcome ? std::get_if<actions::SetUpConflict>(&*outcome) : nullptr;
        return found ? std::optional(*found) : std::nullopt;
    }
};

void ProjectEditsCheck::fixes_data()
{
    QTest::addColumn<QString>("project");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("plan");
    using Kind = resolve::Fix::Kind;
    const auto row = [](const char *name, const char *project, Kind kind, const char *written,
                         const char *plan) {
        QTest::addRow("%s", name) << QString::fromUtf8(project) << int(kind) << QString::fromUtf8(written)
                                  << QString::fromLatin1(plan);
    };
    row("a bound",
        "dependencies = [\n    \"alpha>=1.1\",\n    \"beta[x] <2 ; python_version > '3'\", # old\n]\n",
        Kind::RelaxBound, "    \"beta[x] ; python_version > '3'\", # old\n", "alpha 1.1, beta 2.0");
    row("two extras", "[project.optional-dependencies]\nnew = [\"beta>=2\"]\nold = [\"beta<2\"]\n",
        Kind::DeclareConflict, "[tool.uv]\nconflicts = [[{ extra = \"new\" }, { extra = \"old\" }]]\n", "");
    row("a further set",
        "[project.optional-dependencies]\nnew = [\"beta>=2\"]\nold = [\"beta<2\"]\na = []\nb = "
        "[]\n[tool.uv]\nconflicts = [\n    [{ extra = \"a\" }, { extra = \"b\" }],\n]\n",
        Kind::DeclareConflict,
        "    [{ extra = \"a\" }, { extra = \"b\" }],\n    [{ extra = \"new\" }, { extra = \"old\" }],\n]\n",
        "");
    row("a newer Python", "dependencies = [\"modern\"]\n", Kind::RaisePython,
        "requires-python = \">=3.10\"\n", "modern 1.0");
    row("an index",
        "dependencies = [\"torch==2.9.0+cpu\"]\n[[tool.uv.index]]\nname = \"pytorch-cpu\"\nurl = "
        "\"https://torch.test/whl/cpu\"\nexplicit = true\n",
        Kind::UseIndex, "[tool.uv.sources]\ntorch = { index = \"pytorch-cpu\" }\n", "torch 2.9.0+cpu");
}

void ProjectEditsCheck::fixes()
{
    QFETCH(const QString, project);
    QFETCH(const int, kind);
    QFETCH(const QString, written);
    QFETCH(const QString, plan);
    m_world->offer({{.name = u"modern"_s, .version = u"1.0"_s, .requiresPython = u">=3.10"_s}});
    m_world->write(u"pyproject.toml"_s,
        "# mine\n[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\n"
            + project.toUtf8());
    const QByteArray before = kit::slurp(m_world->folder() + u"/pyproject.toml"_s);
    const auto found = conflict();
    QVERIFY(found);
    const auto isMeant = [&](const actions::OfferedFix &one) {
        return one.kind == resolve::Fix::Kind(kind) && one.edits.size() == 1
            && one.edits[0].after.contains(written.toUtf8());
    };
    const auto fix = std::ranges::find_if(found->fixes, isMeant);
    QVERIFY(fix != found->fixes.end());
    QVERIFY(!fix->edits[0].details.isEmpty());
    TAKE_PLAN(planned, propose({.edits = fix->edits}));
    QCOMPARE(asText(planned), plan);
    QCOMPARE(kit::slurp(m_world->folder() + u"/pyproject.toml"_s), before);

    VERIFY_RESULT(actions::applyPlan(planned, m_world->tools(), JobContext::unwatched()));
    QCOMPARE(kit::slurp(m_world->folder() + u"/pyproject.toml"_s), fix->edits[0].after);
    QVERIFY(kit::slurp(m_world->folder() + u"/pyproject.toml"_s).startsWith("# mine\n"));
    TAKE_PLAN(again, propose());
    QVERIFY(again.isEmpty());
}

void ProjectEditsCheck::changesNothingElse()
{
    const QByteArray head =
        "[project]\r\nname = \"demo\" # name\r\nversion = \"1\"\r\nrequires-python = \">=3.9\"\r\n";
    m_world->write(
        u"pyproject.toml"_s, head + "dependencies = [\"alpha>=1.1\",\"beta<2\"] # both\r\n\r\n# end\r\n");
    const auto found = conflict();
    QVERIFY(found && !found->fixes.empty());
    const actions::OfferedFix &fix = found->fixes.back();
    QCOMPARE(fix.kind, resolve::Fix::Kind::RelaxBound);
    QVERIFY2(fix.edits.at(0).after.startsWith(head), fix.edits[0].after.constData());
    QVERIFY2(fix.edits[0].after.endsWith("] # both\r\n\r\n# end\r\n"), fix.edits[0].after.constData());
}

void ProjectEditsCheck::offersTextWhereTheFileCannotBeChanged()
{
    m_world->write(u"pyproject.toml"_s,
        R"(project = { name = "demo", version = "1", requires-python = ">=3.9" , "optional-dependencies" = { new = ["beta>=2"], old = ["beta<2"] } }
tool = { uv = { managed = true } }
)");
    const auto found = conflict();
    QVERIFY(found);
    const auto fix =
        std::ranges::find(found->fixes, resolve::Fix::Kind::DeclareConflict, &actions::OfferedFix::kind);
    QVERIFY(fix != found->fixes.end());
    QVERIFY(fix->edits.empty());
    QCOMPARE(fix->byHand, u"[tool.uv]\nconflicts = [[{ extra = \"new\" }, { extra = \"old\" }]]"_s);
}

void ProjectEditsCheck::refusesAFileThatChangedMeanwhile()
{
    const QByteArray text = "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\n"
                            "dependencies = [\"alpha>=1.1\", \"beta<2\"]\n";
    m_world->write(u"pyproject.toml"_s, text);
    const auto found = conflict();
    QVERIFY(found && !found->fixes.empty());
    TAKE_PLAN(plan, propose({.edits = found->fixes[0].edits}));
    m_world->write(u"pyproject.toml"_s, text + "# new\n");
    const Result<> applied = actions::applyPlan(plan, m_world->tools(), JobContext::unwatched());
    QVERIFY(!applied);
    QCOMPARE(applied.error().kind(), ErrorKind::BadInput);
    QCOMPARE(kit::slurp(m_world->folder() + u"/pyproject.toml"_s), text + "# new\n");
    QVERIFY(!QFile::exists(m_world->folder() + u"/uv.lock"_s));
    QVERIFY(!QFile::exists(m_world->environmentFolder()));
}

QTEST_GUILESS_MAIN(ProjectEditsCheck)
#include "project_edits.moc"
