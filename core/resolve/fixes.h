// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>

#include "resolve/universal.h"

namespace sconce::resolve {

/// A change of the project that was tried: with it the workspace can be resolved.
struct Fix {
    enum class Kind {
        DeclareConflict, ///< `items` exclude each other
        RelaxBound, ///< `package` without its bounds
        RaisePython, ///< requires-python = `value`
        LeaveOutComputers, ///< environments = [`value`]
        UseIndex, ///< `package` from the index `value`
    };
    Kind kind = Kind::RelaxBound;
    /// What to do, in words: "Declare the extras “cpu” and “gpu” of “demo” as conflicting".
    QString text;
    /// What would come out of it: "torch 2.8.0"; empty where the text says it all.
    QString outcome;
    std::vector<project::Item> items{};
    std::optional<names::PackageName> package{};
    QString value{};
};

/// Says whether the time is over. Asked from several threads.
using IsLate = std::function<bool()>;
/// Late after that time, counted from the call.
IsLate lateAfter(std::chrono::milliseconds time);

/// Tries the ways out that a conflict suggests, the least intrusive first, and tells those that work. Each
/// trial is a whole resolution; what the supply has answered before costs nothing. Errors of the supply end
/// a trial, not the search; only a stop ends that. Once `isLate` says so, the trial at hand is given up and
/// no other is begun.
Result<std::vector<Fix>> workingFixes(const UniversalRequest &request, const Conflict &conflict,
    Supply &supply, const JobContext &context, const IsLate &isLate);

} // namespace sconce::resolve
