// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "actions/offered_backends.h"
#include "actions/set_up.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

namespace {

QString fitText(torch::Fit fit)
{
    switch (fit) {
    case torch::Fit::Fits: return u"fits"_s;
    case torch::Fit::FitsWithCaveat: return u"fits-with-caveat"_s;
    case torch::Fit::DoesNotFit: break;
    }
    return u"does-not-fit"_s;
}

QJsonObject asJson(const torch::Verdict &verdict)
{
    return {{u"backend"_s, verdict.backend->name}, {u"title"_s, verdict.backend->title()},
        {u"verdict"_s, fitText(verdict.fit)}, {u"recommended"_s, verdict.isRecommended},
        {u"sentence"_s, verdict.sentence}, {u"evidence"_s, QJsonArray::fromStringList(verdict.evidence)},
        {u"hint"_s, verdict.hint}, {u"index"_s, verdict.backend->url().toString()}};
}

void print(const torch::Verdict &verdict, const Console &console)
{
    const bool fits = verdict.fit != torch::Fit::DoesNotFit;
    const QString mark = verdict.isRecommended      ? console.coloured(u"★"_s, "32")
        : verdict.fit == torch::Fit::FitsWithCaveat ? console.coloured(u"!"_s, "33")
        : fits                                      ? console.coloured(u"✓"_s, "32")
                                                    : console.coloured(u"–"_s, "2");
    console.print(u"%1 %2  %3"_s.arg(mark).arg(verdict.backend->name, -10).arg(verdict.sentence));
    if (console.isVerbose()) {
        for (const QString &evidence : verdict.evidence)
            console.print(u"              "_s + evidence);
    }
}

/// What the source that the project here names for PyTorch has; nothing without such a project or source.
std::optional<QStringList> offeredHere(const Invocation &invocation)
{
    const Result<project::Project> project = project::open(projectFolder(invocation));
    if (!project || !project->torchMirror)
        return std::nullopt;
    const Result<QStringList> offered =
        actions::offeredBackends(*project->torchMirror, invocation.tools, invocation.context);
    if (offered)
        return *offered;
    invocation.console.say(offered.error());
    return std::nullopt;
}

} // namespace

Verb backendsVerb()
{
    return {u"backends"_s, u"[--json]"_s,
        Words::tr("each PyTorch build with its verdict for this computer, best first"),
        {{u"json"_s, {}, {}, Words::tr("one JSON document"), {}, false}},
        [](const Invocation &invocation) -> Result<Exit> {
            const hardware::DeviceReport report =
                SCONCE_TRY(actions::detectDevices(invocation.tools, invocation.context));
            const std::vector<torch::Verdict> verdicts =
                actions::judgeBackends(report, offeredHere(invocation));
            if (invocation.arguments.has(u"json"_s)) {
                QJsonArray rows;
                for (const torch::Verdict &verdict : verdicts)
                    rows.append(asJson(verdict));
                invocation.console.print(QJsonDocument(rows));
                return Exit::Done;
            }
            for (const torch::Verdict &verdict : verdicts)
                print(verdict, invocation.console);
            return Exit::Done;
        }};
}

} // namespace sconce::app
