// SPDX-License-Identifier: Apache-2.0
#include "actions/set_up_target.h"

#include <QDir>

#include "actions/find_python.h"
#include "actions/words.h"

namespace sconce::actions {

namespace {

Result<> checkPython(
    const python::Interpreter &interpreter, const versions::SpecifierSet &wanted, const QString &whose)
{
    if (wanted.contains(interpreter.version().releaseOnly()))
        return {};
    return std::unexpected(Error(ErrorKind::BadInput,
        Words::tr("%1 needs Python %2, and “%3” is Python %4")
            .arg(whose, wanted.text(), interpreter.executable, interpreter.version().text()))
            .hint(Words::tr("Choose another Python")));
}

} // namespace

Result<SetUpTarget> findTarget(
    const Overview &overview, const SetUpChoice &choice, const Tools &tools, const JobContext &context)
{
    const project::Project &project = overview.project;
    SetUpTarget target{.interpreter = {}, .isNew = !environment::isEnvironment(overview.environmentFolder)};
    if (overview.environmentProblem)
        return std::unexpected(Error(ErrorKind::BadInput, *overview.environmentProblem)
                .hint(Words::tr("Remove “%1” and try again").arg(overview.environmentFolder)));
    if (target.isNew) {
        target.interpreter =
            SCONCE_TRY(findPython(choice.python, project.folder, project.requiresPython, tools, context));
    } else {
        // An environment that is there is kept, whatever Python would be chosen for a new one; only a Python
        // that was asked for must be its own.
        const python::Wish wish{.request = choice.python,
            .requiresPython = project.requiresPython,
            .environmentFolder = overview.environmentFolder,
            .variables = tools.variables};
        target.interpreter = SCONCE_TRY(python::find(wish, *tools.runner, tools.cacheFolder, context));
        if (QDir(target.interpreter.prefix).canonicalPath()
            != QDir(overview.environmentFolder).canonicalPath()) {
            return std::unexpected(Error(ErrorKind::BadInput,
                Words::tr("The environment “%1” has another Python than the one that is needed")
                    .arg(overview.environmentFolder))
                    .hint(Words::tr("Remove “%1” and try again").arg(overview.environmentFolder)));
        }
    }
    for (const names::GroupName &group : choice.groups) {
        if (const auto found = project.uv.groupPython.find(group); found != project.uv.groupPython.end())
            SCONCE_TRY(checkPython(
                target.interpreter, found->second, Words::tr("The group “%1”").arg(group.text())));
    }
    return target;
}

} // namespace sconce::actions
