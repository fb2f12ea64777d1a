// SPDX-License-Identifier: Apache-2.0
#include "activity/job_model.h"

#include <condition_variable>

#include <QAbstractItemModelTester>

#include "activity/active_items.h"
#include "kit/window/gui_check.h"
#include "kit/window/model_text.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using ui::JobModel;
using Reporting = QAbstractItemModelTester::FailureReportingMode;
using ItemState = Progress::Item::State;

namespace {

/// Work that goes on one step each time the check says so.
class Steps {
public:
    using Step = std::function<Result<>(Progress &)>;
    explicit Steps(std::vector<Step> steps)
        : m_steps(std::move(steps))
    {}
    /// Lets the next step happen, and returns when it has.
    void next()
    {
        std::unique_lock guard(m_lock);
        ++m_allowed;
        m_changed.notify_all();
        m_changed.wait(guard, [this] { return m_done >= m_allowed; });
    }
    Result<int> run(const JobContext &context)
    {
        for (const Step &step : m_steps) {
            std::unique_lock guard(m_lock);
            if (!m_changed.wait(guard, context.stopToken(), [this] { return m_allowed > m_done; }))
                return std::unexpected(context.goOn().error());
            const Result<> made = step(context.progress());
            ++m_done;
            m_changed.notify_all();
            if (!made)
                return std::unexpected(made.error());
        }
        return 1;
    }

private:
    std::vector<Step> m_steps;
    std::mutex m_lock;
    std::condition_variable_any m_changed;
    std::size_t m_allowed = 0;
    std::size_t m_done = 0;
};

} // namespace

class JobModelCheck : public kit::GuiCheck {
    Q_OBJECT

    QThreadPool m_pool;

    std::unique_ptr<Job<int>> start(const QString &title, Steps &steps)
    {
        return std::make_unique<Job<int>>(
            title, m_pool, [&steps](const JobContext &context) { return steps.run(context); });
    }
    static JobModel::State stateOf(const QAbstractItemModel &model, int row)
    {
        return model.index(row, 0).data(JobModel::StateRole).value<JobModel::State>();
    }

private Q_SLOTS:
    void followsJobsAndTheirItems()
    {
        Steps steps({[](Progress &progress) -> Result<> {
                         progress.setStage(1, 2, u"Download"_s);
                         progress.setTotal(300);
                         progress.addItem(u"torch"_s, 200);
                         progress.addItem(u"numpy"_s, 100);
                         return {};
                     },
            [](Progress &progress) -> Result<> {
                progress.updateItem(0, 50, ItemState::Running);
                progress.setDone(50);
                return {};
            },
            [](Progress &progress) -> Result<> {
                progress.updateItem(0, 200, ItemState::Done);
                progress.updateItem(1, 10, ItemState::Failed);
                progress.setDone(210);
                return {};
            }});
        JobModel model;
        ui::ActiveItems active;
        active.setSourceModel(&model);
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        QAbstractItemModelTester activeTester(&active, Reporting::QtTest);
        const auto job = start(u"Setting up demo"_s, steps);
        model.watch(job.get());
        QCOMPARE(model.runningCount(), 1);
        steps.next();
        const QModelIndex row = model.index(0, 0);
        QTRY_COMPARE(model.rowCount(row), 2);
        QCOMPARE(active.rowCount(active.index(0, 0)), 0); // both wait
        QCOMPARE(model.jobAt(model.index(1, 0, row)), job.get());
        QCOMPARE(model.index(1, 0, row).parent(), row);
        steps.next();
        QTRY_COMPARE(active.rowCount(active.index(0, 0)), 1);
        QCOMPARE(model.index(0, 0, row).data(JobModel::PercentRole).toInt(), 25);
        QCOMPARE(row.data(JobModel::PercentRole).toInt(), 16);
        steps.next();
        QTRY_COMPARE(stateOf(model, 0), JobModel::State::Done);
        QTRY_COMPARE(active.index(0, 0, active.index(0, 0)).data().toString(),
            u"numpy"_s); // what went wrong stays in sight
        active.setShowsAll(true);
        QCOMPARE(active.rowCount(active.index(0, 0)), 2);
        QCOMPARE(model.runningCount(), 0);
    }

    void jobsEndInEveryWay()
    {
        Steps stopped({[](Progress &) -> Result<> { return {}; }});
        Steps failing({[](Progress &) -> Result<> {
            return std::unexpected(Error(ErrorKind::Offline, u"no answer"_s));
        }});
        JobModel model;
        QAbstractItemModelTester tester(&model, Reporting::QtTest);
        auto first = start(u"first"_s, stopped);
        auto second = start(u"second"_s, failing);
        model.watch(first.get());
        model.watch(second.get());
        QCOMPARE(model.index(0, 0).data().toString(), u"second"_s); // newest first
        QCOMPARE(model.newestRunning(), second.get());
        failing.next();
        QTRY_COMPARE(stateOf(model, 0), JobModel::State::Failed);
        QCOMPARE(model.index(0, JobModel::DetailsColumn).data().toString(), u"no answer"_s);
        first->stop();
        QTRY_COMPARE(stateOf(model, 1), JobModel::State::Stopped);
        QVERIFY(!model.newestRunning());
        second.reset();
        QCOMPARE(model.rowCount(), 1);
        first.reset();
        QCOMPARE(model.rowCount(), 0);
        m_pool.waitForDone();
    }
};

GUI_CHECK_MAIN(JobModelCheck)
#include "job_model.moc"
