// SPDX-License-Identifier: Apache-2.0
#include "session/session.h"

#include <algorithm>

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

/// Finished jobs stay readable in the Activity dock; older ones go.
constexpr qsizetype FinishedJobsKept = 20;

} // namespace

Session::Session(Work work, QThreadPool &pool, QObject *parent)
    : QObject(parent)
    , m_work(std::move(work))
    , m_pool(pool)
{}

Session::~Session()
{
    stopEverything();
}

template <class T>
void Session::ask(Answer<T> Session::*answer, const QString &title, typename Job<T>::Work work,
    Notice changed, Notice arrived)
{
    Answer<T> &slot = this->*answer;
    if (slot.job)
        slot.job->stop();
    auto *job = new Job<T>(title, m_pool, std::move(work), this);
    slot.job = job;
    slot.error.reset();
    connect(job, &JobBase::finished, this, [this, answer, job, changed, arrived] {
        Answer<T> &current = this->*answer;
        if (current.job != job)
            return; // a newer question took its place
        current.job = nullptr;
        if (const Result<T> &result = *job->result())
            current.value = std::make_shared<const T>(*result);
        else
            current.error = result.error();
        if (arrived)
            (this->*arrived)();
        Q_EMIT(this->*changed)();
    });
    keepFewJobs();
    Q_EMIT jobStarted(job);
    Q_EMIT(this->*changed)();
}

void Session::keepFewJobs()
{
    QList<JobBase *> finished;
    for (JobBase *job : findChildren<JobBase *>(Qt::FindDirectChildrenOnly)) {
        if (!job->isRunning())
            finished.append(job);
    }
    for (qsizetype i = 0; i < finished.size() - FinishedJobsKept; ++i)
        finished[i]->deleteLater();
}

QString Session::projectName() const
{
    if (m_overview.value && m_overview.value->project.name)
        return m_overview.value->project.name->text();
    const QFileInfo info(m_path);
    return info.isFile() ? info.dir().dirName() : QDir(m_path).dirName();
}

bool Session::projectChoosesBackend() const
{
    if (!m_overview.value)
        return false;
    const project::UvSettings &uv = m_overview.value->project.uv;
    return !uv.torchBackend.isEmpty()
        || std::ranges::any_of(uv.sources, [](const auto &entry) { return torch::appliesTo(entry.first); });
}

bool Session::isSetUp() const
{
    const plan::Plan *plan = m_proposal.value ? m_proposal.value->plan() : nullptr;
    return plan && plan->isEmpty();
}

void Session::lookAtComputer()
{
    ask(&Session::m_computer, tr("Looking at this computer"),
        Job<hardware::DeviceReport>::Work(m_work.lookAtComputer), &Session::computerChanged, &Session::judge);
}

void Session::openProject(const QString &path)
{
    m_overview.forget();
    m_offered.forget();
    m_proposal.forget();
    m_applied.forget();
    m_check.forget();
    m_choice = {};
    m_isBackendChosen = false;
    m_isFreshlyOpened = true;
    m_path = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    readProject();
    Q_EMIT proposalChanged();
    Q_EMIT appliedChanged();
    Q_EMIT checkChanged();
}

void Session::openSample(const QString &folder)
{
    m_sample.forget();
    auto *job = new Job<Applied>(
        tr("Making the sample project"), m_pool,
        [make = m_work.makeSample, folder](const JobContext &context) -> Result<Applied> {
            SCONCE_TRY(make(folder, context).transform([] { return Applied(); }));
            return Applied();
        },
        this);
    m_sample.job = job;
    connect(job, &JobBase::finished, this, [this, job, folder] {
        if (job->error())
            Q_EMIT sampleRefused(*job->error());
        else if (m_sample.job == job)
            openProject(folder);
    });
    Q_EMIT jobStarted(job);
}

void Session::reload()
{
    if (hasProject())
        readProject();
}

void Session::readProject()
{
    ask(
        &Session::m_overview, tr("Reading %1").arg(projectName()),
        [open = m_work.openProject, path = m_path](const JobContext &context) { return open(path, context); },
        &Session::projectChanged, &Session::projectArrived);
}

void Session::projectArrived()
{
    if (!m_overview.value || m_overview.error)
        return;
    m_choice.edits.clear(); // they were made for the files as they were
    if (std::exchange(m_isFreshlyOpened, false)) {
        m_choice.groups = m_overview.value->project.uv.defaultGroups;
        Q_EMIT opened(m_path, projectName());
    }
    const std::optional<QUrl> &mirror = m_overview.value->project.torchMirror;
    if (mirror && m_overview.value->usesTorch) {
        ask(
            &Session::m_offered, tr("Asking which builds of PyTorch there are"),
            [askForBackends = m_work.askForBackends, url = *mirror](
                const JobContext &context) { return askForBackends(url, context); },
            &Session::projectChanged, &Session::judge);
        return;
    }
    m_offered.forget();
    judge();
}

void Session::judge()
{
    // A mirror that does not answer is one nothing is known about: the plan says what is wrong with it.
    const Judged judged{m_computer.value,
        m_offered.value && !m_offered.error ? std::optional(*m_offered.value) : std::nullopt};
    if (m_computer.value && judged != m_judged) {
        m_judged = judged;
        m_verdicts =
            std::make_shared<const Verdicts>(actions::judgeBackends(*judged.computer, judged.offered));
    }
    planIfReady();
}

/// What $UV_TORCH_BACKEND asks for, what the project says (empty), or what is recommended, in this order.
QString Session::backendToBeginWith() const
{
    if (!m_overview.value->usesTorch)
        return {};
    const QString &asked = m_overview.value->askedBackend;
    if (!asked.isEmpty() && asked != u"auto")
        return asked;
    if ((asked.isEmpty() && projectChoosesBackend()) || !m_verdicts)
        return asked;
    return m_verdicts->front().backend->name;
}

void Session::planIfReady()
{
    const bool isComputerKnown = m_computer.value || m_computer.error;
    if (!m_overview.value || m_overview.error || m_overview.isRunning() || m_offered.isRunning()
        || !isComputerKnown)
        return;
    if (!m_isBackendChosen)
        m_choice.backend = backendToBeginWith();
    ask(
        &Session::m_proposal, tr("Working out versions for %1").arg(projectName()),
        [propose = m_work.propose, overview = m_overview.value, choice = m_choice](
            const JobContext &context) { return propose(*overview, choice, context); },
        &Session::proposalChanged, &Session::proposalArrived);
}

void Session::proposalArrived()
{
    const bool wasTrying = std::exchange(m_isTryingFix, false);
    if (wasTrying && !m_proposal.error && m_proposal.value->plan())
        Q_EMIT fixPlanned();
}

void Session::choose(const actions::SetUpChoice &choice)
{
    m_isBackendChosen = m_isBackendChosen || choice.backend != m_choice.backend;
    m_choice = choice;
    planIfReady();
}

void Session::tryFix(int fix)
{
    const actions::SetUpConflict *conflict = m_proposal.value ? m_proposal.value->conflict() : nullptr;
    if (!conflict || m_proposal.isRunning() || fix < 0 || fix >= int(conflict->fixes.size()))
        return;
    m_isTryingFix = true;
    m_choice.edits = conflict->fixes[std::size_t(fix)].edits;
    planIfReady();
}

void Session::dropEdits()
{
    m_choice.edits.clear();
    planIfReady();
}

void Session::applyPlan()
{
    const plan::Plan *plan = m_proposal.value ? m_proposal.value->plan() : nullptr;
    if (!plan || isBusyWriting())
        return;
    m_check.forget();
    Q_EMIT checkChanged();
    // The proposal is shared with the job: a newer one may replace it while this one is carried out.
    ask(
        &Session::m_applied, tr("Setting up %1").arg(projectName()),
        [apply = m_work.apply, proposal = m_proposal.value](const JobContext &context) -> Result<Applied> {
            SCONCE_TRY(apply(*proposal->plan(), context).transform([] { return Applied(); }));
            return Applied();
        },
        &Session::appliedChanged, &Session::appliedArrived);
}

void Session::appliedArrived()
{
    if (m_applied.error)
        return;
    reload();
    checkNow();
}

void Session::checkNow()
{
    if (!m_overview.value)
        return;
    const hardware::DeviceReport report = m_computer.value ? *m_computer.value : hardware::DeviceReport();
    ask(
        &Session::m_check, tr("Checking %1").arg(projectName()),
        [check = m_work.check, folder = m_overview.value->environmentFolder, report](
            const JobContext &context) { return check(folder, report, context); },
        &Session::checkChanged, nullptr);
}

void Session::stopEverything()
{
    for (JobBase *job : findChildren<JobBase *>(Qt::FindDirectChildrenOnly)) {
        if (job->isRunning())
            job->stop();
    }
}

} // namespace sconce::ui
