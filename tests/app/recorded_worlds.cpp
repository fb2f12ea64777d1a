// SPDX-License-Identifier: Apache-2.0
// The verb lock on recorded projects with their indexes: every file below recorded_worlds/ is a case (its
// shape: kit/recorded_world.h), whose lock was written by the reference. Ours has the same bytes, also after
// each further step, which starts from the recorded lock of the step before. Where a case says "judged": "by
// meaning", the two locks differ in how a marker is written, and are compared as values.
#include <QDirIterator>
#include <QTest>

#include "lock/read.h"
#include "recorded_project.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

const QString Cases = QStringLiteral(CASES "/");

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

/// Cases with the same indexes say in which file these are ("shares").
QJsonObject worldOf(const QString &file)
{
    QJsonObject world = checks::readJson(Cases + file).object();
    if (world.contains("shares"_L1)) {
        const QString shared = QFileInfo(Cases + file).path() + u'/' + world["shares"_L1].toString();
        const QJsonObject more = checks::readJson(shared).object();
        for (auto one = more.begin(); one != more.end(); ++one)
            world.insert(one.key(), *one);
    }
    return world;
}

} // namespace

class RecordedWorldsCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAsRecorded_data();
    void answersAsRecorded();

private:
    void checkRun(const checks::RecordedProject &project, const QJsonObject &files, const QJsonArray &words,
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

void RecordedWorldsCheck::checkRun(const checks::RecordedProject &project, const QJsonObject &files,
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
    const QByteArray recorded = project.withDigests(expected["lock"_L1].toString().toUtf8());
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
    const QJsonObject world = worldOf(file);
    const bool isByMeaning = world["judged"_L1] == "by meaning"_L1;
    const checks::RecordedProject project(world);
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
