// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wheel/states.h"

namespace sconce::wheel {

/// What it takes to go to before a change that is made (with all that were made after it), or to after one
/// that was undone (with all that were undone before it).
struct Way {
    /// The states on it, in the order in which they are gone through.
    std::vector<State> states;
    std::vector<Change> changes;
    std::vector<FileChange> files;
    bool takesEnvironmentAway = false;
    /// The number it was asked for with.
    int goal() const { return states.back().number; }
};

/// Nothing is touched. NotFound without such a change. BadInput, with a sentence that names what and a way
/// out, when it is not to be had: an entry or a file is another than the change left, or files of others lie
/// in a folder that would go. Bytecode is no obstacle.
Result<Way> wayTo(const QString &root, int number);

/// Goes there in one journalled change, under the environment's lock: nothing is downloaded, and no room is
/// taken but for the journal and the project's files. After a crash the next command on the environment
/// finishes it. BadInput when the way is another one by now.
Result<> go(const QString &root, const Way &planned, const JobContext &context);

} // namespace sconce::wheel
