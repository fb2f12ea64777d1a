// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCryptographicHash>
#include <QDirIterator>

#include "kit/golden.h"

namespace sconce::kit {

/// Every path below a folder with its mode and contents, but for what only the moment decides: the lock file,
/// byte code, and the states that can be gone back to.
inline QString treeText(const QString &folder)
{
    QStringList rows;
    QDirIterator entries(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo info = entries.nextFileInfo();
        const QString path = QDir(folder).relativeFilePath(info.filePath());
        if (path == u".lock" || path.endsWith(u"/.lock") || path.contains(u"__pycache__")
            || path.contains(u".sconce-states"))
            continue;
        const QString contents = info.isSymLink() ? info.symLinkTarget()
            : info.isFile()
            ? QString::fromLatin1(
                  QCryptographicHash::hash(slurp(info.filePath()), QCryptographicHash::Sha256).toHex())
            : QStringLiteral("/");
        rows.append(
            QStringLiteral("%1 %2 %3").arg(path, QString::number(info.permissions().toInt(), 16), contents));
    }
    rows.sort();
    return rows.join(u'\n');
}

} // namespace sconce::kit
