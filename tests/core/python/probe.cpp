// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"
#include "kit/scripted_runner.h"
#include "python/interpreter.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using python::Interpreter;
using python::probe;

namespace {

/// Counts the runs of real programs.
class CountingRunner final : public process::Runner {
public:
    Result<process::Outcome> run(const process::Command &command, const JobContext &context) override
    {
        ++runs;
        return m_runner.run(command, context);
    }
    int runs = 0;

private:
    process::SystemRunner m_runner;
};

Result<Interpreter> asked(const QString &executable, process::Runner &runner, const QString &cache = {})
{
    return probe(executable, runner, cache, JobContext::unwatched());
}

void writeProgram(const QString &path, const QByteArray &text)
{
    kit::spill(path, text);
    QVERIFY(QFile(path).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

const auto System = u"/usr/bin/python3"_s;

} // namespace

class ProbeCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksTheSystemsPython();
    void seesThroughAnEnvironment();
    void runsNothingOfTheEnvironment();
    void readsOtherPythonsAnswers_data();
    void readsOtherPythonsAnswers();
    void keepsAnswers();
    void knowsAnEnvironmentsPythonByItsLink();
    void asksAgainWhenTheFileChanged();
    void survivesABrokenCache_data();
    void survivesABrokenCache();
    void asksScriptsEachTime();
    void saysWhyItCannotBeUsed_data();
    void saysWhyItCannotBeUsed();
    void passesOnWhatTheRunnerSays();
};

void ProbeCheck::asksTheSystemsPython()
{
    process::SystemRunner runner;
    const auto python = asked(System, runner);
    QVERIFY2(python, qPrintable(python ? QString() : python.error().forLog()));
    QCOMPARE(python->executable, System);
    QVERIFY(!python->isVirtual());
    QCOMPARE(python->abi.implementation, u"cpython"_s);
    QCOMPARE(python->abi.major, 3);
    QCOMPARE(python->environment.sysPlatform, u"linux"_s);
    QCOMPARE(python->environment.osName, u"posix"_s);
    QCOMPARE(python->environment.platformPythonImplementation, u"CPython"_s);
    const QString minor = u"3.%1"_s.arg(python->abi.minor);
    QCOMPARE(python->environment.pythonVersion, minor);
    QVERIFY(python->environment.pythonFullVersion.startsWith(minor + u'.'));
    QCOMPARE(python->purelib, u"lib/python%1/site-packages"_s.arg(minor));
    QCOMPARE(python->scripts, u"bin"_s);
    QCOMPARE(python->include, u"include/site/python"_s + minor);
    QCOMPARE(python->platform.system, tags::Platform::System::ManyLinux);
    QCOMPARE(python->platform.major, 2);
    QVERIFY(python->platform.minor > 16);
    QCOMPARE(python->platform.architecture, python->environment.platformMachine);
}

void ProbeCheck::seesThroughAnEnvironment()
{
    QTemporaryDir folder;
    process::SystemRunner runner;
    const auto base = asked(System, runner);
    QVERIFY(base);
    const QString environment = folder.filePath(u"env"_s);
    QVERIFY(QDir().mkpath(environment + u"/bin"_s));
    QVERIFY(QFile::link(base->baseExecutable, environment + u"/bin/python"_s));
    kit::spill(environment + u"/pyvenv.cfg"_s, "home = /usr/bin\nversion_info = 3\n");
    const auto python = asked(environment + u"/bin/python"_s, runner);
    QVERIFY2(python, qPrintable(python ? QString() : python.error().forLog()));
    QCOMPARE(python->prefix, environment);
    QCOMPARE(python->basePrefix, base->prefix);
    QVERIFY(python->isVirtual());
    QVERIFY2(python->baseExecutable.startsWith(u"/usr/bin/python"_s), qPrintable(python->baseExecutable));
    QCOMPARE(python->executable, environment + u"/bin/python"_s);
    QCOMPARE(python->purelib, base->purelib);
}

void ProbeCheck::runsNothingOfTheEnvironment()
{
    // A .pth file runs at every ordinary start; a module beside the caller could stand in for json.
    QTemporaryDir folder;
    process::SystemRunner runner;
    const auto base = asked(System, runner);
    const QString environment = folder.filePath(u"env"_s);
    const QString trace = folder.filePath(u"trace"_s);
    QVERIFY(QDir().mkpath(environment + u"/bin"_s));
    QVERIFY(QFile::link(base->baseExecutable, environment + u"/bin/python"_s));
    kit::spill(environment + u"/pyvenv.cfg"_s, "home = /usr/bin\n");
    const QByteArray spy = "import sys; open('" + trace.toUtf8() + "', 'w')\n";
    kit::spill(environment + u'/' + base->purelib + u"/spy.pth"_s, spy);
    kit::spill(environment + u'/' + base->purelib + u"/json.py"_s, spy);
    kit::spill(environment + u"/bin/json.py"_s, spy);
    QVERIFY(asked(environment + u"/bin/python"_s, runner));
    QVERIFY(!QFile::exists(trace));
}

void ProbeCheck::readsOtherPythonsAnswers_data()
{
    QTest::addColumn<QString>("file");
    const QStringList files = QDir(QStringLiteral(CASES)).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    QVERIFY(files.size() >= 5);
    for (const QString &file : files)
        QTest::addRow("%s", qPrintable(file)) << file;
}

void ProbeCheck::readsOtherPythonsAnswers()
{
    // Answers as the script gives them on systems and with implementations that are not at hand.
    QFETCH(const QString, file);
    const QJsonObject row = QJsonDocument::fromJson(kit::slurp(QStringLiteral(CASES "/") + file)).object();
    process::Outcome outcome;
    outcome.output = "a wrapper says hello\n\n"
        + QJsonDocument(row[u"answer"].toObject()).toJson(QJsonDocument::Compact) + '\n';
    kit::ScriptedRunner runner({{u"/python *"_s, outcome}});
    const auto python = asked(u"/python"_s, runner);
    QVERIFY2(python, qPrintable(python ? QString() : python.error().forLog()));
    const QString shown = u"%1 %2 virtual:%3 threads:%4 system:%5 %6.%7 %8 lib:%9"_s
                              .arg(python->abi.implementation, python->version().text())
                              .arg(int(python->isVirtual()))
                              .arg(int(python->abi.isFreeThreaded))
                              .arg(int(python->platform.system))
                              .arg(python->platform.major)
                              .arg(python->platform.minor)
                              .arg(python->platform.architecture, python->platlib);
    QCOMPARE(shown, row[u"expected"].toString());
}

void ProbeCheck::keepsAnswers()
{
    QTemporaryDir cache;
    CountingRunner runner;
    const auto first = asked(System, runner, cache.path());
    const auto second = asked(System, runner, cache.path());
    QVERIFY(first && second);
    QCOMPARE(runner.runs, 1);
    QCOMPARE(second->environment, first->environment);
    QCOMPARE(second->platform, first->platform);
    QCOMPARE(second->abi, first->abi);
    QCOMPARE(second->purelib, first->purelib);
    QCOMPARE(second->baseExecutable, first->baseExecutable);
}

void ProbeCheck::knowsAnEnvironmentsPythonByItsLink()
{
    const QTemporaryDir folder;
    const QString cache = folder.filePath(u"cache"_s);
    CountingRunner runner;
    QVERIFY(asked(System, runner, cache));
    const QString environment = folder.filePath(u"env"_s);
    QVERIFY(QDir().mkpath(environment + u"/bin"_s));
    QVERIFY(QFile::link(System, environment + u"/bin/python"_s));
    kit::spill(environment + u"/pyvenv.cfg"_s, "home = /usr/bin\n");
    const QString executable = environment + u"/bin/python"_s;
    const auto known = asked(executable, runner, cache);
    QCOMPARE(runner.runs, 1);
    // The same as it says itself.
    const auto answered = asked(executable, runner);
    QCOMPARE(runner.runs, 2);
    QVERIFY(known && answered);
    QCOMPARE(known->executable, answered->executable);
    QCOMPARE(known->prefix, answered->prefix);
    QCOMPARE(known->basePrefix, answered->basePrefix);
    QCOMPARE(QFileInfo(known->baseExecutable).canonicalFilePath(),
        QFileInfo(answered->baseExecutable).canonicalFilePath());
    QCOMPARE(known->environment, answered->environment);
    QCOMPARE(known->abi, answered->abi);
    QCOMPARE(known->purelib, answered->purelib);
    QCOMPARE(known->scripts, answered->scripts);
    QCOMPARE(known->include, answered->include);

    // Where pyvenv.cfg names another home, Python itself has to be asked.
    kit::spill(environment + u"/pyvenv.cfg"_s, "home = /opt\n");
    QVERIFY(asked(executable, runner, cache));
    QCOMPARE(runner.runs, 3);
}

void ProbeCheck::asksAgainWhenTheFileChanged()
{
    QTemporaryDir folder;
    CountingRunner runner;
    const QString environment = folder.filePath(u"env"_s);
    QVERIFY(QDir().mkpath(environment + u"/bin"_s));
    QVERIFY(QFile::link(System, environment + u"/bin/python"_s));
    kit::spill(environment + u"/pyvenv.cfg"_s, "home = /usr/bin\n");
    const QString cache = folder.filePath(u"cache"_s);
    QVERIFY(asked(environment + u"/bin/python"_s, runner, cache)->isVirtual());
    QFile::remove(environment + u"/pyvenv.cfg"_s);
    QVERIFY(!asked(environment + u"/bin/python"_s, runner, cache)->isVirtual());
    QCOMPARE(runner.runs, 2);
}

void ProbeCheck::survivesABrokenCache_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << QByteArray("\0\xff{", 3);
    QTest::newRow("other shape") << QByteArray("[1,2]");
}

void ProbeCheck::survivesABrokenCache()
{
    QFETCH(const QByteArray, content);
    QTemporaryDir cache;
    CountingRunner runner;
    QVERIFY(asked(System, runner, cache.path()));
    const QDir kept(cache.filePath(u"interpreters"_s));
    const QStringList files = kept.entryList(QDir::Files);
    QCOMPARE(files.size(), 1);
    kit::spill(kept.filePath(files.first()), content);
    QVERIFY(asked(System, runner, cache.path()));
    QCOMPARE(runner.runs, 2);
    QVERIFY(asked(System, runner, cache.path()));
    QCOMPARE(runner.runs, 2);
}

void ProbeCheck::asksScriptsEachTime()
{
    QTemporaryDir folder;
    const QString shim = folder.filePath(u"python3"_s);
    writeProgram(shim, "#!/bin/sh\necho through a shim\nexec /usr/bin/python3 \"$@\"\n");
    CountingRunner runner;
    const auto python = asked(shim, runner, folder.filePath(u"cache"_s));
    QVERIFY(python);
    QCOMPARE(python->executable, System);
    QVERIFY(asked(shim, runner, folder.filePath(u"cache"_s)));
    QCOMPARE(runner.runs, 2);
}

void ProbeCheck::saysWhyItCannotBeUsed_data()
{
    QTest::addColumn<QString>("output");
    QTest::addColumn<QString>("errorOutput");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("crashed");
    QTest::addColumn<bool>("timedOut");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("hangs") << QString() << QString() << 9 << false << true
                           << u"“/python” did not answer within 10 seconds"_s;
    QTest::newRow("crashes") << QString() << QString() << 11 << true << false
                             << u"“/python” crashed when it was asked for its version (signal 11)"_s;
    QTest::newRow("garbage") << u"hello\n"_s << QString() << 0 << false << false
                             << u"“/python” is no Python: its answer cannot be understood"_s;
    QTest::newRow("silence") << QString() << QString() << 0 << false << false
                             << u"“/python” is no Python: its answer cannot be understood"_s;
    QTest::newRow("half an answer") << u"{\"executable\": \"/python\"}\n"_s << QString() << 0 << false
                                    << false << u"“/python” is no Python: its answer cannot be understood"_s;
    QTest::newRow("Python 2") << QString() << u"Unknown option: -I\nusage: python [option] ...\n"_s << 2
                              << false << false << u"“/python” is older than Python 3.6"_s;
    QTest::newRow("a shim of pyenv") << QString() << u"pyenv: python3.9: command not found\n"_s << 127
                                     << false << false
                                     << u"“/python” belongs to pyenv, which has no version selected for it"_s;
    QTest::newRow("no standard library")
        << QString()
        << u"Fatal Python error: init_fs_encoding\nModuleNotFoundError: No module named 'encodings'\n"_s << 1
        << false << false << u"“/python” is no Python that works: it ended with status 1"_s;
}

void ProbeCheck::saysWhyItCannotBeUsed()
{
    QFETCH(const QString, output);
    QFETCH(const QString, errorOutput);
    QFETCH(const int, status);
    QFETCH(const bool, crashed);
    QFETCH(const bool, timedOut);
    kit::ScriptedRunner runner({{u"/python *"_s,
        process::Outcome{status, crashed, timedOut, output.toUtf8(), errorOutput.toUtf8()}}});
    const auto python = asked(u"/python"_s, runner);
    QVERIFY(!python);
    QTEST(python.error().summary(), "sentence");
    QCOMPARE(python.error().kind(), ErrorKind::BadInput);
    QVERIFY(python.error().detail().contains(
        (errorOutput.isEmpty() ? output : errorOutput).trimmed().section(u'\n', 0, 0)));
}

void ProbeCheck::passesOnWhatTheRunnerSays()
{
    process::SystemRunner runner;
    QCOMPARE(asked(u"/absent/python"_s, runner).error().kind(), ErrorKind::NotFound);
    QTemporaryDir folder;
    kit::spill(folder.filePath(u"python"_s), "not executable");
    QCOMPARE(asked(folder.filePath(u"python"_s), runner).error().kind(), ErrorKind::Denied);
}

QTEST_GUILESS_MAIN(ProbeCheck)
#include "probe.moc"
