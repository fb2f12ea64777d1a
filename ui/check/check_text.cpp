// SPDX-License-Identifier: Apache-2.0
#include "check/check_text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

using Outcome = actions::Rung::Outcome;

struct CheckWords {
    Q_DECLARE_TR_FUNCTIONS(CheckWords)
};

} // namespace

QString outcomeText(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Passed: return CheckWords::tr("Passed");
    case Outcome::Caveat: return CheckWords::tr("Works, with a caveat");
    case Outcome::Failed: return CheckWords::tr("Failed");
    case Outcome::Skipped: return CheckWords::tr("Skipped");
    }
    return {};
}

QLatin1StringView outcomeIcon(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Passed: return "ok"_L1;
    case Outcome::Caveat: return "warning"_L1;
    case Outcome::Failed: return "error"_L1;
    case Outcome::Skipped: return "skipped"_L1;
    }
    return "info"_L1;
}

Tone outcomeTone(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Passed: return Tone::Positive;
    case Outcome::Caveat: return Tone::Warning;
    case Outcome::Failed: return Tone::Negative;
    case Outcome::Skipped: return Tone::Neutral;
    }
    return Tone::Neutral;
}

Status checkStatus(const Answer<actions::CheckReport> &answer)
{
    if (answer.isRunning())
        return Status::Running;
    if (answer.error)
        return answer.wasStopped() ? Status::Attention : Status::Failed;
    if (!answer.value)
        return Status::Open;
    switch (answer.value->outcome) {
    case Outcome::Passed: return Status::Done;
    case Outcome::Failed: return Status::Failed;
    case Outcome::Caveat:
    case Outcome::Skipped: return Status::Attention;
    }
    return Status::Open;
}

QString checkMarkdown(const actions::CheckReport &report, const QString &projectName)
{
    QStringList lines{
        u"## "_s + CheckWords::tr("Check of %1").arg(projectName), QString(), report.summary, QString()};
    for (const actions::Rung &rung : report.rungs) {
        lines << u"- %1: %2"_s.arg(outcomeText(rung.outcome), rung.sentence);
        if (!rung.evidence.isEmpty())
            lines << u"  `%1`"_s.arg(rung.evidence.simplified());
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace sconce::ui
