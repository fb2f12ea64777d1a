// SPDX-License-Identifier: Apache-2.0
#include <cerrno>

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include "environment/virtual_environment.h"
#include "files/files.h"
#include "files/system.h"
#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using environment::make;
using environment::MakeOptions;
using files::system::FaultPlan;

namespace {

constexpr QDir::Filters Everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

const python::Interpreter &system()
{
    static const python::Interpreter found = [] {
        process::SystemRunner runner;
        return python::probe(u"/usr/bin/python3"_s, runner, {}, JobContext::unwatched()).value();
    }();
    return found;
}

Result<> made(const QString &folder, MakeOptions::Existing existing = MakeOptions::Existing::Refuse)
{
    return make(folder, system(), {.prompt = {}, .existing = existing}, JobContext::unwatched());
}

/// Paths with modes and targets of links.
QByteArray listing(const QString &folder)
{
    QStringList lines;
    QDirIterator entries(folder, Everything, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo entry = entries.nextFileInfo();
        struct stat facts{};
        ::lstat(QFile::encodeName(entry.filePath()).constData(), &facts);
        const QString path = QDir(folder).relativeFilePath(entry.filePath());
        if (entry.isSymLink())
            lines.append(path + u" -> "_s + entry.readSymLink());
        else
            lines.append(u"%1 %2"_s.arg(path).arg(int(facts.st_mode & 07777), 4, 8, QLatin1Char('0')));
    }
    lines.sort();
    return lines.join(u'\n').toUtf8();
}

} // namespace

class MakeCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ::umask(022); }
    void makesWhatPythonKnowsAsAnEnvironment();
    void hasTheFilesOfTheReference();
    void writesItsConfiguration();
    void meetsWhatIsThere_data();
    void meetsWhatIsThere();
    void refusesWhatScriptsCannotName_data();
    void refusesWhatScriptsCannotName();
    void isWholeOrAbsentAtEveryFault_data();
    void isWholeOrAbsentAtEveryFault();
    void stopsBeforeItReplaces();
    void knowsItsOwnFiles_data();
    void knowsItsOwnFiles();
};

void MakeCheck::makesWhatPythonKnowsAsAnEnvironment()
{
    const QTemporaryDir folder;
    const QString environment = folder.filePath(u"it's \"an\" $(env)"_s);
    QVERIFY(made(environment));
    process::SystemRunner runner;
    const auto inside = python::probe(environment + u"/bin/python"_s, runner, {}, JobContext::unwatched());
    QVERIFY2(inside, inside ? "" : qPrintable(inside.error().forLog()));
    QCOMPARE(inside->prefix, environment);
    QVERIFY(inside->isVirtual());
    QCOMPARE(inside->basePrefix, system().basePrefix);
    const auto outcome =
        runner.run({.program = environment + u"/bin/python3"_s,
                       .arguments = {u"-c"_s, u"import sysconfig; print(sysconfig.get_path('purelib'))"_s}},
            JobContext::unwatched());
    QCOMPARE(QString::fromUtf8(outcome.value().output.trimmed()), environment + u'/' + system().purelib);
}

void MakeCheck::hasTheFilesOfTheReference()
{
    const QTemporaryDir folder;
    QVERIFY(made(folder.filePath(u".venv"_s)));
    QByteArray list = listing(folder.filePath(u".venv"_s));
    const QByteArray version = system().environment.pythonVersion.toUtf8();
    list.replace(system().baseExecutable.toUtf8(), "BASE").replace("python" + version, "python3.X");
    list.replace(folder.filePath(u".venv"_s).toUtf8(), "VENV"); // Qt gives targets of links absolutely
    COMPARE_KEPT(list, u"files.txt"_s);
    QCOMPARE(kit::slurp(folder.filePath(u".venv/.gitignore"_s)), "*"_ba);
    QCOMPARE(kit::slurp(folder.filePath(u".venv/CACHEDIR.TAG"_s)),
        "Signature: 8a477f597d28d172789f06886806bc55"_ba);
    QVERIFY(QDir(folder.path()).entryList(Everything) == QStringList{u".venv"_s});
}

void MakeCheck::writesItsConfiguration()
{
    const QTemporaryDir folder;
    QVERIFY(make(folder.filePath(u"a"_s), system(), {.prompt = u"my project"_s}, JobContext::unwatched()));
    const auto config = environment::readConfig(folder.filePath(u"a"_s)).value();
    QCOMPARE(config.value(u"home"_s), QFileInfo(system().baseExecutable).path());
    QCOMPARE(config.value(u"implementation"_s), u"CPython"_s);
    QCOMPARE(config.value(u"version_info"_s), system().environment.pythonFullVersion);
    QCOMPARE(config.value(u"include-system-site-packages"_s), u"false"_s);
    QCOMPARE(config.value(u"prompt"_s), u"my project"_s);
    QVERIFY(config.contains(u"sconce"_s));
    QVERIFY(made(folder.filePath(u"b"_s)));
    QVERIFY(!environment::readConfig(folder.filePath(u"b"_s)).value().contains(u"prompt"_s));
    QCOMPARE(environment::readConfig(folder.path()).error().kind(), ErrorKind::NotFound);
}

// What the reference does with targets that exist, and reliability.md L32.
void MakeCheck::meetsWhatIsThere_data()
{
    using Existing = MakeOptions::Existing;
    QTest::addColumn<QString>("there");
    QTest::addColumn<Existing>("existing");
    QTest::addColumn<bool>("isMade");
    QTest::addColumn<bool>("isKept");
    const auto rows = [](const char *there, bool refuse, bool clear, bool keep, bool keptByClear) {
        QTest::addRow("%s, refuse", there)
            << QString::fromLatin1(there) << Existing::Refuse << refuse << true;
        QTest::addRow("%s, clear", there)
            << QString::fromLatin1(there) << Existing::Clear << clear << keptByClear;
        QTest::addRow("%s, keep", there) << QString::fromLatin1(there) << Existing::Keep << keep << true;
    };
    rows("empty folder", true, true, true, true);
    rows("folder with a file", false, false, true, true);
    rows("environment", false, true, true, false);
    rows("file", false, false, false, true);
    rows("link to nothing", false, false, false, true);
    rows("link to an empty folder", true, true, true, true);
    rows("link to an environment", false, true, true, false);
    rows("link to a folder with a file", false, false, true, true);
}

void MakeCheck::meetsWhatIsThere()
{
    QFETCH(QString, there);
    QFETCH(MakeOptions::Existing, existing);
    QFETCH(bool, isMade);
    QFETCH(bool, isKept);
    const QTemporaryDir folder;
    const bool isLink = there.startsWith(u"link"_s);
    const QString target = folder.filePath(u".venv"_s);
    const QString real = isLink ? folder.filePath(u"real"_s) : target;
    const QString mine = real + u"/mine.txt"_s;
    if (there.contains(u"environment"_s))
        QVERIFY(made(real));
    if (there.contains(u"folder"_s))
        QVERIFY(files::makeFolder(real));
    if (there.contains(u"environment"_s) || there.contains(u"with a file"_s))
        kit::spill(mine, "mine");
    if (there == u"file")
        kit::spill(target, "mine");
    if (isLink)
        QFile::link(real, target);
    const bool hadMine = files::exists(mine);
    const QByteArray before = listing(folder.path());

    const auto result = made(target, existing);
    QCOMPARE(result.has_value(), isMade);
    QCOMPARE(QFileInfo(target).isSymLink(), isLink);
    QCOMPARE(files::exists(mine), hadMine && isKept);
    if (!isMade) {
        QCOMPARE(listing(folder.path()), before);
        QCOMPARE(result.error().kind(), ErrorKind::BadInput);
        QVERIFY(result.error().summary().contains(target));
    } else {
        QVERIFY(environment::isEnvironment(target));
        QVERIFY(QFileInfo(target + u"/bin/python"_s).isExecutable());
        QVERIFY(kit::slurp(target + u"/bin/activate"_s)
                .contains(target.toUtf8())); // as it was asked for, link or not
        QCOMPARE(QDir(folder.path()).entryList({u".sconce*"_s}, Everything), QStringList());
    }
}

void MakeCheck::refusesWhatScriptsCannotName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("prompt");
    QTest::addRow("colon") << u"a:b"_s << u""_s;
    QTest::addRow("line end") << u"a\nb"_s << u""_s;
    QTest::addRow("line end in the prompt") << u"a"_s << u"x\ny"_s;
}

void MakeCheck::refusesWhatScriptsCannotName()
{
    QFETCH(QString, name);
    QFETCH(QString, prompt);
    const QTemporaryDir folder;
    const auto result = make(folder.filePath(name), system(), {.prompt = prompt}, JobContext::unwatched());
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), ErrorKind::BadInput);
    QVERIFY(!files::exists(folder.filePath(name)));
    QVERIFY(!make(
        folder.filePath(u"a"_s), system(), {.prompt = {}, .seedPackages = true}, JobContext::unwatched()));
}

void MakeCheck::isWholeOrAbsentAtEveryFault_data()
{
    QTest::addColumn<FaultPlan::Reach>("reach");
    QTest::addColumn<bool>("isReplaced");
    QTest::addRow("new, disk full") << FaultPlan::Reach::OneCall << false;
    QTest::addRow("new, killed") << FaultPlan::Reach::Crash << false;
    QTest::addRow("replaced, disk full") << FaultPlan::Reach::OneCall << true;
    QTest::addRow("replaced, killed") << FaultPlan::Reach::Crash << true;
}

void MakeCheck::isWholeOrAbsentAtEveryFault()
{
    QFETCH(FaultPlan::Reach, reach);
    QFETCH(bool, isReplaced);
    QTemporaryDir reference;
    QVERIFY(made(reference.filePath(u".venv"_s)));
    const QByteArray whole = listing(reference.filePath(u".venv"_s)).replace(reference.path().toUtf8(), "@");
    int faults = 0;
    for (bool isReached = true; isReached;) {
        const QTemporaryDir folder;
        const QString target = folder.filePath(u".venv"_s);
        if (isReplaced) {
            QVERIFY(made(target));
            kit::spill(target + u"/mine.txt"_s, "mine");
        }
        const FaultPlan plan(++faults, ENOSPC, reach);
        const auto result = made(target, MakeOptions::Existing::Clear);
        isReached = plan.isReached();
        QByteArray now = listing(target).replace(folder.path().toUtf8(), "@");
        const bool isOld = isReplaced ? now.contains("mine.txt") : now.isEmpty();
        QVERIFY2(
            isOld || now.replace("\n.lock 0666", "").replace("\n.lock 0644", "") == whole, now.constData());
        if (result && !isOld)
            QVERIFY(files::exists(target + u"/pyvenv.cfg"_s));
        if (reach == FaultPlan::Reach::OneCall && !result)
            QVERIFY(result.error().kind() == ErrorKind::DiskFull);
    }
    QVERIFY(faults > 20);
}

void MakeCheck::stopsBeforeItReplaces()
{
    const QTemporaryDir folder;
    std::stop_source stop;
    stop.request_stop();
    const auto result = make(
        folder.filePath(u"a"_s), system(), {}, JobContext(stop.get_token(), std::make_shared<Progress>()));
    QCOMPARE(result.error().kind(), ErrorKind::Stopped);
    QVERIFY(QDir(folder.path()).isEmpty(Everything));
}

void MakeCheck::knowsItsOwnFiles_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isOwn");
    for (const QString &path : {u"pyvenv.cfg"_s, u"bin/python"_s, u"bin/python3"_s, u"bin/python3.13t"_s,
             u"bin/Python3.12"_s, u"BIN/PYTHON"_s, u"bin/pythonw.exe"_s, u"bin/pypy3"_s, u"bin/activate"_s,
             u"bin/Activate.FISH"_s, u"bin/activate_this.py"_s, u"bin/deactivate.bat"_s,
             u"Scripts/python.exe"_s, u".gitignore"_s, u".lock"_s})
        QTest::addRow("A68 A70 %s", qPrintable(path)) << path << true;
    for (const QString &path : {u"bin/python-argcomplete"_s, u"bin/python3-config"_s, u"bin/pytest"_s,
             u"bin/activate-global"_s, u"lib/python"_s, u"share/pyvenv.cfg"_s, u"bin/x/python"_s})
        QTest::addRow("A72 %s", qPrintable(path)) << path << false;
}

void MakeCheck::knowsItsOwnFiles()
{
    QFETCH(QString, path);
    QFETCH(bool, isOwn);
    QCOMPARE(environment::isOwnFile(path), isOwn);
}

QTEST_GUILESS_MAIN(MakeCheck)
#include "make.moc"
