// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markers/diagrams.h"

namespace sconce::markers {

/// The canonical text; empty for True (marker-text.md).
QString textOf(Diagrams &diagrams, Ref ref);

} // namespace sconce::markers
