// SPDX-License-Identifier: Apache-2.0
#include "resolve/fixes.h"

#include <condition_variable>

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include "core/resolve/universal_request.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

/// A conflict with two ways out: one that declares it, and one that drops the bound of a, which needs d.
const char World[] =
    R"({"project": ["[project]", "name = 'demo'", "version = '1'", "requires-python = '>=3.10'",
        "dependencies = ['a==1']", "[dependency-groups]", "dev = ['a==2']"],
      "packages": {"a": {"1": [], "2": [], "3": ["d"]}, "d": {"1": []}}})";

/// Passes questions on, but the page of d never comes.
class StuckSupply final : public resolve::Supply {
public:
    explicit StuckSupply(Supply &next)
        : m_next(next)
    {}
    Result<metadata::PageAnswer> page(const metadata::IndexLocation &index, const names::PackageName &package,
        const JobContext &context) override
    {
        ++questions;
        if (package.text() != u"d")
            return m_next.page(index, package, context);
        isStuck = true;
        std::mutex lock;
        std::unique_lock guard(lock);
        std::condition_variable_any never;
        never.wait(guard, context.stopToken(), [] { return false; });
        return std::unexpected(Error::stopped());
    }
    Result<std::shared_ptr<const metadata::CoreMetadata>> metadata(
        const metadata::IndexFile &file, const JobContext &context) override
    {
        return m_next.metadata(file, context);
    }
    void expectPage(
        const metadata::IndexLocation & /*index*/, const names::PackageName & /*package*/) override
    {}
    void expectMetadata(const metadata::IndexFile & /*file*/) override {}

    std::atomic<int> questions = 0;
    std::atomic<bool> isStuck = false;

private:
    Supply &m_next;
};

} // namespace

class FixesCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void givesUpWhatTakesTooLong();
    void triesNothingWhenItIsLate();
    void aStopEndsTheSearch();

private:
    Result<std::vector<resolve::Fix>> fixes(const resolve::IsLate &isLate, const JobContext &context)
    {
        return resolve::workingFixes(m_request, m_conflict, *m_supply, context, isLate);
    }

    QTemporaryDir m_folder;
    std::shared_ptr<kit::Universe> m_universe;
    resolve::UniversalRequest m_request;
    resolve::Conflict m_conflict;
    std::unique_ptr<StuckSupply> m_supply;
};

void FixesCheck::init()
{
    const QJsonObject file = QJsonDocument::fromJson(World).object();
    m_universe = kit::Universe::read(file).value();
    m_request = readUniversalRequest(file, *m_universe, m_folder.path()).value();
    m_supply = std::make_unique<StuckSupply>(*m_universe);
    const auto outcome = resolveUniversal(m_request, *m_supply, JobContext::unwatched());
    QVERIFY(outcome && std::holds_alternative<resolve::Conflict>(*outcome));
    m_conflict = std::get<resolve::Conflict>(*outcome);
    m_supply->questions = 0;
}

void FixesCheck::givesUpWhatTakesTooLong()
{
    // Late as soon as the answer does not come: then only what was found before is offered.
    const auto found = fixes([this] { return m_supply->isStuck.load(); }, JobContext::unwatched());
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QVERIFY(m_supply->isStuck);
    QCOMPARE(found->size(), 1U);
    QCOMPARE(found->front().kind, resolve::Fix::Kind::DeclareConflict);
}

void FixesCheck::triesNothingWhenItIsLate()
{
    const auto found = fixes([] { return true; }, JobContext::unwatched());
    QVERIFY(found && found->empty());
    QCOMPARE(m_supply->questions.load(), 0);
    QVERIFY(resolve::lateAfter(std::chrono::milliseconds(0))());
    QVERIFY(!resolve::lateAfter(std::chrono::hours(1))());
}

void FixesCheck::aStopEndsTheSearch()
{
    std::stop_source stop;
    const JobContext context(stop.get_token(), std::make_shared<Progress>());
    // Whoever looks at the clock finds the trial stuck, and stops everything.
    const auto found = fixes(
        [&] {
            if (m_supply->isStuck)
                stop.request_stop();
            return false;
        },
        context);
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::Stopped);
}

QTEST_GUILESS_MAIN(FixesCheck)
#include "fixes.moc"
