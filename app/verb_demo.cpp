// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <ranges>

#include <QDir>
#include <QTemporaryDir>

#include "actions/offered_backends.h"
#include "actions/sample.h"
#include "actions/set_up.h"
#include "actions/verify.h"
#include "report_text.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

/// Prints a heading for a step and counts it.
class Steps {
public:
    explicit Steps(const Console &console)
        : m_console(console)
    {}
    void begin(const QString &title) { m_console.print(u"\n%1. %2"_s.arg(++m_count).arg(title)); }

private:
    const Console &m_console;
    int m_count = 0;
};

const torch::Verdict &recommended(const std::vector<torch::Verdict> &verdicts)
{
    return *std::ranges::find(verdicts, true, &torch::Verdict::isRecommended);
}

Result<Exit> runDemo(const Invocation &invocation, const QString &folder)
{
    const auto &[arguments, tools, console, context, here] = invocation;
    Steps steps(console);
    steps.begin(Words::tr("A sample project in %1").arg(folder));
    SCONCE_TRY(actions::makeSampleProject(folder));
    const actions::Overview overview = SCONCE_TRY(actions::openProject(folder, tools, context));
    for (const project::Declared &declared : overview.project.dependencies)
        console.print(u"   "_s + declared.requirement.text());

    steps.begin(Words::tr("This computer"));
    const hardware::DeviceReport devices = SCONCE_TRY(actions::detectDevices(tools, context));
    for (const hardware::Device &device : devices.devices)
        console.print(u"   %1  (%2)"_s.arg(device.name.value, device.name.source));
    if (devices.devices.empty())
        console.print(u"   "_s + Words::tr("No GPU was found; PyTorch will run on the processor."));

    steps.begin(Words::tr("PyTorch builds"));
    std::optional<QStringList> offered;
    if (const std::optional<QUrl> &mirror = overview.project.torchMirror)
        offered = SCONCE_TRY(actions::offeredBackends(*mirror, tools, context));
    const std::vector<torch::Verdict> verdicts = actions::judgeBackends(devices, offered);
    for (const torch::Verdict &verdict : verdicts | std::views::take(4))
        console.print(u"   %1 %2  %3"_s.arg(verdict.isRecommended ? u"★"_s : u" "_s)
                .arg(verdict.backend->name, -9)
                .arg(verdict.sentence));

    const QString backend = arguments.value(u"torch-backend"_s, u"auto"_s);
    steps.begin(Words::tr("Versions and plan, for %1")
            .arg(backend == u"auto" ? recommended(verdicts).backend->title() : backend));
    const auto outcome = SCONCE_TRY(actions::planSetUp(overview,
        {.backend = backend, .extras = {}, .groups = {}, .python = arguments.value(u"python"_s)}, tools,
        context));
    if (const auto *conflict = std::get_if<actions::SetUpConflict>(&outcome)) {
        printConflict(*conflict, console);
        return Exit::No;
    }
    const auto &plan = std::get<plan::Plan>(outcome);
    printPlan(plan, console);

    steps.begin(Words::tr("Apply"));
    SCONCE_TRY(actions::applyPlan(plan, tools, context));
    console.print(u"   "_s + Words::tr("The environment is %1").arg(plan.environmentFolder));

    steps.begin(Words::tr("Verify"));
    const actions::CheckReport report =
        SCONCE_TRY(actions::verifyEnvironment(plan.environmentFolder, devices, tools, context));
    printCheck(report, console);
    return report.outcome == actions::Rung::Outcome::Failed ? Exit::No : Exit::Done;
}

} // namespace

Verb demoVerb()
{
    return {u"demo"_s, u"[DIR]"_s,
        Words::tr("the whole main job on a sample project, with no network: step by step"),
        {{u"torch-backend"_s, {}, u"MODE"_s, Words::tr("auto, cpu, cu128, …"), {}, false},
            {u"python"_s, u'p', u"P"_s, Words::tr("the Python to use"), {}, false}},
        [](const Invocation &invocation) -> Result<Exit> {
            if (!invocation.arguments.positional().isEmpty())
                return runDemo(invocation,
                    QDir(invocation.folder).absoluteFilePath(invocation.arguments.positional().first()));
            const QTemporaryDir folder(QDir::tempPath() + u"/sconce-demo-XXXXXX"_s);
            return runDemo(invocation, folder.filePath(u"first-light"_s));
        }};
}

} // namespace sconce::app
