// SPDX-License-Identifier: Apache-2.0
#include "verbs.h"

#include <cstring>
#include <string_view>

#include <QDir>
#include <QFileInfo>

#include "project/workspace.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

Verb notYet(const QString &name, const QString &summary)
{
    return {name, u"…"_s, summary, {}, [name](const Invocation &) -> Result<Exit> {
                return std::unexpected(
                    Error(ErrorKind::BadInput, Words::tr("“sconce %1” is not there yet").arg(name)));
            }};
}

std::vector<Verb> makeVerbs()
{
    std::vector<Verb> all{devicesVerb(), backendsVerb(), verifyVerb(), venvVerb()};
    for (Verb &verb : pipVerbs())
        all.push_back(std::move(verb));
    all.push_back(demoVerb());
    all.push_back(cacheVerb());
    all.push_back(lockVerb());
    all.push_back(syncVerb());
    all.push_back(notYet(u"add"_s, Words::tr("add a requirement, lock, sync")));
    all.push_back(notYet(u"remove"_s, Words::tr("remove a requirement, lock, sync")));
    all.push_back(notYet(u"tree"_s, Words::tr("the graph as text")));
    all.push_back(notYet(u"export"_s, Words::tr("requirements.txt or pylock.toml from the lock")));
    all.push_back(notYet(u"use-backend"_s, Words::tr("the plan for another PyTorch build")));
    all.push_back(notYet(u"diff"_s, Words::tr("what two locks differ in")));
    all.push_back(notYet(u"why"_s, Words::tr("every path from the project to a package")));
    all.push_back(doctorVerb());
    all.push_back(undoVerb());
    return all;
}

} // namespace

std::span<const Verb> verbs()
{
    static const std::vector<Verb> all = makeVerbs();
    return all;
}

std::span<const Option> commonOptions()
{
    static const std::vector<Option> options{
        {u"project"_s, {}, u"DIR"_s,
            Words::tr("the project's folder; otherwise the current one or one above it"), {}, false},
        {u"cache-dir"_s, {}, u"DIR"_s, Words::tr("where downloads and unpacked wheels are kept"), {}, false},
        {u"no-cache"_s, u'n', {}, Words::tr("keep nothing: a cache for this run only"), {}, false},
        {u"offline"_s, {}, {}, Words::tr("use only what is in the cache"), {}, false},
        {u"quiet"_s, u'q', {}, Words::tr("print results and errors only"), {}, false},
        {u"verbose"_s, u'v', {}, Words::tr("say what is done"), {}, false},
        {u"color"_s, {}, u"WHEN"_s, Words::tr("auto, always or never"), {}, false},
        {u"help"_s, u'h', {}, Words::tr("print this"), {}, false},
    };
    return options;
}

bool isHeadless(const char *word)
{
    // Kept beside makeVerbs(): a check compares the two.
    static constexpr std::string_view words[] = {"devices", "backends", "verify", "venv", "pip", "demo",
        "cache", "lock", "sync", "add", "remove", "tree", "export", "use-backend", "diff", "why", "doctor",
        "undo", "help", "--help", "-h", "--version", "-V"};
    for (const std::string_view known : words) {
        if (known == word)
            return true;
    }
    return false;
}

QString projectFolder(const Invocation &invocation)
{
    return project::findRoot(invocation.folder).value_or(invocation.folder);
}

Result<QString> environmentFolder(const Invocation &invocation, const QString &given)
{
    const QHash<QString, QString> &variables = invocation.tools.variables;
    const QDir here(invocation.folder);
    if (!given.isEmpty())
        return here.absoluteFilePath(given);
    const QString named = variables.value(u"UV_PROJECT_ENVIRONMENT"_s);
    const auto place = [&](const QString &project) {
        return QDir(project).absoluteFilePath(named.isEmpty() ? u".venv"_s : named);
    };
    const QString inProject = place(projectFolder(invocation));
    QStringList places{inProject};
    // Members of a workspace share that of its root.
    if (const auto workspace = project::openWorkspaceAround(invocation.folder))
        places.append(place(workspace->root.folder));
    for (const QString &path : std::as_const(places)) {
        // Whatever is there is meant, a link to nothing included; who works on it says what is wrong with it.
        if (const QFileInfo entry(path); entry.exists() || entry.isSymLink())
            return path;
    }
    if (const QString active = variables.value(u"VIRTUAL_ENV"_s); !active.isEmpty())
        return active;
    return std::unexpected(
        Error(ErrorKind::NotFound, Words::tr("There is no environment at “%1”").arg(inProject))
            .hint(Words::tr("Make one with “sconce venv”")));
}

} // namespace sconce::app
