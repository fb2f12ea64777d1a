// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "actions/history.h"
#include "base/text.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;
using actions::Direction;
using Package = sync::AppliedPlan::Package;

namespace {

QString lineOf(const Package &package)
{
    if (!package.from)
        return u"+ %1 %2"_s.arg(package.name.text(), package.to->text());
    if (!package.to)
        return u"- %1 %2"_s.arg(package.name.text(), package.from->text());
    const QString mark = *package.from == *package.to ? u"~"_s
        : *package.from < *package.to                 ? u"↑"_s
                                                      : u"↓"_s;
    return u"%1 %2 %3 → %4"_s.arg(mark, package.name.text(), package.from->text(), package.to->text());
}

QJsonValue asJson(const std::optional<versions::Version> &version)
{
    return version ? QJsonValue(version->text()) : QJsonValue();
}

QJsonArray asJson(const std::vector<Package> &packages)
{
    QJsonArray rows;
    for (const Package &package : packages)
        rows.append(QJsonObject{{u"name"_s, package.name.text()}, {u"from"_s, asJson(package.from)},
            {u"to"_s, asJson(package.to)}});
    return rows;
}

QJsonObject asJson(const actions::HistoryEntry &entry)
{
    QJsonArray files;
    for (const sync::AppliedPlan::File &file : entry.plan.files)
        files.append(file.path);
    return {{u"number"_s, entry.number}, {u"when"_s, entry.plan.when.toString(Qt::ISODateWithMs)},
        {u"undone"_s, entry.isUndone}, {u"packages"_s, asJson(entry.plan.packages)}, {u"files"_s, files},
        {u"bytes"_s, entry.bytes}, {u"possible"_s, !entry.problem},
        {u"problem"_s, entry.problem ? QJsonValue(entry.problem->summary()) : QJsonValue()}};
}

QJsonObject asJson(const actions::UndoPlan &plan, bool isDone)
{
    QJsonArray numbers;
    for (const int number : plan.numbers)
        numbers.append(number);
    return {{u"environment"_s, plan.environmentFolder},
        {u"direction"_s, plan.direction == Direction::Undo ? u"undo"_s : u"redo"_s}, {u"numbers"_s, numbers},
        {u"packages"_s, asJson(plan.packages)}, {u"files"_s, QJsonArray::fromStringList(plan.files)},
        {u"takesEnvironmentAway"_s, plan.takesEnvironmentAway}, {u"done"_s, isDone}};
}

/// "alpha 1.0 → 1.1, beta 2.0 and 3 more": enough to know it again.
QString summaryOf(const sync::AppliedPlan &plan)
{
    constexpr qsizetype Named = 3;
    QStringList parts;
    for (const Package &package : plan.packages)
        parts.append(lineOf(package));
    for (const sync::AppliedPlan::File &file : plan.files)
        parts.append(QFileInfo(file.path).fileName());
    if (parts.size() <= Named + 1)
        return parts.join(u", ");
    return Words::tr("%1 and %2 more").arg(parts.first(Named).join(u", ")).arg(parts.size() - Named);
}

Result<Exit> list(const QString &environment, const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    const actions::History history = SCONCE_TRY(actions::readHistory(environment, context));
    if (arguments.has(u"json"_s)) {
        QJsonArray rows;
        for (const actions::HistoryEntry &entry : history.entries)
            rows.append(asJson(entry));
        console.print(QJsonDocument(QJsonObject{{u"environment"_s, environment}, {u"plans"_s, rows}}));
        return Exit::Done;
    }
    for (const actions::HistoryEntry &entry : history.entries) {
        QString line = u"%1  %2  %3  %4"_s.arg(entry.number, 3)
                           .arg(entry.plan.when.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s))
                           .arg(sizeText(entry.bytes), 8)
                           .arg(summaryOf(entry.plan));
        if (entry.isUndone)
            line += u"  "_s + Words::tr("(undone)");
        console.print(line);
        if (entry.problem)
            console.print(u"     "_s + entry.problem->summary());
    }
    if (history.entries.empty())
        console.say(Words::tr("No plan was applied to “%1” yet").arg(environment));
    return Exit::Done;
}

void print(const actions::UndoPlan &plan, const Console &console)
{
    for (const Package &package : plan.packages)
        console.print(lineOf(package));
    for (const QString &file : plan.files)
        console.print((plan.direction == Direction::Undo ? Words::tr("~ %1 as it was before")
                                                         : Words::tr("~ %1 as it was then"))
                .arg(file));
    if (plan.takesEnvironmentAway)
        console.print(
            Words::tr("- %1: it was made then, and goes with its history").arg(plan.environmentFolder));
}

void sayDone(const actions::UndoPlan &plan, const Console &console)
{
    QStringList numbers;
    for (const int number : plan.numbers)
        numbers.append(QString::number(number));
    if (plan.direction == Direction::MakeAgain)
        console.say(Words::tr("Made again: %1").arg(listText(numbers)));
    else if (plan.takesEnvironmentAway)
        console.say(Words::tr("Undone: %1").arg(listText(numbers)));
    else
        console.say(Words::tr("Undone: %1. “sconce undo --redo” makes it again").arg(listText(numbers)));
}

Result<Exit> undo(const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    const QString environment = SCONCE_TRY(environmentFolder(invocation, arguments.value(u"environment"_s)));
    if (arguments.has(u"list"_s))
        return list(environment, invocation);
    std::optional<int> number;
    if (const QStringList given = arguments.positional(); !given.isEmpty()) {
        bool isNumber = false;
        number = given.first().toInt(&isNumber);
        if (!isNumber || given.size() > 1)
            return std::unexpected(Error(ErrorKind::BadInput,
                Words::tr("“sconce undo” takes the number of one plan, not “%1”").arg(given.join(u' ')))
                    .hint(Words::tr("“sconce undo --list” shows the numbers")));
    }
    const Direction direction = arguments.has(u"redo"_s) ? Direction::MakeAgain : Direction::Undo;
    const Result<actions::UndoPlan> plan = actions::planUndo(environment, direction, number, context);
    if (!plan && plan.error().kind() == ErrorKind::NotFound) {
        console.say(plan.error());
        return Exit::No;
    }
    if (!plan)
        return std::unexpected(plan.error());
    const bool isDryRun = arguments.has(u"dry-run"_s);
    const bool isJson = arguments.has(u"json"_s);
    if (!isJson && (!console.isQuiet() || isDryRun))
        print(*plan, console);
    if (!isDryRun)
        SCONCE_TRY(actions::carryOut(*plan, context));
    if (isJson)
        console.print(QJsonDocument(asJson(*plan, !isDryRun)));
    else if (!isDryRun)
        sayDone(*plan, console);
    return Exit::Done;
}

} // namespace

Verb undoVerb()
{
    return {u"undo"_s, u"[NUMBER]"_s,
        Words::tr("back to before the last applied plan, or to before plan NUMBER"),
        {{u"list"_s, {}, {}, Words::tr("the plans that can be undone, with what keeping each costs"), {},
             false},
            {u"redo"_s, {}, {}, Words::tr("make again what was undone"), {}, false},
            {u"dry-run"_s, {}, {}, Words::tr("say what would change, change nothing"), {}, false},
            {u"environment"_s, {}, u"PATH"_s, Words::tr("of another environment than the project's"), {},
                false},
            {u"json"_s, {}, {}, Words::tr("one JSON document"), {}, false}},
        undo};
}

} // namespace sconce::app
