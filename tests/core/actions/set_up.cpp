// SPDX-License-Identifier: Apache-2.0
#include "actions/set_up.h"

#include <QTest>

#include "core/actions/planning_check.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using checks::asText;
using checks::namesOf;

/// From a folder to a changed environment, against indexes in memory and with a real Python.
class SetUpCheck : public checks::PlanningCheck {
    Q_OBJECT

private Q_SLOTS:
    void init() { makeWorld(); }
    void opensWithoutWriting();
    void tellsWhatIsWrongWithTheEnvironment_data();
    void tellsWhatIsWrongWithTheEnvironment();
    void plansAndApplies();
    void choosesExtrasAndGroups_data();
    void choosesExtrasAndGroups();
    void refusesWhatExcludesEachOther();
    void takesTorchFromTheBackend_data();
    void takesTorchFromTheBackend();
    void refusesNonsenseInVariables_data();
    void refusesNonsenseInVariables();
    void keepsToPinnedIndexes();
    void readsRequirementsFiles();
    void tellsConflicts();
    void measuresWhatIsNotListed();
    void refusesPlanOfOldInputs();
    void refusesUnfitPython();
    void stopsAtEveryQuestion();
    void namesCommands();
};

void SetUpCheck::opensWithoutWriting()
{
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\n[project.optional-dependencies]\ngpu = "
        "[\"torchvision\"]\n");
    const actions::Overview overview = open();
    QVERIFY(overview.usesTorch);
    QCOMPARE(overview.environmentFolder, m_world->environmentFolder());
    QVERIFY(overview.installed.empty());
    QVERIFY(!overview.environmentProblem);
    QCOMPARE(
        QDir(m_world->folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 1);
    m_world->tools().variables.insert(u"UV_PROJECT_ENVIRONMENT"_s, u"../envs/demo"_s);
    QCOMPARE(open().environmentFolder, QDir::cleanPath(m_world->folder() + u"/../envs/demo"_s));
}

void SetUpCheck::tellsWhatIsWrongWithTheEnvironment_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("says");
    QTest::addRow("a file") << u".venv"_s << u"is not an environment"_s;
    QTest::addRow("other data") << u".venv/notes.txt"_s << u"is not an environment"_s;
    QTest::addRow("no Python") << u".venv/pyvenv.cfg"_s << u"does not work"_s;
    QTest::addRow("an empty folder") << QString() << QString();
}

void SetUpCheck::tellsWhatIsWrongWithTheEnvironment()
{
    QFETCH(QString, file);
    QFETCH(QString, says);
    m_world->write(u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\n");
    if (file.isEmpty())
        QVERIFY(QDir(m_world->folder()).mkpath(u".venv"_s));
    else
        m_world->write(file, "home = /nowhere\n");
    const actions::Overview overview = open();
    QCOMPARE(overview.environmentProblem.has_value(), !says.isEmpty());
    const Outcome outcome = propose();
    QCOMPARE(outcome.has_value(), says.isEmpty());
    if (!says.isEmpty()) {
        QVERIFY2(overview.environmentProblem->contains(says), qPrintable(*overview.environmentProblem));
        QCOMPARE(outcome.error().summary(), *overview.environmentProblem);
        QCOMPARE(kit::slurp(m_world->folder() + u'/' + file), "home = /nowhere\n"_ba);
    }
}

void SetUpCheck::plansAndApplies()
{
    m_world->write(
        u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"alpha\"]\n");
    TAKE_PLAN(first, propose());
    QCOMPARE(asText(first), u"alpha 1.1, beta 2.0"_s);
    QVERIFY(first.createWith);
    QCOMPARE(first.operations[0].why, u"you asked"_s);
    QCOMPARE(first.operations[1].why, u"alpha"_s);
    QVERIFY(!QFile::exists(m_world->environmentFolder()));
    VERIFY_RESULT(actions::applyPlan(first, m_world->tools(), JobContext::unwatched()));
    QCOMPARE(m_world->installedText(), u"alpha==1.1 beta==2.0"_s);

    TAKE_PLAN(second, propose());
    QVERIFY(second.operations.empty());
    QVERIFY(!second.createWith);
    QCOMPARE(second.unchanged.size(), std::size_t(2));

    // What is installed stays where it fits; what no longer fits changes, and nothing else is taken away.
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"alpha<1.1\", \"gamma\"]\n");
    TAKE_PLAN(third, propose());
    QCOMPARE(asText(third), u"alpha 1.0, gamma 3.0"_s);
    QCOMPARE(third.operations[0].kind, plan::Operation::Kind::Downgrade);
    QCOMPARE(third.warnings.size(), std::size_t(2)); // and that nobody said which Pythons the project is for
    QVERIFY2(third.warnings[0].sentence.contains(u"alpha"), qPrintable(third.warnings[0].sentence));
    VERIFY_RESULT(actions::applyPlan(third, m_world->tools(), JobContext::unwatched()));
    QCOMPARE(m_world->installedText(), u"alpha==1.0 beta==2.0 gamma==3.0"_s);
}

void SetUpCheck::choosesExtrasAndGroups_data()
{
    QTest::addColumn<QString>("extras");
    QTest::addColumn<QString>("groups");
    QTest::addColumn<QString>("expected");
    QTest::addRow("neither") << QString() << QString() << u"alpha 1.0"_s;
    QTest::addRow("an extra") << u"more"_s << QString() << u"alpha 1.0, beta 1.0"_s;
    QTest::addRow("an extra by another") << u"all"_s << QString() << u"alpha 1.0, beta 1.0, gamma 3.0"_s;
    QTest::addRow("a group") << QString() << u"dev"_s << u"alpha 1.0, gamma 3.0"_s;
    QTest::addRow("an unknown extra") << u"mor"_s << QString() << u"! “mor” ? Write “more”"_s;
    QTest::addRow("an unknown group") << QString() << u"prod"_s << u"! “prod” ? Choose one of dev and docs"_s;
}

void SetUpCheck::choosesExtrasAndGroups()
{
    QFETCH(QString, extras);
    QFETCH(QString, groups);
    QFETCH(QString, expected);
    m_world->write(u"pyproject.toml"_s, R"([project]
name = "demo"
version = "1"
dependencies = ["alpha<1.1"]
[project.optional-dependencies]
more = ["beta<2"]
all = ["Demo[more]", "gamma"]
[dependency-groups]
dev = [{ include-group = "docs" }]
docs = ["gamma"]
)");
    const Outcome outcome = propose({.extras = namesOf(extras), .groups = namesOf(groups)});
    if (expected.startsWith(u'!')) {
        QVERIFY(!outcome);
        const QStringList parts = expected.mid(2).split(u" ? "_s);
        QVERIFY2(outcome.error().summary().contains(parts[0]), qPrintable(outcome.error().summary()));
        QCOMPARE(outcome.error().hints().value(0), parts[1]);
        return;
    }
    TAKE_PLAN(plan, outcome);
    QCOMPARE(asText(plan), expected);
}

void SetUpCheck::refusesWhatExcludesEachOther()
{
    m_world->write(u"pyproject.toml"_s, R"([project]
name = "demo"
version = "1"
[project.optional-dependencies]
cpu = []
cu128 = []
[tool.uv]
conflicts = [[{ extra = "cpu" }, { extra = "cu128" }]]
)");
    const Outcome outcome = propose({.extras = namesOf(u"cpu cu128"_s)});
    QVERIFY(!outcome);
    QVERIFY2(outcome.error().summary().contains(u"the extra “cpu” and the extra “cu128”"),
        qPrintable(outcome.error().summary()));
    VERIFY_RESULT(propose({.extras = namesOf(u"cpu"_s)}));
}

void SetUpCheck::takesTorchFromTheBackend_data()
{
    QTest::addColumn<QString>("backend");
    QTest::addColumn<QString>("driver");
    QTest::addColumn<QString>("expected");
    QTest::addRow("the project's indexes") << QString() << QString() << u"torch 2.9.0"_s;
    QTest::addRow("cu128") << u"cu128"_s << QString() << u"torch 2.9.0+cu128"_s;
    QTest::addRow("cpu") << u"cpu"_s << QString() << u"torch 2.9.0+cpu"_s;
    QTest::addRow("auto without a GPU") << u"auto"_s << QString() << u"torch 2.9.0+cpu"_s;
    QTest::addRow("auto with a GPU") << u"auto"_s << u"550.54"_s << u"torch 2.9.0+cu128"_s;
    QTest::addRow("auto with an old driver") << u"auto"_s << u"470"_s << u"torch 2.9.0+cpu"_s;
    QTest::addRow("no such backend") << u"cu12.8"_s << QString() << u"!"_s;
}

void SetUpCheck::takesTorchFromTheBackend()
{
    QFETCH(QString, backend);
    QFETCH(QString, driver);
    QFETCH(QString, expected);
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"torch\"]\n"
        "[tool.sconce]\ntorch-mirror = \"https://torch.test/whl\"\n");
    if (!driver.isEmpty())
        m_world->tools().computer.environment.insert(u"UV_CUDA_DRIVER_VERSION"_s, driver);
    const Outcome outcome = propose({.backend = backend});
    if (expected == u"!") {
        QVERIFY(!outcome);
        return;
    }
    TAKE_PLAN(plan, outcome);
    QCOMPARE(asText(plan), expected);
}

void SetUpCheck::refusesNonsenseInVariables_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");
    QTest::newRow("a driver") << u"UV_CUDA_DRIVER_VERSION"_s << u"new"_s;
    QTest::newRow("an architecture") << u"UV_AMD_GPU_ARCHITECTURE"_s << u"gfx42"_s;
}

/// Also for a project that does not use PyTorch.
void SetUpCheck::refusesNonsenseInVariables()
{
    QFETCH(QString, variable);
    QFETCH(QString, value);
    m_world->write(u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\n");
    m_world->tools().computer.environment.insert(variable, value);
    const Outcome outcome = propose();
    QVERIFY(!outcome);
    QVERIFY2(outcome.error().summary().contains(variable) && outcome.error().summary().contains(value),
        qPrintable(outcome.error().summary()));
    QVERIFY(!outcome.error().hints().isEmpty());
}

void SetUpCheck::keepsToPinnedIndexes()
{
    m_world->write(u"pyproject.toml"_s, R"([project]
name = "demo"
version = "1"
dependencies = ["torch", "alpha<1.1"]
[[tool.uv.index]]
name = "cu"
url = "https://torch.test/whl/cu128"
explicit = true
[tool.uv]
environments = ["sys_platform == 'linux'"]
[tool.uv.sources]
torch = [{ index = "cu", marker = "sys_platform == 'linux'" }]
alpha = [{ index = "cu", marker = "sys_platform == 'win32'" }]
)");
    TAKE_PLAN(plan, propose({.backend = u"cpu"_s}));
    QCOMPARE(asText(plan), u"alpha 1.0, torch 2.9.0+cu128"_s);
}

void SetUpCheck::readsRequirementsFiles()
{
    m_world->write(u"requirements.txt"_s, "alpha\n-r more.txt\n-c limits.txt\n");
    m_world->write(u"more.txt"_s, "gamma\n");
    m_world->write(u"limits.txt"_s, "alpha<1.1\nbeta<1\n");
    TAKE_PLAN(plan, propose());
    QCOMPARE(asText(plan), u"alpha 1.0, gamma 3.0"_s);
    QCOMPARE(plan.inputs.size(), std::size_t(3));
}

void SetUpCheck::tellsConflicts()
{
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"alpha>=1.1\", \"beta<2\"]\n");
    const Outcome outcome = propose();
    VERIFY_RESULT(outcome);
    const auto *conflict = std::get_if<actions::SetUpConflict>(&*outcome);
    QVERIFY(conflict);
    QVERIFY2(conflict->sentence.contains(u"alpha") && conflict->sentence.contains(u"beta"),
        qPrintable(conflict->sentence));
}

void SetUpCheck::measuresWhatIsNotListed()
{
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"torch\"]\n"
        "[tool.sconce]\ntorch-mirror = \"https://torch.test/whl\"\n");
    TAKE_PLAN(plan, propose({.backend = u"cpu"_s}));
    QCOMPARE(plan.operations[0].size.source, plan::Operation::Size::Source::Measured);
    QVERIFY(plan.knownBytes() > 0);
}

void SetUpCheck::refusesPlanOfOldInputs()
{
    m_world->write(
        u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"gamma\"]\n");
    TAKE_PLAN(plan, propose());
    m_world->write(
        u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"gamma>3\"]\n");
    const Result<> applied = actions::applyPlan(plan, m_world->tools(), JobContext::unwatched());
    QVERIFY(!applied);
    QCOMPARE(applied.error().kind(), ErrorKind::BadInput);
    QVERIFY2(applied.error().summary().contains(u"pyproject.toml"), qPrintable(applied.error().summary()));
    QVERIFY(!QFile::exists(m_world->environmentFolder()));
}

void SetUpCheck::refusesUnfitPython()
{
    m_world->write(
        u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=99\"\n");
    const Outcome none = propose();
    QVERIFY(!none);
    QCOMPARE(none.error().kind(), ErrorKind::NotFound);

    m_world->write(u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\n");
    TAKE_PLAN(plan, propose());
    VERIFY_RESULT(actions::applyPlan(plan, m_world->tools(), JobContext::unwatched()));
    QVERIFY(environment::isEnvironment(m_world->environmentFolder()));
    m_world->write(
        u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \"<3\"\n");
    const Outcome unfit = propose();
    QVERIFY(!unfit);
    QVERIFY(environment::isEnvironment(m_world->environmentFolder()));

    m_world->write(u"pyproject.toml"_s,
        "[dependency-groups]\nold = []\n[tool.uv.dependency-groups]\nold = { requires-python = \"<3\" }\n");
    const Outcome group = propose({.groups = namesOf(u"old"_s)});
    QVERIFY(!group);
    QVERIFY2(group.error().summary().contains(u"old"), qPrintable(group.error().summary()));
}

void SetUpCheck::stopsAtEveryQuestion()
{
    m_world->write(
        u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"alpha\"]\n");
    // Each page and each file of metadata is a chance to stop; the answer after that is never used.
    for (const QByteArray &place : {"https://pypi.test/simple/alpha/"_ba, "https://pypi.test/simple/beta/"_ba,
             "https://pypi.test/files/alpha-1.1-py3-none-any.whl.metadata"_ba}) {
        makeWorld();
        m_world->write(
            u"pyproject.toml"_s, "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"alpha\"]\n");
        std::stop_source stop;
        m_world->fetcher.on(place, [&](const net::Request &) -> Result<net::Reply> {
            stop.request_stop();
            return std::unexpected(Error::stopped());
        });
        const Outcome outcome = propose({}, {stop.get_token(), std::make_shared<Progress>()});
        QVERIFY2(!outcome, place.constData());
        QCOMPARE(outcome.error().kind(), ErrorKind::Stopped);
        QVERIFY(!QFile::exists(m_world->environmentFolder()));
    }
}

void SetUpCheck::namesCommands()
{
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\n[project.optional-dependencies]\nx = []\n");
    const QStringList commands = actions::equivalentCommands(
        open(), {.backend = u"cu128"_s, .extras = namesOf(u"x"_s), .python = u">=3.9"_s});
    QCOMPARE(commands.sliced(1),
        (QStringList{u"uv lock"_s, u"uv venv .venv --python '>=3.9'"_s,
            u"uv pip install --python .venv -r pyproject.toml --extra x --torch-backend cu128"_s}));
    QCOMPARE(actions::equivalentCommands(open(), {.extras = namesOf(u"x"_s)}).sliced(1),
        QStringList{u"uv sync --inexact --no-install-project --no-default-groups --extra x"_s});

    QVERIFY(QFile::remove(m_world->folder() + u"/pyproject.toml"_s));
    m_world->write(u"requirements.txt"_s, "alpha\n");
    QCOMPARE(actions::equivalentCommands(open(), {}).sliced(1),
        (QStringList{u"uv venv .venv"_s, u"uv pip install --python .venv -r requirements.txt"_s}));
}

QTEST_GUILESS_MAIN(SetUpCheck)
#include "set_up.moc"
