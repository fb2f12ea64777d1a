// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/diagrams.h"

namespace sconce::markers {

/// A small diagram that differs from the given one in impossible worlds only (marker-text.md § 4).
Ref minimised(Diagrams &diagrams, Ref ref);

} // namespace sconce::markers
