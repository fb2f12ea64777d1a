// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "actions/set_up.h"
#include "actions/verify.h"
#include "report_text.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

QString outcomeText(actions::Rung::Outcome outcome)
{
    static const QStringList words{u"passed"_s, u"caveat"_s, u"failed"_s, u"skipped"_s};
    return words[qsizetype(outcome)];
}

QJsonObject asJson(const actions::CheckReport &report)
{
    QJsonArray rungs;
    for (const actions::Rung &rung : report.rungs)
        rungs.append(QJsonObject{{u"id"_s, rung.id}, {u"outcome"_s, outcomeText(rung.outcome)},
            {u"sentence"_s, rung.sentence}, {u"evidence"_s, rung.evidence}});
    return {{u"summary"_s, report.summary}, {u"outcome"_s, outcomeText(report.outcome)}, {u"rungs"_s, rungs}};
}

} // namespace

void printCheck(const actions::CheckReport &report, const Console &console)
{
    for (const actions::Rung &rung : report.rungs) {
        const char *const codes[] = {"32", "33", "31", "2"};
        const QString marks[] = {u"✓"_s, u"!"_s, u"✗"_s, u"–"_s};
        const auto row = std::size_t(rung.outcome);
        console.print(u"%1 %2"_s.arg(console.coloured(marks[row], codes[row]), rung.sentence));
        if (console.isVerbose() && !rung.evidence.isEmpty())
            console.print(u"    "_s + rung.evidence);
    }
    console.print(report.summary);
}

Verb verifyVerb()
{
    return {u"verify"_s, u"[ENVIRONMENT] [--json]"_s,
        Words::tr("does torch in the environment see the accelerator, and compute with it?"),
        {{u"json"_s, {}, {}, Words::tr("one JSON document"), {}, false}},
        [](const Invocation &invocation) -> Result<Exit> {
            const QString folder =
                SCONCE_TRY(environmentFolder(invocation, invocation.arguments.positional().value(0)));
            const hardware::DeviceReport devices =
                SCONCE_TRY(actions::detectDevices(invocation.tools, invocation.context));
            const actions::CheckReport report =
                SCONCE_TRY(actions::verifyEnvironment(folder, devices, invocation.tools, invocation.context));
            if (invocation.arguments.has(u"json"_s))
                invocation.console.print(QJsonDocument(asJson(report)));
            else
                printCheck(report, invocation.console);
            return report.outcome == actions::Rung::Outcome::Failed ? Exit::No : Exit::Done;
        }};
}

} // namespace sconce::app
