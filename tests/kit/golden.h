// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QFile>
#include <QTest>

namespace sconce::kit {

inline QByteArray slurp(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void spill(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
}

} // namespace sconce::kit

/// Compares text with a kept file of this check. SCONCE_ACCEPT=1 rewrites the file and skips the row,
/// so a run that accepted anything is never mistaken for a passing one.
#define COMPARE_KEPT(actual, name)                                                                           \
    do {                                                                                                     \
        const QString kept_path = QStringLiteral(CASES "/") + (name);                                        \
        const QByteArray kept_actual = (actual);                                                             \
        if (qEnvironmentVariableIntValue("SCONCE_ACCEPT") == 1) {                                            \
            sconce::kit::spill(kept_path, kept_actual);                                                      \
            QSKIP("accepted");                                                                               \
        }                                                                                                    \
        if (kept_actual != sconce::kit::slurp(kept_path)) {                                                  \
            const QString kept_new = QDir::tempPath() + u'/' + QFileInfo(kept_path).fileName();              \
            sconce::kit::spill(kept_new, kept_actual);                                                       \
            QFAIL(qPrintable(QStringLiteral("differs; see: diff -u %1 %2").arg(kept_path, kept_new)));       \
        }                                                                                                    \
    } while (false)
