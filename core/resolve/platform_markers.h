// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QStringList>

#include "markers/marker.h"

namespace sconce::resolve {

/// The computers that a platform tag speaks of; never for a tag whose computers cannot be told (resolver.md
/// § 4.2).
markers::Marker platformMarker(const QString &tag);

/// What all of a wheel's platform tags have in common: where one of these cannot hold, the wheel is of no use
/// (lock-format.md § 14 steps 3 and 4). The architectures here are those that can run the wheel, a few more
/// than platformMarker() tells.
std::vector<markers::Marker> commonHomes(const QStringList &platforms);

} // namespace sconce::resolve
