// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "torch/backends.h"

namespace sconce::torch {

/// Where a backend's index lies in a mirror that holds the indexes of all backends, as
/// download.pytorch.org/whl does.
QUrl indexBelow(const QUrl &mirror, const Backend &backend);

} // namespace sconce::torch
