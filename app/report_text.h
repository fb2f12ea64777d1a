// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/set_up.h"
#include "actions/verify.h"
#include "console.h"

/// Values of core as lines for a terminal, where more than one verb prints them.
namespace sconce::app {

/// One line a rung, then the summary.
void printCheck(const actions::CheckReport &report, const Console &console);
/// One line a change, then counts and bytes.
void printPlan(const plan::Plan &plan, const Console &console);
/// The sentence and its hints.
void printConflict(const resolve::Conflict &conflict, const Console &console);
/// A line for each way out that was tried and works.
void printFixes(const std::vector<resolve::Fix> &fixes, const Console &console);

} // namespace sconce::app
