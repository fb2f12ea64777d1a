// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QTimer>

namespace sconce::ui {

/// Tells when the project's file was changed by another program. Editors and uv replace files by renaming,
/// after which a watcher of the file alone sees nothing any more: the folder is watched, and the file
/// compared.
class ProjectWatch final : public QObject {
    Q_OBJECT
public:
    explicit ProjectWatch(QObject *parent = nullptr);
    /// An empty path watches nothing.
    void watch(const QString &file);

Q_SIGNALS:
    void changed();

private:
    struct Stamp {
        QDateTime time;
        qint64 size = -1;
        bool operator==(const Stamp &) const = default;
    };
    Stamp stampNow() const;
    void compare();

    QFileSystemWatcher m_watcher;
    QTimer m_settle;
    QString m_file;
    Stamp m_stamp;
};

} // namespace sconce::ui
