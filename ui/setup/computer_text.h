// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "parts/card.h"
#include "session/answer.h"
#include "session/work.h"

namespace sconce::ui {

/// "NVIDIA GeForce RTX 3060 · 12.9 GB · compute capability 8.6 · driver 550.54.14"
QString deviceText(const hardware::Device &device);
/// All devices in one line, or that there are none, or why it is not known.
QString computerSummary(const Answer<hardware::DeviceReport> &answer);
/// What keeps GPUs from being used, and what could not be read; a sentence each.
QStringList computerWarnings(const hardware::DeviceReport &report);
Status computerStatus(const Answer<hardware::DeviceReport> &answer);

} // namespace sconce::ui
