// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metadata/wheel_name.h"
#include "tags/order.h"

namespace sconce::metadata {

/// What wheels of one version of a flat index are sorted by (lock-format.md § 8). The members compare in the
/// order in which they stand.
struct WheelOrder {
    /// Wheels with a build number, several tags in a field, or unknown tags come behind all others.
    bool isBehind = false;
    std::optional<WheelName::Build> build;
    /// Without unknown ones.
    std::vector<tags::OrderKey> pythons;
    std::vector<tags::OrderKey> abis;
    std::vector<tags::OrderKey> platforms;
    /// Of the tags; empty unless `isBehind`.
    QString text;

    static WheelOrder of(const WheelName &wheel);
    auto operator<=>(const WheelOrder &) const = default;
};

} // namespace sconce::metadata
