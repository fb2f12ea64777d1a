// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <thread>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

#include "kit/golden.h"
#include "process/runner.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using process::Command;
using process::Outcome;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

Command shell(const QString &script)
{
    Command command;
    command.program = u"/bin/sh"_s;
    command.arguments = {u"-c"_s, script};
    return command;
}

Result<Outcome> run(const Command &command, const JobContext &context = JobContext::unwatched())
{
    return process::SystemRunner().run(command, context);
}

bool isRunning(const QByteArray &processId)
{
    // A zombie of an orphan is gone for all that matters, so its state is looked at.
    const QByteArray status = kit::slurp(u"/proc/%1/stat"_s.arg(QString::fromLatin1(processId.trimmed())));
    return !status.isEmpty() && !status.contains(") Z ");
}

} // namespace

class SystemRunnerCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesBothStreamsAndTheStatus();
    void passesArgumentsWithoutAShell();
    void feedsInput_data();
    void feedsInput();
    void givesNothingToReadWithoutInput();
    void setsAndRemovesVariables();
    void looksUpTheChildsPath();
    void runsInTheFolder();
    void leavesNoDescriptorOpen();
    void keepsABoundedPartOfTheOutput();
    void saysWhenItCrashed();
    void endsTheGroupAtTheLimit();
    void endsAnEndlessWriterAtTheLimit();
    void endsWhatWasLeftBehind();
    void wakesAtOnceOnStop();
    void doesNotStartWhenStopped();
    void saysWhyItCannotStart_data();
    void saysWhyItCannotStart();
    void runsSideBySide();
};

void SystemRunnerCheck::givesBothStreamsAndTheStatus()
{
    const auto outcome = run(shell(u"printf out; printf err >&2; exit 7"_s));
    QVERIFY(outcome);
    QCOMPARE(outcome->output, "out");
    QCOMPARE(outcome->errorOutput, "err");
    QCOMPARE(outcome->status, 7);
    QVERIFY(!outcome->crashed);
    QVERIFY(!outcome->timedOut);
    QVERIFY(!outcome->succeeded());
    QVERIFY(run(shell(u"exit 0"_s))->succeeded());
}

void SystemRunnerCheck::passesArgumentsWithoutAShell()
{
    Command command;
    command.program = u"printf"_s;
    command.arguments = {u"<%s>"_s, u"a b"_s, u"$HOME; `x`"_s, QString(), u"grün"_s};
    const auto outcome = run(command);
    QVERIFY(outcome);
    QCOMPARE(QString::fromUtf8(outcome->output), u"<a b><$HOME; `x`><><grün>"_s);
}

void SystemRunnerCheck::feedsInput_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("short") << QByteArray("hello");
    QTest::newRow("with zero bytes") << QByteArray("a\0b\n", 4);
    QTest::newRow("longer than any pipe") << QByteArray(3 << 20, 'x');
}

void SystemRunnerCheck::feedsInput()
{
    QFETCH(const QByteArray, input);
    Command command;
    command.program = u"cat"_s;
    command.input = input;
    const auto outcome = run(command);
    QVERIFY(outcome);
    QCOMPARE(outcome->output, input);

    Command deaf = shell(u"exit 0"_s);
    deaf.input = input;
    QVERIFY(run(deaf)->succeeded());
}

void SystemRunnerCheck::givesNothingToReadWithoutInput()
{
    QCOMPARE(run(shell(u"cat; printf end"_s))->output, "end");
}

void SystemRunnerCheck::setsAndRemovesVariables()
{
    qputenv("SCONCE_RUNNER_KEPT", "kept");
    qputenv("SCONCE_RUNNER_GONE", "gone");
    Command command = shell(
        u"printf '%s,%s,%s,%s' \"$SCONCE_RUNNER_KEPT\" \"${SCONCE_RUNNER_GONE-unset}\" \"${EMPTY-unset}\" \"$NEW\""_s);
    command.environment = {{u"SCONCE_RUNNER_GONE"_s, QString()}, {u"EMPTY"_s, u""_s}, {u"NEW"_s, u"new=1"_s}};
    QCOMPARE(run(command)->output, "kept,unset,,new=1");
}

void SystemRunnerCheck::looksUpTheChildsPath()
{
    QTemporaryDir folder;
    kit::spill(folder.filePath(u"first/tool"_s), "#!/bin/sh\necho not executable\n");
    kit::spill(folder.filePath(u"second/tool"_s), "#!/bin/sh\necho second\n");
    QFile(folder.filePath(u"second/tool"_s))
        .setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    Command command;
    command.program = u"tool"_s;
    command.environment = {{u"PATH"_s, folder.filePath(u"first"_s) + u':' + folder.filePath(u"second"_s)}};
    const auto outcome = run(command);
    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().summary()));
    QCOMPARE(outcome->output, "second\n");
}

void SystemRunnerCheck::runsInTheFolder()
{
    QTemporaryDir folder;
    Command command = shell(u"pwd -P"_s);
    command.folder = folder.path();
    QCOMPARE(QString::fromUtf8(run(command)->output.trimmed()), QFileInfo(folder.path()).canonicalFilePath());
}

void SystemRunnerCheck::leavesNoDescriptorOpen()
{
    const int leaked = ::open("/proc/self/exe", O_RDONLY); // without close-on-exec, as careless libraries do
    QVERIFY(leaked > 2);
    QCOMPARE(run(shell(u"test -e /proc/$$/fd/%1 && echo leaked; echo done"_s.arg(leaked)))->output, "done\n");
    ::close(leaked);
}

void SystemRunnerCheck::keepsABoundedPartOfTheOutput()
{
    Command command = shell(u"head -c 5000000 /dev/zero; head -c 5000000 /dev/zero >&2; exit 3"_s);
    command.outputLimit = 1000;
    const auto outcome = run(command);
    QCOMPARE(outcome->output.size(), 1000);
    QCOMPARE(outcome->errorOutput.size(), 1000);
    QCOMPARE(outcome->status, 3);
}

void SystemRunnerCheck::saysWhenItCrashed()
{
    const auto outcome = run(shell(u"kill -SEGV $$"_s));
    QVERIFY(outcome->crashed);
    QCOMPARE(outcome->status, SIGSEGV);
}

void SystemRunnerCheck::endsTheGroupAtTheLimit()
{
    Command command = shell(u"trap '' TERM INT HUP; sleep 60 & echo $!; echo kept; wait"_s);
    command.limit = milliseconds(200);
    QElapsedTimer timer;
    timer.start();
    const auto outcome = run(command);
    QVERIFY(timer.elapsed() < 5000);
    QVERIFY(outcome->timedOut);
    QVERIFY(!outcome->crashed);
    QVERIFY(outcome->output.endsWith("kept\n"));
    QTRY_VERIFY(!isRunning(outcome->output.split('\n').first()));
}

void SystemRunnerCheck::endsAnEndlessWriterAtTheLimit()
{
    Command command;
    command.program = u"yes"_s;
    command.limit = milliseconds(200);
    command.outputLimit = 10;
    const auto outcome = run(command);
    QVERIFY(outcome->timedOut);
    QCOMPARE(outcome->output, "y\ny\ny\ny\ny\n");
}

void SystemRunnerCheck::endsWhatWasLeftBehind()
{
    // The grandchild keeps the streams open; the run ends with the child all the same.
    QElapsedTimer timer;
    timer.start();
    const auto outcome = run(shell(u"sleep 60 & echo $!"_s));
    QVERIFY(timer.elapsed() < 5000);
    QVERIFY(outcome->succeeded());
    QTRY_VERIFY(!isRunning(outcome->output));
}

void SystemRunnerCheck::wakesAtOnceOnStop()
{
    QTemporaryDir folder;
    const QString started = folder.filePath(u"started"_s);
    std::stop_source source;
    const JobContext context(source.get_token(), std::make_shared<Progress>());
    QElapsedTimer sinceStop;
    const std::jthread stopper([&] {
        while (!QFile::exists(started))
            ::usleep(1000);
        sinceStop.start();
        source.request_stop();
    });
    Command command = shell(u"touch '%1'; sleep 60"_s.arg(started));
    command.limit = seconds(60);
    const auto outcome = run(command, context);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind(), ErrorKind::Stopped);
    QVERIFY2(sinceStop.elapsed() < 200, qPrintable(QString::number(sinceStop.elapsed())));
}

void SystemRunnerCheck::doesNotStartWhenStopped()
{
    QTemporaryDir folder;
    std::stop_source source;
    source.request_stop();
    const auto outcome = run(shell(u"touch '%1'"_s.arg(folder.filePath(u"started"_s))),
        JobContext(source.get_token(), std::make_shared<Progress>()));
    QCOMPARE(outcome.error().kind(), ErrorKind::Stopped);
    QVERIFY(!QFile::exists(folder.filePath(u"started"_s)));
}

void SystemRunnerCheck::saysWhyItCannotStart_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("name not on PATH") << u"no-such-program"_s << QString() << ErrorKind::NotFound
                                      << u"There is no program “no-such-program” on PATH"_s;
    QTest::newRow("path that is not there")
        << u"@/absent"_s << QString() << ErrorKind::NotFound << u"There is no program “@/absent”"_s;
    QTest::newRow("file on the way") << u"@/text/absent"_s << QString() << ErrorKind::NotFound
                                     << u"There is no program “@/text/absent”"_s;
    QTest::newRow("not executable") << u"@/text"_s << QString() << ErrorKind::Denied
                                    << u"“@/text” may not be run by this user"_s;
    QTest::newRow("folder") << u"@"_s << QString() << ErrorKind::Denied
                            << u"“@” may not be run by this user"_s;
    QTest::newRow("not a program") << u"@/garbage"_s << QString() << ErrorKind::Broken
                                   << u"“@/garbage” is not a program for this computer"_s;
    QTest::newRow("interpreter gone")
        << u"@/script"_s << QString() << ErrorKind::NotFound
        << u"“@/script” cannot be started: the interpreter or loader it asks for is missing"_s;
    QTest::newRow("folder gone") << u"/bin/sh"_s << u"@/absent"_s << ErrorKind::NotFound
                                 << u"“/bin/sh” cannot run in “@/absent”: there is no such folder"_s;
}

void SystemRunnerCheck::saysWhyItCannotStart()
{
    QFETCH(QString, program);
    QFETCH(QString, folder);
    QFETCH(const ErrorKind, kind);
    QFETCH(QString, sentence);
    QTemporaryDir place;
    kit::spill(place.filePath(u"text"_s), "text");
    kit::spill(place.filePath(u"garbage"_s), QByteArray("\0\1\2\3", 4));
    kit::spill(place.filePath(u"script"_s), "#!/absent/interpreter\n");
    for (const QString &name : {u"garbage"_s, u"script"_s})
        QFile(place.filePath(name)).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    Command command;
    command.program = program.replace(u'@', place.path());
    command.folder = folder.replace(u'@', place.path());
    const auto outcome = run(command);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().summary(), sentence.replace(u'@', place.path()));
    QCOMPARE(outcome.error().kind(), kind);
}

void SystemRunnerCheck::runsSideBySide()
{
    // Each run must see the end of its own streams, not wait for descriptors that leaked into a neighbour.
    std::vector<std::jthread> threads;
    std::atomic<int> right = 0;
    for (int number = 0; number < 16; ++number)
        threads.emplace_back([&right, number] {
            const auto outcome = run(shell(u"echo %1; exit %1"_s.arg(number)));
            if (outcome && outcome->status == number && outcome->output == QByteArray::number(number) + '\n')
                ++right;
        });
    threads.clear();
    QCOMPARE(right.load(), 16);
}

QTEST_GUILESS_MAIN(SystemRunnerCheck)
#include "system_runner.moc"
