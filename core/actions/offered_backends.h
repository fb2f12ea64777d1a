// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"

namespace sconce::actions {

/// Names of the backends for which a mirror (tool.sconce.torch-mirror) has torch, in the order of
/// torch::backends(). Asks one page for each; an error of the network ends it.
Result<QStringList> offeredBackends(const QUrl &mirror, const Tools &tools, const JobContext &context);

} // namespace sconce::actions
