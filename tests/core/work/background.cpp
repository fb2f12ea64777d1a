// SPDX-License-Identifier: Apache-2.0
#include "work/background.h"

#include <atomic>
#include <latch>

#include <QTest>

using sconce::Background;

class BackgroundCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void doesEverything();
    void doesNoMoreThanAllowedAtATime();
    void letsManyWaitTogether();
    void dropsWhatHasNotBegun();
};

void BackgroundCheck::doesEverything()
{
    std::atomic<int> done = 0;
    std::latch all(1000);
    Background background(8);
    for (int i = 0; i < 1000; ++i) {
        background.add([&] {
            ++done;
            all.count_down();
        });
    }
    all.wait();
    QCOMPARE(done, 1000);
}

void BackgroundCheck::doesNoMoreThanAllowedAtATime()
{
    std::atomic<int> running = 0;
    std::atomic<int> most = 0;
    std::latch all(200);
    Background background(50, 3);
    for (int i = 0; i < 200; ++i) {
        background.add([&] {
            const int now = ++running;
            int before = most;
            while (before < now && !most.compare_exchange_weak(before, now)) {}
            std::this_thread::yield();
            --running;
            all.count_down();
        });
    }
    all.wait();
    QVERIFY(most <= 3);
}

void BackgroundCheck::letsManyWaitTogether()
{
    std::atomic<int> computing = 0;
    std::atomic<int> most = 0;
    std::latch together(10);
    std::latch all(40);
    Background background(10, 1);
    for (int i = 0; i < 40; ++i) {
        background.add([&, i] {
            if (i < 10) {
                const Background::Waiting waiting;
                together.arrive_and_wait(); // never, if the others were not let in
            }
            if (i >= 10) { // who waited comes back beside whoever computes by then
                most = std::max(most.load(), ++computing);
                std::this_thread::yield();
                --computing;
            }
            all.count_down();
        });
    }
    all.wait();
    QCOMPARE(most, 1);
    const Background::Waiting elsewhere; // on a thread of nobody's: nothing happens
}

void BackgroundCheck::dropsWhatHasNotBegun()
{
    std::atomic<int> done = 0;
    std::latch begun(1);
    std::latch goOn(1);
    std::jthread releaser;
    {
        Background background(1);
        background.add([&] {
            begun.count_down();
            goOn.wait();
            ++done;
        });
        for (int i = 0; i < 100; ++i)
            background.add([&] { ++done; });
        begun.wait();
        releaser = std::jthread([&] { goOn.count_down(); });
    }
    QVERIFY(done >= 1); // what has begun is waited for
    QVERIFY(done < 101);
}

QTEST_GUILESS_MAIN(BackgroundCheck)
#include "background.moc"
