// SPDX-License-Identifier: Apache-2.0
// Whatever step a job has come to: Cancel in the window leaves everything as it was, and quitting asks first.
#include <condition_variable>

#include <QAbstractButton>
#include <QMessageBox>

#include "kit/tree_text.h"
#include "kit/window/gui_check.h"
#include "ui/shell/driven_window.h"

using namespace Qt::StringLiterals;
using namespace sconce;

namespace {

/// Counts what a job asks of the network and of programs, and holds it at one step until it is stopped or let
/// go.
class Gate {
public:
    void holdAt(int step)
    {
        const std::lock_guard guard(m_lock);
        m_steps = 0;
        m_held = step;
        m_isHolding = false;
    }
    void open()
    {
        const std::lock_guard guard(m_lock);
        m_held = 0;
        m_changed.notify_all();
    }
    bool isHolding()
    {
        const std::lock_guard guard(m_lock);
        return m_isHolding;
    }
    void pass(const JobContext &context)
    {
        std::unique_lock guard(m_lock);
        if (++m_steps != m_held)
            return;
        m_isHolding = true;
        m_changed.wait(guard, context.stopToken(), [this] { return m_held == 0; });
    }

private:
    std::mutex m_lock;
    std::condition_variable_any m_changed;
    int m_steps = 0;
    int m_held = 0;
    bool m_isHolding = false;
};

class GatedFetcher final : public net::Fetcher {
public:
    GatedFetcher(net::Fetcher &next, Gate &gate)
        : m_next(next)
        , m_gate(gate)
    {}
    Result<net::Reply> fetch(const net::Request &request, const JobContext &context) override
    {
        m_gate.pass(context);
        return m_next.fetch(request, context);
    }
    Result<net::Reply> download(
        const net::Request &request, const net::Sink &sink, const JobContext &context) override
    {
        m_gate.pass(context);
        const net::Sink gated = [&](QByteArrayView bytes) -> Result<> {
            const qsizetype half = bytes.size() / 2;
            SCONCE_TRY(sink(bytes.first(half)));
            m_gate.pass(context);
            SCONCE_TRY(context.goOn());
            return sink(bytes.sliced(half));
        };
        return m_next.download(request, gated, context);
    }

private:
    net::Fetcher &m_next;
    Gate &m_gate;
};

class GatedRunner final : public process::Runner {
public:
    GatedRunner(process::Runner &next, Gate &gate)
        : m_next(next)
        , m_gate(gate)
    {}
    Result<process::Outcome> run(const process::Command &command, const JobContext &context) override
    {
        m_gate.pass(context);
        return m_next.run(command, context);
    }

private:
    process::Runner &m_next;
    Gate &m_gate;
};

constexpr char Project[] =
    "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"alpha>=2\", \"gamma\"]\n";

} // namespace

class CancellingCheck : public kit::GuiCheck {
    Q_OBJECT

protected:
    void begin() override;
    void end() override;

private Q_SLOTS:
    void atEveryStepOfApplying_data();
    void atEveryStepOfApplying();
    void atEveryStepOfPlanning();
    void quittingAsks();

private:
    void showWindow();
    void start();
    bool holdsWhileApplying(int step);
    ui::Session &session() { return m_driven->session(); }

    Gate m_gate;
    std::optional<checks::World> m_world;
    std::unique_ptr<GatedFetcher> m_fetcher;
    std::unique_ptr<GatedRunner> m_runner;
    std::optional<checks::DrivenWindow> m_driven;
};

void CancellingCheck::begin()
{
    m_world.emplace();
    m_world->offer({{.name = u"alpha"_s, .version = u"1.0"_s},
        {.name = u"alpha"_s, .version = u"2.0"_s, .requiresDist = {u"beta"_s}},
        {.name = u"beta"_s, .version = u"1.0"_s}, {.name = u"gamma"_s, .version = u"1.0"_s}});
    m_fetcher = std::make_unique<GatedFetcher>(*m_world->tools().fetcher, m_gate);
    m_runner = std::make_unique<GatedRunner>(*m_world->tools().runner, m_gate);
    m_world->tools().fetcher = m_fetcher.get();
    m_world->tools().runner = m_runner.get();
    m_world->write(u"pyproject.toml"_s, Project);
}

void CancellingCheck::end()
{
    m_gate.open();
    m_driven.reset();
    m_world.reset();
}

void CancellingCheck::showWindow()
{
    m_gate.holdAt(0);
    m_driven.reset();
    // Each try downloads everything again: what an earlier one has brought would be a step less.
    QVERIFY(QDir(m_world->tools().cacheFolder).removeRecursively());
    m_driven.emplace(*m_world);
    QVERIFY(m_driven->becomesActive());
}

void CancellingCheck::start()
{
    showWindow();
    QVERIFY(m_driven->opens(m_world->folder()));
}

/// False when the plan was carried out before it came to that step.
bool CancellingCheck::holdsWhileApplying(int step)
{
    m_gate.holdAt(step);
    return m_driven->applies() && m_driven->comes([this] {
        return m_gate.isHolding() || (session().check().value && m_driven->isIdle());
    }) && m_gate.isHolding();
}

void CancellingCheck::atEveryStepOfApplying_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::newRow("a new environment") << false;
    QTest::newRow("one that is there") << true;
}

void CancellingCheck::atEveryStepOfApplying()
{
    QFETCH(bool, isThere);
    if (isThere) {
        m_world->write(u"pyproject.toml"_s,
            "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"alpha<2\"]\n");
        start();
        QVERIFY(m_driven->applies());
        QVERIFY(m_driven->comes([this] { return session().check().value && m_driven->isIdle(); }));
        m_world->write(u"pyproject.toml"_s, Project);
    }
    const QString before = kit::treeText(m_world->folder());
    int step = 1;
    for (;; ++step) {
        start();
        if (!holdsWhileApplying(step))
            break;
        if (!session().applied().isRunning())
            break; // that was a step of the check behind it
        QVERIFY2(m_driven->cancels(), qPrintable(QString::number(step)));
        QVERIFY(m_driven->becomesIdle());
        QVERIFY(session().applied().wasStopped());
        QCOMPARE(kit::treeText(m_world->folder()), before);
        QVERIFY(!session().check().value);
        // It can be tried again at once.
        QVERIFY(m_driven->becomesReady());
        QVERIFY(session().proposal().value->plan());
    }
    QVERIFY2(step > 5, qPrintable(QString::number(step)));
    m_gate.open();
    QVERIFY(m_driven->comes([this] { return session().check().value && m_driven->isIdle(); }));
    QCOMPARE(m_world->installedText(), u"alpha==2.0 beta==1.0 gamma==1.0"_s);
}

void CancellingCheck::atEveryStepOfPlanning()
{
    int step = 1;
    for (;; ++step) {
        showWindow();
        QVERIFY(m_driven->becomesIdle());
        m_gate.holdAt(step);
        m_driven->window().openProject(m_world->folder());
        QVERIFY(m_driven->comes([this] { return m_gate.isHolding() || session().proposal().value; }));
        if (!m_gate.isHolding())
            break;
        QTRY_VERIFY(session().proposal().isRunning());
        QVERIFY2(m_driven->cancels(), qPrintable(QString::number(step)));
        QVERIFY(m_driven->becomesReady());
        QVERIFY(session().proposal().wasStopped());
        QVERIFY(!QFile::exists(m_world->environmentFolder()));
    }
    QVERIFY2(step > 5, qPrintable(QString::number(step)));
}

void CancellingCheck::quittingAsks()
{
    start();
    const QString before = kit::treeText(m_world->folder());
    QVERIFY(holdsWhileApplying(2));
    m_driven->window().close();
    QVERIFY(m_driven->window().isVisible());
    auto *question = m_driven->window().findChild<QMessageBox *>(u"close.question"_s);
    QVERIFY(question);
    QTRY_VERIFY(question->isActiveWindow());
    // Escape keeps it running.
    m_driven->hands().press(Qt::Key_Escape);
    QTRY_VERIFY(!m_driven->window().findChild<QMessageBox *>(u"close.question"_s));
    QVERIFY(session().applied().isRunning());
    m_driven->window().close();
    question = m_driven->window().findChild<QMessageBox *>(u"close.question"_s);
    QTRY_VERIFY(question->isActiveWindow());
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
    }
    QTRY_VERIFY(!m_driven->window().isVisible());
    QCOMPARE(kit::treeText(m_world->folder()), before);
}

GUI_CHECK_MAIN(CancellingCheck)
#include "cancelling.moc"
