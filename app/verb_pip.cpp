// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include "actions/pip_compile.h"
#include "actions/pip_install.h"
#include "actions/pip_list.h"
#include "actions/pip_uninstall.h"
#include "actions/set_up.h"
#include "files/files.h"
#include "report_text.h"
#include "resolve_words.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

Option python()
{
    return {u"python"_s, u'p', u"P"_s, Words::tr("the environment, or a Python: path, name or version"), {},
        false};
}

std::vector<Option> with(std::vector<Option> options, std::vector<Option> more)
{
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

/// What is installed, and from where; shared by install and compile.
std::vector<Option> sourceOptions()
{
    std::vector<Option> options{
        {u"requirement"_s, u'r', u"FILE"_s, Words::tr("a requirements file or pyproject.toml"),
            {u"requirements"_s}, true},
        {u"constraint"_s, u'c', u"FILE"_s, Words::tr("bounds for what is installed anyway"),
            {u"constraints"_s}, true},
        {u"extra"_s, {}, u"EXTRA"_s, Words::tr("an extra of the pyproject.toml"), {}, true},
        {u"group"_s, {}, u"GROUP"_s, Words::tr("a dependency group of the pyproject.toml"), {}, true},
        {u"torch-backend"_s, {}, u"MODE"_s,
            Words::tr("which PyTorch builds: auto, cpu, cu128, rocm6.4, xpu, …"), {}, false},
        {u"python-version"_s, {}, u"VERSION"_s, Words::tr("for another Python than the one found"), {},
            false},
        {u"python-platform"_s, {}, u"NAME"_s, Words::tr("for another computer: linux, macos, windows, …"), {},
            false},
        {u"no-deps"_s, {}, {}, Words::tr("not what the packages need themselves"), {}, false},
        python(),
    };
    return with(std::move(options), resolveWords());
}

actions::RequirementSources sourcesOf(const Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    return {.folder = invocation.folder,
        .requirements = {},
        .files = arguments.values(u"requirement"_s),
        .constraints = arguments.values(u"constraint"_s),
        .extras = arguments.values(u"extra"_s),
        .groups = arguments.values(u"group"_s)};
}

actions::ResolveOptions optionsOf(const Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    actions::ResolveOptions options = resolveOptionsOf(invocation);
    const auto take = [&](QString &target, const QString &name) { target = arguments.value(name, target); };
    take(options.torchBackend, u"torch-backend"_s);
    take(options.pythonVersion, u"python-version"_s);
    take(options.pythonPlatform, u"python-platform"_s);
    options.noDependencies = arguments.has(u"no-deps"_s);
    return options;
}

/// The command as the header of its output repeats it: without what concerns one run only, and without
/// logins.
QString commandText()
{
    static const QStringList passing{u"-U"_s, u"--upgrade"_s, u"-q"_s, u"--quiet"_s, u"-v"_s, u"--verbose"_s};
    static const QStringList passingWithValue{
        u"-P"_s, u"--upgrade-package"_s, u"--cache-dir"_s, u"--color"_s, u"--project"_s};
    static const QRegularExpression login(u"(?<=://)[^/@\\s]+@"_s);
    static const QRegularExpression plain(u"^[\\w@%+=:,./-]+$"_s);
    QStringList words{u"sconce"_s};
    const QStringList written = QCoreApplication::arguments().mid(1);
    for (qsizetype i = 0; i < written.size(); ++i) {
        QString word = written[i];
        if (passingWithValue.contains(word)) {
            ++i;
            continue;
        }
        if (passing.contains(word) || passingWithValue.contains(word.section(u'=', 0, 0)))
            continue;
        word.remove(login);
        words.append(plain.match(word).hasMatch() ? word : u'\'' + word.replace(u'\'', u"'\\''"_s) + u'\'');
    }
    return words.join(u' ');
}

Result<Exit> compile(const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    actions::CompileRequest request{sourcesOf(invocation), optionsOf(invocation),
        arguments.value(u"python"_s), arguments.value(u"output-file"_s), arguments.has(u"upgrade"_s),
        arguments.values(u"upgrade-package"_s)};
    request.sources.files = arguments.positional() + request.sources.files;
    if (request.sources.files.isEmpty()) {
        return std::unexpected(
            Error(ErrorKind::BadInput, Words::tr("“sconce pip compile” needs a file with requirements"))
                .hint(Words::tr("Write sconce pip compile requirements.in")));
    }
    const auto outcome = SCONCE_TRY(actions::pipCompile(request, tools, context));
    if (const auto *conflict = std::get_if<resolve::Conflict>(&outcome)) {
        printConflict(*conflict, console);
        return Exit::No;
    }
    const auto &resolution = std::get<resolve::Resolution>(outcome);
    for (const QString &warning : resolution.warnings)
        console.say(console.coloured(Words::tr("note:"), "33") + u' ' + warning);
    const QString text = actions::compiledText(resolution,
        {.command = arguments.has(u"no-header"_s) ? QString() : commandText(),
            .hasAnnotations = !arguments.has(u"no-annotate"_s),
            .hasIndexAnnotations = arguments.has(u"emit-index-annotation"_s)});
    if (!request.outputFile.isEmpty())
        SCONCE_TRY(files::writeWhole(QDir(folder).absoluteFilePath(request.outputFile), text.toUtf8()));
    if (request.outputFile.isEmpty() || !console.isQuiet())
        console.print(text.chopped(text.endsWith(u'\n') ? 1 : 0));
    return Exit::Done;
}

Result<Exit> carryOut(const plan::Plan &plan, const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    if (!console.isQuiet() || arguments.has(u"dry-run"_s))
        printPlan(plan, console);
    if (!arguments.has(u"dry-run"_s) && !plan.operations.empty())
        SCONCE_TRY(actions::applyPlan(plan, tools, context));
    return Exit::Done;
}

Result<Exit> install(const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    actions::InstallRequest request{sourcesOf(invocation), optionsOf(invocation),
        arguments.value(u"python"_s), arguments.has(u"upgrade"_s), arguments.values(u"upgrade-package"_s),
        arguments.has(u"reinstall"_s), arguments.values(u"reinstall-package"_s)};
    request.sources.requirements = arguments.positional();
    if (request.sources.requirements.isEmpty() && request.sources.files.isEmpty()
        && request.sources.groups.isEmpty())
        return std::unexpected(
            Error(ErrorKind::BadInput, Words::tr("“sconce pip install” needs a package or a file (-r)")));
    const auto outcome = SCONCE_TRY(actions::planInstall(request, tools, context));
    if (const auto *conflict = std::get_if<resolve::Conflict>(&outcome)) {
        printConflict(*conflict, console);
        return Exit::No;
    }
    return carryOut(std::get<plan::Plan>(outcome), invocation);
}

Result<Exit> uninstall(const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    if (arguments.positional().isEmpty())
        return std::unexpected(
            Error(ErrorKind::BadInput, Words::tr("“sconce pip uninstall” needs a package")));
    const plan::Plan plan = SCONCE_TRY(
        actions::planUninstall(arguments.positional(), arguments.value(u"python"_s), folder, tools, context));
    return carryOut(plan, invocation);
}

Result<Exit> list(const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    const actions::PackageList list =
        SCONCE_TRY(actions::pipList(arguments.value(u"python"_s), folder, tools, context));
    const QString format = arguments.value(u"format"_s, u"columns"_s);
    if (format == u"json" || arguments.has(u"json"_s)) {
        QJsonArray rows;
        for (const environment::Installed &one : list.packages)
            rows.append(QJsonObject{{u"name"_s, one.name.text()}, {u"version"_s, one.version.text()}});
        console.print(QJsonDocument(rows));
        return Exit::Done;
    }
    if (format == u"freeze") {
        for (const environment::Installed &one : list.packages)
            console.print(one.name.text() + u"=="_s + one.version.text());
        return Exit::Done;
    }
    if (format != u"columns")
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“--format” can be columns, freeze or json, not “%1”").arg(format)));
    qsizetype width = Words::tr("Package").size();
    qsizetype versionWidth = Words::tr("Version").size();
    for (const environment::Installed &one : list.packages) {
        width = std::max(width, one.name.text().size());
        versionWidth = std::max(versionWidth, one.version.text().size());
    }
    if (list.packages.empty())
        return Exit::Done;
    console.print(Words::tr("Package").leftJustified(width + 1) + Words::tr("Version"));
    console.print(QString(width, u'-') + u' ' + QString(versionWidth, u'-'));
    for (const environment::Installed &one : list.packages)
        console.print(one.name.text().leftJustified(width + 1) + one.version.text());
    return Exit::Done;
}

Result<Exit> check(const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    const actions::PackageCheck check =
        SCONCE_TRY(actions::pipCheck(arguments.value(u"python"_s), folder, tools, context));
    console.say(check.packages == 1 ? Words::tr("Checked 1 package")
                                    : Words::tr("Checked %1 packages").arg(check.packages));
    for (const QString &problem : check.problems)
        console.print(problem);
    if (check.problems.isEmpty())
        console.say(Words::tr("All of them fit together"));
    return check.problems.isEmpty() ? Exit::Done : Exit::No;
}

} // namespace

std::vector<Verb> pipVerbs()
{
    const Option dryRun{u"dry-run"_s, {}, {}, Words::tr("say what would change, change nothing"), {}, false};
    return {
        {u"pip install"_s, u"PACKAGE…"_s, Words::tr("install into the environment"),
            with(sourceOptions(),
                {dryRun,
                    {u"link-mode"_s, {}, u"WORD"_s,
                        Words::tr("how files get into the environment: clone, hardlink or copy"), {}, false},
                    {u"reinstall"_s, {}, {}, Words::tr("also what is installed already"),
                        {u"force-reinstall"_s}, false},
                    {u"reinstall-package"_s, {}, u"NAME"_s,
                        Words::tr("this one also if it is installed already"), {}, true}}),
            install},
        {u"pip uninstall"_s, u"PACKAGE…"_s, Words::tr("remove from the environment"), {python(), dryRun},
            uninstall},
        {u"pip compile"_s, u"FILE…"_s, Words::tr("choose versions for a requirements file"),
            with(sourceOptions(),
                {{u"output-file"_s, u'o', u"FILE"_s,
                     Words::tr("write the result here; pins in it are kept while they fit"), {}, false},
                    {u"no-header"_s, {}, {}, Words::tr("without the comment that says how it was made"), {},
                        false},
                    {u"no-annotate"_s, {}, {}, Words::tr("without the comments that say why"), {}, false},
                    {u"emit-index-annotation"_s, {}, {}, Words::tr("say which index each package comes from"),
                        {}, false}}),
            compile},
        {u"pip list"_s, {}, Words::tr("what is installed"),
            {python(), {u"format"_s, {}, u"WORD"_s, Words::tr("columns, freeze or json"), {}, false},
                {u"json"_s, {}, {}, Words::tr("the same as --format json"), {}, false}},
            list},
        {u"pip check"_s, {}, Words::tr("does what is installed fit together?"), {python()}, check},
    };
}

} // namespace sconce::app
