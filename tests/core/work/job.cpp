// SPDX-License-Identifier: Apache-2.0
#include "work/job.h"

#include <thread>

#include <QSignalSpy>
#include <QTest>

#include "work/each.h"
#include "work/once_map.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

/// Works until it is told to stop.
Result<int> patient(const JobContext &context)
{
    while (context.goOn()) {
        context.progress().add(1);
        std::this_thread::yield();
    }
    return std::unexpected(Error::stopped());
}

} // namespace

class JobCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void handsBackItsResultOnTheOwnersThread()
    {
        QThreadPool pool;
        Job<int> job(u"Counting"_s, pool, [](const JobContext &context) -> Result<int> {
            context.progress().setStage(1, 2, u"one"_s);
            context.progress().setTotal(10);
            context.progress().add(4);
            return 42;
        });
        const QThread *thread = nullptr;
        connect(&job, &JobBase::finished, this, [&] { thread = QThread::currentThread(); });
        QVERIFY(job.isRunning());
        QTRY_COMPARE(thread, QThread::currentThread());
        QVERIFY(!job.isRunning());
        QCOMPARE(**job.result(), 42);
        QCOMPARE(job.error(), nullptr);
        QCOMPARE(job.reading().done, 4);
        QCOMPARE(job.reading().stages, 2);
        QCOMPARE(job.progress().logFrom(0), QStringList{u"one"_s});
    }

    void stopsWhenAsked()
    {
        QThreadPool pool;
        Job<int> job(u"Waiting"_s, pool, patient);
        QSignalSpy finished(&job, &JobBase::finished);
        job.stop();
        QVERIFY(job.isStopping());
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(job.error()->kind(), ErrorKind::Stopped);
    }

    void aDroppedJobStopsAndTouchesNothing()
    {
        QThreadPool pool;
        for (int i = 0; i < 200; ++i)
            Job<int>(u"Dropped"_s, pool, patient);
        QVERIFY(pool.waitForDone(20'000));
        QCoreApplication::sendPostedEvents();
    }

    void eachCallsEveryIndexOnce()
    {
        std::vector<std::atomic<int>> calls(500);
        QVERIFY(each(
            calls.size(), 8,
            [&](std::size_t i) -> Result<> {
                ++calls[i];
                return {};
            },
            JobContext::unwatched()));
        for (const std::atomic<int> &count : calls)
            QCOMPARE(count.load(), 1);
    }

    void eachEndsWithTheFirstError()
    {
        std::atomic<int> calls = 0;
        const Result<> done = each(
            10'000, 4,
            [&](std::size_t) -> Result<> {
                ++calls;
                return std::unexpected(Error(ErrorKind::Broken, u"no"_s));
            },
            JobContext::unwatched());
        QCOMPARE(done.error().summary(), u"no"_s);
        QVERIFY(calls <= 4);
    }

    void onceMapAsksOnce()
    {
        OnceMap<int, int> map;
        std::atomic<int> asked = 0;
        QVERIFY(each(
            64, 16,
            [&](std::size_t i) -> Result<> {
                const auto answer = map.get(
                    int(i % 2),
                    [&]() -> Result<int> {
                        ++asked;
                        return int(i % 2) * 10;
                    },
                    JobContext::unwatched());
                if (**answer != int(i % 2) * 10)
                    return std::unexpected(Error(ErrorKind::Broken, u"wrong answer"_s));
                return {};
            },
            JobContext::unwatched()));
        QCOMPARE(asked.load(), 2);
        QVERIFY(map.peek(1));
        QVERIFY(!map.peek(5));
    }

    void aStoppedAnswerIsAskedAgain()
    {
        OnceMap<int, int> map;
        const auto first = map.get(
            1, []() -> Result<int> { return std::unexpected(Error::stopped()); }, JobContext::unwatched());
        QVERIFY(!*first);
        const auto second = map.get(1, []() -> Result<int> { return 3; }, JobContext::unwatched());
        QCOMPARE(**second, 3);
    }

    void aWaiterIsWokenByItsOwnStop()
    {
        OnceMap<int, int> map;
        std::stop_source stop;
        std::atomic<bool> started = false;
        std::atomic<bool> release = false;
        std::jthread owner([&] {
            map.get(
                1,
                [&]() -> Result<int> {
                    started = true;
                    release.wait(false);
                    return 1;
                },
                JobContext::unwatched());
        });
        while (!started)
            std::this_thread::yield();
        std::jthread stopper([&] { stop.request_stop(); });
        const auto answer = map.get(
            1, []() -> Result<int> { return 2; }, JobContext(stop.get_token(), std::make_shared<Progress>()));
        QCOMPARE(answer->error().kind(), ErrorKind::Stopped);
        release = true;
        release.notify_all();
    }
};
QTEST_GUILESS_MAIN(JobCheck)
#include "job.moc"
