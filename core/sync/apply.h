// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/index_client.h"
#include "plan/plan.h"
#include "wheel/install.h"

namespace sconce::sync {

struct Places {
    /// Downloads and unpacked wheels, by digest.
    QString cacheFolder;
    /// How files of wheels get into an environment; what the volumes cannot do becomes a copy.
    files::LinkMode linkMode = files::LinkMode::Clone;
};

/// Carries a plan out: download (several at once, digest checked before anything is visible), unpack into the
/// cache, stage, exchange; the plan's files are written with the exchange, and what it replaced is kept as a
/// state of the environment, told by an AppliedPlan (wheel/states.h). Stages of the progress: 1 Prepare,
/// 2 Download, 3 Install, 4 Switch over. A stop before stage 4, and any error, leaves the environment and the
/// files as they were; a folder made for it is gone again.
Result<> apply(const plan::Plan &plan, const Places &places, net::Fetcher &fetcher, process::Runner &runner,
    const JobContext &context);

/// Whether the cache holds the unpacked wheel of this file.
bool isCached(const metadata::IndexFile &file, const Places &places);

} // namespace sconce::sync
