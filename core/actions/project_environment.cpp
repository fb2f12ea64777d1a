// SPDX-License-Identifier: Apache-2.0
#include "actions/project_environment.h"

#include <QDir>
#include <QFileInfo>

#include "actions/find_python.h"
#include "actions/words.h"
#include "files/files.h"
#include "wheel/install.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

bool isSameFolder(const QString &one, const QString &other)
{
    return QDir(one).canonicalPath() == QDir(other).canonicalPath();
}

/// Nothing, or an empty folder, which is as good.
bool isFree(const QString &folder)
{
    return !files::exists(folder) || (QFileInfo(folder).isDir() && QDir(folder).isEmpty());
}

Error inTheWay(const QString &folder)
{
    const QFileInfo place(folder);
    if (place.isSymLink() && !place.exists()) {
        return Error(ErrorKind::BadInput,
            Words::tr("“%1” is a link to “%2”, where nothing is").arg(folder, place.symLinkTarget()))
            .hint(Words::tr("Remove the link, or make what it leads to"));
    }
    if (!place.isDir()) {
        return Error(ErrorKind::BadInput, Words::tr("“%1” is a file, and no environment").arg(folder))
            .hint(Words::tr("Move it away, or set UV_PROJECT_ENVIRONMENT to another folder"));
    }
    if (!python::executableIn(folder).isEmpty()) {
        return Error(ErrorKind::BadInput,
            Words::tr("“%1” looks like an environment whose pyvenv.cfg is gone, so its Python would change "
                      "packages of the whole computer")
                .arg(folder))
            .hint(Words::tr("Remove “%1” and try again").arg(folder));
    }
    return Error(ErrorKind::BadInput, Words::tr("“%1” is there and is not an environment").arg(folder))
        .hint(Words::tr("Move it away, or set UV_PROJECT_ENVIRONMENT to another folder"));
}

/// The Python in the environment, unless it does not answer or belongs elsewhere.
Result<python::Interpreter> ownPython(const QString &folder, const Tools &tools, const JobContext &context)
{
    const QString executable = python::executableIn(folder);
    if (executable.isEmpty()) {
        return std::unexpected(
            Error(ErrorKind::NotFound, Words::tr("The environment “%1” has no Python any more").arg(folder)));
    }
    python::Interpreter python =
        SCONCE_TRY(python::probe(executable, *tools.runner, tools.cacheFolder, context));
    if (!python.isVirtual() || !isSameFolder(python.prefix, folder)) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("The Python of the environment “%1” belongs to “%2”").arg(folder, python.prefix)));
    }
    return python;
}

/// Whether the environment has what would be chosen for a new one.
bool isMadeFrom(const python::Interpreter &environment, const python::Interpreter &chosen)
{
    return isSameFolder(environment.basePrefix, chosen.basePrefix)
        && environment.environment.pythonFullVersion == chosen.environment.pythonFullVersion
        && environment.abi == chosen.abi;
}

} // namespace

QString environmentFolderIn(const QString &root, const Tools &tools)
{
    const QString given = tools.variables.value(u"UV_PROJECT_ENVIRONMENT"_s);
    return QDir::cleanPath(QDir(root).absoluteFilePath(given.isEmpty() ? u".venv"_s : given));
}

Result<> finishWhatBrokeOff(const QString &folder, const Tools &tools, const JobContext &context)
{
    QDir at(folder);
    do {
        // The folder itself may hold a requirements file alone.
        if (at.path() == folder || files::exists(at.filePath(u"pyproject.toml"_s)))
            SCONCE_TRY(wheel::recoverIfUnfinished(environmentFolderIn(at.path(), tools), context));
    } while (at.cdUp());
    return {};
}

Result<ProjectEnvironment> findProjectEnvironment(
    const EnvironmentWish &wish, const Tools &tools, const JobContext &context)
{
    ProjectEnvironment found{.folder = wish.folder, .interpreter = {}};
    const bool isThere = environment::isEnvironment(wish.folder);
    if (!isThere && !isFree(wish.folder))
        return std::unexpected(inTheWay(wish.folder));
    std::optional<python::Interpreter> own;
    if (isThere) {
        Result<python::Interpreter> answered = ownPython(wish.folder, tools, context);
        if (!answered && answered.error().kind() == ErrorKind::Stopped)
            return std::unexpected(std::move(answered).error());
        if (answered)
            own = *std::move(answered);
        else
            found.whyReplaced = answered.error().summary();
    }
    const python::Wish pythonWish{.request = pythonRequest(wish.python, wish.root, tools),
        .requiresPython = wish.requiresPython,
        .environmentFolder = own ? wish.folder : QString(),
        .variables = tools.variables};
    python::Interpreter chosen =
        SCONCE_TRY(python::find(pythonWish, *tools.runner, tools.cacheFolder, context));
    if (own && (isSameFolder(chosen.prefix, own->prefix) || isMadeFrom(*own, chosen))) {
        found.installed = SCONCE_TRY(environment::installedIn(*own, context));
        found.interpreter = *std::move(own);
        return found;
    }
    if (own) {
        found.whyReplaced =
            Words::tr("The environment “%1” has Python %2, and Python %3 is needed")
                .arg(wish.folder, own->environment.pythonFullVersion, chosen.environment.pythonFullVersion);
    }
    found.isNew = true;
    found.interpreter = std::move(chosen);
    return found;
}

} // namespace sconce::actions
