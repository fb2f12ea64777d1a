// SPDX-License-Identifier: Apache-2.0
#include "net/retry.h"

#include <thread>

#include <QElapsedTimer>
#include <QTest>
#include <QTimeZone>

using namespace sconce;
using namespace sconce::net;
using namespace Qt::StringLiterals;

class RetryCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsRetryAfter_data();
    void readsRetryAfter();
    void waitsLongerEachTime();
    void pauseEndsWithAStop();
    void sharesTheBudgetPerOrigin();
};

void RetryCheck::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("seconds") << QByteArray("120") << qint64(120);
    QTest::newRow("none to wait") << QByteArray("0") << qint64(0);
    QTest::newRow("date") << QByteArray("Sun, 06 Nov 1994 08:50:37 GMT") << qint64(60);
    QTest::newRow("date in the past") << QByteArray("Sun, 06 Nov 1994 08:48:37 GMT") << qint64(0);
    QTest::newRow("negative") << QByteArray("-5") << qint64(-1);
    QTest::newRow("nonsense") << QByteArray("soon") << qint64(-1);
    QTest::newRow("too long a number") << QByteArray("99999999999999999999999") << qint64(-1);
    QTest::newRow("absent") << QByteArray() << qint64(-1);
}

void RetryCheck::readsRetryAfter()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);
    const QDateTime now(QDate(1994, 11, 6), QTime(8, 49, 37), QTimeZone::UTC);
    const auto found = retryAfter({{"retry-after", text}}, now);
    QCOMPARE(found ? qint64(found->count()) : qint64(-1), seconds);
}

void RetryCheck::waitsLongerEachTime()
{
    for (int i = 0; i < 100; ++i) {
        for (const auto &[retry, middle] : {std::pair(0, 250), std::pair(1, 1000), std::pair(2, 4000)}) {
            const auto wait = retryPause(retry, 250).count();
            QVERIFY2(wait >= middle * 3 / 4 && wait <= middle * 5 / 4, qPrintable(QString::number(wait)));
        }
    }
    QVERIFY(retryPause(1000, 250).count() > 0); // no overflow
}

void RetryCheck::pauseEndsWithAStop()
{
    std::stop_source stop;
    const JobContext context(stop.get_token(), std::make_shared<Progress>());
    std::jthread stopper([&] { stop.request_stop(); });
    QElapsedTimer time;
    time.start();
    const auto paused = pause(std::chrono::hours(1), context);
    QVERIFY(!paused);
    QCOMPARE(paused.error().kind(), ErrorKind::Stopped);
    QVERIFY(time.elapsed() < 60'000);
    QVERIFY(pause(std::chrono::milliseconds(1), JobContext::unwatched()));
}

void RetryCheck::sharesTheBudgetPerOrigin()
{
    RetryBudget budget;
    int granted = 0;
    while (budget.spend(u"http://a:80"_s))
        ++granted;
    QCOMPARE(granted, 16);
    QVERIFY(!budget.spend(u"http://a:80"_s));
    QVERIFY(budget.spend(u"http://b:80"_s));
    budget.restore(u"http://a:80"_s);
    QVERIFY(budget.spend(u"http://a:80"_s));
}

QTEST_GUILESS_MAIN(RetryCheck)
#include "retry.moc"
