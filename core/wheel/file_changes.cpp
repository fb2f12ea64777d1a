// SPDX-License-Identifier: Apache-2.0
#include "wheel/file_changes.h"

#include <QCoreApplication>
#include <QFileInfo>

#include "files/files.h"

namespace sconce::wheel {

namespace {

Result<std::optional<QByteArray>> contentsOf(const QString &path)
{
    Result<QByteArray> bytes = files::read(path);
    if (bytes)
        return std::move(*bytes);
    if (bytes.error().kind() == ErrorKind::NotFound)
        return std::nullopt;
    return std::unexpected(std::move(bytes).error());
}

Result<> put(const QString &path, const std::optional<QByteArray> &bytes, const QString &temporaryName)
{
    if (bytes)
        return files::writeWholeBy(temporaryName, path, *bytes);
    SCONCE_TRY(files::remove(path));
    return files::makeDurable(QFileInfo(path).path());
}

} // namespace

Result<Holds> look(const FileChange &file)
{
    const std::optional<QByteArray> now = SCONCE_TRY(contentsOf(file.path));
    return now == file.after ? Holds::After : now == file.before ? Holds::Before : Holds::Other;
}

Result<> checkFiles(std::span<const FileChange> files)
{
    for (const FileChange &file : files) {
        const std::optional<QByteArray> now = SCONCE_TRY(contentsOf(file.path));
        if (now != file.before) {
            return std::unexpected(Error(ErrorKind::BadInput,
                QCoreApplication::translate("wheel", "“%1” was changed since the plan was made")
                    .arg(file.path))
                    .hint(QCoreApplication::translate("wheel", "Make the plan again")));
        }
    }
    return {};
}

Result<> write(const FileChange &file, const QString &temporaryName)
{
    return put(file.path, file.after, temporaryName);
}

Result<> takeBack(const FileChange &file, const QString &temporaryName)
{
    if (SCONCE_TRY(look(file)) != Holds::After)
        return {};
    return put(file.path, file.before, temporaryName);
}

Result<> removeTemporary(const FileChange &file, const QString &temporaryName)
{
    return files::removeTemporary(temporaryName, file.path);
}

} // namespace sconce::wheel
