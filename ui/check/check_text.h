// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/verify.h"
#include "parts/card.h"
#include "session/answer.h"

namespace sconce::ui {

QString outcomeText(actions::Rung::Outcome outcome);
QLatin1StringView outcomeIcon(actions::Rung::Outcome outcome);
Tone outcomeTone(actions::Rung::Outcome outcome);
Status checkStatus(const Answer<actions::CheckReport> &answer);
/// For a colleague or an issue: each rung with its evidence.
QString checkMarkdown(const actions::CheckReport &report, const QString &projectName);

} // namespace sconce::ui
