// SPDX-License-Identifier: Apache-2.0
#include "actions/find_python.h"

#include <QDir>

#include "actions/words.h"
#include "files/files.h"
#include "wheel/install.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

/// .venv in `folder` or the nearest folder above that has one; empty when none has.
QString environmentAbove(const QString &folder)
{
    QDir at(folder);
    do {
        const QString candidate = at.filePath(u".venv"_s);
        if (environment::isEnvironment(candidate))
            return candidate;
    } while (at.cdUp());
    return {};
}

} // namespace

QString pythonRequest(const QString &given, const QString &folder, const Tools &tools)
{
    if (!given.isEmpty())
        return given;
    if (const QString wanted = tools.variables.value(u"UV_PYTHON"_s); !wanted.isEmpty())
        return wanted;
    const Result<QString> pinned = files::readText(QDir(folder).filePath(u".python-version"_s), 64 << 10);
    for (const QString &line : pinned.value_or(QString()).split(u'\n')) {
        if (const QString version = line.section(u'#', 0, 0).trimmed(); !version.isEmpty())
            return version;
    }
    return {};
}

Result<python::Interpreter> findPython(const QString &given, const QString &folder,
    const std::optional<versions::SpecifierSet> &requiresPython, const Tools &tools,
    const JobContext &context)
{
    const python::Wish wish{.request = pythonRequest(given, folder, tools),
        .requiresPython = requiresPython,
        .environmentFolder = {},
        .variables = tools.variables};
    return python::find(wish, *tools.runner, tools.cacheFolder, context);
}

Result<python::Interpreter> findEnvironment(const QString &given, const QString &folder, MayBeOutside outside,
    const Tools &tools, const JobContext &context)
{
    QString request = given;
    for (const QString &variable : {u"VIRTUAL_ENV"_s, u"CONDA_PREFIX"_s}) {
        if (request.isEmpty())
            request = tools.variables.value(variable);
    }
    if (request.isEmpty())
        request = environmentAbove(folder);
    if (request.isEmpty()) {
        return std::unexpected(
            Error(ErrorKind::NotFound, Words::tr("There is no environment in “%1” or above").arg(folder))
                .hint(Words::tr("Make one with “sconce venv”, or name one with --python")));
    }
    const python::Wish wish{.request = request,
        .requiresPython = std::nullopt,
        .environmentFolder = {},
        .variables = tools.variables};
    python::Interpreter interpreter =
        SCONCE_TRY(python::find(wish, *tools.runner, tools.cacheFolder, context));
    if (outside == MayBeOutside::No && !interpreter.isVirtual()) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” is not in an environment, and other installations of Python are not changed")
                .arg(interpreter.executable))
                .hint(Words::tr("Make an environment with “sconce venv” and name it with --python")));
    }
    if (interpreter.isVirtual())
        SCONCE_TRY(wheel::recoverIfUnfinished(interpreter.prefix, context));
    return interpreter;
}

} // namespace sconce::actions
