// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace sconce::lock {

/// What messages of this module are translated with.
QString tr(const char *text);

} // namespace sconce::lock
