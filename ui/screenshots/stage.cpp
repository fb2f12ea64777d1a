// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>

#include "screenshots/staged.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

struct ActWords {
    Q_DECLARE_TR_FUNCTIONS(ActWords)
};

/// Part of the way, as it would look on the clock of a real run.
void showPartialProgress(Stage::Step step, Progress &progress, bool careful)
{
    using State = Progress::Item::State;
    if (step == Stage::Step::Propose) {
        progress.setStage(2, 4, QString());
        progress.setTotal(120);
        progress.setDone(41);
        progress.setLabel(ActWords::tr("Reading versions: %1").arg(u"torchaudio"_s));
    } else if (step == Stage::Step::Apply) {
        progress.setStage(2, 4, ActWords::tr("Download"));
        const plan::Plan plan = stagedPlan(careful);
        qint64 done = 0;
        for (std::size_t i = 0; i < plan.operations.size(); ++i) {
            const qint64 size = plan.operations[i].size.bytes.value_or(0);
            const std::size_t row = progress.addItem(plan.operations[i].name.text(), size > 0 ? size : -1);
            const State state = i < 3 ? State::Running : i % 2 == 0 ? State::Done : State::Waiting;
            const qint64 reached = state == State::Done ? size
                : state == State::Running               ? size * qint64(68 - 20 * i) / 100
                                                        : 0;
            progress.updateItem(row, reached, state);
            progress.log(ActWords::tr("%1: %2").arg(
                plan.operations[i].name.text(), plan.operations[i].index.url.host()));
            done += reached;
        }
        progress.setTotal(plan.knownBytes());
        progress.setDone(done);
    }
}

} // namespace

void Stage::hold(Step step)
{
    const std::lock_guard guard(m_lock);
    m_held = step;
}

void Stage::release()
{
    {
        const std::lock_guard guard(m_lock);
        m_held.reset();
    }
    m_released.notify_all();
}

bool Stage::isHolding()
{
    const std::lock_guard guard(m_lock);
    return m_waiting > 0;
}

Result<> Stage::pass(Step step, const JobContext &context)
{
    std::unique_lock guard(m_lock);
    if (m_held == step) {
        showPartialProgress(step, context.progress(), ending == Ending::Careful);
        ++m_waiting;
        m_released.wait(guard, context.stopToken(), [this, step] { return m_held != step; });
        --m_waiting;
    }
    return context.goOn();
}

namespace {

/// What depends on the project: where it lies, and the files that are written with the environment.
void finish(plan::Plan &plan, const actions::Overview &overview, const actions::SetUpChoice &choice)
{
    plan.environmentFolder = overview.environmentFolder;
    plan.files = choice.edits;
    plan::FileChange lock{.path = overview.project.folder + u"/uv.lock"_s, .before = {}, .after = {}};
    lock.summary = ActWords::tr("new, %n package(s)", nullptr, int(plan.wanted.size()));
    plan.files.push_back(lock);
}

} // namespace

Result<Proposal> Stage::propose(const actions::Overview &overview, const actions::SetUpChoice &choice)
{
    Proposal proposal;
    proposal.freeBytes = 120'000'000'000;
    proposal.commands = {
        u"uv lock"_s, u"uv venv"_s, u"uv pip install --torch-backend cu129 -r pyproject.toml"_s};
    if (isInstalled || ending == Ending::NothingToDo) {
        plan::Plan plan = stagedPlan(false);
        plan.createWith.reset();
        for (const plan::Operation &operation : std::exchange(plan.operations, {}))
            plan.unchanged.push_back(operation.name);
        proposal.outcome = plan;
        return proposal;
    }
    if (ending == Ending::Offline)
        return std::unexpected(Error(ErrorKind::Offline,
            ActWords::tr("“%1” did not answer: no connection to the network").arg(u"pypi.org"_s))
                .hint(ActWords::tr("Check the connection and try again"))
                .during(ActWords::tr("while reading versions of %1").arg(u"librosa"_s)));
    if (ending == Ending::Conflict && choice.edits.empty())
        proposal.outcome = stagedConflict();
    else
        proposal.outcome = stagedPlan(ending == Ending::Careful);
    if (plan::Plan *plan = std::get_if<plan::Plan>(&proposal.outcome))
        finish(*plan, overview, choice);
    return proposal;
}

Work Stage::work()
{
    Work work;
    work.lookAtComputer = [this](const JobContext &context) -> Result<hardware::DeviceReport> {
        SCONCE_TRY(pass(Step::Look, context));
        if (gpu == Gpu::Unreadable)
            return std::unexpected(Error(ErrorKind::Denied,
                ActWords::tr("“%1” cannot be read: access is denied").arg(u"/sys/module/nvidia/version"_s))
                    .hint(ActWords::tr("Ask for the right to read it, and look again")));
        return stagedComputer(gpu);
    };
    work.openProject = [this](const QString &path, const JobContext &context) -> Result<actions::Overview> {
        SCONCE_TRY(pass(Step::Open, context));
        if (!isReadable)
            return std::unexpected(Error(ErrorKind::BadInput,
                ActWords::tr("“%1” is not a requirement: a version is missing after “>=”").arg(u"torch>="_s))
                    .at({path + u"/pyproject.toml"_s, 7, 10, 7, u"    \"torch>=\","_s})
                    .hint(ActWords::tr("Correct the line in pyproject.toml; it is read again by itself")));
        return stagedOverview(path, usesTorch, isInstalled);
    };
    work.askForBackends = [](const QUrl &, const JobContext &) -> Result<QStringList> {
        return QStringList();
    };
    work.propose = [this](const actions::Overview &overview, const actions::SetUpChoice &choice,
                       const JobContext &context) -> Result<Proposal> {
        SCONCE_TRY(pass(Step::Propose, context));
        return propose(overview, choice);
    };
    work.apply = [this](const plan::Plan &, const JobContext &context) -> Result<> {
        SCONCE_TRY(pass(Step::Apply, context));
        if (!applies)
            return std::unexpected(Error(ErrorKind::BadHash,
                ActWords::tr("“%1” is not the file the index names")
                    .arg(u"scipy-1.16.3-cp312-cp312-manylinux_2_28_x86_64.whl"_s))
                    .detail(u"sha256 0c1f…, expected 9a3b…"_s)
                    .hint(ActWords::tr(
                        "Try again; if it happens again, the package source serves a damaged file")));
        isInstalled = true;
        return {};
    };
    work.check = [this](const QString &, const hardware::DeviceReport &,
                     const JobContext &context) -> Result<actions::CheckReport> {
        SCONCE_TRY(pass(Step::Check, context));
        return stagedReport(outcome);
    };
    work.makeSample = [](const QString &, const JobContext &) -> Result<> { return {}; };
    return work;
}

} // namespace sconce::ui
