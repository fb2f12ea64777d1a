// SPDX-License-Identifier: Apache-2.0
#include "resolve/policy.h"

#include <algorithm>

namespace sconce::resolve {

metadata::IndexLocation Policy::location(const QString &address) const
{
    for (const auto *list : {&indexes, &findLinks}) {
        const auto found = std::ranges::find(*list, address, &metadata::IndexLocation::address);
        if (found != list->end())
            return *found;
    }
    return {.url = QUrl(address)};
}

} // namespace sconce::resolve
