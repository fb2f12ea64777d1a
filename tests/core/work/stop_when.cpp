// SPDX-License-Identifier: Apache-2.0
#include "work/stop_when.h"

#include <condition_variable>

#include <QTest>

using namespace sconce;

class StopWhenCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stopsWhenTheConditionHolds();
    void stopsWithTheOuterToken();
    void endsUnstopped();

private:
    /// Returns when the token is stopped, however long that takes.
    static void waitFor(const std::stop_token &token)
    {
        std::mutex lock;
        std::unique_lock guard(lock);
        std::condition_variable_any never;
        never.wait(guard, token, [] { return false; });
    }
};

void StopWhenCheck::stopsWhenTheConditionHolds()
{
    std::atomic<int> asked = 0;
    const StopWhen watched({}, [&asked] { return ++asked == 3; });
    waitFor(watched.token());
    QCOMPARE(asked.load(), 3);
}

void StopWhenCheck::stopsWithTheOuterToken()
{
    std::stop_source outer;
    const StopWhen watched(outer.get_token(), [] { return false; });
    QVERIFY(!watched.token().stop_requested());
    outer.request_stop();
    waitFor(watched.token());
}

void StopWhenCheck::endsUnstopped()
{
    std::stop_token token;
    {
        const StopWhen watched({}, [] { return false; });
        token = watched.token();
    }
    QVERIFY(!token.stop_requested());
}

QTEST_GUILESS_MAIN(StopWhenCheck)
#include "stop_when.moc"
