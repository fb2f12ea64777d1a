// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <thread>

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include "files/files.h"
#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using files::LockFile;
using std::chrono::milliseconds;

class LockFileCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isHeldByOneAtATime();
    void stopsWaitingWhenAsked();
    void followsAFolderThatIsReplaced();
    void refusesWhereItCannotLock();
};

void LockFileCheck::isHeldByOneAtATime()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u".lock"_s);
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    std::atomic<int> turns = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int turn = 0; turn < 3; ++turn) {
                    const auto lock = LockFile::acquire(path, JobContext::unwatched());
                    most = std::max(most.load(), ++inside);
                    std::this_thread::sleep_for(milliseconds(1));
                    --inside;
                    turns += lock.has_value();
                }
            });
        }
    }
    QCOMPARE(turns.load(), 12);
    QCOMPARE(most.load(), 1);
    QCOMPARE(QFileInfo(path).size(), 0);
}

void LockFileCheck::stopsWaitingWhenAsked()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u".lock"_s);
    const auto held = LockFile::acquire(path, JobContext::unwatched());
    std::stop_source stop;
    const JobContext context(stop.get_token(), std::make_shared<Progress>());
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(milliseconds(60));
        stop.request_stop();
    });
    const auto begin = std::chrono::steady_clock::now();
    const auto lock = LockFile::acquire(path, context);
    QVERIFY(!lock);
    QCOMPARE(lock.error().kind(), ErrorKind::Stopped);
    QVERIFY(std::chrono::steady_clock::now() - begin < milliseconds(1000));
    QVERIFY(context.progress().read().label.contains(folder.path())); // it said what it waits for
}

void LockFileCheck::followsAFolderThatIsReplaced()
{
    const QTemporaryDir folder;
    QDir(folder.path()).mkdir(u"env"_s);
    const QString path = folder.filePath(u"env/.lock"_s);
    auto held = std::make_optional(LockFile::acquire(path, JobContext::unwatched()).value());
    Result<LockFile> second = std::unexpected(Error::stopped());
    {
        const std::jthread waiter([&] { second = LockFile::acquire(path, JobContext::unwatched()); });
        std::this_thread::sleep_for(milliseconds(30));
        QVERIFY(files::rename(folder.filePath(u"env"_s), folder.filePath(u"gone"_s)));
        QDir(folder.path()).mkdir(u"env"_s);
        held.reset();
    }
    QVERIFY(second);
    // Held on the new file: a third would wait.
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(files::exists(path));
    QVERIFY(!LockFile::acquire(path, JobContext(stop.get_token(), std::make_shared<Progress>())));
}

void LockFileCheck::refusesWhereItCannotLock()
{
    const QTemporaryDir folder;
    const auto lock = LockFile::acquire(folder.filePath(u"absent/.lock"_s), JobContext::unwatched());
    QVERIFY(!lock);
    QCOMPARE(lock.error().kind(), ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(LockFileCheck)
#include "lock_file.moc"
