// SPDX-License-Identifier: Apache-2.0
#include "metadata/wheel_order.h"

namespace sconce::metadata {

WheelOrder WheelOrder::of(const WheelName &wheel)
{
    WheelOrder order;
    order.isBehind = wheel.build.has_value();
    const auto add = [&](std::vector<tags::OrderKey> &keys, const QStringList &tags, auto keyOf) {
        order.isBehind = order.isBehind || tags.size() != 1;
        for (const QString &tag : tags) {
            if (auto key = keyOf(QStringView(tag)))
                keys.push_back(std::move(*key));
            else
                order.isBehind = true;
        }
    };
    add(order.pythons, wheel.tags.pythons(), tags::pythonOrder);
    add(order.abis, wheel.tags.abis(), tags::abiOrder);
    add(order.platforms, wheel.tags.platforms(), tags::platformOrder);
    if (order.isBehind) {
        order.build = wheel.build;
        order.text = wheel.tags.text();
    }
    return order;
}

} // namespace sconce::metadata
