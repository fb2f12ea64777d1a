// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "actions/set_up.h"
#include "actions/verify.h"

namespace sconce::ui {

/// What the plan job answers: versions, or why there are none; with the room there is where they would go.
struct Proposal {
    std::variant<plan::Plan, actions::SetUpConflict> outcome;
    /// Commands of uv and pip that do the same.
    QStringList commands;
    /// On the volume of the environment; -1 when the system does not say.
    qint64 freeBytes = -1;

    const plan::Plan *plan() const { return std::get_if<plan::Plan>(&outcome); }
    const actions::SetUpConflict *conflict() const { return std::get_if<actions::SetUpConflict>(&outcome); }
};

/// Everything the window may ask core for. Each is called on a worker and may block. The real ones come from
/// workWith(), checks and screenshots give their own.
struct Work {
    std::function<Result<hardware::DeviceReport>(const JobContext &)> lookAtComputer;
    std::function<Result<actions::Overview>(const QString &path, const JobContext &)> openProject;
    /// Names of the backends that a mirror of PyTorch has.
    std::function<Result<QStringList>(const QUrl &mirror, const JobContext &)> askForBackends;
    std::function<Result<Proposal>(
        const actions::Overview &, const actions::SetUpChoice &, const JobContext &)>
        propose;
    std::function<Result<>(const plan::Plan &, const JobContext &)> apply;
    std::function<Result<actions::CheckReport>(
        const QString &environmentFolder, const hardware::DeviceReport &, const JobContext &)>
        check;
    /// Makes the sample project in `folder` if it is not there yet.
    std::function<Result<>(const QString &folder, const JobContext &)> makeSample;
};

/// `tools` must outlive every job started with the result.
Work workWith(const actions::Tools &tools);

} // namespace sconce::ui
