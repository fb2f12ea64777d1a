// SPDX-License-Identifier: Apache-2.0
#include "actions/history.h"

#include <algorithm>
#include <map>

#include "actions/words.h"
#include "wheel/install.h"

namespace sconce::actions {

namespace {

std::unexpected<Error> nothingThere(Direction direction, std::optional<int> number, const QString &folder)
{
    const bool isUndo = direction == Direction::Undo;
    if (number) {
        return std::unexpected(Error(ErrorKind::NotFound,
            (isUndo ? Words::tr("There is no plan %1 in “%2” that could be undone")
                    : Words::tr("There is no plan %1 in “%2” that could be made again"))
                .arg(*number)
                .arg(folder))
                .hint(Words::tr("Choose one of the history")));
    }
    return std::unexpected(Error(ErrorKind::NotFound,
        (isUndo ? Words::tr("There is nothing to undo in “%1”")
                : Words::tr("There is nothing in “%1” that was undone"))
            .arg(folder)));
}

/// The plan's number, or the one next to now.
std::optional<int> numberOf(
    const std::vector<wheel::State> &states, Direction direction, std::optional<int> asked)
{
    std::optional<int> next;
    for (const wheel::State &state : states) {
        if (state.isUndone != (direction == Direction::MakeAgain) || (asked && state.number != *asked))
            continue;
        // The newest first: what was undone last has the lowest number.
        if (!next || direction == Direction::MakeAgain)
            next = state.number;
    }
    return next;
}

/// What all of the way does, from the notes of the plans.
Result<std::vector<sync::AppliedPlan::Package>> packagesOn(const wheel::Way &way)
{
    std::map<names::PackageName, sync::AppliedPlan::Package> all;
    for (const wheel::State &state : way.states) {
        const sync::AppliedPlan plan = SCONCE_TRY(sync::AppliedPlan::fromNote(state.note));
        for (sync::AppliedPlan::Package package : plan.packages) {
            if (!state.isUndone)
                std::swap(package.from, package.to);
            const auto [known, isNew] = all.emplace(package.name, package);
            known->second.to = package.to;
        }
    }
    std::vector<sync::AppliedPlan::Package> packages;
    for (auto &[name, package] : all) {
        if (package.from != package.to)
            packages.push_back(std::move(package));
    }
    return packages;
}

} // namespace

Result<History> readHistory(const QString &environmentFolder, const JobContext &context)
{
    SCONCE_TRY(wheel::recoverIfUnfinished(environmentFolder, context));
    History history{.environmentFolder = environmentFolder, .entries = {}};
    for (const wheel::State &state : wheel::statesIn(environmentFolder)) {
        SCONCE_TRY(context.goOn());
        HistoryEntry entry{.number = state.number, .isUndone = state.isUndone};
        entry.bytes = wheel::costOf(environmentFolder, state);
        if (Result<sync::AppliedPlan> plan = sync::AppliedPlan::fromNote(state.note))
            entry.plan = std::move(*plan);
        else
            entry.problem = std::move(plan).error();
        if (Result<wheel::Way> way = wheel::wayTo(environmentFolder, state.number); !way)
            entry.problem = std::move(way).error();
        history.entries.push_back(std::move(entry));
    }
    return history;
}

Result<UndoPlan> planUndo(const QString &environmentFolder, Direction direction, std::optional<int> number,
    const JobContext &context)
{
    SCONCE_TRY(wheel::recoverIfUnfinished(environmentFolder, context));
    const std::optional<int> goal = numberOf(wheel::statesIn(environmentFolder), direction, number);
    if (!goal)
        return nothingThere(direction, number, environmentFolder);
    SCONCE_TRY(context.goOn());
    UndoPlan plan{.environmentFolder = environmentFolder, .direction = direction};
    plan.way = SCONCE_TRY(wheel::wayTo(environmentFolder, *goal));
    plan.packages = SCONCE_TRY(packagesOn(plan.way));
    for (const wheel::State &state : plan.way.states)
        plan.numbers.push_back(state.number);
    for (const wheel::FileChange &file : plan.way.files)
        plan.files.append(file.path);
    plan.takesEnvironmentAway = plan.way.takesEnvironmentAway;
    return plan;
}

Result<> carryOut(const UndoPlan &plan, const JobContext &context)
{
    context.progress().setLabel(Words::tr("Switching over"));
    return wheel::go(plan.environmentFolder, plan.way, context);
}

} // namespace sconce::actions
