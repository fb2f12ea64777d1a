// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/plan.h"
#include "wheel/file_changes.h"

namespace sconce::sync {

std::vector<wheel::FileChange> filesOf(const plan::Plan &plan);

/// The files of a plan without an environment, written all together: unless kept, they are as before when the
/// object goes.
class FileChanges {
public:
    explicit FileChanges(std::vector<wheel::FileChange> changes);
    FileChanges(const FileChanges &) = delete;
    FileChanges &operator=(const FileChanges &) = delete;
    ~FileChanges();

    /// BadInput when a file is no longer what the plan was made from.
    Result<> write();
    void keep() { m_written = 0; }

private:
    std::vector<wheel::FileChange> m_changes;
    QString m_temporaryName;
    /// The first so many of them are written.
    std::size_t m_written = 0;
};

} // namespace sconce::sync
