// SPDX-License-Identifier: Apache-2.0
#include "actions/doctor.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "actions/pip_install.h"
#include "actions/sync_project.h"
#include "core/actions/planning_check.h"
#include "files/files.h"
#include "kit/tree_text.h"

using namespace Qt::StringLiterals;
using namespace sconce;

namespace {

/// "id package path" of each, notes in brackets. Paths without the library in front.
QStringList asLines(const actions::DoctorReport &report)
{
    static const QRegularExpression library(u"^lib/python3\\.\\d+/site-packages/"_s);
    QStringList lines;
    for (const actions::Finding &finding : report.findings) {
        QStringList words{finding.id};
        if (finding.package)
            words.append(finding.package->text());
        if (!finding.path.isEmpty())
            words.append(QString(finding.path).remove(library));
        const QString line = words.join(u' ');
        lines.append(finding.weight == actions::Finding::Weight::Note ? u'[' + line + u']' : line);
    }
    return lines;
}

quint64 inodeOf(const QString &path)
{
    struct stat facts{};
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0 ? facts.st_ino : 0;
}

} // namespace

/// A project with a lock and its environment, damaged in one way after the other.
class DoctorCheck : public checks::PlanningCheck {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsNothingInWhatWasSetUp();
    void repairsDamage_data();
    void repairsDamage();
    void L40_fetchesAgainWhatWasEditedInTheCacheToo();
    void L40_saysWhenNothingIsLeftToRepairWith();
    void L38_renewsTheEnvironmentsOwnFiles_data();
    void L38_renewsTheEnvironmentsOwnFiles();
    void L38_noticesAnotherPython();
    void findsAMovedEnvironment();
    void L39_removesTheSecondDistInfo();
    void L39_keepsFilesThatOnlyALeftoverNames();
    void L41_leavesWhatOthersInstalled();
    void L41_takesBackAnotherBuild();
    void L41_keepsAChosenBuild();
    void relinksProjectsFromTheirFolders();
    void repairsWithoutALock();
    void knowsWhatExtrasReach();
    void failsWholly();
    void refusesWhatIsNoEnvironment();
    void writesNothingIntoTheInstallation();

private:
    void setUp(const QByteArray &more = {});
    actions::DoctorReport examine();
    void damage(const QString &what);
    void install(const QStringList &packages, const QString &index = {});
    QString environment(const QString &path) const { return m_world->environmentFolder() + u'/' + path; }
    QString library(const QString &path) const { return m_library + path; }
    /// The text of the plan that was carried out.
    QString repair();

    QString m_library;
};

void DoctorCheck::init()
{
    makeWorld();
    m_world->offer({{.name = u"tool"_s,
        .version = u"1.0"_s,
        .files = {{u"tool/__init__.py"_s, "def main():\n    return 0\n"}, {u"tool/data.bin"_s, "1234"},
            {u"tool-1.0.data/scripts/helper"_s, "#!python\nprint(1)\n"}},
        .entryPoints = "[console_scripts]\ntool = tool:main\n"}});
}

void DoctorCheck::setUp(const QByteArray &more)
{
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\n"
        "dependencies = [\"tool\", \"gamma\"]\n"
            + more);
    const auto planned = propose();
    VERIFY_RESULT(planned);
    VERIFY_RESULT(
        actions::applyPlan(std::get<plan::Plan>(*planned), m_world->tools(), JobContext::unwatched()));
    m_library = QFileInfo(m_world->installed().front().distInfo).path() + u'/';
}

actions::DoctorReport DoctorCheck::examine()
{
    const auto report = actions::examine(
        {m_world->folder(), m_world->environmentFolder()}, m_world->tools(), JobContext::unwatched());
    if (report)
        return *report;
    actions::DoctorReport failed;
    failed.findings.push_back({.id = u"error: "_s + report.error().forLog()});
    return failed;
}

QString DoctorCheck::repair()
{
    const auto done = actions::repair(examine(), m_world->tools(), JobContext::unwatched());
    if (!done)
        return u"error: "_s + done.error().forLog();
    QString text = checks::asText(done->plan);
    if (done->isRenewed)
        text = u"renewed; "_s + text;
    return done->leftOut.isEmpty() ? text : text + u" | "_s + done->leftOut.join(u' ');
}

/// "delete PATH", "write PATH TEXT" (a new file), "overwrite PATH TEXT" (the same inode), "copy PATH PATH".
void DoctorCheck::damage(const QString &what)
{
    const QString verb = what.section(u' ', 0, 0);
    const auto place = [&](const QString &word) {
        return word.startsWith("SP/"_L1) ? library(word.sliced(3)) : environment(word);
    };
    const QString path = place(what.section(u' ', 1, 1));
    const QString rest = what.section(u' ', 2);
    if (verb == u"delete") {
        QVERIFY(files::exists(path));
        VERIFY_RESULT(files::remove(path));
    } else if (verb == u"write") {
        VERIFY_RESULT(files::remove(path));
        kit::spill(path, rest.toUtf8());
    } else if (verb == u"overwrite") {
        QVERIFY(files::exists(path));
        kit::spill(path, rest.toUtf8());
    } else if (verb == u"append") {
        kit::spill(path, kit::slurp(path) + rest.toUtf8());
    } else if (verb == u"folder") {
        VERIFY_RESULT(files::makeFolder(path));
    } else if (verb == u"link") {
        VERIFY_RESULT(files::remove(path));
        VERIFY_RESULT(files::makeLink(rest, path));
    } else if (verb == u"copy") {
        VERIFY_RESULT(files::makeFolder(place(rest)));
        for (const QString &name : QDir(path).entryList(QDir::Files))
            QVERIFY(QFile::copy(path + u'/' + name, place(rest) + u'/' + name));
    } else {
        QFAIL(qPrintable(what));
    }
}

void DoctorCheck::findsNothingInWhatWasSetUp()
{
    setUp();
    const actions::DoctorReport report = examine();
    QCOMPARE(asLines(report), QStringList());
    QVERIFY(report.isHealthy());
    QCOMPARE(report.packages, std::size_t(2));
    QVERIFY(report.files > 8);
    QVERIFY(report.lock);
    QCOMPARE(repair(), QString());
    QVERIFY(!files::exists(environment(u".lock"_s)) || kit::slurp(environment(u".lock"_s)).isEmpty());
}

void DoctorCheck::repairsDamage_data()
{
    QTest::addColumn<QStringList>("damages");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<QString>("repaired");
    const auto row = [](const char *name, const QStringList &damages, const QStringList &expected,
                         const QString &repaired = u"tool 1.0"_s) {
        QTest::addRow("%s", name) << damages << expected << repaired;
    };
    row("missing", {u"delete SP/tool/data.bin"_s}, {u"missing tool tool/data.bin"_s});
    row("missing script", {u"delete bin/tool"_s}, {u"missing tool bin/tool"_s});
    row("changed", {u"write SP/tool/data.bin 4321"_s}, {u"changed tool tool/data.bin"_s});
    row("F28 zeroLength", {u"write SP/tool/data.bin "_s}, {u"changed tool tool/data.bin"_s});
    row("L39 distInfoWithoutCode", {u"delete SP/tool"_s}, {u"no-code tool tool-1.0.dist-info"_s});
    row("L39 codeWithoutDistInfo", {u"delete SP/tool-1.0.dist-info"_s, u"delete bin/tool"_s},
        {u"not-installed tool"_s, u"foreign tool/"_s});
    row("L39 withoutRecord", {u"delete SP/tool-1.0.dist-info/RECORD"_s},
        {u"no-record tool tool-1.0.dist-info"_s});
    row("L39 recordThatIsNone", {u"write SP/tool-1.0.dist-info/RECORD nonsense"_s},
        {u"bad-record tool tool-1.0.dist-info"_s});
    row("L39 withoutMetadata", {u"delete SP/tool-1.0.dist-info/METADATA"_s},
        {u"no-metadata tool tool-1.0.dist-info"_s});
    row("L39 emptyMetadata", {u"write SP/tool-1.0.dist-info/METADATA "_s},
        {u"no-metadata tool tool-1.0.dist-info"_s});
    row("L39 withoutInstaller", {u"delete SP/tool-1.0.dist-info/INSTALLER"_s},
        {u"missing tool tool-1.0.dist-info/INSTALLER"_s});
    row("L39 hollow", {u"delete SP/tool-1.0.dist-info"_s, u"folder SP/tool-1.0.dist-info"_s},
        {u"leftover tool tool-1.0.dist-info"_s});
    row("L39 hollowAndUnknown", {u"folder SP/ghost-1.0.dist-info"_s},
        {u"leftover ghost ghost-1.0.dist-info"_s}, u"ghost gone"_s);
    row("A61 recordThatLeadsOut", {u"append SP/tool-1.0.dist-info/RECORD ../../../../outside,,\n"_s},
        {u"not-its-own tool ../../../../outside"_s});
    row("two packages", {u"delete SP/gamma.py"_s, u"delete SP/tool/data.bin"_s},
        {u"missing gamma gamma.py"_s, u"missing tool tool/data.bin"_s}, u"gamma 3.0, tool 1.0"_s);
}

void DoctorCheck::repairsDamage()
{
    QFETCH(QStringList, damages);
    QFETCH(QStringList, expected);
    QFETCH(QString, repaired);
    setUp();
    const QString healthy = kit::treeText(m_world->environmentFolder());
    const QStringList others{library(u"gamma.py"_s), library(u"gamma-3.0.dist-info/RECORD"_s),
        environment(u"pyvenv.cfg"_s), environment(u"bin/python"_s), environment(u"bin/activate"_s)};
    QList<quint64> inodes;
    for (const QString &path : others)
        inodes.append(inodeOf(path));
    for (const QString &one : damages)
        damage(one);
    const actions::DoctorReport report = examine();
    QCOMPARE(asLines(report), expected);
    QVERIFY(!report.isHealthy());
    for (const actions::Finding &finding : report.findings) {
        QVERIFY(!finding.sentence.isEmpty() && !finding.sentence.contains(u'%'));
        QCOMPARE(finding.advice.isEmpty(), finding.weight == actions::Finding::Weight::Note);
    }
    QCOMPARE(repair(), repaired);
    QCOMPARE(kit::treeText(m_world->environmentFolder()), healthy);
    QCOMPARE(asLines(examine()), QStringList());
    if (!repaired.contains(u"gamma")) {
        QList<quint64> now;
        for (const QString &path : others)
            now.append(inodeOf(path));
        QCOMPARE(now, inodes);
    }
}

void DoctorCheck::L40_fetchesAgainWhatWasEditedInTheCacheToo()
{
    setUp();
    const QString healthy = kit::treeText(m_world->environmentFolder());
    const QByteArray wheel = "https://pypi.test/files/tool-1.0-py3-none-any.whl";
    const qsizetype asked = m_world->fetcher.timesAsked(wheel);
    // An editor writes into the file that is one with the cache's, and puts its time back.
    const QString path = library(u"tool/data.bin"_s);
    struct stat before{};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &before), 0);
    if (before.st_nlink < 2)
        QSKIP("this volume shares no files");
    damage(u"overwrite SP/tool/data.bin 4321"_s);
    const std::array times{before.st_atim, before.st_mtim};
    QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times.data(), 0), 0);
    QCOMPARE(asLines(examine()), QStringList{u"changed tool tool/data.bin"_s});

    const auto planned = actions::planRepair(examine(), m_world->tools(), JobContext::unwatched());
    VERIFY_RESULT(planned);
    QCOMPARE(planned->plan.warnings.size(), std::size_t(1));
    QVERIFY(planned->plan.warnings[0].sentence.contains(u"tool"));
    QVERIFY(!planned->plan.operations[0].isCached);
    QCOMPARE(m_world->fetcher.timesAsked(wheel), asked);

    QCOMPARE(repair(), u"tool 1.0"_s);
    QCOMPARE(m_world->fetcher.timesAsked(wheel), asked + 1);
    QCOMPARE(kit::treeText(m_world->environmentFolder()), healthy);
    QVERIFY(examine().isHealthy());
}

void DoctorCheck::L40_saysWhenNothingIsLeftToRepairWith()
{
    setUp();
    VERIFY_RESULT(files::remove(m_world->folder() + u"/uv.lock"_s));
    const QString path = library(u"tool/data.bin"_s);
    struct stat facts{};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &facts), 0);
    if (facts.st_nlink < 2)
        QSKIP("this volume shares no files");
    damage(u"overwrite SP/tool/data.bin 4321"_s);
    const QString broken = kit::treeText(m_world->environmentFolder());
    const QString text = repair();
    QVERIFY2(text.contains(u"nothing says where it came from"), qPrintable(text));
    QCOMPARE(kit::treeText(m_world->environmentFolder()), broken);
}

void DoctorCheck::L38_renewsTheEnvironmentsOwnFiles_data()
{
    QTest::addColumn<QStringList>("damages");
    QTest::addColumn<QStringList>("expected");
    QTest::addRow("no pyvenv.cfg") << QStringList{u"delete pyvenv.cfg"_s}
                                   << QStringList{u"no-config pyvenv.cfg"_s};
    QTest::addRow("link to nothing") << QStringList{u"link bin/python /nowhere/python3"_s}
                                     << QStringList{u"no-interpreter bin/python"_s};
    QTest::addRow("no interpreter") << QStringList{u"delete bin/python"_s}
                                    << QStringList{u"no-interpreter bin/python"_s};
    QTest::addRow("an interpreter that is none")
        << QStringList{u"link bin/python /bin/false"_s} << QStringList{u"interpreter-fails"_s};
    QTest::addRow("and a package") << QStringList{u"delete pyvenv.cfg"_s, u"delete SP/tool/data.bin"_s}
                                   << QStringList{u"no-config pyvenv.cfg"_s};
}

void DoctorCheck::L38_renewsTheEnvironmentsOwnFiles()
{
    QFETCH(QStringList, damages);
    QFETCH(QStringList, expected);
    setUp();
    const QString healthy = kit::treeText(m_world->environmentFolder());
    const quint64 inode = inodeOf(library(u"gamma.py"_s));
    for (const QString &one : damages)
        damage(one);
    const actions::DoctorReport report = examine();
    QCOMPARE(asLines(report), expected);
    QVERIFY(!report.interpreter);
    QCOMPARE(repair(), damages.size() > 1 ? u"renewed; tool 1.0"_s : u"renewed; "_s);
    QCOMPARE(kit::treeText(m_world->environmentFolder()), healthy);
    QCOMPARE(inodeOf(library(u"gamma.py"_s)), inode);
    QVERIFY(examine().isHealthy());
}

void DoctorCheck::L38_noticesAnotherPython()
{
    setUp();
    const QByteArray config = kit::slurp(environment(u"pyvenv.cfg"_s));
    damage(u"write pyvenv.cfg home = /usr/bin\nversion_info = 3.1.4\n"_s);
    const actions::DoctorReport report = examine();
    QCOMPARE(asLines(report), QStringList{u"interpreter-changed"_s});
    QVERIFY(!report.interpreter);
    // No such Python is here, and no other one is taken.
    QVERIFY(repair().contains(u"sconce venv --clear"));
    kit::spill(environment(u"pyvenv.cfg"_s), config);
    QVERIFY(examine().isHealthy());
}

void DoctorCheck::findsAMovedEnvironment()
{
    setUp();
    const QString now = m_world->folder() + u"/moved"_s;
    VERIFY_RESULT(files::rename(m_world->environmentFolder(), now));
    const actions::DoctorRequest request{m_world->folder(), now};
    const JobContext context = JobContext::unwatched();
    const auto report = actions::examine(request, m_world->tools(), context);
    VERIFY_RESULT(report);
    QCOMPARE(asLines(*report),
        QStringList({u"moved bin/activate"_s, u"foreign-python tool bin/helper"_s,
            u"foreign-python tool bin/tool"_s}));
    QVERIFY(!report->lock); // it is the lock of .venv
    const auto done = actions::repair(*report, m_world->tools(), context);
    VERIFY_RESULT(done);
    QVERIFY(done->isRenewed);
    QCOMPARE(checks::asText(done->plan), u"tool 1.0"_s);
    QCOMPARE(asLines(done->after), QStringList());
    process::SystemRunner runner;
    for (const QString &name : {u"/bin/tool"_s, u"/bin/helper"_s}) {
        const auto run = runner.run({.program = now + u"/bin/python"_s, .arguments = {now + name}}, context);
        VERIFY_RESULT(run);
        QCOMPARE(run->status, 0);
        QVERIFY(kit::slurp(now + name).startsWith("#!" + now.toUtf8() + "/bin/python\n"));
    }
    QVERIFY(kit::slurp(now + u"/bin/activate"_s).contains(now.toUtf8()));
}

void DoctorCheck::L39_removesTheSecondDistInfo()
{
    setUp();
    const QString healthy = kit::treeText(m_world->environmentFolder());
    const quint64 inode = inodeOf(library(u"tool/data.bin"_s));
    damage(u"copy SP/tool-1.0.dist-info SP/tool-0.9.dist-info"_s);
    QCOMPARE(asLines(examine()), QStringList{u"installed-twice tool tool-0.9.dist-info"_s});
    QCOMPARE(repair(), u"tool gone"_s);
    QCOMPARE(kit::treeText(m_world->environmentFolder()), healthy);
    QCOMPARE(inodeOf(library(u"tool/data.bin"_s)), inode);
}

/// The one that stays lost its RECORD, and nothing is known to get it back from.
void DoctorCheck::L39_keepsFilesThatOnlyALeftoverNames()
{
    setUp();
    VERIFY_RESULT(files::remove(m_world->folder() + u"/uv.lock"_s));
    VERIFY_RESULT(files::remove(m_world->tools().cacheFolder));
    damage(u"copy SP/tool-1.0.dist-info SP/tool-1.1.dist-info"_s);
    damage(u"delete SP/tool-1.0.dist-info/RECORD"_s);
    const QString text = repair();
    QVERIFY2(text.contains(u"Nothing says where tool"), qPrintable(text));
    QCOMPARE(kit::slurp(library(u"tool/data.bin"_s)), "1234"_ba);
}

void DoctorCheck::L41_leavesWhatOthersInstalled()
{
    setUp();
    install({u"beta==1.0"_s, u"gamma==3.0"_s});
    const actions::DoctorReport report = examine();
    QCOMPARE(asLines(report), QStringList{u"[extraneous beta]"_s});
    QVERIFY(report.isHealthy());
    damage(u"delete SP/beta.py"_s);
    QCOMPARE(asLines(examine()), QStringList({u"[extraneous beta]"_s, u"missing beta beta.py"_s}));
    QCOMPARE(repair(), u"beta 1.0"_s); // from the cache
    QCOMPARE(asLines(examine()), QStringList{u"[extraneous beta]"_s});
}

void DoctorCheck::install(const QStringList &packages, const QString &index)
{
    actions::InstallRequest request{.sources = {.folder = m_world->folder(), .requirements = packages},
        .options = actions::ResolveOptions::fromVariables(m_world->tools().variables),
        .python = m_world->environmentFolder()};
    if (!index.isEmpty())
        request.options.index.defaultIndex = index;
    const auto planned = actions::planInstall(request, m_world->tools(), JobContext::unwatched());
    VERIFY_RESULT(planned);
    VERIFY_RESULT(
        actions::applyPlan(std::get<plan::Plan>(*planned), m_world->tools(), JobContext::unwatched()));
}

void DoctorCheck::L41_takesBackAnotherBuild()
{
    setUp("[dependency-groups]\ndev = [\"torch\", \"beta\"]\n"
          "[tool.uv.sources]\ntorch = { index = \"cpu\" }\n"
          "[[tool.uv.index]]\nname = \"cpu\"\nurl = \"https://torch.test/whl/cpu\"\nexplicit = true\n");
    // Nobody asked for the group when it was set up.
    QCOMPARE(asLines(examine()), QStringList({u"[left-out beta]"_s, u"[left-out torch]"_s}));
    QCOMPARE(repair(), QString());
    install({u"torch==2.9.0+cu128"_s}, u"https://torch.test/whl/cu128"_s);
    const actions::DoctorReport report = examine();
    QCOMPARE(asLines(report), QStringList({u"not-installed beta"_s, u"other-build torch"_s}));
    QVERIFY(report.findings[1].sentence.contains(u"2.9.0+cu128"));
    QCOMPARE(repair(), u"beta 2.0, torch 2.9.0+cpu"_s);
    QVERIFY(examine().isHealthy());
}

/// Where the lock names no build, the one that was chosen here is not wrong; what another program put there
/// is.
void DoctorCheck::L41_keepsAChosenBuild()
{
    setUp("[dependency-groups]\ndev = [\"torch\"]\n");
    install({u"torch==2.9.0+cpu"_s}, u"https://torch.test/whl/cpu"_s);
    QCOMPARE(asLines(examine()), QStringList{u"[other-build torch]"_s});
    damage(u"delete SP/torch.py"_s);
    QCOMPARE(repair(), u"torch 2.9.0+cpu"_s);
    damage(u"write SP/torch-2.9.0+cpu.dist-info/INSTALLER pip"_s);
    QVERIFY(asLines(examine()).contains(u"other-build torch"_s));
    QCOMPARE(repair(), u"torch 2.9.0"_s);
}

void DoctorCheck::relinksProjectsFromTheirFolders()
{
    setUp();
    m_world->write(u"demo.py"_s, "x = 1\n");
    m_world->write(u"pyproject.toml"_s,
        kit::slurp(m_world->folder() + u"/pyproject.toml"_s)
            + "[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n");
    const actions::SyncRequest request{
        .lock = {.folder = m_world->folder(),
            .options = actions::ResolveOptions::fromVariables(m_world->tools().variables)}};
    const auto planned = actions::planSync(request, m_world->tools(), JobContext::unwatched());
    VERIFY_RESULT(planned);
    const auto &plan = std::get<actions::SyncPlan>(*planned).plan;
    VERIFY_RESULT(actions::applyPlan(plan, m_world->tools(), JobContext::unwatched()));
    QVERIFY2(m_world->installedText().contains(u"demo==1"), qPrintable(m_world->installedText()));
    QCOMPARE(asLines(examine()), QStringList());
    const QString healthy = kit::treeText(m_world->environmentFolder());
    damage(u"delete SP/demo.pth"_s);
    QCOMPARE(asLines(examine()), QStringList{u"missing demo demo.pth"_s});
    QCOMPARE(repair(), u"demo 1"_s);
    QCOMPARE(kit::treeText(m_world->environmentFolder()), healthy);
}

void DoctorCheck::repairsWithoutALock()
{
    setUp();
    VERIFY_RESULT(files::remove(m_world->folder() + u"/uv.lock"_s));
    VERIFY_RESULT(files::remove(m_world->folder() + u"/pyproject.toml"_s));
    const QString healthy = kit::treeText(m_world->environmentFolder());
    damage(u"delete SP/tool/data.bin"_s);
    damage(u"delete SP/gamma.py"_s);
    const auto asked = m_world->fetcher.asked();
    QCOMPARE(repair(), u"gamma 3.0, tool 1.0"_s);
    QCOMPARE(m_world->fetcher.asked(), asked);
    QCOMPARE(kit::treeText(m_world->environmentFolder()), healthy);
}

void DoctorCheck::knowsWhatExtrasReach()
{
    setUp("[project.optional-dependencies]\nmore = [\"alpha==1.0\"]\n");
    const auto planned = propose({.extras = checks::namesOf(u"more"_s)});
    VERIFY_RESULT(planned);
    VERIFY_RESULT(
        actions::applyPlan(std::get<plan::Plan>(*planned), m_world->tools(), JobContext::unwatched()));
    QCOMPARE(asLines(examine()), QStringList());
    damage(u"delete SP/alpha.py"_s);
    VERIFY_RESULT(files::remove(m_world->tools().cacheFolder));
    QCOMPARE(repair(), u"alpha 1.0"_s); // from where the lock says
    QCOMPARE(asLines(examine()), QStringList());
    // Another version than any in the lock.
    VERIFY_RESULT(files::rename(library(u"alpha-1.0.dist-info"_s), library(u"alpha-1.1.dist-info"_s)));
    QVERIFY(asLines(examine()).contains(u"other-version alpha"_s));
}

void DoctorCheck::failsWholly()
{
    setUp();
    VERIFY_RESULT(files::remove(m_world->tools().cacheFolder));
    damage(u"delete SP/tool/data.bin"_s);
    damage(u"delete SP/gamma.py"_s);
    const QString broken = kit::treeText(m_world->environmentFolder());
    m_world->fetcher.fail("https://pypi.test/files/tool-1.0-py3-none-any.whl",
        Error(ErrorKind::Offline, u"The cable is out"_s));
    QVERIFY(repair().startsWith(u"error: The cable is out"));
    QCOMPARE(kit::treeText(m_world->environmentFolder()), broken);
}

void DoctorCheck::refusesWhatIsNoEnvironment()
{
    const auto refused = [&](const QString &folder) {
        const auto report = actions::examine({m_world->folder(), m_world->folder() + u'/' + folder},
            m_world->tools(), JobContext::unwatched());
        return report ? u"examined"_s : report.error().summary();
    };
    QVERIFY(refused(u".venv"_s).startsWith(u"There is no environment"));
    m_world->write(u".venv"_s, "mine\n");
    QVERIFY(refused(u".venv"_s).endsWith(u"is not an environment"));
    m_world->write(u"data/mine.txt"_s, "mine\n");
    QVERIFY(refused(u"data"_s).endsWith(u"is not an environment"));
    VERIFY_RESULT(files::makeLink(u"nowhere"_s, m_world->folder() + u"/link"_s));
    QVERIFY(refused(u"link"_s).endsWith(u"is a link to nothing"));
    QVERIFY(refused(u"/../../../../../../../usr"_s).endsWith(u"is not an environment"));
    QCOMPARE(kit::slurp(m_world->folder() + u"/.venv"_s), "mine\n"_ba);
}

/// Where the environment's Python takes itself for the installation, it is not even asked.
void DoctorCheck::writesNothingIntoTheInstallation()
{
    setUp();
    damage(u"delete pyvenv.cfg"_s);
    damage(u"delete SP/tool/data.bin"_s);
    // Without a Python of that version nothing can be renewed, and so nothing is installed either.
    for (const QString &name : QDir(environment(u"lib"_s)).entryList({u"python3*"_s}, QDir::Dirs))
        VERIFY_RESULT(files::rename(environment(u"lib/"_s + name), environment(u"lib/python3.1"_s)));
    const QString broken = kit::treeText(m_world->environmentFolder());
    const QString text = repair();
    QVERIFY2(text.contains(u"sconce venv --clear"), qPrintable(text));
    QCOMPARE(kit::treeText(m_world->environmentFolder()), broken);
}

QTEST_GUILESS_MAIN(DoctorCheck)
#include "doctor.moc"
