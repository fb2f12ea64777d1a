// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QByteArray>

namespace sconce::lock {

/// The line, from 1, of the first mark that a merge tool left ("<<<<<<<" at the start of a line with
/// "=======" below).
std::optional<quint32> firstConflictLine(const QByteArray &bytes);

/// The file as each side of the merge had it. A conflict inside a conflict stays with the side that it is in.
struct MergeSides {
    QByteArray ours;
    QByteArray theirs;
};
/// Nothing when there is no conflict in the file, or one without an end.
std::optional<MergeSides> mergeSides(const QByteArray &bytes);

} // namespace sconce::lock
