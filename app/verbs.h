// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include "actions/tools.h"
#include "command_line.h"
#include "console.h"

namespace sconce::app {

/// Exit statuses of verbs; a stop is seen by the caller.
enum class Exit { Done = 0, No = 1, Broken = 2 };

/// What a verb gets.
struct Invocation {
    Arguments arguments;
    const actions::Tools &tools;
    const Console &console;
    const JobContext &context;
    /// --project, or the current folder.
    QString folder;
};

struct Verb {
    /// "devices", "pip install".
    QString name;
    /// What follows the name in help: "[PATH]".
    QString synopsis;
    QString summary;
    std::vector<Option> options;
    std::function<Result<Exit>(const Invocation &)> run;
};

/// All verbs in the order of help.
std::span<const Verb> verbs();
/// Options that every verb takes.
std::span<const Option> commonOptions();

/// Whether the first word of the command line asks for a verb, or for help: without Qt, so that starting
/// stays fast.
bool isHeadless(const char *word);

// One for each file verb_<name>.cpp.
Verb devicesVerb();
Verb backendsVerb();
Verb verifyVerb();
Verb demoVerb();
Verb venvVerb();
Verb cacheVerb();
Verb lockVerb();
Verb syncVerb();
Verb doctorVerb();
Verb undoVerb();
/// pip install, uninstall, compile, list, check
std::vector<Verb> pipVerbs();

/// Shared by verbs that look for a project: the nearest folder upwards that holds one, or the folder itself.
QString projectFolder(const Invocation &invocation);
/// The environment a verb works on: a path given, else UV_PROJECT_ENVIRONMENT or .venv of the project, else
/// VIRTUAL_ENV.
Result<QString> environmentFolder(const Invocation &invocation, const QString &given);

} // namespace sconce::app
