// SPDX-License-Identifier: Apache-2.0
// From the Start page to a verified environment, in the real window with the real core on the built-in
// sample.
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLineEdit>
#include <QTimer>

#include "actions/sample.h"
#include "kit/fake_computer.h"
#include "kit/window/gui_check.h"
#include "ui/shell/driven_window.h"

using namespace Qt::StringLiterals;
using namespace sconce;

class MainJobCheck : public kit::GuiCheck {
    Q_OBJECT

protected:
    void begin() override;
    void end() override;

private Q_SLOTS:
    void fourClicks_data();
    void fourClicks();
    void keysAlone();
    void nothingHoldsTheWindowUp();
    void recommendsForTheComputer_data();
    void recommendsForTheComputer();
    void followsVariables_data();
    void followsVariables();
    void saysWhyAGpuCannotBeUsed_data();
    void saysWhyAGpuCannotBeUsed();

private:
    void start(const QString &computer = u"nothing-to-see"_s);
    ui::Session &session() { return m_driven->session(); }
    kit::Hands &hands() { return m_driven->hands(); }

    std::optional<checks::World> m_world;
    std::unique_ptr<net::Fetcher> m_sample;
    std::unique_ptr<kit::FakeComputer> m_computer;
    QHash<QString, QString> m_variables;
    std::optional<checks::DrivenWindow> m_driven;
};

void MainJobCheck::begin()
{
    m_world.emplace();
    m_sample = actions::sampleFetcher(*m_world->tools().fetcher);
    m_world->tools().fetcher = m_sample.get();
    m_world->tools().variables.remove(u"UV_DEFAULT_INDEX"_s);
}

void MainJobCheck::end()
{
    m_driven.reset();
    m_computer.reset();
    m_sample.reset();
    m_variables.clear();
    m_world.reset();
}

void MainJobCheck::start(const QString &computer)
{
    m_computer = std::make_unique<kit::FakeComputer>(kit::fakeComputerFolder(computer));
    m_world->tools().computer = m_computer->computer();
    m_world->tools().computer.environment.insert(m_variables);
    m_driven.emplace(*m_world);
    QVERIFY(m_driven->becomesActive());
}

void MainJobCheck::fourClicks_data()
{
    QTest::addColumn<bool>("isSample");
    QTest::newRow("the sample") << true;
    QTest::newRow("a folder of one's own") << false;
}

void MainJobCheck::fourClicks()
{
    QFETCH(bool, isSample);
    start();
    int clicksElsewhere = 0;
    QString project = m_driven->sampleFolder();
    if (isSample) {
        QVERIFY(hands().click(u"project.sample"_s));
    } else {
        project = m_world->folder() + u"/mine"_s;
        VERIFY_RESULT(actions::makeSampleProject(project));
        QVERIFY(hands().click(u"project.open"_s));
        auto *dialog = m_driven->window().findChild<QFileDialog *>(u"project.folder"_s);
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->isActiveWindow());
        dialog->findChild<QLineEdit *>()->setText(project);
        hands().press(Qt::Key_Return); // stands for a click on the button of the system's own dialog
        clicksElsewhere = 1;
    }
    QVERIFY(m_driven->becomesReady());
    const QString environment = project + u"/.venv"_s;
    QVERIFY(m_driven->reviews());
    QVERIFY(!QFile::exists(environment));
    QVERIFY(hands().click(u"plan.apply"_s));
    QVERIFY(m_driven->comes([this] { return session().check().value && m_driven->isIdle(); }));

    QCOMPARE(session().check().value->outcome, actions::Rung::Outcome::Passed);
    QVERIFY2(m_driven->text().contains(session().check().value->summary), qPrintable(m_driven->text()));
    QVERIFY(QFileInfo(environment + u"/bin/python"_s).isExecutable());
    QVERIFY(session().isSetUp());
    QVERIFY(hands().clicks() + clicksElsewhere <= 4);
}

/// Start page: Tab to the sample, Space; Ctrl+Return to review, Return to apply.
void MainJobCheck::keysAlone()
{
    start();
    QVERIFY(hands().tabTo(u"project.sample"_s));
    hands().press(Qt::Key_Space);
    QVERIFY(m_driven->becomesReady());
    hands().press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(hands().find(u"plan.apply"_s));
    QTRY_VERIFY(hands().find(u"plan.apply"_s)->window()->isActiveWindow());
    hands().press(Qt::Key_Return);
    QVERIFY(m_driven->comes([this] { return session().check().value && m_driven->isIdle(); }));
    QCOMPARE(session().check().value->outcome, actions::Rung::Outcome::Passed);
    // The report in full, by keys as well.
    QVERIFY(m_driven->becomesActive());
    hands().press(Qt::Key_4, Qt::AltModifier);
    QCOMPARE(m_driven->window().page(), ui::Page::Check);
    for (const actions::Rung &rung : session().check().value->rungs)
        QVERIFY2(m_driven->text().contains(rung.sentence), qPrintable(rung.sentence));
    QCOMPARE(hands().clicks(), 0);
}

/// The bound leaves room for sanitizers and a busy machine: it finds waits, not slowness. The figure is
/// printed.
void MainJobCheck::nothingHoldsTheWindowUp()
{
    start();
    QElapsedTimer sinceTick;
    qint64 longest = 0;
    QTimer ticks;
    connect(&ticks, &QTimer::timeout, this, [&] { longest = std::max(longest, sinceTick.restart()); });
    ticks.start(std::chrono::milliseconds(5));
    sinceTick.start();
    QVERIFY(hands().click(u"project.sample"_s));
    QVERIFY(m_driven->becomesReady());
    QVERIFY(m_driven->applies());
    QVERIFY(m_driven->comes([this] { return session().check().value && m_driven->isIdle(); }));
    qInfo("longest time without an event: %lld ms", longest);
    QVERIFY2(longest < 2000, qPrintable(QString::number(longest)));
}

/// The sample's own index has no builds newer than CUDA 13.0: none of those may be recommended.
void MainJobCheck::recommendsForTheComputer_data()
{
    QTest::addColumn<QString>("computer");
    QTest::addColumn<QString>("backend");
    QTest::addColumn<QString>("torch");
    QTest::newRow("no GPU") << u"nothing-to-see"_s << u"cpu"_s << u"2.9.1+cpu"_s;
    QTest::newRow("NVIDIA") << u"nvidia-blackwell"_s << u"cu130"_s << u"2.9.1+cu130"_s;
    QTest::newRow("NVIDIA of before") << u"nvidia-volta"_s << u"cu126"_s << u"2.9.1+cu126"_s;
    QTest::newRow("AMD") << u"amd-7900xtx"_s << u"rocm6.4"_s << u"2.9.1+rocm6.4"_s;
}

void MainJobCheck::recommendsForTheComputer()
{
    QFETCH(QString, computer);
    QFETCH(QString, backend);
    QFETCH(QString, torch);
    start(computer);
    QVERIFY(hands().click(u"project.sample"_s));
    QVERIFY(m_driven->becomesReady());
    QCOMPARE(session().choice().backend, backend);
    const torch::Verdict &best = session().verdicts()->front();
    QCOMPARE(best.backend->name, backend);
    QVERIFY(best.isRecommended);
    const QString text = m_driven->text();
    QVERIFY2(text.contains(best.sentence), qPrintable(text));
    QVERIFY2(text.contains(best.backend->title()), qPrintable(text));
    const plan::Plan *plan = session().proposal().value->plan();
    QVERIFY(plan);
    QString planned;
    for (const plan::Operation &operation : plan->operations) {
        if (operation.name.text() == u"torch")
            planned = operation.to->text();
    }
    QCOMPARE(planned, torch);
}

/// What the reference's variables say goes before what was found and recommended.
void MainJobCheck::followsVariables_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("backend");
    QTest::addColumn<QString>("says");
    const QString driver = u"UV_CUDA_DRIVER_VERSION"_s;
    const QString architecture = u"UV_AMD_GPU_ARCHITECTURE"_s;
    const QString asked = u"UV_TORCH_BACKEND"_s;
    QTest::newRow("a driver") << driver << u"580.65.06"_s << u"cu130"_s << u"NVIDIA driver 580.65.06"_s;
    QTest::newRow("an older driver") << driver << u"525.60.13"_s << u"cu128"_s
                                     << u"NVIDIA driver 525.60.13"_s;
    QTest::newRow("an architecture") << architecture << u"gfx1100"_s << u"rocm6.4"_s
                                     << u"AMD architecture gfx1100"_s;
    QTest::newRow("a backend") << asked << u"xpu"_s << u"xpu"_s << u"as the variable UV_TORCH_BACKEND asks"_s;
    QTest::newRow("any backend") << asked << u"auto"_s << u"cpu"_s << u"Recommended"_s;
    QTest::newRow("nonsense for a driver") << driver << u"new"_s << QString() << u"holds “new”"_s;
    QTest::newRow("nonsense for a backend") << asked << u"fast"_s << u"fast"_s << u"fast"_s;
}

void MainJobCheck::followsVariables()
{
    QFETCH(QString, variable);
    QFETCH(QString, value);
    QFETCH(QString, backend);
    QFETCH(QString, says);
    m_world->tools().variables.insert(variable, value);
    m_variables.insert(variable, value);
    start();
    QVERIFY(hands().click(u"project.sample"_s));
    QVERIFY(m_driven->becomesReady());
    QCOMPARE(session().choice().backend, backend);
    QVERIFY2(m_driven->text().contains(says), qPrintable(m_driven->text()));
    QCOMPARE(session().proposal().error.has_value(), value == u"new" || value == u"fast");
}

void MainJobCheck::saysWhyAGpuCannotBeUsed_data()
{
    QTest::addColumn<QString>("computer");
    QTest::newRow("NVIDIA without a driver") << u"nvidia-no-driver"_s;
    QTest::newRow("AMD without its driver") << u"amd-without-compute-driver"_s;
    QTest::newRow("Intel without access") << u"intel-without-access"_s;
}

void MainJobCheck::saysWhyAGpuCannotBeUsed()
{
    QFETCH(QString, computer);
    start(computer);
    QVERIFY(hands().click(u"project.sample"_s));
    QVERIFY(m_driven->becomesReady());
    const std::vector<hardware::Device> &devices = session().computer().value->devices;
    QVERIFY(!devices.empty());
    int obstacles = 0;
    for (const hardware::Device &device : devices) {
        if (device.obstacle.isEmpty())
            continue;
        ++obstacles;
        QVERIFY2(m_driven->text().contains(device.obstacle), qPrintable(m_driven->text()));
    }
    QVERIFY(obstacles > 0);
}

GUI_CHECK_MAIN(MainJobCheck)
#include "main_job.moc"
