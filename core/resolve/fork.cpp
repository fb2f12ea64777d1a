// SPDX-License-Identifier: Apache-2.0
#include "resolve/fork.h"

namespace sconce::resolve {

using project::Item;

bool Fork::excludes(const Item &item) const
{
    if (excluded.contains(item))
        return true;
    return item.kind == Item::Kind::Extra && !included.contains(item)
        && excluded.contains({item.package, Item::Kind::Project, {}});
}

markers::Marker Fork::full() const
{
    markers::Marker result = marker;
    for (const Item &item : included)
        result = result & markers::Marker::extra(item.asExtra());
    for (const Item &item : excluded)
        result = result & !markers::Marker::extra(item.asExtra());
    return result;
}

} // namespace sconce::resolve
