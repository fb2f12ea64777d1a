// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include <QByteArray>
#include <QString>

#include "base/result.h"

namespace sconce::wheel {

/// A file outside of an environment that changes together with it: pyproject.toml, uv.lock.
struct FileChange {
    /// Absolute.
    QString path;
    /// Nothing: there is no file.
    std::optional<QByteArray> before;
    std::optional<QByteArray> after;
    bool operator==(const FileChange &) const = default;
};

/// BadInput when a file is no longer what the change starts from.
Result<> checkFiles(std::span<const FileChange> files);
/// What a file holds now, of the two that the change knows.
enum class Holds { Before, After, Other };
Result<Holds> look(const FileChange &file);
/// Writes the new contents, whatever is there. `temporaryName`: of the file that does not last, beside it.
Result<> write(const FileChange &file, const QString &temporaryName);
/// Writes the old contents over the new ones; what is neither is somebody else's and stays.
Result<> takeBack(const FileChange &file, const QString &temporaryName);
/// Of a write that was cut short.
Result<> removeTemporary(const FileChange &file, const QString &temporaryName);

} // namespace sconce::wheel
