// SPDX-License-Identifier: Apache-2.0
#include "headless.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include <QCoreApplication>
#include <QDir>

#include <unistd.h>

#include "actions/project_environment.h"
#include "base/text.h"
#include "composition.h"
#include "interruption.h"
#include "progress_line.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int Stopped = 130;

QString usage()
{
    QString text = Words::tr("sconce [FOLDER|FILE]        the window, with that project open\n"
                             "sconce VERB [options]       without a window\n\n");
    for (const Verb &verb : verbs())
        text += u"  "_s + verb.name.leftJustified(16) + verb.summary + u'\n';
    return text + u'\n' + Words::tr("Options of every verb:") + u'\n' + helpText(commonOptions());
}

QString usage(const Verb &verb)
{
    QString text = u"sconce %1 %2\n\n%3\n"_s.arg(verb.name, verb.synopsis, verb.summary);
    if (!verb.options.empty())
        text += u'\n' + helpText(verb.options);
    return text + u'\n' + helpText(commonOptions());
}

/// The verb of the first word, or of the first two.
const Verb *findVerb(QStringList &words)
{
    for (const qsizetype count : {2, 1}) {
        const auto found =
            std::ranges::find(verbs(), words.first(std::min(count, words.size())).join(u' '), &Verb::name);
        if (found != verbs().end()) {
            words = words.mid(count);
            return &*found;
        }
    }
    return nullptr;
}

Error unknownVerb(const QStringList &words)
{
    QStringList known;
    for (const Verb &verb : verbs())
        known.append(verb.name);
    const QString word =
        words.first(words.first() == u"pip" ? std::min<qsizetype>(2, words.size()) : 1).join(u' ');
    Error error(ErrorKind::BadInput, Words::tr("There is no verb “%1”").arg(word));
    if (const std::optional<QString> similar = mostSimilar(word, known))
        return std::move(error).hint(Words::tr("Write “sconce %1”").arg(*similar));
    return std::move(error).hint(Words::tr("See “sconce help”"));
}

Result<Console> consoleFor(const Arguments &arguments, const QHash<QString, QString> &variables)
{
    const QString when = arguments.value(u"color"_s, u"auto"_s);
    if (!QStringList{u"auto"_s, u"always"_s, u"never"_s}.contains(when))
        return std::unexpected(Error(
            ErrorKind::BadInput, Words::tr("“--color” can be auto, always or never, not “%1”").arg(when)));
    const bool isWanted = when == u"always"
        || (when == u"auto" && ::isatty(STDERR_FILENO) && variables.value(u"NO_COLOR"_s).isEmpty());
    const auto loudness = arguments.has(u"quiet"_s) ? Console::Loudness::Quiet
        : arguments.has(u"verbose"_s)               ? Console::Loudness::Verbose
                                                    : Console::Loudness::Usual;
    return Console(loudness, isWanted ? Console::Colour::Always : Console::Colour::Never);
}

int fail(const Error &error)
{
    Console(Console::Loudness::Usual, Console::Colour::Never).say(error);
    return int(Exit::Broken);
}

int run(const Verb &verb, Arguments arguments, const std::stop_token &stop)
{
    Composition composition({.cacheFolder = arguments.value(u"cache-dir"_s),
        .isWithoutCache = arguments.has(u"no-cache"_s),
        .linkMode = arguments.value(u"link-mode"_s),
        .isOffline = arguments.has(u"offline"_s)});
    const Result<Console> console = consoleFor(arguments, composition.tools().variables);
    if (!console)
        return fail(console.error());
    for (const QString &word : {u"refresh"_s, u"refresh-package"_s}) {
        if (arguments.has(word) && arguments.has(u"offline"_s)) {
            return fail(Error(ErrorKind::BadInput,
                Words::tr("“%1” and “%2” exclude each other").arg(u"--"_s + word, u"--offline"_s)));
        }
    }
    // torch-backends.md § 3: nonsense in an override stops every verb, whether it needs the value or not.
    if (const auto accelerator = hardware::acceleratorFromVariables(composition.tools().variables);
        !accelerator) {
        console->say(accelerator.error());
        return int(Exit::Broken);
    }
    const auto progress = std::make_shared<Progress>();
    const JobContext context(stop, progress);
    std::optional<ProgressLine> line;
    if (!console->isQuiet() && ::isatty(STDERR_FILENO))
        line.emplace(progress);
    const QString folder = QDir().absoluteFilePath(arguments.value(u"project"_s, u"."_s));
    // Where this cannot be had, verbs that need the environment say so.
    if (const Result<> finished = actions::finishWhatBrokeOff(folder, composition.tools(), context);
        !finished)
        progress->log(finished.error().forLog());
    const Result<Exit> result =
        verb.run({std::move(arguments), composition.tools(), *console, context, QDir::cleanPath(folder)});
    line.reset();
    if (console->isVerbose()) {
        for (const QString &step : progress->logFrom(0))
            console->say(step);
    }
    if (result)
        return int(*result);
    if (result.error().kind() == ErrorKind::Stopped)
        return Stopped;
    console->say(result.error());
    return int(Exit::Broken);
}

} // namespace

int runHeadless(int argc, char **argv)
{
    const std::stop_token stop = stopOnInterruption();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"sconce"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SCONCE_VERSION));
    QStringList words = QCoreApplication::arguments().mid(1);
    if (QStringList{u"help"_s, u"--help"_s, u"-h"_s}.contains(words.first())) {
        std::fputs(usage().toUtf8().constData(), stdout);
        return 0;
    }
    const QStringList written = words;
    const Verb *verb = findVerb(words);
    if (!verb)
        return fail(unknownVerb(written));
    std::vector<Option> options = verb->options;
    options.insert(options.end(), commonOptions().begin(), commonOptions().end());
    Result<Arguments> arguments = Arguments::parse(words, options);
    if (!arguments)
        return fail(arguments.error());
    if (arguments->has(u"help"_s)) {
        std::fputs(usage(*verb).toUtf8().constData(), stdout);
        return 0;
    }
    return run(*verb, std::move(*arguments), stop);
}

} // namespace sconce::app
