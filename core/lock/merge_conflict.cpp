// SPDX-License-Identifier: Apache-2.0
#include "merge_conflict.h"

#include <algorithm>
#include <vector>

namespace sconce::lock {

namespace {

/// '<', '|', '=' or '>' when the line is seven or more of it, alone or before a blank.
char markOf(QByteArrayView line)
{
    if (line.isEmpty() || !QByteArrayView("<|=>").contains(line[0]))
        return 0;
    qsizetype length = 1;
    while (length < line.size() && line[length] == line[0])
        ++length;
    const bool isAlone = length == line.size() || line[length] == ' ' || line[length] == '\r';
    return length >= 7 && isAlone ? line[0] : '\0';
}

/// Calls `visit` with each line, without its end, until that returns false.
template <class Visit>
void eachLine(QByteArrayView bytes, Visit visit)
{
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        if (!visit(end < 0 ? bytes : bytes.first(end)))
            return;
        bytes = end < 0 ? QByteArrayView() : bytes.sliced(end + 1);
    }
}

} // namespace

std::optional<quint32> firstConflictLine(const QByteArray &bytes)
{
    quint32 number = 0;
    bool isFound = false;
    eachLine(bytes, [&](QByteArrayView line) {
        ++number;
        isFound = markOf(line) != 0;
        return !isFound;
    });
    return isFound ? std::optional(number) : std::nullopt;
}

std::optional<MergeSides> mergeSides(const QByteArray &bytes)
{
    enum class Part { Ours, Base, Theirs };
    MergeSides sides;
    std::vector<Part> open; // a conflict may lie in another
    bool isAny = false;
    bool isBroken = false;
    eachLine(bytes, [&](QByteArrayView line) {
        const char mark = markOf(line);
        if (mark == '<') {
            open.push_back(Part::Ours);
            isAny = true;
        } else if (mark != 0 && open.empty()) {
            isBroken = true;
        } else if (mark == '|') {
            open.back() = Part::Base;
        } else if (mark == '=') {
            open.back() = Part::Theirs;
        } else if (mark == '>') {
            open.pop_back();
        } else {
            const auto isWithin = [&open](Part part) {
                return std::ranges::count(open, part) == std::ssize(open);
            };
            if (isWithin(Part::Ours))
                sides.ours.append(line).append('\n');
            if (isWithin(Part::Theirs))
                sides.theirs.append(line).append('\n');
        }
        return !isBroken;
    });
    return isAny && !isBroken && open.empty() ? std::optional(sides) : std::nullopt;
}

} // namespace sconce::lock
