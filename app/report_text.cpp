// SPDX-License-Identifier: Apache-2.0
#include "report_text.h"

#include "base/text.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;
using plan::Operation;

namespace {

QString markOf(Operation::Kind kind)
{
    switch (kind) {
    case Operation::Kind::Add: return u"+"_s;
    case Operation::Kind::Upgrade: return u"↑"_s;
    case Operation::Kind::Downgrade: return u"↓"_s;
    case Operation::Kind::SwitchBackend: return u"⇄"_s;
    case Operation::Kind::Reinstall: return u"~"_s;
    case Operation::Kind::Remove: break;
    }
    return u"-"_s;
}

QString versionsText(const Operation &operation)
{
    if (operation.from && operation.to && *operation.from != *operation.to)
        return operation.from->text() + u" → "_s + operation.to->text();
    return (operation.to ? *operation.to : *operation.from).text();
}

QString sizeOf(const Operation &operation)
{
    if (operation.kind == Operation::Kind::Remove)
        return {};
    return operation.isCached ? Words::tr("cached") : sizeText(operation.size.bytes.value_or(-1));
}

} // namespace

void printPlan(const plan::Plan &plan, const Console &console)
{
    for (const Operation &operation : plan.operations) {
        console.print(u"%1 %2 %3 %4  %5"_s.arg(markOf(operation.kind))
                .arg(operation.name.text(), -24)
                .arg(versionsText(operation), -24)
                .arg(sizeOf(operation), 12)
                .arg(operation.why));
    }
    for (const plan::Warning &warning : plan.warnings)
        console.say(console.coloured(Words::tr("note:"), "33") + u' ' + warning.sentence);
    if (plan.operations.empty()) {
        console.print(Words::tr("Nothing to do: the environment holds all of it already."));
        return;
    }
    QString total = plan.operations.size() == 1
        ? Words::tr("1 change, %1 to download").arg(sizeText(plan.knownBytes()))
        : Words::tr("%1 changes, %2 to download")
              .arg(plan.operations.size())
              .arg(sizeText(plan.knownBytes()));
    if (plan.unknownSizes() > 0)
        total += u' ' + Words::tr("and %1 of unknown size").arg(plan.unknownSizes());
    console.print(total);
}

void printConflict(const resolve::Conflict &conflict, const Console &console)
{
    console.say(console.coloured(Words::tr("error:"), "31") + u' ' + conflict.sentence);
    if (!conflict.where.isAlways())
        console.say(Words::tr("  where %1").arg(conflict.where.text()));
    for (const resolve::Hint &hint : conflict.hints)
        console.say(console.coloured(Words::tr("hint:"), "36") + u' ' + hint.text);
}

void printFixes(const std::vector<resolve::Fix> &fixes, const Console &console)
{
    for (const resolve::Fix &fix : fixes) {
        const QString outcome = fix.outcome.isEmpty() ? QString() : u" ("_s + fix.outcome + u')';
        console.say(console.coloured(Words::tr("this works:"), "32") + u' ' + fix.text + outcome);
    }
}

} // namespace sconce::app
