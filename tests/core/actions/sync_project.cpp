// SPDX-License-Identifier: Apache-2.0
#include "actions/sync_project.h"

#include <QTest>

#include "actions/set_up.h"
#include "core/actions/planning_check.h"
#include "kit/tree_text.h"

using namespace Qt::StringLiterals;
using namespace sconce;

namespace {

const QByteArray Head = "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\n";

/// The words of a command line that concern parts of a project.
actions::ChosenParts partsOf(const QString &words)
{
    actions::ChosenParts parts;
    const QHash<QString, bool actions::ChosenParts::*> flags{
        {u"--all-extras"_s, &actions::ChosenParts::areAllExtras},
        {u"--all-groups"_s, &actions::ChosenParts::areAllGroups}, {u"--dev"_s, &actions::ChosenParts::isDev},
        {u"--no-dev"_s, &actions::ChosenParts::isNoDev}, {u"--only-dev"_s, &actions::ChosenParts::isOnlyDev},
        {u"--no-default-groups"_s, &actions::ChosenParts::isWithoutDefaults}};
    const QHash<QString, QStringList actions::ChosenParts::*> lists{
        {u"--extra"_s, &actions::ChosenParts::extras},
        {u"--no-extra"_s, &actions::ChosenParts::excludedExtras},
        {u"--group"_s, &actions::ChosenParts::groups},
        {u"--no-group"_s, &actions::ChosenParts::excludedGroups},
        {u"--only-group"_s, &actions::ChosenParts::onlyGroups}};
    const QStringList split = words.split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < split.size(); ++i) {
        if (flags.contains(split[i]))
            parts.*flags[split[i]] = true;
        else if (++i < split.size())
            (parts.*lists[split[i - 1]]).append(split.value(i));
    }
    return parts;
}

} // namespace

/// An environment is made equal to its lock.
class SyncProjectCheck : public checks::PlanningCheck {
    Q_OBJECT

    using Planned = Result<actions::SyncAnswer>;

    actions::SyncRequest request(const QString &folder = {})
    {
        return {.lock = {.folder = m_world->folder() + folder,
                    .options = actions::ResolveOptions::fromVariables(m_world->tools().variables)}};
    }
    Planned planned(const actions::SyncRequest &request)
    {
        return actions::planSync(request, m_world->tools(), JobContext::unwatched());
    }
    /// Of what is installed then, or the error.
    QString synced(const actions::SyncRequest &request)
    {
        const Planned answer = planned(request);
        if (!answer)
            return answer.error().summary();
        if (const auto *conflict = std::get_if<actions::LockConflict>(&*answer))
            return conflict->sentence;
        if (const auto *stale = std::get_if<actions::StaleLock>(&*answer))
            return stale->error.summary();
        const auto applied = actions::applyPlan(
            std::get<actions::SyncPlan>(*answer).plan, m_world->tools(), JobContext::unwatched());
        return applied ? m_world->installedText() : applied.error().summary();
    }

private Q_SLOTS:
    void init() { makeWorld(); }
    void choosesParts_data();
    void choosesParts();
    void removesWhatNothingNeeds();
    void looksAtTheLockAsAsked();
    void writesTheLockWithTheEnvironmentOrNeither();
    void installsTheProjectItself();
    void leavesOutWhatHasToBeBuilt();
    void installsMembersOfWorkspaces();
    void filtersPackages_data();
    void filtersPackages();
    void mendsWhatItSees_data();
    void mendsWhatItSees();
    void makesAnUnfitEnvironmentAnew();
    void keepsWhatIsNoEnvironment_data();
    void keepsWhatIsNoEnvironment();
};

void SyncProjectCheck::choosesParts_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *words, const QString &expected) {
        QTest::addRow("%s", words) << QString::fromLatin1(words) << expected;
    };
    row("", u"alpha==1.0 gamma==3.0"_s);
    row("--no-dev", u"alpha==1.0"_s);
    row("--no-default-groups", u"alpha==1.0"_s);
    row("--no-group dev", u"alpha==1.0"_s);
    row("--only-dev", u"gamma==3.0"_s);
    row("--only-group docs", u"beta==1.0"_s);
    row("--group docs", u"alpha==1.0 beta==1.0 gamma==3.0"_s);
    row("--all-groups --no-group dev", u"alpha==1.0 beta==1.0"_s);
    row("--dev --no-default-groups", u"alpha==1.0 gamma==3.0"_s);
    row("--extra two --no-dev", u"alpha==1.0 torch==2.9.0"_s);
    row("--all-extras --no-dev --no-extra two", u"alpha==1.0 beta==1.0"_s);
    row("--all-extras --no-extra one --no-dev", u"alpha==1.0 torch==2.9.0"_s);
    row("--extra one --extra two",
        u"The project says that the extra “one” and the extra “two” exclude each other"_s);
    row("--all-extras", u"The project says that the extra “one” and the extra “two” exclude each other"_s);
    row("--extra nope", u"The project has no extra “nope”"_s);
    row("--no-extra nope", u"The project has no extra “nope”"_s);
    row("--group nope", u"The project has no group “nope”"_s);
    row("--no-group nope", u"The project has no group “nope”"_s);
    row("--only-dev --no-dev", u"“--only-dev” and “--no-dev” exclude each other"_s);
    row("--only-group docs --group docs", u"“--only-group” and “--group” exclude each other"_s);
    row("--only-group docs --extra one", u"“--only-group” and “--extra” exclude each other"_s);
    row("--extra one --all-extras", u"“--all-extras” and “--extra” exclude each other"_s);
}

void SyncProjectCheck::choosesParts()
{
    QFETCH(QString, words);
    QFETCH(QString, expected);
    m_world->write(u"pyproject.toml"_s, Head + R"(dependencies = ["alpha<1.1"]
[project.optional-dependencies]
one = ["beta<2"]
two = ["torch"]
[dependency-groups]
dev = ["gamma"]
docs = ["beta==1.0"]
[tool.uv]
conflicts = [[{ extra = "one" }, { extra = "two" }]]
)");
    actions::SyncRequest asked = request();
    asked.parts = partsOf(words);
    QCOMPARE(synced(asked), expected);
}

void SyncProjectCheck::removesWhatNothingNeeds()
{
    m_world->write(u"pyproject.toml"_s, Head + "dependencies = [\"alpha\", \"gamma\"]\n");
    QCOMPARE(synced(request()), u"alpha==1.1 beta==2.0 gamma==3.0"_s);
    m_world->write(u"pyproject.toml"_s, Head + "dependencies = [\"alpha<1.1\"]\n");
    actions::SyncRequest inexact = request();
    inexact.extraneous = plan::Extraneous::Keep;
    QCOMPARE(synced(inexact), u"alpha==1.0 beta==2.0 gamma==3.0"_s);
    QCOMPARE(synced(request()), u"alpha==1.0"_s);
    const Planned nothing = planned(request());
    QVERIFY(nothing);
    QVERIFY(std::get<actions::SyncPlan>(*nothing).plan.isEmpty());
}

void SyncProjectCheck::looksAtTheLockAsAsked()
{
    using Locking = actions::SyncRequest::Locking;
    actions::SyncRequest locked = request();
    locked.locking = Locking::Locked;
    actions::SyncRequest frozen = request();
    frozen.locking = Locking::Frozen;
    const QString lock = m_world->folder() + u"/uv.lock"_s;
    m_world->write(u"pyproject.toml"_s, Head + "dependencies = [\"gamma\"]\n");
    QCOMPARE(synced(locked), u"There is no lock “%1”, and “--locked” forbids to make one"_s.arg(lock));
    QCOMPARE(synced(frozen), u"There is no lock “%1”, and “--frozen” forbids to make one"_s.arg(lock));
    QVERIFY(!QFile::exists(m_world->environmentFolder()));
    QCOMPARE(synced(request()), u"gamma==3.0"_s);
    const QByteArray bytes = kit::slurp(lock);
    m_world->write(u"pyproject.toml"_s, Head + "dependencies = [\"gamma\", \"beta\"]\n");
    QCOMPARE(synced(locked), u"uv.lock has to be made anew, and “--locked” forbids it"_s);
    QCOMPARE(synced(frozen), u"gamma==3.0"_s); // the lock as it is
    QCOMPARE(kit::slurp(lock), bytes);
    kit::spill(lock, "<<<<<<< HEAD\nversion = 1\n=======\n>>>>>>> other\n");
    QVERIFY(synced(request()).contains(u"merge"));
    QCOMPARE(kit::slurp(lock), "<<<<<<< HEAD\nversion = 1\n=======\n>>>>>>> other\n"_ba);
}

void SyncProjectCheck::writesTheLockWithTheEnvironmentOrNeither()
{
    m_world->write(u"pyproject.toml"_s, Head + "dependencies = [\"gamma\"]\n");
    m_world->fetcher.on(
        "https://pypi.test/files/gamma-3.0-py3-none-any.whl", [](const net::Request &) -> Result<net::Reply> {
            return std::unexpected(Error(ErrorKind::Offline, u"gone"_s));
        });
    QCOMPARE(synced(request()), u"gone"_s);
    QVERIFY(!QFile::exists(m_world->folder() + u"/uv.lock"_s));
    QVERIFY(!QFile::exists(m_world->environmentFolder()));
}

void SyncProjectCheck::installsTheProjectItself()
{
    const auto write = [&](const QByteArray &version, const QByteArray &more) {
        m_world->write(u"pyproject.toml"_s,
            "[project]\nname = \"demo\"\nversion = \"" + version
                + "\"\nrequires-python = \">=3.9\"\ndependencies = [\"gamma\"]\n[project.scripts]\ndemo-tool "
                  "= "
                  "\"demo:main\"\n"
                + more + "[build-system]\nrequires = [\"uv_build\"]\nbuild-backend = \"uv_build\"\n");
    };
    write("1.0", {});
    m_world->write(u"src/demo/__init__.py"_s, "def main():\n    print('here')\n");
    QCOMPARE(synced(request()), u"demo==1.0 gamma==3.0"_s);
    const environment::Installed demo = m_world->installed()[0];
    QVERIFY(demo.directUrl->isEditable);
    QCOMPARE(QUrl(demo.directUrl->url).toLocalFile(), m_world->folder());
    const QString library = QFileInfo(demo.distInfo).path();
    QCOMPARE(QString::fromUtf8(kit::slurp(library + u"/demo.pth"_s)), m_world->folder() + u"/src"_s);
    QVERIFY(QFileInfo(m_world->environmentFolder() + u"/bin/demo-tool"_s).isExecutable());

    const auto operations = [&](const actions::SyncRequest &asked) {
        const Planned answer = planned(asked);
        return answer ? checks::asText(std::get<actions::SyncPlan>(*answer).plan) : answer.error().summary();
    };
    QCOMPARE(operations(request()), QString()); // nothing changed
    m_world->write(u"src/demo/__init__.py"_s, "def main():\n    print('there')\n");
    QCOMPARE(operations(request()), QString()); // nor by what is imported from its place
    write("1.0", "other = \"demo:main\"\n");
    QCOMPARE(operations(request()), u"demo 1.0"_s); // a script more
    write("1.1", {});
    QCOMPARE(synced(request()), u"demo==1.1 gamma==3.0"_s);

    actions::SyncRequest copied = request();
    copied.editable = plan::Editable::No;
    QCOMPARE(synced(copied), u"demo==1.1 gamma==3.0"_s);
    QVERIFY(!m_world->installed()[0].directUrl->isEditable);
    QVERIFY(!QFile::exists(library + u"/demo.pth"_s));
    QCOMPARE(kit::slurp(library + u"/demo/__init__.py"_s), "def main():\n    print('there')\n"_ba);
    QCOMPARE(operations(copied), QString());
    m_world->write(u"src/demo/__init__.py"_s, "def main():\n    print('new')\n");
    QCOMPARE(operations(copied), u"demo 1.1"_s);
}

void SyncProjectCheck::leavesOutWhatHasToBeBuilt()
{
    m_world->write(u"pyproject.toml"_s,
        Head
            + "dependencies = [\"gamma\"]\n[build-system]\nrequires = [\"maturin\"]\nbuild-backend = "
              "\"maturin\"\n");
    const Planned answer = planned(request());
    QVERIFY(answer);
    const auto &plan = std::get<actions::SyncPlan>(*answer).plan;
    QCOMPARE(checks::asText(plan), u"gamma 3.0"_s);
    QCOMPARE(plan.warnings.size(), std::size_t(1));
    QVERIFY2(plan.warnings[0].sentence.contains(u"maturin"), qPrintable(plan.warnings[0].sentence));
}

void SyncProjectCheck::installsMembersOfWorkspaces()
{
    const QByteArray build = "[build-system]\nrequires = [\"uv_build\"]\nbuild-backend = \"uv_build\"\n";
    m_world->write(u"pyproject.toml"_s,
        Head
            + "dependencies = [\"core\"]\n[tool.uv.workspace]\nmembers = [\"packages/*\"]\n"
              "[tool.uv.sources]\ncore = { workspace = true }\n");
    m_world->write(u"packages/core/pyproject.toml"_s,
        "[project]\nname = \"core\"\nversion = \"2\"\nrequires-python = \">=3.9\"\ndependencies = "
        "[\"gamma\"]\n"
            + build);
    m_world->write(u"packages/core/src/core/__init__.py"_s, {});
    m_world->write(u"packages/app/pyproject.toml"_s,
        "[project]\nname = \"app\"\nversion = \"3\"\nrequires-python = \">=3.9\"\ndependencies = "
        "[\"beta<2\"]\n"
            + build);
    m_world->write(u"packages/app/src/app/__init__.py"_s, {});
    QCOMPARE(synced(request()), u"core==2 gamma==3.0"_s);
    // From a member's folder into the same environment.
    QCOMPARE(synced(request(u"/packages/app"_s)), u"app==3 beta==1.0"_s);
    actions::SyncRequest all = request();
    all.areAllMembers = true;
    QCOMPARE(synced(all), u"app==3 beta==1.0 core==2 gamma==3.0"_s);
    actions::SyncRequest one = request();
    one.members = {u"core"_s};
    QCOMPARE(synced(one), u"core==2 gamma==3.0"_s);
    one.members = {u"nobody"_s};
    QCOMPARE(synced(one), u"The workspace has no project “nobody”"_s);
    QVERIFY(QDir(m_world->folder() + u"/packages/app"_s).removeRecursively());
    all.locking = actions::SyncRequest::Locking::Frozen;
    QVERIFY2(synced(all).contains(u"“app” is not at"), qPrintable(synced(all)));
}

void SyncProjectCheck::filtersPackages_data()
{
    using Part = actions::InstallFilter::Part;
    QTest::addColumn<actions::InstallFilter>("filter");
    QTest::addColumn<QString>("expected");
    QTest::addRow("all") << actions::InstallFilter{} << u"core==2 demo==1 gamma==3.0"_s;
    QTest::addRow("no project") << actions::InstallFilter{.leftOut = {Part::Project}}
                                << u"core==2 gamma==3.0"_s;
    QTest::addRow("no workspace") << actions::InstallFilter{.leftOut = {Part::Workspace}} << u"gamma==3.0"_s;
    QTest::addRow("nothing local") << actions::InstallFilter{.leftOut = {Part::Local}} << u"gamma==3.0"_s;
    QTest::addRow("not one") << actions::InstallFilter{.leftOutPackages = {u"gamma"_s}}
                             << u"core==2 demo==1"_s;
    QTest::addRow("project only") << actions::InstallFilter{.only = {Part::Project}} << u"demo==1"_s;
    QTest::addRow("workspace only") << actions::InstallFilter{.only = {Part::Workspace}}
                                    << u"core==2 demo==1"_s;
    QTest::addRow("one only") << actions::InstallFilter{.onlyPackages = {u"gamma"_s}} << u"gamma==3.0"_s;
}

void SyncProjectCheck::filtersPackages()
{
    QFETCH(actions::InstallFilter, filter);
    QFETCH(QString, expected);
    const QByteArray build = "[build-system]\nrequires = [\"uv_build\"]\nbuild-backend = \"uv_build\"\n";
    m_world->write(u"pyproject.toml"_s,
        Head
            + "dependencies = [\"core\", \"gamma\"]\n[tool.uv.workspace]\nmembers = [\"core\"]\n"
              "[tool.uv.sources]\ncore = { workspace = true }\n"
            + build);
    m_world->write(u"src/demo/__init__.py"_s, {});
    m_world->write(u"core/pyproject.toml"_s,
        "[project]\nname = \"core\"\nversion = \"2\"\nrequires-python = \">=3.9\"\n" + build);
    m_world->write(u"core/src/core/__init__.py"_s, {});
    actions::SyncRequest asked = request();
    asked.filter = filter;
    QCOMPARE(synced(asked), expected);
}

void SyncProjectCheck::mendsWhatItSees_data()
{
    QTest::addColumn<QString>("damage");
    QTest::addColumn<QString>("operations");
    QTest::addRow("L39 RECORD is missing") << u"gamma-3.0.dist-info/RECORD"_s << u"gamma 3.0"_s;
    QTest::addRow("L39 METADATA is missing") << u"gamma-3.0.dist-info/METADATA"_s << u"gamma 3.0"_s;
    QTest::addRow("L39 all of dist-info is missing") << u"gamma-3.0.dist-info"_s << u"gamma 3.0"_s;
    QTest::addRow("L39 another dist-info beside it")
        << u"+gamma-2.0.dist-info"_s << u"gamma 3.0, gamma gone"_s;
    QTest::addRow("L39 an empty dist-info of nobody") << u"+ghost-1.0.dist-info"_s << u"ghost gone"_s;
}

void SyncProjectCheck::mendsWhatItSees()
{
    QFETCH(QString, damage);
    QFETCH(QString, operations);
    m_world->write(u"pyproject.toml"_s, Head + "dependencies = [\"beta\", \"gamma\"]\n");
    QCOMPARE(synced(request()), u"beta==2.0 gamma==3.0"_s);
    const QString before = kit::treeText(m_world->environmentFolder());
    const QString library = QFileInfo(m_world->installed()[0].distInfo).path() + u'/';
    if (damage.startsWith(u'+'))
        QVERIFY(QDir().mkpath(library + damage.sliced(1)));
    else if (QFileInfo(library + damage).isDir())
        QVERIFY(QDir(library + damage).removeRecursively());
    else
        QVERIFY(QFile::remove(library + damage));
    const Planned answer = planned(request());
    QVERIFY(answer);
    QCOMPARE(checks::asText(std::get<actions::SyncPlan>(*answer).plan), operations);
    QCOMPARE(synced(request()), u"beta==2.0 gamma==3.0"_s);
    QCOMPARE(kit::treeText(m_world->environmentFolder()), before);
    QVERIFY(std::get<actions::SyncPlan>(*planned(request())).plan.isEmpty());
}

void SyncProjectCheck::makesAnUnfitEnvironmentAnew()
{
    m_world->write(u"pyproject.toml"_s, Head + "dependencies = [\"gamma\"]\n");
    QCOMPARE(synced(request()), u"gamma==3.0"_s);
    const QString python = m_world->environmentFolder() + u"/bin/python"_s;
    m_world->write(u".venv/mine.txt"_s, "mine");
    QVERIFY(QFile::remove(python));
    QVERIFY(QFile::link(u"/nowhere/python3.12"_s, python));
    const Planned answer = planned(request());
    QVERIFY(answer);
    QVERIFY(!std::get<actions::SyncPlan>(*answer).plan.whyReplaced.isEmpty());
    QVERIFY(QFile::exists(m_world->environmentFolder() + u"/mine.txt"_s)); // nothing is written by a plan

    // The old one is back when the new one cannot be filled.
    m_world->write(u"pyproject.toml"_s, Head + "dependencies = [\"gamma\", \"beta\"]\n");
    m_world->fetcher.on(
        "https://pypi.test/files/beta-2.0-py3-none-any.whl", [](const net::Request &) -> Result<net::Reply> {
            return std::unexpected(Error(ErrorKind::Offline, u"gone"_s));
        });
    QCOMPARE(synced(request()), u"gone"_s);
    QVERIFY(QFile::exists(m_world->environmentFolder() + u"/mine.txt"_s));

    m_world->write(u"pyproject.toml"_s, Head + "dependencies = [\"gamma\"]\n");
    QCOMPARE(synced(request()), u"gamma==3.0"_s);
    QVERIFY(!QFile::exists(m_world->environmentFolder() + u"/mine.txt"_s));
    QCOMPARE(QDir(m_world->folder()).entryList({u".venv*"_s}, QDir::AllEntries | QDir::Hidden),
        QStringList{u".venv"_s});
}

void SyncProjectCheck::keepsWhatIsNoEnvironment_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("expected");
    QTest::addRow("L32 a file") << u"file"_s << u"is a file, and no environment"_s;
    QTest::addRow("L32 a link to nothing") << u"link"_s << u"where nothing is"_s;
    QTest::addRow("L32 somebody's folder") << u"folder"_s << u"is there and is not an environment"_s;
    QTest::addRow("L32 pyvenv.cfg is gone")
        << u"config"_s << u"looks like an environment whose pyvenv.cfg is gone"_s;
}

void SyncProjectCheck::keepsWhatIsNoEnvironment()
{
    QFETCH(QString, what);
    QFETCH(QString, expected);
    m_world->write(u"pyproject.toml"_s, Head + "dependencies = [\"gamma\"]\n");
    const QString folder = m_world->environmentFolder();
    if (what == u"file")
        kit::spill(folder, "mine");
    else if (what == u"link")
        QVERIFY(QFile::link(u"nowhere"_s, folder));
    else if (what == u"folder")
        kit::spill(folder + u"/mine.txt"_s, "mine");
    else {
        QCOMPARE(synced(request()), u"gamma==3.0"_s);
        QVERIFY(QFile::remove(folder + u"/pyvenv.cfg"_s));
    }
    const QString answer = synced(request());
    QVERIFY2(answer.contains(expected), qPrintable(answer));
    QCOMPARE(QFileInfo(folder).isSymLink(), what == u"link");
    if (what == u"folder")
        QCOMPARE(kit::slurp(folder + u"/mine.txt"_s), "mine"_ba);
}

QTEST_GUILESS_MAIN(SyncProjectCheck)
#include "sync_project.moc"
