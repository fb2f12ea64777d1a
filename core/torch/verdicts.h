// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "torch/backends.h"

namespace sconce::torch {

/// The devices of a vendor that count for a verdict: those that programs can use, when there are any, and the
/// cards rather than what is inside the processor beside them. Views into the report.
std::vector<const hardware::Device *> devicesThatCount(
    const hardware::DeviceReport &report, hardware::Vendor vendor);

/// "NVIDIA GeForce RTX 3060 (8.6) and Tesla V100 (7.0)": each kind once.
QString labelled(const std::vector<const hardware::Device *> &devices);
QString factText(const QString &what, const hardware::Fact &fact);

Verdict doesNotFit(const Backend &backend, const QString &sentence, const QString &hint = {});

Verdict judgeCuda(const Backend &backend, const hardware::DeviceReport &report, TargetSystem system);
Verdict judgeRocm(const Backend &backend, const hardware::DeviceReport &report, TargetSystem system);
Verdict judgeXpu(const Backend &backend, const hardware::DeviceReport &report, TargetSystem system);

} // namespace sconce::torch
