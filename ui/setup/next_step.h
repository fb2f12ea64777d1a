// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace sconce::ui {

class Session;

/// What the one primary button of the Set Up page does now.
struct NextStep {
    enum class Kind { ReviewPlan, TryAgain, CheckNow };
    Kind kind = Kind::ReviewPlan;
    /// An imperative for the button.
    QString label;
    /// Why it cannot be done right now; empty: it can.
    QString reason;
    /// Where things stand, for the line beside the button.
    QString remark;
};
NextStep nextStep(const Session &session);

} // namespace sconce::ui
