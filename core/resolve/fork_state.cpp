// SPDX-License-Identifier: Apache-2.0
#include "resolve/fork_state.h"

#include <algorithm>

namespace sconce::resolve {

markers::PythonBounds narrowed(const markers::PythonBounds &bounds, const markers::Marker &marker)
{
    const auto hull = markers::pythonHull(marker);
    if (!hull)
        return bounds;
    markers::PythonBounds result = bounds;
    if (hull->low && (!result.low || *result.low < *hull->low))
        result.low = hull->low;
    if (hull->high && (!result.high || *hull->high < *result.high))
        result.high = hull->high;
    return result;
}

} // namespace sconce::resolve
