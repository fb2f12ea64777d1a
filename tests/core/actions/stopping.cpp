// SPDX-License-Identifier: Apache-2.0
// Cancel while a plan is made, with servers that are slow or never answer: the job ends, and soon. The bound
// leaves room for sanitizers and a busy machine; the worst figure is printed. tests/bench/cancel.cpp measures
// on a quiet one.
#include <QElapsedTimer>
#include <QTest>

#include "core/actions/planning_check.h"
#include "kit/http_server.h"
#include "net/fetcher_qt.h"
#include "work/job.h"

using namespace Qt::StringLiterals;
using namespace sconce;

class StoppingCheck : public checks::PlanningCheck {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whereverTheServerFallsSilent();
    void atManyMoments();

private:
    using Answer = std::variant<plan::Plan, actions::SetUpConflict>;
    std::unique_ptr<Job<Answer>> start();
    /// Milliseconds from the stop to the end.
    qint64 stop(Job<Answer> &job);

    static constexpr int Bound = 5000;
    kit::TinyIndex m_index;
    std::unique_ptr<kit::HttpServer> m_server;
    std::unique_ptr<net::QtFetcher> m_fetcher;
    QThreadPool m_pool;
};

void StoppingCheck::init()
{
    makeWorld();
    m_index = kit::TinyIndex();
    // Twenty packages, each of which needs the next two.
    for (int i = 0; i < 20; ++i) {
        QStringList needs;
        for (int next = i + 1; next < std::min(i + 3, 20); ++next)
            needs.append(u"p%1"_s.arg(next));
        for (const QString &version : {u"1.0"_s, u"2.0"_s})
            m_index.add({.name = u"p%1"_s.arg(i), .version = version, .requiresDist = needs});
    }
    m_server = std::make_unique<kit::HttpServer>();
    m_index.serveFrom(*m_server);
    m_fetcher = std::make_unique<net::QtFetcher>(kit::quickSettings());
    m_world->tools().fetcher = m_fetcher.get();
    m_world->tools().variables[u"UV_DEFAULT_INDEX"_s] = m_server->url(u"/simple"_s).toString();
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\ndependencies = "
        "[\"p0\"]\n");
}

void StoppingCheck::cleanup()
{
    m_pool.waitForDone();
    m_fetcher.reset();
    m_server.reset();
}

std::unique_ptr<Job<StoppingCheck::Answer>> StoppingCheck::start()
{
    return std::make_unique<Job<Answer>>(
        u"plan"_s, m_pool, [this, overview = open()](const JobContext &context) {
            return actions::planSetUp(overview, {}, m_world->tools(), context);
        });
}

qint64 StoppingCheck::stop(Job<Answer> &job)
{
    QElapsedTimer clock;
    clock.start();
    job.stop();
    return QTest::qWaitFor([&job] { return !job.isRunning(); }, Bound) ? clock.elapsed() : -1;
}

void StoppingCheck::whereverTheServerFallsSilent()
{
    // What a whole run asks, in the order of a first one.
    {
        const auto whole = start();
        QTRY_VERIFY_WITH_TIMEOUT(!whole->isRunning(), 60'000);
        VERIFY_RESULT(*whole->result());
    }
    std::vector<QByteArray> targets;
    for (const kit::Asked &asked : m_server->asked()) {
        if (!std::ranges::contains(targets, asked.target))
            targets.push_back(asked.target);
    }
    QVERIFY(targets.size() > 20);
    qint64 worst = 0;
    for (std::size_t silent = 0; silent < targets.size(); silent += 4) {
        init();
        m_server->tell(targets[silent], {.stallAfter = 0});
        const auto job = start();
        QTRY_VERIFY_WITH_TIMEOUT(m_server->timesAsked(targets[silent]) > 0, 60'000);
        const qint64 took = stop(*job);
        QVERIFY2(took >= 0, targets[silent].constData());
        QVERIFY(job->error());
        QCOMPARE(job->error()->kind(), ErrorKind::Stopped);
        worst = std::max(worst, took);
    }
    qInfo("the longest time from Cancel to the end: %lld ms", worst);
    QVERIFY(!QFile::exists(m_world->folder() + u"/uv.lock"_s));
}

void StoppingCheck::atManyMoments()
{
    QElapsedTimer clock;
    clock.start();
    {
        const auto whole = start();
        QTRY_VERIFY_WITH_TIMEOUT(!whole->isRunning(), 60'000);
    }
    const qint64 whole = clock.elapsed();
    qint64 worst = 0;
    constexpr int Moments = 40;
    for (int moment = 0; moment < Moments; ++moment) {
        init();
        const auto job = start();
        clock.start();
        QVERIFY(QTest::qWaitFor(
            [&] { return !job->isRunning() || clock.elapsed() >= whole * moment / Moments; }, 60'000));
        if (!job->isRunning())
            continue;
        const qint64 took = stop(*job);
        QVERIFY2(took >= 0, qPrintable(QString::number(moment)));
        worst = std::max(worst, took);
    }
    qInfo("a plan takes %lld ms; the longest time from Cancel to the end: %lld ms", whole, worst);
    QVERIFY(!QFile::exists(m_world->folder() + u"/uv.lock"_s));
}

QTEST_GUILESS_MAIN(StoppingCheck)
#include "stopping.moc"
