// SPDX-License-Identifier: Apache-2.0
#include "wheel/future.h"

#include <ranges>

namespace sconce::wheel {

bool isAtOrIn(const QString &path, const QString &folder)
{
    return path.startsWith(folder) && (path.size() == folder.size() || path[folder.size()] == u'/');
}

std::optional<QString> Future::placeNow(QString path) const
{
    for (const Change &step : m_steps | std::views::reverse) {
        if (isAtOrIn(path, step.to))
            path = step.from + path.sliced(step.to.size());
        else if (isAtOrIn(path, step.from)) {
            if (step.kind == Change::Kind::Move)
                return std::nullopt;
            path = step.to + path.sliced(step.from.size());
        }
    }
    return path;
}

quint64 Future::inodeAt(const QString &path) const
{
    const std::optional<QString> place = placeNow(path);
    return place ? inodeOf(m_root + u'/' + *place) : 0;
}

bool Future::allows(const Change &change) const
{
    const qsizetype slash = change.to.lastIndexOf(u'/');
    return inodeAt(change.from) == change.fromInode && inodeAt(change.to) == change.toInode
        && (slash < 0 || inodeAt(change.to.first(slash)) != 0);
}

} // namespace sconce::wheel
