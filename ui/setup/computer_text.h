// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "parts/card.h"
#include "session/answer.h"
#include "session/work.h"

namespace sconce::ui {

/// "NVIDIA GeForce RTX 3060 · 12.9 GB · compute capability 8.6 · driver 550.54.14"
QString deviceText(const hardware::Device &device);
/// All devices in one line, or that there are none, or why it is not known.
QString computerSummary(const Answer<Computer> &answer);
Status computerStatus(const Answer<Computer> &answer);

} // namespace sconce::ui
