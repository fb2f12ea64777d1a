// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>

#include <QString>

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

/// Whether there is a Python with such a tag (lock-format.md § 8).
bool isKnownPython(QStringView tag);
bool isKnownAbi(QStringView abi);

} // namespace sconce::tags
