// SPDX-License-Identifier: Apache-2.0
#include "actions/lock_project.h"

#include <QDir>
#include <QTest>

#include "core/actions/lock_world.h"
#include "files/digest.h"
#include "kit/tar_gz_writer.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using actions::LockOutcome;
using actions::LockRequest;

/// Locking against an index in memory: a and b in versions 1 to 3, b needs a.
class LockProjectCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesALock();
    void aLockThatHoldsIsLeftAlone();
    void versionsStayWhileTheyFit();
    void upgradesOnePackage();
    void upgradesEverything();
    void onlyLooks();
    void aConflictIsAResult();
    void locksAtTheRootOfTheWorkspace();
    void readsPlaces();
    void placesThatOnlyABuildCouldTell();
    void foldersOfWheelsJoinTheIndexes();
    void listsWheelsOfFoldersByTheirTags();
    void locksSourcesThatSayWhatTheyNeed();
    void refusesADamagedLock_data();
    void refusesADamagedLock();
    void keepsWhatChangedMeanwhile();
    void needsAProject();

private:
    std::unique_ptr<checks::LockWorld> m_world;
};

void LockProjectCheck::init()
{
    m_world = std::make_unique<checks::LockWorld>();
}

void LockProjectCheck::writesALock()
{
    m_world->writeProject("\"b<3\"");
    const LockOutcome outcome = m_world->lock();
    QVERIFY(outcome.isChanged());
    QVERIFY(!outcome.before);
    QCOMPARE(outcome.bytes, m_world->lockFile());
    QCOMPARE(m_world->versions(), u"a 3, b 2"_s);
    QCOMPARE(outcome.changes.size(), 3U);
    QVERIFY(outcome.warnings.isEmpty());
}

void LockProjectCheck::aLockThatHoldsIsLeftAlone()
{
    m_world->writeProject("\"b<3\"");
    m_world->lock();
    // Another layout means the same.
    const QByteArray written = m_world->lockFile().replace("\nname = ", "\n\nname   =  ");
    m_world->write(u"uv.lock"_s, written);
    const auto asked = m_world->fetcher.asked().size();
    m_world->writeProject("\"b <3\", \"b\"", "# a comment\n");
    const LockOutcome outcome = m_world->lock();
    QVERIFY(!outcome.isChanged());
    QVERIFY(outcome.reason.isEmpty());
    QCOMPARE(m_world->lockFile(), written);
    QCOMPARE(m_world->fetcher.asked().size(), asked);
}

void LockProjectCheck::versionsStayWhileTheyFit()
{
    m_world->writeProject("\"a<3\", \"b<2\"");
    m_world->lock();
    QCOMPARE(m_world->versions(), u"a 2, b 1"_s);
    m_world->writeProject("\"a\", \"b\"");
    const LockOutcome outcome = m_world->lock();
    QVERIFY(outcome.isChanged()); // what is asked for stands in the lock, too
    QVERIFY(!outcome.reason.isEmpty());
    QVERIFY(outcome.changes.empty());
    QCOMPARE(m_world->versions(), u"a 2, b 1"_s);
    m_world->writeProject("\"a>2\", \"b\"");
    const std::vector<lock::VersionChange> changes = m_world->lock().changes;
    QCOMPARE(m_world->versions(), u"a 3, b 1"_s);
    QCOMPARE(changes.size(), 1U);
    QCOMPARE(changes.front().name.text(), u"a"_s);
    QCOMPARE(changes.front().before.front()->text(), u"2"_s);
    QCOMPARE(changes.front().after.front()->text(), u"3"_s);
}

void LockProjectCheck::upgradesOnePackage()
{
    m_world->writeProject("\"a<3\", \"b<2\"");
    m_world->lock();
    m_world->writeProject("\"a\", \"b\"");
    LockRequest one = m_world->request();
    one.upgradePackages = {u"b"_s};
    m_world->lock(one);
    QCOMPARE(m_world->versions(), u"a 2, b 3"_s);
    one.upgradePackages = {u"b==2"_s};
    m_world->lock(one);
    QCOMPARE(m_world->versions(), u"a 2, b 2"_s);
    QVERIFY(!m_world->lock().isChanged()); // the bound was for that run
    one.upgradePackages = {u"b=>2"_s};
    QCOMPARE(m_world->failure(one).kind(), ErrorKind::BadInput);
}

void LockProjectCheck::upgradesEverything()
{
    m_world->writeProject("\"a<3\", \"b<2\"");
    m_world->lock();
    m_world->writeProject("\"a\", \"b\"");
    LockRequest all = m_world->request();
    all.isUpgrade = true;
    m_world->lock(all);
    QCOMPARE(m_world->versions(), u"a 3, b 3"_s);
    QVERIFY(!m_world->lock(all).isChanged());
}

void LockProjectCheck::onlyLooks()
{
    m_world->writeProject("\"a\"");
    LockRequest look = m_world->request();
    look.writing = LockRequest::Writing::Look;
    const LockOutcome outcome = m_world->lock(look);
    QVERIFY(outcome.isChanged());
    QVERIFY(!QFile::exists(outcome.file));
}

void LockProjectCheck::aConflictIsAResult()
{
    m_world->writeProject("\"a\"");
    m_world->lock();
    const QByteArray before = m_world->lockFile();
    m_world->writeProject("\"c\", \"a>1\"");
    const auto answer = actions::lockProject(m_world->request(), m_world->tools(), JobContext::unwatched());
    QVERIFY(answer);
    const auto *conflict = std::get_if<actions::LockConflict>(&*answer);
    QVERIFY(conflict);
    QVERIFY(!conflict->sentence.isEmpty());
    QVERIFY(!conflict->fixes.empty()); // c with an older a
    QCOMPARE(m_world->lockFile(), before);
}

void LockProjectCheck::locksAtTheRootOfTheWorkspace()
{
    m_world->writeProject("\"member\"",
        "[tool.uv.workspace]\nmembers = [\"packages/*\"]\n[tool.uv.sources]\nmember = { workspace = true "
        "}\n");
    m_world->write(u"packages/member/pyproject.toml"_s,
        "[project]\nname = \"member\"\nversion = \"1\"\nrequires-python = \">=3.12\"\ndependencies = "
        "[\"b\"]\n");
    m_world->write(u"other/pyproject.toml"_s,
        "[project]\nname = \"other\"\nversion = \"1\"\nrequires-python = \">=3.12\"\n");
    LockRequest fromMember = m_world->request();
    fromMember.folder += u"/packages/member"_s;
    QCOMPARE(m_world->lock(fromMember).file, m_world->folder() + u"/uv.lock"_s);
    QCOMPARE(m_world->versions(), u"a 3, b 3"_s);
    // A project below the root that is no member of it is on its own.
    LockRequest fromOther = m_world->request();
    fromOther.folder += u"/other"_s;
    QCOMPARE(m_world->lock(fromOther).file, m_world->folder() + u"/other/uv.lock"_s);
}

void LockProjectCheck::readsPlaces()
{
    m_world->writeProject("\"near\"", "[tool.uv.sources]\nnear = { path = \"near\" }\n");
    m_world->write(u"near/pyproject.toml"_s,
        "[project]\nname = \"near\"\nversion = \"2\"\ndependencies = [\"b<2\", \"far\"]\n[build-system]\n"
        "requires = []\n[tool.uv.sources]\nfar = { path = \"../far\", editable = true }\n");
    m_world->write(u"far/pyproject.toml"_s,
        "[project]\nname = \"far\"\ndynamic = [\"version\"]\ndependencies = "
        "[\"c\"]\n[build-system]\nrequires = []\n");
    const LockOutcome outcome = m_world->lock();
    QCOMPARE(m_world->versions(), u"a 1, b 1, c 1"_s);
    const QByteArray text = m_world->lockFile();
    QVERIFY(text.contains("source = { directory = \"near\" }"));
    QVERIFY(text.contains("source = { editable = \"far\" }"));
    QVERIFY(!m_world->lock().isChanged());
    m_world->write(u"far/pyproject.toml"_s,
        "[project]\nname = \"far\"\ndynamic = [\"version\"]\ndependencies = []\n[build-system]\nrequires = "
        "[]\n");
    QVERIFY(m_world->lock().isChanged());
    QCOMPARE(m_world->versions(), u"a 1, b 1"_s);
}

void LockProjectCheck::placesThatOnlyABuildCouldTell()
{
    m_world->writeProject("\"near\"", "[tool.uv.sources]\nnear = { path = \"near\" }\n");
    m_world->write(u"near/setup.py"_s, "");
    QCOMPARE(m_world->failure(m_world->request()).kind(), ErrorKind::BadInput);
    m_world->write(u"near/pyproject.toml"_s,
        "[project]\nname = \"near\"\nversion = \"1\"\ndynamic = [\"dependencies\"]\n");
    QCOMPARE(m_world->failure(m_world->request()).kind(), ErrorKind::BadInput);
    m_world->write(u"near/pyproject.toml"_s, "[project]\nname = \"other\"\nversion = \"1\"\n");
    QCOMPARE(m_world->failure(m_world->request()).kind(), ErrorKind::BadInput);
    QVERIFY(!QFile::exists(m_world->folder() + u"/uv.lock"_s));
}

void LockProjectCheck::foldersOfWheelsJoinTheIndexes()
{
    for (const kit::TinyWheel &wheel : std::vector<kit::TinyWheel>{{.name = u"a"_s, .version = u"3"_s},
             {.name = u"a"_s, .version = u"4"_s}, {.name = u"b"_s, .version = u"4"_s},
             {.name = u"own"_s, .version = u"1"_s, .requiresDist = {u"a"_s}}})
        m_world->write(u"wheels/"_s + wheel.fileName(), wheel.bytes());
    // A package that is pinned comes from its index alone.
    m_world->writeProject("\"own\", \"b\"",
        "[tool.uv]\nfind-links = [\"./wheels\"]\n[[tool.uv.index]]\nname = \"main\"\n"
        "url = \"https://pypi.test/simple\"\nexplicit = true\n[tool.uv.sources]\nb = { index = \"main\" }\n");
    m_world->lock();
    QCOMPARE(m_world->versions(), u"a 4, b 3, own 1"_s);
    QVERIFY2(
        m_world->lockFile().contains("name = \"own\"\nversion = \"1\"\nsource = { registry = \"wheels\" }\n"
                                     "dependencies = [\n    { name = \"a\" },\n]\nwheels = [\n"
                                     "    { path = \"own-1-py3-none-any.whl\""),
        m_world->lockFile().constData());
    QVERIFY(!m_world->lock().isChanged());
    // A path that was written whole is kept so.
    const QString wheels = m_world->folder() + u"/wheels"_s;
    m_world->writeProject("\"own\"", "[tool.uv]\nfind-links = [\"" + wheels.toUtf8() + "\"]\n");
    m_world->lock();
    QVERIFY2(m_world->lockFile().contains("source = { registry = \"" + wheels.toUtf8() + "\" }"),
        m_world->lockFile().constData());
    QVERIFY(m_world->lockFile().contains("{ path = \"" + wheels.toUtf8() + "/own-1-py3-none-any.whl\""));
    QVERIFY(!m_world->lock().isChanged());
    // The version that both have is taken from the folder.
    m_world->writeProject("\"a<4\"", "[tool.uv]\nfind-links = [\"wheels\"]\n");
    m_world->lock();
    QCOMPARE(m_world->versions(), u"a 3"_s);
    QVERIFY(m_world->lockFile().contains("source = { registry = \"wheels\" }"));
    QVERIFY(!m_world->lockFile().contains("files.test") && !m_world->lockFile().contains("pypi.test"));
}

/// Neither the order of the names nor sizes: a lock of a folder has none.
void LockProjectCheck::listsWheelsOfFoldersByTheirTags()
{
    for (const char *tags : {"cp313-cp313-win_amd64", "cp314-cp314-macosx_11_0_arm64", "cp312-abi3-any",
             "cp313-cp313-manylinux2014_x86_64", "cp313-cp313-manylinux_2_28_x86_64", "cp313-cp313t-win32",
             "cp312.cp313-none-win32", "py3-none-any"}) {
        const kit::TinyWheel wheel{.name = u"own"_s, .version = u"1"_s};
        m_world->write(u"wheels/own-1-%1.whl"_s.arg(QLatin1StringView(tags)), wheel.bytes());
    }
    m_world->writeProject("\"own\"",
        "[[tool.uv.index]]\nname = \"local\"\nurl = \"wheels\"\nformat = \"flat\"\n"
        "[tool.uv.sources]\nown = { index = \"local\" }\n");
    m_world->lock();
    QByteArray expected = "wheels = [\n";
    for (const char *tags : {"py3-none-any", "cp312-abi3-any", "cp313-cp313-manylinux_2_28_x86_64",
             "cp313-cp313-manylinux2014_x86_64", "cp313-cp313-win_amd64", "cp313-cp313t-win32",
             "cp314-cp314-macosx_11_0_arm64", "cp312.cp313-none-win32"})
        expected += "    { path = \"own-1-" + QByteArray(tags) + ".whl\" },\n";
    QVERIFY2(m_world->lockFile().contains(expected + "]\n"), m_world->lockFile().constData());
    QVERIFY(!m_world->lock().isChanged());
}

/// d has no wheel; what it needs is in its sources, for every build of them.
void LockProjectCheck::locksSourcesThatSayWhatTheyNeed()
{
    const auto offer = [&](const QByteArray &version) {
        const QByteArray archive = kit::tarGz(kit::tarRecord(
            "d-1/PKG-INFO", "Metadata-Version: " + version + "\nName: d\nVersion: 1\nRequires-Dist: a<3\n"));
        m_world->fetcher.serve("https://files.test/d-1.tar.gz", archive);
        m_world->fetcher.serve("https://pypi.test/simple/d/",
            R"({"meta": {"api-version": "1.0"}, "name": "d", "files": [{"filename": "d-1.tar.gz", "url": "https://files.test/d-1.tar.gz", "hashes": {"sha256": ")"
                + files::sha256Hex(archive).toUtf8() + R"("}}]})",
            "application/vnd.pypi.simple.v1+json");
    };
    offer("2.1");
    m_world->writeProject("\"d\"");
    const Error error = m_world->failure(m_world->request());
    QVERIFY2(error.summary().contains(u"d-1.tar.gz"), qPrintable(error.forLog()));
    offer("2.2");
    m_world->lock();
    QCOMPARE(m_world->versions(), u"a 2, d 1"_s);
    QVERIFY(
        m_world->lockFile().contains("sdist = { url = \"https://files.test/d-1.tar.gz\", hash = \"sha256:"));
    QVERIFY(!m_world->lock().isChanged());
}

void LockProjectCheck::refusesADamagedLock_data()
{
    QTest::addColumn<QByteArray>("damage");
    QTest::newRow("merge markers") << QByteArray("<<<<<<< ours\n");
    QTest::newRow("no TOML") << QByteArray("x = [\n");
    QTest::newRow("another format") << QByteArray("version = 2\n");
    QTest::newRow("nothing") << QByteArray("\n");
}

void LockProjectCheck::refusesADamagedLock()
{
    QFETCH(QByteArray, damage);
    m_world->writeProject("\"a\"");
    m_world->lock();
    const QByteArray broken =
        damage + (damage.startsWith('<') ? m_world->lockFile() + "=======\n>>>>>>> theirs\n" : "");
    m_world->write(u"uv.lock"_s, broken);
    for (const bool isUpgrade : {false, true}) {
        LockRequest wish = m_world->request();
        wish.isUpgrade = isUpgrade;
        const Error error = m_world->failure(wish);
        QCOMPARE(error.kind(), ErrorKind::BadInput);
        QVERIFY(error.place());
        QVERIFY(error.place()->file.endsWith(u"uv.lock"));
        QCOMPARE(m_world->lockFile(), broken);
    }
}

void LockProjectCheck::keepsWhatChangedMeanwhile()
{
    m_world->writeProject("\"a\"");
    m_world->lock();
    m_world->writeProject("\"a<3\"");
    const QString file = m_world->folder() + u"/uv.lock"_s;
    const QByteArray theirs = m_world->lockFile() + "\n";
    const auto page =
        m_world->fetcher.fetch({.url = QUrl(u"https://pypi.test/simple/a/"_s)}, JobContext::unwatched());
    m_world->fetcher.on("https://pypi.test/simple/a/", [&](const net::Request &) -> Result<net::Reply> {
        kit::spill(file, theirs);
        return page;
    });
    const Error error = m_world->failure(m_world->request());
    QCOMPARE(error.kind(), ErrorKind::BadInput);
    QCOMPARE(m_world->lockFile(), theirs);
}

void LockProjectCheck::needsAProject()
{
    QCOMPARE(m_world->failure(m_world->request()).kind(), ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(LockProjectCheck)
#include "lock_project.moc"
