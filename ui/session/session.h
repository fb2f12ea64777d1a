// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QThreadPool>

#include "session/answer.h"
#include "session/work.h"

namespace sconce::ui {

/// One window's project on its way from a folder to a verified environment: opened, planned, applied,
/// checked. Owns the jobs; pages read the answers and redraw on the signal for what they show. Nothing here
/// blocks.
class Session final : public QObject {
    Q_OBJECT
public:
    struct Applied {};
    using Verdicts = std::vector<torch::Verdict>;

    /// `pool` must outlive the session.
    Session(Work work, QThreadPool &pool, QObject *parent = nullptr);
    ~Session() override;

    const Answer<hardware::DeviceReport> &computer() const { return m_computer; }
    const Answer<actions::Overview> &overview() const { return m_overview; }
    /// What the mirror of PyTorch has that the project names; never asked for without one.
    const Answer<QStringList> &offered() const { return m_offered; }
    /// Each backend judged for this computer and for what the project's mirror has; nothing before the
    /// computer is known.
    const std::shared_ptr<const Verdicts> &verdicts() const { return m_verdicts; }
    const Answer<Proposal> &proposal() const { return m_proposal; }
    const Answer<Applied> &applied() const { return m_applied; }
    const Answer<actions::CheckReport> &check() const { return m_check; }
    const actions::SetUpChoice &choice() const { return m_choice; }

    bool hasProject() const { return !m_path.isEmpty(); }
    /// As asked for; the folder once it was read.
    const QString &path() const { return m_path; }
    /// The project's own name, or its folder's.
    QString projectName() const;
    /// Whether the project itself says which index torch comes from; then no backend is chosen for it.
    bool projectChoosesBackend() const;
    /// The environment is as the newest plan wants it.
    bool isSetUp() const;
    /// Everything that runs and may still change something on disk.
    bool isBusyWriting() const { return m_applied.isRunning(); }

    void lookAtComputer();
    void openProject(const QString &path);
    /// Makes the sample project where it does not exist yet, then opens it.
    void openSample(const QString &folder);
    /// Reads the project again and plans anew: files changed, or the person asks.
    void reload();
    void choose(const actions::SetUpChoice &choice);
    /// Plans as if a way out of the conflict were taken; fixPlanned() when that plan is there.
    void tryFix(int fix);
    /// Plans the project as it lies on disk again.
    void dropEdits();
    void applyPlan();
    void checkNow();
    void stopEverything();

Q_SIGNALS:
    void jobStarted(sconce::JobBase *job);
    void computerChanged();
    void projectChanged();
    void proposalChanged();
    void appliedChanged();
    void checkChanged();
    /// A project was read for the first time in this session.
    void opened(const QString &path, const QString &name);
    void sampleRefused(const sconce::Error &error);
    void fixPlanned();

private:
    using Notice = void (Session::*)();
    struct Judged {
        std::shared_ptr<const hardware::DeviceReport> computer;
        std::optional<QStringList> offered;
        bool operator==(const Judged &) const = default;
    };
    template <class T>
    void ask(Answer<T> Session::*answer, const QString &title, typename Job<T>::Work work, Notice changed,
        Notice arrived);
    void readProject();
    void projectArrived();
    void judge();
    QString backendToBeginWith() const;
    void planIfReady();
    void proposalArrived();
    void appliedArrived();
    void keepFewJobs();

    Work m_work;
    QThreadPool &m_pool;
    QString m_path;
    bool m_isFreshlyOpened = false;
    bool m_isBackendChosen = false;
    bool m_isTryingFix = false;
    actions::SetUpChoice m_choice;
    Answer<hardware::DeviceReport> m_computer;
    Answer<actions::Overview> m_overview;
    Answer<QStringList> m_offered;
    Judged m_judged;
    std::shared_ptr<const Verdicts> m_verdicts;
    Answer<Proposal> m_proposal;
    Answer<Applied> m_applied;
    Answer<actions::CheckReport> m_check;
    Answer<Applied> m_sample;
};

} // namespace sconce::ui
