// SPDX-License-Identifier: Apache-2.0
#include "actions/verify.h"

#include <QTemporaryDir>
#include <QTest>

#include "kit/fake_computer.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using actions::CheckReport;
using actions::Rung;
using Outcome = actions::Rung::Outcome;

namespace {

const auto Computers = QStringLiteral(CASES "/../../hardware/devices/");

QString outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Passed: return u"passed"_s;
    case Outcome::Caveat: return u"caveat"_s;
    case Outcome::Failed: return u"failed"_s;
    case Outcome::Skipped: return u"skipped"_s;
    }
    Q_UNREACHABLE();
}

QString asText(const CheckReport &report)
{
    QString text = u"%1: %2\n"_s.arg(outcomeName(report.outcome), report.summary);
    for (const Rung &rung : report.rungs)
        text += u"%1 %2: %3\n"_s.arg(rung.id, outcomeName(rung.outcome), rung.sentence);
    return text;
}

/// What stands behind "# computer: " or "# variable: " in a case.
QString remark(const QByteArray &text, const char *key)
{
    for (const QByteArray &line : text.split('\n')) {
        const QByteArray start = QByteArray("# ") + key + ": ";
        if (line.startsWith(start))
            return QString::fromUtf8(line.mid(start.size()));
    }
    return {};
}

} // namespace

class VerifyCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void climbsTheLadder_data();
    void climbsTheLadder();
    void givesEvidence();
    void importsPackagesWithoutTorch();
    void saysWhichPackageCrashes();
    void saysWhenNothingIsInstalled();
    void endsWhatHangs();
    void seesThroughGarbage_data();
    void seesThroughGarbage();
    void needsAnEnvironment();
    void stops();
    void leavesNothingBehind();

private:
    void install(const QString &path, const QByteArray &text) { kit::spill(m_site + u'/' + path, text); }
    void installPackage(const QString &name, const QStringList &files, const QByteArray &text)
    {
        QByteArray record;
        for (const QString &file : files) {
            install(file, text);
            record += file.toUtf8() + ",,\n";
        }
        install(name + u"-1.0.dist-info/RECORD"_s, record + name.toUtf8() + "-1.0.dist-info/METADATA,,\n");
    }
    Result<CheckReport> checked(const hardware::DeviceReport &devices = {})
    {
        return actions::verifyEnvironment(m_environment, devices, m_tools, JobContext::unwatched());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_environment;
    QString m_site;
    process::SystemRunner m_runner;
    actions::Tools m_tools;
};

void VerifyCheck::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_environment = m_folder->filePath(u"env"_s);
    const QString python = QFileInfo(u"/usr/bin/python3"_s).canonicalFilePath();
    m_site = u"%1/lib/%2/site-packages"_s.arg(m_environment, QFileInfo(python).fileName());
    QVERIFY(QDir().mkpath(m_environment + u"/bin"_s) && QDir().mkpath(m_site));
    QVERIFY(QFile::link(python, m_environment + u"/bin/python"_s));
    kit::spill(m_environment + u"/pyvenv.cfg"_s, "home = /usr/bin\n");
    m_tools = {};
    m_tools.runner = &m_runner;
}

void VerifyCheck::climbsTheLadder_data()
{
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(QStringLiteral(CASES)).entryList({u"*.py"_s}, QDir::Files, QDir::Name);
    QVERIFY(files.size() > 30);
    for (const QString &file : files) {
        if (file != "stand_in.py"_L1)
            QTest::addRow("%s", qPrintable(file)) << file.chopped(3);
    }
}

void VerifyCheck::climbsTheLadder()
{
    QFETCH(const QString, name);
    const QByteArray text = kit::slurp(QStringLiteral(CASES "/%1.py").arg(name));
    install(u"torch/__init__.py"_s, kit::slurp(QStringLiteral(CASES "/stand_in.py")) + text);
    if (const QString variable = remark(text, "variable"); !variable.isEmpty())
        m_tools.variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    kit::FakeComputer computer(Computers + remark(text, "computer"));
    const auto devices = hardware::detect(computer.computer(), JobContext::unwatched());
    QVERIFY(devices);
    const auto report = checked(*devices);
    QVERIFY2(report, qPrintable(report ? QString() : report.error().forLog()));
    COMPARE_KEPT(asText(*report).toUtf8(), name + u".txt"_s);
}

void VerifyCheck::givesEvidence()
{
    install(u"torch/__init__.py"_s,
        kit::slurp(QStringLiteral(CASES "/stand_in.py")) + kit::slurp(QStringLiteral(CASES "/cuda.py")));
    kit::FakeComputer computer(Computers + u"nvidia-laptop-beside-intel"_s);
    const auto report = checked(*hardware::detect(computer.computer(), JobContext::unwatched()));
    QVERIFY(report);
    QCOMPARE(report->rungs.size(), 5U);
    static const QRegularExpression seconds(u"^in [0-9]+\\.[0-9] seconds$"_s);
    QVERIFY2(seconds.match(report->rungs[0].evidence).hasMatch(), qPrintable(report->rungs[0].evidence));
    QVERIFY(report->rungs[1].evidence.contains(u"driver 550.54.14, read from /sys/module/nvidia/version"_s));
    QCOMPARE(report->rungs[2].evidence, u"code for sm_75 sm_80 sm_86 sm_90 sm_100 sm_120"_s);
    QVERIFY(report->rungs[4].evidence.endsWith(u"milliseconds"_s));

    install(u"torch/__init__.py"_s, "raise ImportError('first line\\nsecond line')\n");
    const auto broken = checked();
    QCOMPARE(broken->rungs[0].sentence, u"torch does not import: ImportError: first line"_s);
    QCOMPARE(broken->rungs[0].evidence, u"first line\nsecond line"_s);
}

void VerifyCheck::importsPackagesWithoutTorch()
{
    installPackage(
        u"whole"_s, {u"whole/__init__.py"_s, u"whole/part.py"_s, u"whole_extra.py"_s}, "value = 1\n");
    installPackage(u"data_only"_s, {u"data_only/readme.txt"_s}, "text\n");
    const auto good = checked();
    QVERIFY(good);
    QCOMPARE(asText(*good),
        u"passed: “whole” imports\nimport passed: “whole” imports\nbuild skipped: PyTorch is not installed, so there is no more to check\n"_s);

    installPackage(u"another"_s, {u"another.py"_s}, "value = 1\n");
    installPackage(u"broken"_s, {u"broken/__init__.py"_s},
        "raise ImportError('libgone.so.1: cannot open shared object file: No such file')\n");
    installPackage(u"leaving"_s, {u"leaving.py"_s}, "import sys\nsys.exit('good bye')\n");
    const auto mixed = checked();
    QVERIFY(mixed);
    QCOMPARE(asText(*mixed),
        u"failed: 2 of 4 packages cannot be imported\n"
        "import passed: 2 packages import\n"
        "import failed: “broken” does not import: the library “libgone.so.1” is missing\n"
        "import failed: “leaving” does not import: SystemExit: good bye\n"
        "build skipped: PyTorch is not installed, so there is no more to check\n"_s);
    QCOMPARE(mixed->rungs.front().evidence, u"another, whole"_s);
}

void VerifyCheck::saysWhichPackageCrashes()
{
    installPackage(u"before"_s, {u"before.py"_s}, "value = 1\n");
    installPackage(
        u"crashing"_s, {u"crashing.py"_s}, "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n");
    const auto report = checked();
    QVERIFY(report);
    QCOMPARE(report->outcome, Outcome::Failed);
    QCOMPARE(report->rungs.at(1).sentence, u"Python crashed while importing “crashing” (signal 11)"_s);
}

void VerifyCheck::saysWhenNothingIsInstalled()
{
    const auto report = checked();
    QVERIFY(report);
    QCOMPARE(report->summary, u"Nothing is installed in this environment"_s);
    QCOMPARE(report->outcome, Outcome::Skipped);
}

void VerifyCheck::endsWhatHangs()
{
    process::Outcome outcome;
    outcome.timedOut = true;
    outcome.output = "sconce-check {\"rung\": \"start\", \"torch\": true}\nsconce-check {\"rung\": "
                     "\"import\", \"begins\": true}\n";
    kit::ScriptedRunner runner({{m_environment + u"/bin/python *"_s, outcome}});
    m_tools.runner = &runner;
    const auto report = checked();
    QVERIFY(report);
    QCOMPARE(report->outcome, Outcome::Failed);
    QCOMPARE(report->summary, u"Python did not come to an end within 180 seconds while importing torch"_s);
    QCOMPARE(report->rungs.at(1).sentence, u"Not tried, because a step before it failed"_s);
}

void VerifyCheck::seesThroughGarbage_data()
{
    QTest::addColumn<QString>("output");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("summary");
    const QString begun =
        u"sconce-check {\"rung\": \"start\", \"torch\": true}\nsconce-check {\"rung\": \"import\", \"version\": \"2\"}\n"_s;
    QTest::newRow("something else")
        << u"hello\n"_s << 0 << u"The environment's Python answered with something else than the check"_s;
    QTest::newRow("nothing") << QString() << 0
                             << u"The environment's Python answered with something else than the check"_s;
    QTest::newRow("no standard library") << QString() << 1 << u"Python ended with status 1 while starting"_s;
    QTest::newRow("an end between two steps")
        << begun << 0 << u"Python ended with status 0 while going from one step to the next"_s;
    QTest::newRow("half a line") << begun + u"sconce-check {\"rung\": \"bu"_s << 1
                                 << u"Python ended with status 1 while going from one step to the next"_s;
}

void VerifyCheck::seesThroughGarbage()
{
    QFETCH(const QString, output);
    QFETCH(const int, status);
    kit::ScriptedRunner runner({{m_environment + u"/bin/python *"_s,
        process::Outcome{.status = status, .output = output.toUtf8(), .errorOutput = "Fatal\n"}}});
    m_tools.runner = &runner;
    const auto report = checked();
    QVERIFY(report);
    QCOMPARE(report->outcome, Outcome::Failed);
    QTEST(report->summary, "summary");
}

void VerifyCheck::needsAnEnvironment()
{
    m_environment = m_folder->filePath(u"absent"_s);
    const auto report = checked();
    QVERIFY(!report);
    QCOMPARE(report.error().kind(), ErrorKind::NotFound);
    QCOMPARE(report.error().summary(), u"“%1” holds no Python that could be checked"_s.arg(m_environment));
}

void VerifyCheck::stops()
{
    std::stop_source source;
    source.request_stop();
    const auto report = actions::verifyEnvironment(
        m_environment, {}, m_tools, JobContext(source.get_token(), std::make_shared<Progress>()));
    QCOMPARE(report.error().kind(), ErrorKind::Stopped);
}

void VerifyCheck::leavesNothingBehind()
{
    installPackage(u"whole"_s, {u"whole/__init__.py"_s}, "value = 1\n");
    QVERIFY(checked());
    QVERIFY(!QFile::exists(m_site + u"/whole/__pycache__"_s));
}

QTEST_GUILESS_MAIN(VerifyCheck)
#include "verify.moc"
