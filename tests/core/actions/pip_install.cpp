// SPDX-License-Identifier: Apache-2.0
#include "actions/pip_install.h"

#include <QTest>

#include "actions/make_environment.h"
#include "actions/pip_list.h"
#include "actions/pip_uninstall.h"
#include "actions/set_up.h"
#include "core/actions/world.h"
#include "files/digest.h"

using namespace Qt::StringLiterals;
using namespace sconce;

/// The pip verbs on one environment, against indexes in memory and with a real Python.
class PipInstallCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void installsAndLeavesAlone();
    void asksNothingWhenAllIsThere_data();
    void asksNothingWhenAllIsThere();
    void followsTheRulesForTorch_data();
    void followsTheRulesForTorch();
    void keepsWhatNoIndexHas();
    void readsFilesAndPaths();
    void joinsFindLinks();
    void refusesInput_data();
    void refusesInput();
    void checksHashes();
    void leavesOtherPythonsAlone();
    void findsTheEnvironment();
    void checksWhatIsInstalled();
    void uninstalls();

private:
    using Outcome = Result<std::variant<plan::Plan, resolve::Conflict>>;
    actions::InstallRequest request(const QStringList &packages) const;
    Outcome propose(const actions::InstallRequest &request);
    /// Plans and applies; the text of what changed, or of what went wrong.
    QString install(const actions::InstallRequest &request);
    QString installAll(const QStringList &packages) { return install(request(packages)); }
    std::unique_ptr<checks::World> m_world;
};

namespace {

QString asText(const plan::Plan &plan)
{
    QStringList parts;
    for (const plan::Operation &operation : plan.operations)
        parts.append(operation.name.text() + (operation.to ? u' ' + operation.to->text() : u" gone"_s));
    return parts.isEmpty() ? u"nothing"_s : parts.join(u", ");
}

} // namespace

void PipInstallCheck::init()
{
    m_world = std::make_unique<checks::World>();
    m_world->offer({{.name = u"alpha"_s,
                        .version = u"1.0"_s,
                        .requiresDist = {u"beta"_s, u"gamma>=3; extra == 'more'"_s},
                        .extras = {u"more"_s}},
        {.name = u"beta"_s, .version = u"1.0"_s}, {.name = u"beta"_s, .version = u"2.0"_s},
        {.name = u"gamma"_s, .version = u"3.0"_s},
        {.name = u"vision"_s, .version = u"1.0"_s, .requiresDist = {u"torch"_s}}});
    m_world->offerTorch("cpu", u"2.7.1+cpu"_s);
    m_world->offerTorch("cu128", u"2.7.1+cu128"_s);
    m_world->write(u"pyproject.toml"_s, "[tool.sconce]\ntorch-mirror = \"https://torch.test/whl\"\n");
    const auto made =
        actions::makeEnvironment({.folder = m_world->folder()}, m_world->tools(), JobContext::unwatched());
    VERIFY_RESULT(made);
}

actions::InstallRequest PipInstallCheck::request(const QStringList &packages) const
{
    return {.sources = {.folder = m_world->folder(), .requirements = packages},
        .options = actions::ResolveOptions::fromVariables(m_world->tools().variables)};
}

PipInstallCheck::Outcome PipInstallCheck::propose(const actions::InstallRequest &request)
{
    return actions::planInstall(request, m_world->tools(), JobContext::unwatched());
}

QString PipInstallCheck::install(const actions::InstallRequest &request)
{
    const Outcome outcome = propose(request);
    if (!outcome)
        return outcome.error().forLog();
    if (const auto *conflict = std::get_if<resolve::Conflict>(&*outcome))
        return conflict->sentence;
    const auto &plan = std::get<plan::Plan>(*outcome);
    const Result<> applied = actions::applyPlan(plan, m_world->tools(), JobContext::unwatched());
    return applied ? asText(plan) : applied.error().forLog();
}

void PipInstallCheck::installsAndLeavesAlone()
{
    QCOMPARE(installAll({u"alpha"_s, u"beta<2"_s}), u"alpha 1.0, beta 1.0"_s);
    QCOMPARE(installAll({u"alpha"_s}), u"nothing"_s);
    QCOMPARE(installAll({u"gamma"_s, u"beta"_s}), u"gamma 3.0"_s);
    QCOMPARE(m_world->installedText(), u"alpha==1.0 beta==1.0 gamma==3.0"_s);

    actions::InstallRequest upgrade = request({u"beta"_s});
    upgrade.upgradePackages = {u"beta"_s};
    QCOMPARE(install(upgrade), u"beta 2.0"_s);
    upgrade.sources.requirements = {u"alpha"_s, u"beta<2"_s};
    QCOMPARE(install(upgrade), u"beta 1.0"_s);
    upgrade.upgradePackages.clear();
    upgrade.sources.requirements = {u"alpha"_s};
    upgrade.isUpgrade = true;
    QCOMPARE(install(upgrade), u"beta 2.0"_s);

    actions::InstallRequest again = request({u"alpha"_s});
    again.reinstallPackages = {u"Alpha"_s};
    QCOMPARE(install(again), u"alpha 1.0"_s);
    again.isReinstall = true;
    QCOMPARE(install(again), u"alpha 1.0, beta 2.0"_s);

    QCOMPARE(installAll({u"beta<2"_s, u"beta>=2"_s}).contains(u"beta"), true);
    QCOMPARE(m_world->installedText(), u"alpha==1.0 beta==2.0 gamma==3.0"_s);
}

void PipInstallCheck::asksNothingWhenAllIsThere_data()
{
    QTest::addColumn<QStringList>("packages");
    QTest::addColumn<bool>("isThere");
    QTest::addRow("a name") << QStringList{u"alpha"_s} << true;
    QTest::addRow("a range") << QStringList{u"alpha>=1,<2"_s, u"beta"_s} << true;
    QTest::addRow("another version") << QStringList{u"alpha>1.0"_s} << false;
    QTest::addRow("an extra whose needs are missing") << QStringList{u"alpha[more]"_s} << false;
    QTest::addRow("a marker of another platform") << QStringList{u"delta; sys_platform == 'win32'"_s} << true;
    QTest::addRow("one of two missing") << QStringList{u"alpha"_s, u"delta"_s} << false;
}

void PipInstallCheck::asksNothingWhenAllIsThere()
{
    QFETCH(QStringList, packages);
    QFETCH(bool, isThere);
    QCOMPARE(installAll({u"alpha"_s}), u"alpha 1.0, beta 2.0"_s);
    const qsizetype asked = m_world->fetcher.asked().size();
    const Outcome outcome = propose(request(packages));
    VERIFY_RESULT(outcome);
    const bool isEmpty =
        std::holds_alternative<plan::Plan>(*outcome) && std::get<plan::Plan>(*outcome).operations.empty();
    QCOMPARE(isEmpty, isThere);
    QCOMPARE(m_world->fetcher.asked().size() == asked, isThere);
}

// torch-backends.md § 8
void PipInstallCheck::followsTheRulesForTorch_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("then");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QStringList>("packages");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *title, const char *first, const char *then, const char *mode,
                         const QStringList &packages, const char *expected) {
        QTest::addRow("%s", title) << QString::fromLatin1(first) << QString::fromLatin1(then)
                                   << QString::fromLatin1(mode) << packages << QString::fromLatin1(expected);
    };
    row("another backend alone changes nothing", "cpu", "cu128", "", {u"torch"_s}, "nothing");
    row("nor when something else is resolved", "cpu", "cu128", "", {u"torch"_s, u"vision"_s}, "vision 1.0");
    row("reinstalling switches", "cpu", "cu128", "reinstall", {u"torch"_s}, "torch 2.7.1+cu128");
    row("upgrading goes up in labels", "cpu", "cu128", "upgrade", {u"torch"_s}, "torch 2.7.1+cu128");
    row("upgrading does not go down in labels", "cu128", "cpu", "upgrade", {u"torch"_s}, "nothing");
    row("a label that is asked for", "cu128", "cpu", "", {u"torch==2.7.1+cpu"_s}, "torch 2.7.1+cpu");
}

void PipInstallCheck::followsTheRulesForTorch()
{
    QFETCH(QString, first);
    QFETCH(QString, then);
    QFETCH(QString, mode);
    QFETCH(QStringList, packages);
    QFETCH(QString, expected);
    actions::InstallRequest before = request({u"torch"_s});
    before.options.torchBackend = first;
    QCOMPARE(install(before), u"torch 2.7.1+"_s + first);
    actions::InstallRequest after = request(packages);
    after.options.torchBackend = then;
    after.isUpgrade = mode == u"upgrade";
    after.isReinstall = mode == u"reinstall";
    QCOMPARE(install(after), expected);
}

void PipInstallCheck::keepsWhatNoIndexHas()
{
    const kit::TinyWheel own{.name = u"own"_s, .version = u"5.0"_s};
    m_world->write(own.fileName(), own.bytes());
    QCOMPARE(installAll({u"./"_s + own.fileName()}), u"own 5.0"_s);
    m_world->offer({{.name = u"user"_s, .version = u"1.0"_s, .requiresDist = {u"own>=4"_s}}});
    QCOMPARE(installAll({u"user"_s}), u"user 1.0"_s);
    QCOMPARE(m_world->installedText(), u"own==5.0 user==1.0"_s);
}

void PipInstallCheck::readsFilesAndPaths()
{
    const kit::TinyWheel own{.name = u"own"_s, .version = u"5.0"_s};
    m_world->write(u"wheels/"_s + own.fileName(), own.bytes());
    m_world->fetcher.serve("https://files.test/own-6.0-py3-none-any.whl",
        kit::TinyWheel{.name = u"own"_s, .version = u"6.0"_s}.bytes());
    m_world->write(u"lists/base.txt"_s, "../wheels/own-5.0-py3-none-any.whl\n-c limits.txt\nbeta\n");
    m_world->write(u"lists/limits.txt"_s, "beta<2\n");
    actions::InstallRequest files = request({});
    files.sources.files = {u"lists/base.txt"_s};
    QCOMPARE(install(files), u"beta 1.0, own 5.0"_s);
    const environment::Installed installed = m_world->installed()[1];
    QCOMPARE(installed.directUrl->url,
        QUrl::fromLocalFile(m_world->folder() + u"/wheels/"_s + own.fileName()).toString());
    QCOMPARE(install(files), u"nothing"_s);
    QCOMPARE(installAll({u"own @ https://files.test/own-6.0-py3-none-any.whl"_s}), u"own 6.0"_s);
    QCOMPARE(m_world->installed()[1].directUrl->url, u"https://files.test/own-6.0-py3-none-any.whl"_s);

    m_world->write(u"other/pyproject.toml"_s,
        "[project]\nname = \"other\"\nversion = \"1\"\ndependencies = [\"gamma\"]\n"
        "[project.optional-dependencies]\nx = [\"beta>1\"]\n");
    actions::InstallRequest project = request({});
    project.sources.files = {u"other/pyproject.toml"_s};
    QCOMPARE(install(project), u"gamma 3.0"_s);
    project.sources.extras = {u"x"_s};
    QCOMPARE(install(project), u"beta 2.0"_s);

    actions::InstallRequest limited = request({u"beta"_s});
    limited.sources.constraints = {u"lists/limits.txt"_s};
    QCOMPARE(install(limited), u"beta 1.0"_s);
    actions::InstallRequest alone = request({u"alpha"_s});
    alone.options.noDependencies = true;
    QVERIFY(actions::applyPlan(*actions::planUninstall({u"beta"_s}, {}, m_world->folder(), m_world->tools(),
                                   JobContext::unwatched()),
        m_world->tools(), JobContext::unwatched()));
    QCOMPARE(install(alone), u"alpha 1.0"_s);
}

void PipInstallCheck::joinsFindLinks()
{
    const kit::TinyWheel older{.name = u"beta"_s, .version = u"1.5"_s};
    const kit::TinyWheel own{.name = u"own"_s, .version = u"5.0"_s};
    m_world->write(u"wheels/"_s + older.fileName(), older.bytes());
    m_world->write(u"wheels/"_s + own.fileName(), own.bytes());
    m_world->write(u"lists/links.txt"_s, "--find-links ../wheels\nown\nbeta<2\n");
    actions::InstallRequest links = request({});
    links.sources.files = {u"lists/links.txt"_s};
    QCOMPARE(install(links), u"beta 1.5, own 5.0"_s);

    actions::InstallRequest joined = request({u"beta"_s});
    joined.options.index.findLinks = {u"wheels"_s};
    joined.isUpgrade = true;
    QCOMPARE(install(joined), u"beta 2.0"_s);
    joined.options.index.noIndex = true;
    joined.isUpgrade = false;
    joined.sources.requirements = {u"beta<2"_s};
    const qsizetype asked = m_world->fetcher.asked().size();
    QCOMPARE(install(joined), u"beta 1.5"_s);
    QCOMPARE(m_world->fetcher.asked().size(), asked);
}

void PipInstallCheck::refusesInput_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("says");
    QTest::addRow("a folder") << u"./source"_s << u"would have to be built"_s;
    QTest::addRow("an sdist") << u"./own-1.0.tar.gz"_s << u"would have to be built"_s;
    QTest::addRow("no such wheel") << u"./own-1.0-py3-none-any.whl"_s << u"does not exist"_s;
    QTest::addRow("a bad name of a wheel") << u"./own.whl"_s << u"own.whl"_s;
    QTest::addRow("another package's wheel")
        << u"alpha @ https://files.test/own-1.0-py3-none-any.whl"_s << u"own"_s;
    QTest::addRow("a bad requirement") << u"alpha=>1"_s << u"=>1"_s;
    QTest::addRow("nothing like it") << u"delta"_s << u"delta"_s;
}

void PipInstallCheck::refusesInput()
{
    QFETCH(QString, word);
    QFETCH(QString, says);
    const QString text = installAll({word});
    QVERIFY2(text.contains(says), qPrintable(text));
    QCOMPARE(m_world->installedText(), QString());
}

void PipInstallCheck::checksHashes()
{
    const QByteArray digest =
        files::sha256Hex(kit::TinyWheel{.name = u"gamma"_s, .version = u"3.0"_s}.bytes()).toLatin1();
    actions::InstallRequest request = this->request({});
    request.sources.files = {u"pinned.txt"_s};
    m_world->write(u"pinned.txt"_s, "gamma==3.0 --hash=sha256:" + QByteArray(64, '0') + "\n");
    const Outcome wrong = propose(request);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind(), ErrorKind::BadHash);
    QCOMPARE(wrong.error().place()->line, 1);
    m_world->write(u"pinned.txt"_s,
        "gamma==3.0 --hash=sha256:" + QByteArray(64, '0') + " --hash=sha256:" + digest + "\n");
    QCOMPARE(install(request), u"gamma 3.0"_s);
}

void PipInstallCheck::leavesOtherPythonsAlone()
{
    const python::Interpreter base = *actions::makeEnvironment(
        {.folder = m_world->folder(), .path = u"other"_s}, m_world->tools(), JobContext::unwatched());
    actions::InstallRequest outside = request({u"gamma"_s});
    outside.python = base.baseExecutable;
    const Outcome outcome = propose(outside);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind(), ErrorKind::BadInput);
    QVERIFY2(outcome.error().summary().contains(base.baseExecutable), qPrintable(outcome.error().summary()));
    // Looking is allowed.
    VERIFY_RESULT(
        actions::pipList(base.baseExecutable, m_world->folder(), m_world->tools(), JobContext::unwatched()));
}

void PipInstallCheck::findsTheEnvironment()
{
    const auto folderOf = [&](const QString &given, const QString &folder) {
        const auto list = actions::pipList(given, folder, m_world->tools(), JobContext::unwatched());
        return list ? QDir(m_world->folder()).relativeFilePath(list->interpreter.prefix)
                    : list.error().summary();
    };
    VERIFY_RESULT(actions::makeEnvironment(
        {.folder = m_world->folder(), .path = u"other"_s}, m_world->tools(), JobContext::unwatched()));
    QVERIFY(QDir(m_world->folder()).mkpath(u"src/deep"_s));
    QCOMPARE(folderOf({}, m_world->folder() + u"/src/deep"_s), u".venv"_s);
    QCOMPARE(folderOf(m_world->folder() + u"/other"_s, m_world->folder()), u"other"_s);
    QCOMPARE(folderOf(m_world->folder() + u"/other/bin/python"_s, m_world->folder()), u"other"_s);
    m_world->tools().variables.insert(u"VIRTUAL_ENV"_s, m_world->folder() + u"/other"_s);
    QCOMPARE(folderOf({}, m_world->folder()), u"other"_s);
    m_world->tools().variables.remove(u"VIRTUAL_ENV"_s);
    const QString nowhere = folderOf({}, m_world->folder() + u"/.."_s);
    QVERIFY2(nowhere.contains(u"no environment"), qPrintable(nowhere));
}

void PipInstallCheck::checksWhatIsInstalled()
{
    QCOMPARE(installAll({u"alpha[more]"_s}), u"alpha 1.0, beta 2.0, gamma 3.0"_s);
    const auto check = [&] {
        return actions::pipCheck({}, m_world->folder(), m_world->tools(), JobContext::unwatched())->problems;
    };
    QCOMPARE(check(), QStringList());
    const auto gone = *actions::planUninstall(
        {u"beta"_s}, {}, m_world->folder(), m_world->tools(), JobContext::unwatched());
    VERIFY_RESULT(actions::applyPlan(gone, m_world->tools(), JobContext::unwatched()));
    QCOMPARE(check().size(), 1);
    QVERIFY2(check()[0].contains(u"alpha needs beta"), qPrintable(check()[0]));
    const QString info = QFileInfo(m_world->installed()[0].distInfo).path();
    kit::spill(info + u"/delta-1.dist-info/METADATA"_s,
        "Metadata-Version: 2.1\nName: delta\nVersion: 1\nRequires-Python: <3\nRequires-Dist: gamma>3\n\n");
    QCOMPARE(check().size(), 3);
}

void PipInstallCheck::uninstalls()
{
    QCOMPARE(installAll({u"alpha"_s}), u"alpha 1.0, beta 2.0"_s);
    const auto plan = actions::planUninstall(
        {u"Beta"_s, u"beta"_s, u"delta"_s}, {}, m_world->folder(), m_world->tools(), JobContext::unwatched());
    VERIFY_RESULT(plan);
    QCOMPARE(asText(*plan), u"beta gone"_s);
    QCOMPARE(plan->warnings.size(), std::size_t(1));
    VERIFY_RESULT(actions::applyPlan(*plan, m_world->tools(), JobContext::unwatched()));
    QCOMPARE(m_world->installedText(), u"alpha==1.0"_s);
}

QTEST_GUILESS_MAIN(PipInstallCheck)
#include "pip_install.moc"
