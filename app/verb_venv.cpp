// SPDX-License-Identifier: Apache-2.0
#include <QDir>

#include "actions/make_environment.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

Result<Exit> runVenv(const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    if (arguments.positional().size() > 1)
        return std::unexpected(
            Error(ErrorKind::BadInput, Words::tr("“sconce venv” makes one environment at a time")));
    actions::EnvironmentRequest request{
        folder, arguments.positional().value(0), arguments.value(u"python"_s), {}};
    request.options.prompt = arguments.value(u"prompt"_s);
    request.options.seedPackages = arguments.has(u"seed"_s);
    if (arguments.has(u"clear"_s))
        request.options.existing = environment::MakeOptions::Existing::Clear;
    else if (arguments.has(u"allow-existing"_s))
        request.options.existing = environment::MakeOptions::Existing::Keep;
    const python::Interpreter interpreter = SCONCE_TRY(actions::makeEnvironment(request, tools, context));
    const QString path = request.path.isEmpty() ? u".venv"_s : request.path;
    console.say(Words::tr("Made %1 with Python %2 of %3")
            .arg(path, interpreter.version().text(), interpreter.baseExecutable));
    console.say(Words::tr("Activate it with: source %1/bin/activate").arg(path));
    return Exit::Done;
}

} // namespace

Verb venvVerb()
{
    return {u"venv"_s, u"[PATH]"_s, Words::tr("make an environment"),
        {{u"python"_s, u'p', u"P"_s, Words::tr("a version, a name or the path of a Python"), {}, false},
            {u"prompt"_s, {}, u"TEXT"_s, Words::tr("what the shell shows while the environment is active"),
                {}, false},
            {u"clear"_s, {}, {}, Words::tr("remove what is there already"), {}, false},
            {u"allow-existing"_s, {}, {}, Words::tr("keep what is there already"), {}, false},
            {u"seed"_s, {}, {}, Words::tr("install pip into it"), {}, false}},
        runVenv};
}

} // namespace sconce::app
