// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/result.h"
#include "plan/plan.h"

namespace sconce::sync {

/// The files of a plan, written all together: unless kept, they are as before when the object goes.
class FileChanges {
public:
    explicit FileChanges(std::span<const plan::FileChange> changes)
        : m_changes(changes)
    {}
    FileChanges(const FileChanges &) = delete;
    FileChanges &operator=(const FileChanges &) = delete;
    ~FileChanges();

    /// BadInput when a file is no longer what the plan was made from.
    Result<> check() const;
    Result<> write();
    void keep() { m_written = 0; }

private:
    std::span<const plan::FileChange> m_changes;
    /// The first so many of them are written.
    std::size_t m_written = 0;
};

} // namespace sconce::sync
