// SPDX-License-Identifier: Apache-2.0
#include "actions/lock_project.h"
#include "report_text.h"
#include "resolve_words.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

QString versionsText(const lock::VersionChange::Versions &versions)
{
    QStringList texts;
    for (const std::optional<versions::Version> &version : versions)
        texts.append(version ? u'v' + version->text() : Words::tr("(dynamic)"));
    return texts.join(u", ");
}

QString changeText(const lock::VersionChange &change, bool isDone)
{
    const QString name = change.name.text();
    if (change.before.empty())
        return (isDone ? Words::tr("Added %1 %2") : Words::tr("Add %1 %2"))
            .arg(name, versionsText(change.after));
    if (change.after.empty())
        return (isDone ? Words::tr("Removed %1 %2") : Words::tr("Remove %1 %2"))
            .arg(name, versionsText(change.before));
    return (isDone ? Words::tr("Updated %1 %2 -> %3") : Words::tr("Update %1 %2 -> %3"))
        .arg(name, versionsText(change.before), versionsText(change.after));
}

/// --check: nothing is written, the answer is the exit status.
Exit answer(const actions::LockOutcome &outcome, const Console &console)
{
    if (!outcome.isChanged()) {
        console.say(Words::tr("uv.lock says what the project asks for"));
        return Exit::Done;
    }
    const QString why = outcome.reason.isEmpty() ? Words::tr("There is no lock yet") : outcome.reason;
    console.say(Error(ErrorKind::BadInput, Words::tr("uv.lock has to be made anew, and --check forbids it"))
            .detail(why)
            .hint(Words::tr("Run “sconce lock”")));
    return Exit::No;
}

void report(const actions::LockOutcome &outcome, bool isDone, const Console &console)
{
    // A first lock consists of additions, which need no list.
    if (outcome.before || !isDone) {
        for (const lock::VersionChange &change : outcome.changes) {
            if (isDone)
                console.say(changeText(change, isDone));
            else
                console.print(changeText(change, isDone));
        }
    }
    const auto count = outcome.after.packages.size();
    if (!outcome.isChanged())
        console.say(Words::tr("uv.lock is up to date (%1 packages)").arg(count));
    else if (isDone)
        console.say(Words::tr("Wrote uv.lock (%1 packages)").arg(count));
    else
        console.say(Words::tr("uv.lock would be written (%1 packages)").arg(count));
}

Result<Exit> lock(const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    const bool isCheck = arguments.has(u"check"_s);
    const bool isDryRun = arguments.has(u"dry-run"_s);
    actions::LockRequest request{.folder = folder,
        .options = resolveOptionsOf(invocation),
        .python = arguments.value(u"python"_s),
        .isUpgrade = arguments.has(u"upgrade"_s),
        .upgradePackages = arguments.values(u"upgrade-package"_s)};
    if (isCheck && request.isUpgrade) {
        return std::unexpected(Error(ErrorKind::BadInput,
            Words::tr("“--check” and “--upgrade” exclude each other: a lock that is to "
                      "change is never up to date")));
    }
    if (!arguments.positional().isEmpty())
        return std::unexpected(Error(
            ErrorKind::BadInput, Words::tr("“sconce lock” takes no “%1”").arg(arguments.positional().first()))
                .hint(Words::tr("Name the project's folder with --project")));
    if (console.isQuiet())
        request.fixes = actions::LockRequest::Fixes::LeaveOut;
    if (isCheck || isDryRun)
        request.writing = actions::LockRequest::Writing::Look;
    const auto answered = SCONCE_TRY(actions::lockProject(request, tools, context));
    if (const auto *conflict = std::get_if<actions::LockConflict>(&answered)) {
        printConflict(*conflict, console);
        printFixes(conflict->fixes, console);
        return Exit::No;
    }
    const auto &outcome = std::get<actions::LockOutcome>(answered);
    for (const QString &warning : outcome.warnings + outcome.notes)
        console.say(console.coloured(Words::tr("note:"), "33") + u' ' + warning);
    if (isCheck)
        return answer(outcome, console);
    report(outcome, !isDryRun, console);
    return Exit::Done;
}

} // namespace

Verb lockVerb()
{
    std::vector<Option> options = resolveWords();
    options.insert(options.end(),
        {{u"check"_s, {}, {}, Words::tr("write nothing; exit status 1 when the lock is not up to date"),
             {u"locked"_s}, false},
            {u"dry-run"_s, {}, {}, Words::tr("say what would change, write nothing"), {}, false},
            {u"fork-strategy"_s, {}, u"WORD"_s, Words::tr("requires-python or fewest"), {}, false},
            {u"python"_s, u'p', u"P"_s,
                Words::tr("the Python of projects that do not say which they are for"), {}, false}});
    return {u"lock"_s, {}, Words::tr("resolve for everybody and write uv.lock"), std::move(options), lock};
}

} // namespace sconce::app
