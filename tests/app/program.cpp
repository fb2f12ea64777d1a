// SPDX-License-Identifier: Apache-2.0
// Runs the built program as a person or a script would.
#include <csignal>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

struct Ran {
    int status = -1;
    QByteArray output;
    QByteArray errors;
};

} // namespace

class ProgramCheck : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

    Ran run(const QStringList &arguments, const QStringList &variables = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : environment.keys()) {
            if (name.startsWith(u"UV_") || name.endsWith(u"_PROXY") || name.endsWith(u"_proxy")
                || name == u"VIRTUAL_ENV")
                environment.remove(name);
        }
        environment.insert(u"HOME"_s, m_home.path());
        environment.insert(u"SCONCE_CACHE_DIR"_s, m_home.filePath(u"cache"_s));
        environment.insert(u"XDG_CONFIG_HOME"_s, m_home.filePath(u"config"_s));
        for (const QString &variable : variables)
            environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_home.path());
        process.start(QStringLiteral(PROGRAM), arguments);
        if (!process.waitForFinished(60'000))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    /// "package id remedy" of each fault, notes left out.
    static QString faultsIn(const QByteArray &report)
    {
        QStringList faults;
        for (const QJsonValue finding : QJsonDocument::fromJson(report)[u"findings"].toArray()) {
            if (finding[u"weight"].toString() == u"fault")
                faults.append((finding[u"package"].toString() + u' ' + finding[u"id"].toString() + u' '
                    + finding[u"remedy"].toString())
                        .trimmed());
        }
        return faults.join(u", ");
    }

private Q_SLOTS:
    void answersAtOnce()
    {
        const Ran version = run({u"--version"_s});
        QCOMPARE(version.status, 0);
        QVERIFY(version.output.startsWith("sconce "));
        const Ran help = run({u"help"_s});
        QCOMPARE(help.status, 0);
        QVERIFY(help.output.contains("backends"));
    }

    void wrongUseIsStatusTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("verb") << QStringList{u"pip"_s, u"instal"_s} << QByteArray("sconce pip install");
        QTest::newRow("option") << QStringList{u"devices"_s, u"--jsno"_s} << QByteArray("--json");
        QTest::newRow("backend") << QStringList{u"demo"_s, u"--torch-backend"_s, u"cu129x"_s}
                                 << QByteArray("cu129");
        QTest::newRow("colour") << QStringList{u"devices"_s, u"--color"_s, u"red"_s} << QByteArray("never");
        QTest::newRow("not yet") << QStringList{u"use-backend"_s} << QByteArray("not there yet");
        QTest::newRow("words of sync")
            << QStringList{u"sync"_s, u"--locked"_s, u"--frozen"_s} << QByteArray("exclude each other");
        QTest::newRow("refresh offline")
            << QStringList{u"lock"_s, u"--refresh"_s, u"--offline"_s} << QByteArray("exclude each other");
        QTest::newRow("no environment") << QStringList{u"verify"_s} << QByteArray("sconce venv");
    }
    void wrongUseIsStatusTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, words);
        const Ran ran = run(arguments);
        QCOMPARE(ran.status, 2);
        QVERIFY2(ran.errors.contains(words), ran.errors.constData());
        QVERIFY(!ran.errors.contains("\x1b["));
    }

    void reportsAreOneJsonDocument()
    {
        const Ran devices = run({u"devices"_s, u"--json"_s}, {u"UV_CUDA_DRIVER_VERSION=550.144.03"_s});
        QCOMPARE(devices.status, 0);
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(devices.output, &error);
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(document[u"accelerator"][u"driver"].toString(), u"550.144.03"_s);
        const Ran backends = run({u"backends"_s, u"--json"_s}, {u"UV_CUDA_DRIVER_VERSION=550.144.03"_s});
        const QJsonArray rows = QJsonDocument::fromJson(backends.output).array();
        QVERIFY(rows.size() > 40);
        QVERIFY(rows[0][u"recommended"].toBool());
        QVERIFY(!rows[0][u"sentence"].toString().isEmpty());
    }

    void badOverrideStopsEveryVerb_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("variable");
        const QString driver = u"UV_CUDA_DRIVER_VERSION=new"_s;
        const QString architecture = u"UV_AMD_GPU_ARCHITECTURE=gfx42"_s;
        QTest::newRow("devices") << QStringList{u"devices"_s} << driver;
        QTest::newRow("backends") << QStringList{u"backends"_s} << architecture;
        QTest::newRow("venv") << QStringList{u"venv"_s, u"never-made"_s} << driver;
        QTest::newRow("pip list") << QStringList{u"pip"_s, u"list"_s} << architecture;
        QTest::newRow("cache size") << QStringList{u"cache"_s, u"size"_s} << driver;
    }
    void badOverrideStopsEveryVerb()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, variable);
        const Ran ran = run(arguments, {variable});
        QCOMPARE(ran.status, 2);
        QVERIFY2(ran.errors.contains(variable.section(u'=', 0, 0).toUtf8()), ran.errors.constData());
        QVERIFY(!QFile::exists(m_home.filePath(u"never-made"_s)));
    }

    void theDemoEndsVerified()
    {
        const QString folder = m_home.filePath(u"demo"_s);
        const Ran ran = run({u"demo"_s, folder, u"--python"_s, u"/usr/bin/python3"_s});
        QVERIFY2(ran.status == 0, (ran.output + ran.errors).constData());
        QVERIFY(ran.output.contains("torch"));
        QVERIFY(QFileInfo(folder + u"/.venv/bin/python"_s).exists());
        QProcess python;
        python.start(folder + u"/.venv/bin/python"_s, {folder + u"/first_light.py"_s});
        QVERIFY(python.waitForFinished());
        QVERIFY(python.readAllStandardOutput().contains("gives 32.0"));
        const Ran list = run({u"pip"_s, u"list"_s, u"--python"_s, folder + u"/.venv/bin/python"_s});
        QCOMPARE(list.status, 0);
        QVERIFY2(list.output.contains("torchvision"), list.output.constData());
        const Ran check = run({u"pip"_s, u"check"_s, u"--python"_s, folder + u"/.venv/bin/python"_s});
        QVERIFY2(check.status == 0, (check.output + check.errors).constData());
        const Ran verify = run({u"verify"_s, u"--json"_s, folder + u"/.venv"_s});
        QCOMPARE(verify.status, 0);
        QCOMPARE(QJsonDocument::fromJson(verify.output)[u"rungs"][0][u"id"].toString(), u"import"_s);
    }

    void theDoctorFindsAndRepairs()
    {
        const QString folder = m_home.filePath(u"demo"_s);
        if (!QFile::exists(folder))
            QCOMPARE(run({u"demo"_s, folder, u"--python"_s, u"/usr/bin/python3"_s}).status, 0);
        const auto doctor = [&](const QStringList &words = {}) {
            return run(QStringList{u"doctor"_s, u"--project"_s, folder} + words);
        };
        const Ran healthy = doctor();
        QVERIFY2(healthy.status == 0, (healthy.output + healthy.errors).constData());
        QVERIFY2(healthy.output.contains("all as they were installed"), healthy.output.constData());

        const QDir library(folder + u"/.venv/lib"_s);
        const QString torch =
            library.filePath(library.entryList({u"python3*"_s}).value(0)) + u"/site-packages/torch/"_s;
        QVERIFY(QFile::remove(torch + u"__init__.py"_s));
        kit::spill(torch + u"mine.txt"_s, "mine");
        const Ran damaged = doctor();
        QCOMPARE(damaged.status, 1);
        QVERIFY2(damaged.output.contains("torch/__init__.py” is missing"), damaged.output.constData());
        QVERIFY2(
            damaged.output.contains("torch/mine.txt” belongs to no package"), damaged.output.constData());
        const Ran json = doctor({u"--json"_s, u"--python"_s, folder + u"/.venv/bin/python"_s});
        QCOMPARE(json.status, 1);
        QCOMPARE(faultsIn(json.output), u"torch missing relink, foreign by-hand"_s);
        QCOMPARE(QJsonDocument::fromJson(json.output)[u"healthy"].toBool(true), false);

        const Ran repaired = doctor({u"--repair"_s, u"--json"_s});
        QCOMPARE(repaired.status, 1); // what is somebody's own stays
        QCOMPARE(faultsIn(repaired.output), u"foreign by-hand"_s);
        const QJsonDocument after = QJsonDocument::fromJson(repaired.output);
        QCOMPARE(after[u"repair"][u"changes"].toArray().size(), 1);
        QCOMPARE(after[u"repair"][u"changes"][0][u"package"].toString(), u"torch"_s);
        QCOMPARE(kit::slurp(torch + u"mine.txt"_s), "mine"_ba);
        QVERIFY(QFile::remove(torch + u"mine.txt"_s));
        QCOMPARE(doctor({u"--repair"_s}).status, 0);
        QCOMPARE(doctor({u"--python"_s, u"/usr"_s}).status, 2);
        QCOMPARE(doctor({u"nonsense"_s}).status, 2);
    }

    void undoesWhatTheDemoDid()
    {
        const QString folder = m_home.filePath(u"undone"_s);
        const auto undo = [&](const QStringList &arguments) {
            return run(QStringList{u"undo"_s, u"--project"_s, folder} + arguments);
        };
        const Ran demo = run({u"demo"_s, folder, u"--python"_s, u"/usr/bin/python3"_s});
        QVERIFY2(demo.status == 0, (demo.output + demo.errors).constData());
        const QByteArray lock = kit::slurp(folder + u"/uv.lock"_s);
        const QJsonDocument list = QJsonDocument::fromJson(undo({u"--list"_s, u"--json"_s}).output);
        QCOMPARE(list[u"plans"].toArray().size(), 1);
        QVERIFY(list[u"plans"][0][u"possible"].toBool());
        QVERIFY(undo({u"--list"_s}).output.contains(" more"));
        QCOMPARE(undo({u"--redo"_s}).status, 1);
        QCOMPARE(undo({u"7"_s}).status, 1);
        QCOMPARE(undo({u"first"_s}).status, 2);
        const Ran look = undo({u"--dry-run"_s});
        QCOMPARE(look.status, 0);
        QVERIFY2(look.output.contains("- torch 2"), look.output.constData());
        QCOMPARE(kit::slurp(folder + u"/uv.lock"_s), lock);
        QVERIFY(QFileInfo(folder + u"/.venv/bin/python"_s).exists());
        const QJsonDocument done = QJsonDocument::fromJson(undo({u"--json"_s}).output);
        QVERIFY(done[u"done"].toBool());
        QVERIFY(done[u"takesEnvironmentAway"].toBool());
        QVERIFY(!QFileInfo::exists(folder + u"/.venv"_s));
        QCOMPARE(undo({}).status, 2); // there is no environment
    }

    void membersShareTheEnvironmentOfTheirWorkspace()
    {
        const QString root = m_home.filePath(u"together"_s);
        kit::spill(root + u"/pyproject.toml"_s, "[tool.uv.workspace]\nmembers = [\"one\"]\n");
        kit::spill(root + u"/one/pyproject.toml"_s, "[project]\nname = \"one\"\nversion = \"1\"\n");
        QCOMPARE(run({u"doctor"_s, u"--project"_s, root + u"/one"_s}).status, 2);
        QCOMPARE(run({u"venv"_s, u"--project"_s, root, u"--python"_s, u"/usr/bin/python3"_s}).status, 0);
        const Ran doctor = run({u"doctor"_s, u"--json"_s, u"--project"_s, root + u"/one"_s});
        QVERIFY2(doctor.status == 0, (doctor.output + doctor.errors).constData());
        QVERIFY(
            QJsonDocument::fromJson(doctor.output)[u"environment"].toString().endsWith("/together/.venv"_L1));
    }

    void locks()
    {
        const QString folder = m_home.filePath(u"locked"_s);
        const QByteArray project =
            "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.12\"\n";
        const auto lock = [&](const QStringList &words) {
            return run(QStringList{u"lock"_s, u"--no-index"_s, u"--project"_s, folder} + words);
        };
        kit::spill(folder + u"/pyproject.toml"_s, project);
        QCOMPARE(lock({u"--check"_s}).status, 1);
        const Ran dry = lock({u"--dry-run"_s});
        QCOMPARE(dry.status, 0);
        QCOMPARE(dry.output, "Add demo v1\n");
        QVERIFY(!QFile::exists(folder + u"/uv.lock"_s));
        const Ran first = lock({});
        QVERIFY2(first.status == 0, first.errors.constData());
        QCOMPARE(first.output, "");
        QCOMPARE(lock({u"--locked"_s}).status, 0);
        QCOMPARE(lock({u"--check"_s, u"-U"_s}).status, 2);
        kit::spill(folder + u"/pyproject.toml"_s, project + "dependencies = [\"missing\"]\n");
        const Ran conflict = lock({});
        QCOMPARE(conflict.status, 1);
        QVERIFY2(conflict.errors.contains("missing"), conflict.errors.constData());
        kit::spill(folder + u"/uv.lock"_s, "<<<<<<< ours\n");
        const Ran damaged = lock({});
        QCOMPARE(damaged.status, 2);
        QVERIFY2(damaged.errors.contains("uv.lock:1"), damaged.errors.constData());
    }

    void syncs()
    {
        const QString folder = m_home.filePath(u"synced"_s);
        const auto write = [&](const QByteArray &version) {
            kit::spill(folder + u"/pyproject.toml"_s,
                "[project]\nname = \"demo\"\nversion = \"" + version
                    + "\"\nrequires-python = \">=3.9\"\n[project.scripts]\nhello = \"demo:main\"\n"
                      "[build-system]\nrequires = [\"uv_build\"]\nbuild-backend = \"uv_build\"\n");
        };
        const auto sync = [&](const QStringList &words, const QStringList &variables = {}) {
            return run(QStringList{u"sync"_s, u"--no-index"_s, u"--python"_s, u"/usr/bin/python3"_s,
                           u"--project"_s, folder}
                    + words,
                variables);
        };
        write("1.0");
        kit::spill(folder + u"/src/demo/__init__.py"_s, "def main():\n    print('good morning')\n");
        const Ran dry = sync({u"--dry-run"_s});
        QVERIFY2(dry.status == 0 && dry.output.contains("demo"), (dry.output + dry.errors).constData());
        QVERIFY(!QFile::exists(folder + u"/.venv"_s));
        QVERIFY(!QFile::exists(folder + u"/uv.lock"_s));
        QCOMPARE(sync({u"--check"_s}).status, 1);
        const QString unused = m_home.filePath(u"unused"_s);
        const Ran wrong = sync({u"--link-mode"_s, u"symlink"_s});
        QVERIFY2(wrong.status == 2 && wrong.errors.contains("hardlink"), wrong.errors.constData());
        QVERIFY(!QFile::exists(folder + u"/.venv"_s));
        const Ran first = sync({u"--no-cache"_s}, {u"SCONCE_CACHE_DIR="_s + unused});
        QVERIFY2(first.status == 0, first.errors.constData());
        QVERIFY(!QFile::exists(unused));
        QCOMPARE(sync({u"--check"_s, u"--locked"_s}).status, 0);
        QProcess hello;
        hello.start(folder + u"/.venv/bin/hello"_s, QStringList());
        QVERIFY(hello.waitForFinished());
        QCOMPARE(hello.readAllStandardOutput(), "good morning\n");
        write("2.0");
        const Ran locked = sync({u"--locked"_s});
        QVERIFY2(locked.status == 1 && locked.errors.contains("sconce lock"), locked.errors.constData());
        QVERIFY(sync({}).status == 0);
        QVERIFY(QFile::exists(folder + u"/.venv/bin/hello"_s));
    }

    void anInterruptionIsStatus130()
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SCONCE_CACHE_DIR"_s, m_home.filePath(u"cache"_s));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_home.path());
        // A Python that never answers keeps the program waiting until it is told to stop.
        kit::spill(m_home.filePath(u"silent"_s), "#!/bin/sh\ntouch started\nexec sleep 100\n");
        QFile::setPermissions(
            m_home.filePath(u"silent"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        process.start(
            QStringLiteral(PROGRAM), {u"venv"_s, u"--python"_s, m_home.filePath(u"silent"_s), u"env"_s});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_home.filePath(u"started"_s)), 20'000);
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(5'000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(!QFile::exists(m_home.filePath(u"env"_s)));
    }
};
QTEST_GUILESS_MAIN(ProgramCheck)
#include "program.moc"
