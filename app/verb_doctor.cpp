// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "actions/doctor.h"
#include "actions/find_python.h"
#include "report_text.h"
#include "verbs.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;
using actions::DoctorReport;
using actions::Finding;

namespace {

/// Findings shown of one package; --verbose shows all.
constexpr std::size_t MostLines = 10;

QString remedyText(Finding::Remedy remedy)
{
    static const QStringList words{
        u"nothing"_s, u"relink"_s, u"remove-leftover"_s, u"renew"_s, u"sync"_s, u"by-hand"_s};
    return words[qsizetype(remedy)];
}

QJsonObject asJson(const DoctorReport &report)
{
    QJsonArray findings;
    for (const Finding &finding : report.findings)
        findings.append(QJsonObject{{u"id"_s, finding.id},
            {u"weight"_s, finding.weight == Finding::Weight::Note ? u"note"_s : u"fault"_s},
            {u"package"_s, finding.package ? QJsonValue(finding.package->text()) : QJsonValue()},
            {u"path"_s, finding.path}, {u"count"_s, qint64(finding.count)}, {u"sentence"_s, finding.sentence},
            {u"remedy"_s, remedyText(finding.remedy)}, {u"advice"_s, finding.advice}});
    return {{u"environment"_s, report.request.environmentFolder},
        {u"lock"_s, report.lock ? QJsonValue(report.lock->file) : QJsonValue()},
        {u"healthy"_s, report.isHealthy()}, {u"packages"_s, qint64(report.packages)},
        {u"files"_s, qint64(report.files)}, {u"findings"_s, findings}};
}

QJsonObject asJson(const actions::Repair &repair)
{
    QJsonArray changes;
    for (const plan::Operation &operation : repair.plan.operations)
        changes.append(QJsonObject{{u"package"_s, operation.name.text()},
            {u"from"_s, operation.from ? QJsonValue(operation.from->text()) : QJsonValue()},
            {u"to"_s, operation.to ? QJsonValue(operation.to->text()) : QJsonValue()}});
    QJsonArray notes;
    for (const plan::Warning &warning : repair.plan.warnings)
        notes.append(warning.sentence);
    return {{u"renewed"_s, repair.isRenewed}, {u"changes"_s, changes}, {u"notes"_s, notes},
        {u"leftOut"_s, QJsonArray::fromStringList(repair.leftOut)}};
}

void printGroup(std::span<const Finding> findings, const Console &console)
{
    const Finding &first = findings.front();
    console.print(first.package ? first.package->text()
            : first.id == u"foreign" || first.id == u"nameless" || first.id == u"runs-at-start"
            ? Words::tr("of no package")
            : Words::tr("the environment"));
    const std::size_t shown = console.isVerbose() ? findings.size() : std::min(findings.size(), MostLines);
    QStringList advices;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Finding &finding = findings[i];
        const bool isNote = finding.weight == Finding::Weight::Note;
        if (i < shown)
            console.print(u"  %1 %2"_s.arg(
                isNote ? console.coloured(u"!"_s, "33") : console.coloured(u"✗"_s, "31"), finding.sentence));
        if (!finding.advice.isEmpty() && !advices.contains(finding.advice))
            advices.append(finding.advice);
    }
    if (shown < findings.size())
        console.print(u"    "_s + Words::tr("and %1 more").arg(findings.size() - shown));
    for (const QString &advice : std::as_const(advices))
        console.print(u"  → "_s + advice);
}

void printReport(const DoctorReport &report, const Console &console)
{
    const std::span all(report.findings);
    for (std::size_t first = 0; first < all.size();) {
        std::size_t last = first;
        while (last < all.size() && all[last].package == all[first].package)
            ++last;
        printGroup(all.subspan(first, last - first), console);
        first = last;
    }
    if (!report.interpreter)
        console.print(
            Words::tr("The packages were not looked at, because the environment's Python does not work"));
    else if (report.isHealthy())
        console.print(Words::tr("%1 packages with %2 files: all as they were installed")
                .arg(report.packages)
                .arg(report.files));
    else
        console.print(Words::tr("%1 packages with %2 files, wrong: %3")
                .arg(report.packages)
                .arg(report.files)
                .arg(std::ranges::count(report.findings, Finding::Weight::Fault, &Finding::weight)));
}

/// An environment, or a Python in one, that need not work; else a name or version that leads to one.
Result<QString> askedFolder(const Invocation &invocation)
{
    const QString asked = invocation.arguments.value(u"python"_s);
    if (asked.isEmpty())
        return environmentFolder(invocation, {});
    const QString path = QDir(invocation.folder).absoluteFilePath(asked);
    const QFileInfo entry(path);
    if (entry.isDir())
        return path;
    if (entry.exists() || entry.isSymLink())
        return QFileInfo(entry.path()).path();
    return SCONCE_TRY(actions::findEnvironment(asked, invocation.folder, actions::MayBeOutside::No,
                          invocation.tools, invocation.context))
        .prefix;
}

Result<Exit> runDoctor(const Invocation &invocation)
{
    const auto &[arguments, tools, console, context, folder] = invocation;
    if (!arguments.positional().isEmpty())
        return std::unexpected(Error(ErrorKind::BadInput, Words::tr("“sconce doctor” takes no other words"))
                .hint(Words::tr("Name an environment with --python")));
    const bool isJson = arguments.has(u"json"_s);
    const QString environment = SCONCE_TRY(askedFolder(invocation));
    const DoctorReport report = SCONCE_TRY(actions::examine({folder, environment}, tools, context));
    if (!arguments.has(u"repair"_s) || report.isHealthy()) {
        if (isJson)
            console.print(QJsonDocument(asJson(report)));
        else
            printReport(report, console);
        return report.isHealthy() ? Exit::Done : Exit::No;
    }
    if (!isJson)
        printReport(report, console);
    const actions::Repair repair = SCONCE_TRY(actions::repair(report, tools, context));
    if (isJson) {
        QJsonObject document = asJson(repair.after);
        document.insert(u"repair"_s, asJson(repair));
        console.print(QJsonDocument(document));
        return repair.after.isHealthy() ? Exit::Done : Exit::No;
    }
    console.print(QString());
    if (repair.isRenewed)
        console.print(Words::tr("Wrote the environment's own files anew"));
    if (!repair.plan.operations.empty())
        printPlan(repair.plan, console);
    for (const QString &sentence : repair.leftOut)
        console.say(console.coloured(Words::tr("note:"), "33") + u' ' + sentence);
    printReport(repair.after, console);
    return repair.after.isHealthy() ? Exit::Done : Exit::No;
}

} // namespace

Verb doctorVerb()
{
    return {u"doctor"_s, u"[--repair] [--json]"_s,
        Words::tr("is the environment as it was installed, file by file, and as the lock wants it?"),
        {{u"repair"_s, {}, {}, Words::tr("put right what is wrong, and nothing else"), {}, false},
            {u"python"_s, u'p', u"P"_s, Words::tr("the environment, or a Python in it"), {}, false},
            {u"json"_s, {}, {}, Words::tr("one JSON document"), {}, false}},
        runDoctor};
}

} // namespace sconce::app
