// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "markers/simplify.h"
#include "tags/tags.h"

/// Where wheels run, asked of all computers at once instead of one.
namespace sconce::resolve {

/// Whether the Python and ABI tags fit a version within the bounds (lock-format.md § 14 step 1).
bool servesPython(const tags::WheelTags &wheel, const markers::PythonBounds &bounds);

/// Remembers the markers of tags, which repeat from version to version. For one thread.
class WheelMarkers {
public:
    /// The computers and Pythons that the wheels' tags speak of (resolver.md § 4.2), a marker for each set of
    /// platforms: whether any of them holds is often known from the first few.
    std::vector<markers::Marker> implied(std::span<const tags::WheelTags> wheels);
    /// Whether the wheel belongs into a lock, given where its package is needed (lock-format.md § 14).
    bool isNeeded(
        const tags::WheelTags &wheel, const markers::PythonBounds &bounds, const markers::Marker &where);

private:
    const markers::Marker &platform(const QString &tag);
    const markers::Marker &pythons(const tags::WheelTags &wheel);

    QHash<QString, markers::Marker> m_platforms;
    QHash<tags::WheelTags, markers::Marker> m_pythons;
    /// By platform tags: the wheel is of no use where one of these cannot hold.
    QHash<QStringList, std::vector<markers::Marker>> m_homes;
};

} // namespace sconce::resolve
