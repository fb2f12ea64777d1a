// SPDX-License-Identifier: Apache-2.0
#include "actions/set_up.h"
#include "actions/sync_project.h"
#include "report_text.h"
#include "resolve_words.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

using Part = actions::InstallFilter::Part;

Option flag(const QString &name, const QString &help)
{
    return {name, {}, {}, help, {}, false};
}

Option names(const QString &name, const QString &value, const QString &help)
{
    return {name, {}, value, help, {}, true};
}

std::vector<Option> partOptions()
{
    return {names(u"extra"_s, u"EXTRA"_s, Words::tr("with this optional feature")),
        flag(u"all-extras"_s, Words::tr("with all optional features")),
        names(u"no-extra"_s, u"EXTRA"_s, Words::tr("without this optional feature, even with --all-extras")),
        names(u"group"_s, u"GROUP"_s, Words::tr("with this dependency group")),
        names(u"no-group"_s, u"GROUP"_s, Words::tr("without this dependency group")),
        names(u"only-group"_s, u"GROUP"_s, Words::tr("this dependency group and nothing else")),
        flag(u"all-groups"_s, Words::tr("with all dependency groups")),
        flag(u"no-default-groups"_s, Words::tr("without the groups that are usually there")),
        flag(u"dev"_s, Words::tr("with the group dev")),
        flag(u"no-dev"_s, Words::tr("without the group dev")),
        flag(u"only-dev"_s, Words::tr("the group dev and nothing else"))};
}

std::vector<Option> filterOptions()
{
    return {flag(u"no-install-project"_s, Words::tr("what the project needs, not the project itself")),
        flag(u"no-install-workspace"_s, Words::tr("no project of the workspace")),
        flag(u"no-install-local"_s, Words::tr("nothing that lies in a folder of this computer")),
        names(u"no-install-package"_s, u"NAME"_s, Words::tr("not this package")),
        flag(u"only-install-project"_s, Words::tr("the project itself only")),
        flag(u"only-install-workspace"_s, Words::tr("the projects of the workspace only")),
        flag(u"only-install-local"_s, Words::tr("only what lies in a folder of this computer")),
        names(u"only-install-package"_s, u"NAME"_s, Words::tr("this package only")),
        flag(u"no-editable"_s, Words::tr("copies of the project's files instead of the files themselves")),
        names(u"package"_s, u"NAME"_s, Words::tr("for this project of the workspace")),
        flag(u"all-packages"_s, Words::tr("for all projects of the workspace"))};
}

std::vector<Option> syncOptions()
{
    std::vector<Option> options = resolveWords();
    for (std::vector<Option> &more : std::vector{partOptions(), filterOptions()})
        options.insert(options.end(), more.begin(), more.end());
    options.insert(options.end(),
        {flag(u"locked"_s, Words::tr("an error when uv.lock is not up to date")),
            flag(u"frozen"_s, Words::tr("take uv.lock as it is")),
            flag(u"inexact"_s, Words::tr("keep packages that nothing needs")),
            flag(u"exact"_s, Words::tr("remove packages that nothing needs, as usual")),
            flag(u"check"_s, Words::tr("change nothing; exit status 1 when something would change")),
            flag(u"dry-run"_s, Words::tr("say what would change, change nothing")),
            flag(u"reinstall"_s, Words::tr("also what is installed already")),
            names(u"reinstall-package"_s, u"NAME"_s, Words::tr("this one also if it is installed already")),
            {u"link-mode"_s, {}, u"WORD"_s,
                Words::tr("how files get into the environment: clone, hardlink or copy"), {}, false},
            {u"fork-strategy"_s, {}, u"WORD"_s, Words::tr("requires-python or fewest"), {}, false},
            {u"python"_s, u'p', u"P"_s, Words::tr("a version, a name or the path of a Python"), {}, false}});
    return options;
}

actions::ChosenParts partsOf(const Arguments &arguments)
{
    return {.extras = arguments.values(u"extra"_s),
        .excludedExtras = arguments.values(u"no-extra"_s),
        .areAllExtras = arguments.has(u"all-extras"_s),
        .groups = arguments.values(u"group"_s),
        .excludedGroups = arguments.values(u"no-group"_s),
        .areAllGroups = arguments.has(u"all-groups"_s),
        .onlyGroups = arguments.values(u"only-group"_s),
        .isDev = arguments.has(u"dev"_s),
        .isNoDev = arguments.has(u"no-dev"_s),
        .isOnlyDev = arguments.has(u"only-dev"_s),
        .isWithoutDefaults = arguments.has(u"no-default-groups"_s)};
}

actions::InstallFilter filterOf(const Arguments &arguments)
{
    actions::InstallFilter filter{.leftOut = {},
        .leftOutPackages = arguments.values(u"no-install-package"_s),
        .only = {},
        .onlyPackages = arguments.values(u"only-install-package"_s)};
    for (const auto &[word, part] : std::initializer_list<std::pair<QString, Part>>{
             {u"project"_s, Part::Project}, {u"workspace"_s, Part::Workspace}, {u"local"_s, Part::Local}}) {
        if (arguments.has(u"no-install-"_s + word))
            filter.leftOut.push_back(part);
        if (arguments.has(u"only-install-"_s + word))
            filter.only.push_back(part);
    }
    return filter;
}

Result<actions::SyncRequest> requestOf(const Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    using Locking = actions::SyncRequest::Locking;
    if (arguments.has(u"locked"_s) && arguments.has(u"frozen"_s)) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” and “%2” exclude each other").arg(u"--locked"_s, u"--frozen"_s)));
    }
    actions::SyncRequest request{.lock = {.folder = invocation.folder,
                                     .options = resolveOptionsOf(invocation),
                                     .python = arguments.value(u"python"_s),
                                     .isUpgrade = arguments.has(u"upgrade"_s),
                                     .upgradePackages = arguments.values(u"upgrade-package"_s)},
        .locking = arguments.has(u"frozen"_s) ? Locking::Frozen
            : arguments.has(u"locked"_s)      ? Locking::Locked
                                              : Locking::Update,
        .parts = partsOf(arguments),
        .filter = filterOf(arguments),
        .extraneous = arguments.has(u"inexact"_s) ? plan::Extraneous::Keep : plan::Extraneous::Remove,
        .isReinstall = arguments.has(u"reinstall"_s),
        .reinstallPackages = arguments.values(u"reinstall-package"_s),
        .editable = arguments.has(u"no-editable"_s) ? plan::Editable::No : plan::Editable::Yes,
        .members = arguments.values(u"package"_s),
        .areAllMembers = arguments.has(u"all-packages"_s)};
    if (request.locking == Locking::Frozen
        && (request.lock.isUpgrade || !request.lock.upgradePackages.isEmpty())) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“%1” and “%2” exclude each other").arg(u"--frozen"_s, u"--upgrade"_s)));
    }
    if (invocation.console.isQuiet())
        request.lock.fixes = actions::LockRequest::Fixes::LeaveOut;
    return request;
}

void report(const actions::SyncPlan &sync, bool isDone, const Console &console)
{
    if (!sync.plan.whyReplaced.isEmpty())
        console.say(console.coloured(Words::tr("note:"), "33") + u' ' + sync.plan.whyReplaced + u"; "_s
            + (isDone ? Words::tr("it is made anew") : Words::tr("it would be made anew")));
    if (sync.lock) {
        for (const QString &warning : sync.lock->warnings + sync.lock->notes)
            console.say(console.coloured(Words::tr("note:"), "33") + u' ' + warning);
        if (sync.lock->isChanged())
            console.say(isDone
                    ? Words::tr("Wrote uv.lock (%1 packages)").arg(sync.lock->after.packages.size())
                    : Words::tr("uv.lock would be written (%1 packages)")
                          .arg(sync.lock->after.packages.size()));
    }
    printPlan(sync.plan, console);
}

Result<Exit> sync(const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    if (!arguments.positional().isEmpty()) {
        return std::unexpected(Error(
            ErrorKind::BadInput, Words::tr("“sconce sync” takes no “%1”").arg(arguments.positional().first()))
                .hint(Words::tr("Name the project's folder with --project")));
    }
    const actions::SyncRequest request = SCONCE_TRY(requestOf(invocation));
    const auto answer = SCONCE_TRY(actions::planSync(request, tools, context));
    if (const auto *conflict = std::get_if<actions::LockConflict>(&answer)) {
        printConflict(*conflict, console);
        printFixes(conflict->fixes, console);
        return Exit::No;
    }
    if (const auto *stale = std::get_if<actions::StaleLock>(&answer)) {
        console.say(stale->error);
        return Exit::No;
    }
    const auto &planned = std::get<actions::SyncPlan>(answer);
    const bool isCheck = arguments.has(u"check"_s);
    const bool isLook = isCheck || arguments.has(u"dry-run"_s);
    if (!isLook && !planned.plan.isEmpty())
        SCONCE_TRY(actions::applyPlan(planned.plan, tools, context));
    if (!console.isQuiet() || arguments.has(u"dry-run"_s))
        report(planned, !isLook, console);
    return isCheck && !planned.plan.isEmpty() ? Exit::No : Exit::Done;
}

} // namespace

Verb syncVerb()
{
    return {u"sync"_s, {}, Words::tr("make the environment match uv.lock"), syncOptions(), sync};
}

} // namespace sconce::app
