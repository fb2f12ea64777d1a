// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wheel/changes.h"

namespace sconce::wheel {

/// An environment as it will be after steps that are not made yet.
class Future {
public:
    explicit Future(QString root)
        : m_root(std::move(root))
    {}

    /// Where the entry that will be at `path` is now; nothing when there will be none. Both relative.
    std::optional<QString> placeNow(QString path) const;
    /// 0 when there will be no entry.
    quint64 inodeAt(const QString &path) const;
    /// Whether the step could be made then.
    bool allows(const Change &change) const;
    void add(const Change &change) { m_steps.push_back(change); }
    const std::vector<Change> &steps() const { return m_steps; }

private:
    QString m_root;
    std::vector<Change> m_steps;
};

/// Whether `path` is `folder` or in it.
bool isAtOrIn(const QString &path, const QString &folder);

} // namespace sconce::wheel
