// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QString>

/// The order in which the reference lists the wheels of flat indexes (lock-format.md § 8): not that of texts,
/// so cp39 stands before cp310, and wheels for any platform before all others.
namespace sconce::tags {

/// A tag as numbers, the most telling first.
using OrderKey = std::vector<quint32>;

/// Nothing for a tag that the reference does not know.
std::optional<OrderKey> pythonOrder(QStringView tag);
std::optional<OrderKey> abiOrder(QStringView tag);
std::optional<OrderKey> platformOrder(QStringView tag);

} // namespace sconce::tags
