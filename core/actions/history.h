// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sync/applied_plan.h"
#include "wheel/going.h"

namespace sconce::actions {

/// A plan that was carried out in an environment, with what it replaced still there.
struct HistoryEntry {
    /// Counts up with each plan.
    int number = 0;
    /// It was undone, and can be made again until another plan is applied.
    bool isUndone = false;
    sync::AppliedPlan plan;
    /// What keeping it costs: bytes of files that neither the cache nor an environment shares.
    qint64 bytes = 0;
    /// Why it can neither be undone nor made again now; the hints are ways out.
    std::optional<Error> problem;
};

struct History {
    QString environmentFolder;
    /// The newest first, five at most beside those that were undone.
    std::vector<HistoryEntry> entries;
};
/// An environment without history, or none at all, gives no entries. What a crash left half done is finished
/// first.
Result<History> readHistory(const QString &environmentFolder, const JobContext &context);

enum class Direction {
    /// To before a plan, and with it all that were applied after it.
    Undo,
    /// To after a plan that was undone, and all before it.
    MakeAgain,
};

/// What going there changes. Nothing is touched by making it.
struct UndoPlan {
    QString environmentFolder;
    Direction direction = Direction::Undo;
    /// Of the plans that are undone or made again, in that order.
    std::vector<int> numbers;
    /// By name, with what is installed now and what will be; what comes out the same is left out.
    std::vector<sync::AppliedPlan::Package> packages;
    QStringList files;
    /// The first of the plans had made the environment: it goes, and its history with it.
    bool takesEnvironmentAway = false;
    wheel::Way way;
};
/// `number`: the plan; nothing: the last one that was applied, or the first that can be made again. NotFound
/// when there is none. BadInput, with what is in the way, when it is not to be had.
Result<UndoPlan> planUndo(const QString &environmentFolder, Direction direction, std::optional<int> number,
    const JobContext &context);

/// All of it in one step: needs no network and no room on the disk. BadInput when anything changed since the
/// plan was made; then nothing happens.
Result<> carryOut(const UndoPlan &plan, const JobContext &context);

} // namespace sconce::actions
