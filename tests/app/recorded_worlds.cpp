// SPDX-License-Identifier: Apache-2.0
// The verb lock on recorded projects with their indexes: every file below recorded_worlds/ is a case (its
// shape: kit/recorded_world.h), whose lock was written by the reference. Ours has the same bytes, also after
// each further step, which starts from the recorded lock of the step before. Where a case says "judged": "by
// meaning", the two locks differ in how a marker is written, and are compared as values.
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"
#include "kit/recorded_world.h"
#include "kit/scripted_runner.h"
#include "lock/read.h"
#include "verbs.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

const QString Cases = QStringLiteral(CASES "/");

QJsonObject readJson(const QString &path)
{
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(kit::slurp(path), &problem);
    if (problem.error != QJsonParseError::NoError)
        qFatal("%s: %s", qPrintable(path), qPrintable(problem.errorString()));
    return document.object();
}

/// The first lines that are not the same, for people.
QByteArray difference(const QByteArray &recorded, const QByteArray &written)
{
    const QByteArrayList left = recorded.split('\n');
    const QByteArrayList right = written.split('\n');
    qsizetype line = 0;
    while (line < left.size() && line < right.size() && left[line] == right[line])
        ++line;
    return "line " + QByteArray::number(line + 1) + "\n  recorded: " + left.value(line)
        + "\n  written:  " + right.value(line);
}

/// A project folder, and what a verb needs to work in it: the case's indexes, a Python 3.12.1 that is only
/// said to be there.
class ProjectOf {
public:
    explicit ProjectOf(const QJsonObject &world)
        : m_indexes(world)
    {
        const QString python = m_folder.filePath(u"python"_s);
        kit::spill(python, "#!");
        QFile(python).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        const QJsonObject answer =
            readJson(Cases + u"../../core/python/probe/alpine.json"_s)["answer"_L1].toObject();
        m_runner.add({python + u" *"_s, {.output = QJsonDocument(answer).toJson(QJsonDocument::Compact)}});
        m_tools.fetcher = &m_indexes;
        m_tools.runner = &m_runner;
        m_tools.cacheFolder = m_folder.filePath(u"cache"_s);
        m_tools.variables = {{u"HOME"_s, m_folder.path()}, {u"UV_PYTHON"_s, python},
            {u"UV_DEFAULT_INDEX"_s, u"http://pypi.test/simple"_s}};
        m_tools.computer.runner = &m_runner;
    }

    QString file(const QString &name) const { return m_folder.filePath(u"project/"_s + name); }
    QByteArray lock() const { return kit::slurp(file(u"uv.lock"_s)); }

    void write(const QJsonObject &files) const
    {
        for (auto one = files.begin(); one != files.end(); ++one) {
            if (one->isNull())
                QFile::remove(file(one.key()));
            else
                kit::spill(file(one.key()), one->toString().toUtf8());
        }
    }

    /// The exit status of the verb.
    int run(const QJsonArray &words) const
    {
        QStringList arguments;
        for (const QJsonValue &word : words)
            arguments.append(word.toString());
        const auto verb = std::ranges::find(app::verbs(), arguments.takeFirst(), &app::Verb::name);
        std::vector<app::Option> options = verb->options;
        options.insert(options.end(), app::commonOptions().begin(), app::commonOptions().end());
        const auto read = app::Arguments::parse(arguments, options);
        if (!read)
            qFatal() << read.error().forLog();
        const app::Console console(app::Console::Loudness::Quiet, app::Console::Colour::Never);
        const auto exit =
            verb->run({*read, m_tools, console, JobContext::unwatched(), m_folder.filePath(u"project"_s)});
        if (exit)
            return int(*exit);
        console.say(exit.error());
        return int(app::Exit::Broken);
    }

private:
    QTemporaryDir m_folder;
    kit::RecordedWorld m_indexes;
    kit::ScriptedRunner m_runner;
    actions::Tools m_tools;
};

} // namespace

class RecordedWorldsCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAsRecorded_data();
    void answersAsRecorded();

private:
    void checkRun(const ProjectOf &project, const QJsonObject &files, const QJsonArray &words,
        const QJsonObject &expected, bool isByMeaning) const;
};

void RecordedWorldsCheck::answersAsRecorded_data()
{
    QTest::addColumn<QString>("file");
    QStringList files;
    const QString folder = Cases + qEnvironmentVariable("SCONCE_CASES");
    for (QDirIterator found(folder, {u"*.json"_s}, QDir::Files, QDirIterator::Subdirectories);
        found.hasNext();)
        files.append(found.next().sliced(Cases.size()));
    QVERIFY(!files.isEmpty());
    files.sort();
    for (const QString &file : std::as_const(files))
        QTest::newRow(qPrintable(file.chopped(5))) << file;
}

void RecordedWorldsCheck::checkRun(const ProjectOf &project, const QJsonObject &files,
    const QJsonArray &words, const QJsonObject &expected, bool isByMeaning) const
{
    project.write(files);
    const QByteArray before = project.lock();
    const int status = project.run(words);
    const QByteArray written = project.lock();
    if (!expected.contains("lock"_L1)) {
        QCOMPARE(status, int(expected["verdict"_L1] == "no solution"_L1 ? app::Exit::No : app::Exit::Broken));
        QCOMPARE(written, before);
        return;
    }
    QCOMPARE(status, int(app::Exit::Done));
    const QByteArray recorded = expected["lock"_L1].toString().toUtf8();
    if (isByMeaning) {
        const auto left = lock::parse(recorded, u"uv.lock"_s);
        const auto right = lock::parse(written, u"uv.lock"_s);
        QVERIFY2(left && right && *left == *right, difference(recorded, written).constData());
        return;
    }
    QVERIFY2(written == recorded, difference(recorded, written).constData());
}

void RecordedWorldsCheck::answersAsRecorded()
{
    QFETCH(const QString, file);
    const QJsonObject world = readJson(Cases + file);
    const bool isByMeaning = world["judged"_L1] == "by meaning"_L1;
    const ProjectOf project(world);
    checkRun(project, world["files"_L1].toObject(), world["args"_L1].toArray(),
        world["expected"_L1].toObject(), isByMeaning);
    QJsonObject recorded = world["expected"_L1].toObject();
    for (const QJsonValue &step : world["steps"_L1].toArray()) {
        if (QTest::currentTestFailed())
            return;
        QJsonObject files = step["files"_L1].toObject();
        if (recorded.contains("lock"_L1) && !files.contains("uv.lock"_L1))
            files["uv.lock"_L1] = recorded["lock"_L1];
        const QJsonObject expected = step["expected"_L1].toObject();
        checkRun(project, files, step["args"_L1].toArray(), expected, isByMeaning);
        if (expected.contains("lock"_L1))
            recorded = expected;
    }
}

QTEST_GUILESS_MAIN(RecordedWorldsCheck)
#include "recorded_worlds.moc"
