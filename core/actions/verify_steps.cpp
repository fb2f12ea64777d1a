// SPDX-License-Identifier: Apache-2.0
#include "actions/verify_steps.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

namespace sconce::actions {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("actions", text);
}

} // namespace

VerifySteps VerifySteps::read(const process::Outcome &outcome, std::chrono::seconds limit)
{
    VerifySteps steps{.outcome = outcome, .limit = limit};
    constexpr QByteArrayView mark("sconce-check ");
    for (const QByteArray &line : outcome.output.split('\n')) {
        const QJsonObject step =
            line.startsWith(mark) ? QJsonDocument::fromJson(line.mid(mark.size())).object() : QJsonObject();
        if (step.isEmpty())
            continue;
        if (step[u"begins"].toBool()) {
            steps.unfinished = step;
        } else {
            steps.unfinished = {};
            steps.ended.push_back(step);
        }
    }
    return steps;
}

bool VerifySteps::isAboutTorch() const
{
    // Who could not even begin is told about in the words of the ladder.
    const auto start = of("start"_L1);
    return start.empty() || start.front()[u"torch"].toBool();
}

std::vector<QJsonObject> VerifySteps::of(QLatin1StringView rung) const
{
    std::vector<QJsonObject> found;
    for (const QJsonObject &step : ended) {
        if (step[u"rung"].toString() == rung)
            found.push_back(step);
    }
    return found;
}

bool VerifySteps::isUnfinished(QLatin1StringView rung) const
{
    return unfinished[u"rung"].toString() == rung;
}

QString VerifySteps::endSentence(const QString &doing) const
{
    if (outcome.timedOut)
        return tr("Python did not come to an end within %1 seconds while %2").arg(limit.count()).arg(doing);
    if (outcome.crashed)
        return tr("Python crashed while %1 (signal %2)").arg(doing).arg(outcome.status);
    return tr("Python ended with status %1 while %2").arg(outcome.status).arg(doing);
}

QString VerifySteps::lastWords() const
{
    QStringList lines = QString::fromUtf8(outcome.errorOutput).trimmed().split(u'\n');
    return lines.mid(std::max<qsizetype>(0, lines.size() - 5)).join(u'\n');
}

QString importFault(const QJsonObject &step)
{
    const QString message = step[u"message"].toString();
    static const QRegularExpression library(u"(\\S+\\.so[.0-9]*): cannot open shared object file"_s);
    static const QRegularExpression module(u"No module named '([^']+)'"_s);
    static const QRegularExpression symbol(u"version `([^']+)' not found"_s);
    if (const auto match = library.match(message); match.hasMatch())
        return tr("the library “%1” is missing").arg(match.captured(1));
    if (const auto match = module.match(message); match.hasMatch())
        return tr("the package “%1” is missing").arg(match.captured(1));
    if (const auto match = symbol.match(message); match.hasMatch())
        return tr("it needs “%1”, which this system does not have").arg(match.captured(1));
    if (message.contains("undefined symbol"_L1))
        return tr("its libraries do not fit together");
    const QString first = message.trimmed().section(u'\n', 0, 0).left(200);
    return first.isEmpty() ? step[u"error"].toString() : u"%1: %2"_s.arg(step[u"error"].toString(), first);
}

CheckReport packagesReport(const VerifySteps &steps)
{
    CheckReport report;
    QStringList whole;
    QStringList broken;
    for (const QJsonObject &step : steps.of("package"_L1)) {
        const QString package = step[u"subject"].toString();
        const bool isBroken = step.contains(u"error");
        QStringList &list = isBroken ? broken : whole;
        if (!list.contains(package))
            list.append(package);
        if (isBroken)
            report.rungs.push_back({u"import"_s, Rung::Outcome::Failed,
                tr("“%1” does not import: %2").arg(package, importFault(step)), step[u"message"].toString()});
    }
    if (steps.isUnfinished("package"_L1)) {
        const QString package = steps.unfinished[u"subject"].toString();
        broken.append(package);
        report.rungs.push_back({u"import"_s, Rung::Outcome::Failed,
            steps.endSentence(tr("importing “%1”").arg(package)), steps.lastWords()});
    }
    for (const QString &package : broken)
        whole.removeAll(package);
    const qsizetype count = whole.size() + broken.size();
    if (count == 0)
        report.summary = tr("Nothing is installed in this environment");
    else if (broken.isEmpty())
        report.summary =
            count == 1 ? tr("“%1” imports").arg(whole.first()) : tr("All %1 packages import").arg(count);
    else
        report.summary = tr("%1 of %2 packages cannot be imported").arg(broken.size()).arg(count);
    if (!whole.isEmpty())
        report.rungs.insert(report.rungs.begin(),
            {u"import"_s, Rung::Outcome::Passed,
                whole.size() == 1 ? tr("“%1” imports").arg(whole.first())
                                  : tr("%1 packages import").arg(whole.size()),
                whole.join(u", "_s)});
    report.rungs.push_back({u"build"_s, Rung::Outcome::Skipped,
        tr("PyTorch is not installed, so there is no more to check"), {}});
    conclude(report);
    return report;
}

void conclude(CheckReport &report)
{
    using Outcome = Rung::Outcome;
    for (const Outcome worst : {Outcome::Failed, Outcome::Caveat, Outcome::Passed}) {
        for (const Rung &rung : report.rungs) {
            if (rung.outcome != worst)
                continue;
            report.outcome = worst;
            if (report.summary.isEmpty())
                report.summary = rung.sentence;
            return;
        }
    }
}

} // namespace sconce::actions
