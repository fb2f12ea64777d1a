// SPDX-License-Identifier: Apache-2.0
// Locks with archives: wheels and sources at paths and addresses, sources on an index, and what would have to
// be built.
#include <QTest>

#include "core/actions/lock_world.h"
#include "files/digest.h"
#include "kit/tar_gz_writer.h"

using namespace Qt::StringLiterals;
using namespace sconce;

class LockArchivesCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<checks::LockWorld>(); }
    void locksArchives_data();
    void locksArchives();
    void takesFilesNamedDirectly();
    void takesWhatTheProjectStates();
    void saysWhatWouldHaveToBeBuilt_data();
    void saysWhatWouldHaveToBeBuilt();
    void withoutBuildsSourcesOfAnIndexDoNotCount();

private:
    std::unique_ptr<checks::LockWorld> m_world;
};

namespace {

const QByteArray Stated = "[project]\nname = \"d\"\nversion = \"1.5\"\nrequires-python = \">=3.8\"\n"
                          "dependencies = [\"a<3\"]\n[project.optional-dependencies]\nmore = [\"b\"]\n";
const QByteArray Metadata =
    "[package.metadata]\nrequires-dist = [\n    { name = \"a\", specifier = \"<3\" },\n"
    "    { name = \"b\", marker = \"extra == 'more'\" },\n]\nprovides-extras = [\"more\"]\n";

QByteArray sources(const QByteArray &pyproject, const QByteArray &folder = "d-1.5/")
{
    return kit::tarGz(kit::tarRecord(folder, {}, '5') + kit::tarRecord(folder + "pyproject.toml", pyproject));
}

QByteArray zipped(const QByteArray &pyproject)
{
    kit::ZipArchive zip;
    zip.members.push_back({.name = "d-main/setup.py", .data = ""});
    zip.members.push_back({.name = "d-main/pyproject.toml", .data = pyproject});
    return zip.bytes();
}

QByteArray hashOf(const QByteArray &bytes)
{
    return "sha256:" + files::sha256Hex(bytes).toUtf8();
}

} // namespace

void LockArchivesCheck::locksArchives_data()
{
    QTest::addColumn<QByteArray>("archive");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("locked");
    const QByteArray inFolder = sources(Stated, "d-1.5/python/core/");
    const QByteArray wheel = kit::TinyWheel{.name = u"d"_s,
        .version = u"1.5"_s,
        .requiresDist = {u"a<3"_s, u"b; extra == 'more'"_s},
        .extras = {u"more"_s}}
                                 .bytes();
    const auto row = [](const char *name, const QByteArray &archive, const char *place,
                         const QByteArray &source, const QByteArray &lockedSource, const QByteArray &file) {
        QTest::newRow(name) << archive << QString::fromLatin1(place) << source
                            << "source = { " + lockedSource
                + " }\ndependencies = [\n    { name = \"a\" },\n]\n" + file;
    };
    const auto sdist = [](const QByteArray &archive) {
        return "sdist = { hash = \"" + hashOf(archive) + "\" }\n";
    };
    row("sources at a path", sources(Stated), "dist/d-1.5.tar.gz", "path = \"dist/d-1.5.tar.gz\"",
        "path = \"dist/d-1.5.tar.gz\"", sdist(sources(Stated)));
    row("a zip at a path", zipped(Stated), "dist/any name.zip", "path = \"dist/any name.zip\"",
        "path = \"dist/any name.zip\"", sdist(zipped(Stated)));
    row("a wheel at a path", wheel, "d-1.5-py3-none-any.whl", "path = \"d-1.5-py3-none-any.whl\"",
        "path = \"d-1.5-py3-none-any.whl\"",
        "wheels = [\n    { filename = \"d-1.5-py3-none-any.whl\", hash = \"" + hashOf(wheel) + "\" },\n]\n");
    row("sources at an address", sources(Stated), "https://files.test/main.tar.gz",
        "url = \"https://files.test/main.tar.gz\"", "url = \"https://files.test/main.tar.gz\"",
        sdist(sources(Stated)));
    row("a zip at an address", zipped(Stated), "https://files.test/main.zip",
        "url = \"https://files.test/main.zip\"", "url = \"https://files.test/main.zip\"",
        sdist(zipped(Stated)));
    row("sources in a folder of the archive", inFolder, "https://files.test/main.tgz",
        "url = \"https://files.test/main.tgz\", subdirectory = \"python/core\"",
        "url = \"https://files.test/main.tgz\", subdirectory = \"python/core\"", sdist(inFolder));
    row("a wheel at an address", wheel, "https://files.test/d-1.5-py3-none-any.whl",
        "url = \"https://files.test/d-1.5-py3-none-any.whl\"",
        "url = \"https://files.test/d-1.5-py3-none-any.whl\"",
        "wheels = [\n    { url = \"https://files.test/d-1.5-py3-none-any.whl\", hash = \"" + hashOf(wheel)
            + "\" },\n]\n");
}

void LockArchivesCheck::locksArchives()
{
    QFETCH(const QByteArray, archive);
    QFETCH(const QString, place);
    QFETCH(const QByteArray, source);
    QFETCH(const QByteArray, locked);
    if (place.startsWith("https:"_L1))
        m_world->fetcher.serve(place.toUtf8(), archive);
    else
        m_world->write(place, archive);
    m_world->writeProject("\"d\"", "[tool.uv.sources]\nd = { " + source + " }\n");
    actions::LockRequest request = m_world->request();
    request.options.noBuild = true; // nothing of this is built
    m_world->lock(request);
    QCOMPARE(m_world->versions(), u"a 2, d 1.5"_s);
    const QByteArray expected = "[[package]]\nname = \"d\"\nversion = \"1.5\"\n" + locked + "\n" + Metadata;
    QVERIFY2(m_world->lockFile().contains(expected), m_world->lockFile().constData());
    QVERIFY(!m_world->lock(request).isChanged());
}

/// "name @ file:…" is a path in the lock, whole where it was written so; the extra comes along.
void LockArchivesCheck::takesFilesNamedDirectly()
{
    m_world->write(u"dist/d-1.5.tar.gz"_s, sources(Stated));
    m_world->writeProject("\"d[more] @ ./dist/d-1.5.tar.gz\"");
    m_world->lock();
    QCOMPARE(m_world->versions(), u"a 2, b 3, d 1.5"_s);
    QVERIFY(m_world->lockFile().contains("source = { path = \"dist/d-1.5.tar.gz\" }"));
    QVERIFY(m_world->lockFile().contains(
        "[package.optional-dependencies]\nmore = [\n    { name = \"b\" },\n]\n"));
    const QByteArray whole = m_world->folder().toUtf8() + "/dist/d-1.5.tar.gz";
    m_world->writeProject("\"d @ file://" + whole + "\"");
    m_world->lock();
    QVERIFY(m_world->lockFile().contains("source = { path = \"" + whole + "\" }"));
    QVERIFY(m_world->lockFile().contains("requires-dist = [{ name = \"d\", path = \"" + whole + "\" }]"));
    QVERIFY(!m_world->lock().isChanged());
}

/// tool.uv.dependency-metadata; the archive is read for its hash alone.
void LockArchivesCheck::takesWhatTheProjectStates()
{
    const QByteArray archive = kit::tarGz(kit::tarRecord("d/setup.py", ""));
    m_world->fetcher.serve("https://files.test/main.tar.gz", archive);
    const QByteArray entry = "[[tool.uv.dependency-metadata]]\nname = \"d\"\nrequires-dist = [\"a<2\"]\n";
    const QByteArray source = "[tool.uv.sources]\nd = { url = \"https://files.test/main.tar.gz\" }\n";
    m_world->writeProject("\"d\"", source + entry);
    QCOMPARE(m_world->failure().kind(), ErrorKind::NotFound); // its version is not known
    m_world->writeProject("\"d\"", source + entry + "version = \"7\"\n");
    m_world->lock();
    QCOMPARE(m_world->versions(), u"a 1, d 7"_s);
    QVERIFY(m_world->lockFile().contains("sdist = { hash = \"" + hashOf(archive) + "\" }"));
}

void LockArchivesCheck::saysWhatWouldHaveToBeBuilt_data()
{
    QTest::addColumn<QByteArray>("dependency");
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<int>("line");
    QTest::newRow("sources on an index")
        << QByteArray("\"old\"") << QByteArray()
        << u"“old-1.tar.gz” holds sources that do not say for sure what they need: only a build could tell, and nothing is built yet"_s
        << 0;
    QTest::newRow("a folder without pyproject.toml")
        << QByteArray("\"bare\"") << QByteArray("[tool.uv.sources]\nbare = { path = \"bare\" }\n")
        << u"“bare” is to come from “%1/bare”, which has no pyproject.toml: only a build could tell what it needs"_s
        << 0;
    QTest::newRow("a folder with dynamic requirements")
        << QByteArray("\"moving\"") << QByteArray("[tool.uv.sources]\nmoving = { path = \"moving\" }\n")
        << u"“dependencies” is dynamic: only a build of the project can say it"_s << 4;
    QTest::newRow("the project itself")
        << QByteArray() << QByteArray("dynamic = [\"optional-dependencies\"]\n")
        << u"“optional-dependencies” is dynamic: only a build of the project can say it"_s << 6;
    QTest::newRow("requirements of Poetry")
        << QByteArray("\"poet\"") << QByteArray("[tool.uv.sources]\npoet = { path = \"poet\" }\n")
        << u"The requirements stand in [tool.poetry], which only Poetry reads"_s << 4;
    QTest::newRow("a git source") << QByteArray(
        "\"far\"") << QByteArray("[tool.uv.sources]\nfar = { git = \"https://git.test/far\" }\n")
                                  << u"“far” comes from a Git repository, which cannot be read yet"_s << 7;
    QTest::newRow("a git requirement")
        << QByteArray("\"far @ git+https://git.test/far.git@v1\"") << QByteArray()
        << u"“far” comes from a Git repository, which cannot be read yet"_s << 5;
    QTest::newRow("no archive")
        << QByteArray("\"far @ https://files.test/far.rpm\"") << QByteArray()
        << u"“far” is to come from https://files.test/far.rpm, which is neither a wheel nor an archive of sources"_s
        << 0;
}

void LockArchivesCheck::saysWhatWouldHaveToBeBuilt()
{
    QFETCH(const QByteArray, dependency);
    QFETCH(const QByteArray, more);
    QFETCH(const QString, sentence);
    QFETCH(const int, line);
    m_world->fetcher.serve(
        "https://files.test/old-1.tar.gz", kit::tarGz(kit::tarRecord("old-1/setup.py", "")));
    m_world->fetcher.serve("https://pypi.test/simple/old/",
        R"({"files": [{"filename": "old-1.tar.gz", "url": "https://files.test/old-1.tar.gz", "hashes": {}}]})",
        "application/vnd.pypi.simple.v1+json");
    m_world->write(u"bare/setup.py"_s, "");
    m_world->write(u"moving/pyproject.toml"_s,
        "[project]\nname = \"moving\"\nversion = \"1\"\ndynamic = [\"dependencies\"]\n");
    m_world->write(u"poet/pyproject.toml"_s,
        "[project]\nname = \"poet\"\nversion = \"1\"\n[tool.poetry]\ndependencies = { a = \"*\" }\n");
    m_world->writeProject(dependency, more);
    const Error error = m_world->failure();
    QCOMPARE(error.summary(), sentence.contains(u"%1"_s) ? sentence.arg(m_world->folder()) : sentence);
    QVERIFY(!error.hints().isEmpty());
    QCOMPARE(error.place() ? error.place()->line : 0, line);
    if (sentence.contains(u"old-1.tar.gz"))
        QVERIFY(error.steps().contains(u"Reading what “old” needs, which is asked for by “demo”"_s));
    QVERIFY(m_world->lockFile().isEmpty());
}

/// A version without a wheel is passed over then, whatever its sources say.
void LockArchivesCheck::withoutBuildsSourcesOfAnIndexDoNotCount()
{
    const QByteArray archive = sources(Stated);
    m_world->fetcher.serve("https://files.test/d-1.5.tar.gz", archive);
    m_world->fetcher.serve("https://pypi.test/simple/d/",
        R"({"files": [{"filename": "d-1.5.tar.gz", "url": "https://files.test/d-1.5.tar.gz", "hashes": {"sha256": ")"
            + files::sha256Hex(archive).toUtf8() + R"("}}]})",
        "application/vnd.pypi.simple.v1+json");
    m_world->writeProject("\"d\"");
    actions::LockRequest request = m_world->request();
    request.options.noBuild = true;
    const auto answer = actions::lockProject(request, m_world->tools(), JobContext::unwatched());
    QVERIFY(answer && std::holds_alternative<actions::LockConflict>(*answer));
    m_world->lock();
    QCOMPARE(m_world->versions(), u"a 2, d 1.5"_s);
    QVERIFY(m_world->lockFile().contains(
        "sdist = { url = \"https://files.test/d-1.5.tar.gz\", hash = \"" + hashOf(archive) + "\" }\n"));
}

QTEST_GUILESS_MAIN(LockArchivesCheck)
#include "lock_archives.moc"
