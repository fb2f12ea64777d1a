// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>

#include "tags/tags.h"

namespace sconce::tags {

/// "cp312" is cp, 3, 12; "py3" has no minor number, and "none" has none at all.
struct PythonTag {
    QStringView implementation;
    std::optional<quint64> major;
    std::optional<quint64> minor;
    /// What stands behind the numbers: "t" of "cp313t".
    QStringView rest;

    static PythonTag read(QStringView tag);
    std::optional<std::pair<quint64, quint64>> release() const
    {
        return major && minor ? std::optional(std::pair(*major, *minor)) : std::nullopt;
    }
};

bool isKnownPython(QStringView tag);
/// False for a wheel with a Python or ABI tag that no Python has ("jy27", "foo"): in a universal resolution
/// it is as if it was not on the index (lock-format.md § 8).
bool areKnown(const WheelTags &wheel);

} // namespace sconce::tags
