// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>

#include "session/work.h"

namespace sconce::ui {

/// A made-up world for pictures and checks: a computer, a project, a plan, a check, each as its page would
/// get it from core. Nothing is read or written.
class Stage {
public:
    enum class Gpu { Nvidia, TwoVendors, None, Unreadable };
    enum class Ending { Plan, Careful, NothingToDo, Conflict, Offline };
    enum class Step { Look, Open, Propose, Apply, Check };

    Gpu gpu = Gpu::Nvidia;
    Ending ending = Ending::Plan;
    bool usesTorch = true;
    bool isReadable = true;
    bool isInstalled = false;
    bool applies = true;
    actions::Rung::Outcome outcome = actions::Rung::Outcome::Passed;

    /// The step waits, with its progress part of the way, until release().
    void hold(Step step);
    void release();
    /// A job has come to that step and waits in it.
    bool isHolding();

    /// The stage must outlive every job started with the result. Applying makes later answers those of a
    /// finished set-up.
    Work work();

private:
    Result<> pass(Step step, const JobContext &context);
    Result<Proposal> propose(const actions::Overview &overview, const actions::SetUpChoice &choice);

    std::mutex m_lock;
    std::condition_variable_any m_released;
    std::optional<Step> m_held;
    int m_waiting = 0;
};

actions::Overview stagedOverview(const QString &path, bool usesTorch, bool isInstalled);
hardware::DeviceReport stagedComputer(Stage::Gpu gpu);
plan::Plan stagedPlan(bool careful);
actions::SetUpConflict stagedConflict();
actions::CheckReport stagedReport(actions::Rung::Outcome outcome);

} // namespace sconce::ui
