// SPDX-License-Identifier: Apache-2.0
#include "actions/make_environment.h"

#include <QDir>

#include "actions/find_python.h"
#include "actions/words.h"
#include "project/project.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;

Result<python::Interpreter> makeEnvironment(
    const EnvironmentRequest &request, const Tools &tools, const JobContext &context)
{
    std::optional<versions::SpecifierSet> requiresPython;
    QString folder = request.folder;
    if (const std::optional<QString> root = project::findRoot(request.folder)) {
        folder = *root;
        if (const Result<project::Project> project = project::open(*root))
            requiresPython = project->requiresPython;
        else
            context.progress().log(Words::tr("“%1” does not say which Python it needs: %2")
                    .arg(*root, project.error().forLog()));
    }
    python::Interpreter interpreter =
        SCONCE_TRY(findPython(request.python, folder, requiresPython, tools, context));
    const QString path = QDir::cleanPath(
        QDir(request.folder).absoluteFilePath(request.path.isEmpty() ? u".venv"_s : request.path));
    SCONCE_TRY(environment::make(path, interpreter, request.options, context));
    return interpreter;
}

} // namespace sconce::actions
