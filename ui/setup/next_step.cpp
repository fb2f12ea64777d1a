// SPDX-License-Identifier: Apache-2.0
#include "setup/next_step.h"

#include <QCoreApplication>

#include "session/session.h"

namespace sconce::ui {

namespace {

struct StepWords {
    Q_DECLARE_TR_FUNCTIONS(StepWords)
};

/// What runs now and must end first; empty when nothing does.
QString whatRuns(const Session &session)
{
    if (session.applied().isRunning())
        return StepWords::tr("The plan is being carried out");
    if (session.check().isRunning())
        return StepWords::tr("The environment is being checked");
    if (session.overview().isRunning() || session.offered().isRunning())
        return StepWords::tr("The project is still being read");
    if (session.computer().isRunning())
        return StepWords::tr("Still looking for GPUs");
    if (session.proposal().isRunning())
        return StepWords::tr("Still working out versions");
    return {};
}

} // namespace

NextStep nextStep(const Session &session)
{
    using Kind = NextStep::Kind;
    const QString untouched = StepWords::tr("Nothing has been changed yet.");
    const QString busy = whatRuns(session);
    if (session.isSetUp() && !session.proposal().error) {
        NextStep step{Kind::CheckNow, StepWords::tr("Check Now"), busy,
            StepWords::tr("The environment is as the project wants it.")};
        if (session.applied().isRunning())
            step.remark.clear();
        return step;
    }
    NextStep step{Kind::ReviewPlan, StepWords::tr("Review Plan…"), busy, untouched};
    if (!busy.isEmpty()) {
        if (session.applied().isRunning())
            step.remark = StepWords::tr("Cancel leaves everything as it was.");
        return step;
    }
    if (!session.hasProject()) {
        step.reason = StepWords::tr("No project is open");
        return step;
    }
    // Also after a conflict: what an index answers can change, and so can the login that it wants.
    if (session.overview().error || session.proposal().error || !session.proposal().value
        || session.proposal().value->conflict()) {
        step.kind = Kind::TryAgain;
        step.label = StepWords::tr("Try Again");
    }
    return step;
}

} // namespace sconce::ui
