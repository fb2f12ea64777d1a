// SPDX-License-Identifier: Apache-2.0
#include "session/project_watch.h"

#include <QFileInfo>

namespace sconce::ui {

using namespace std::chrono_literals;

ProjectWatch::ProjectWatch(QObject *parent)
    : QObject(parent)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(400ms); // an editor that saves touches the folder several times
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_settle, &QTimer::timeout, this, &ProjectWatch::compare);
}

void ProjectWatch::watch(const QString &file)
{
    if (file == m_file)
        return;
    const QStringList old = m_watcher.directories() + m_watcher.files();
    if (!old.isEmpty())
        m_watcher.removePaths(old);
    m_settle.stop();
    m_file = file;
    m_stamp = stampNow();
    if (!file.isEmpty())
        m_watcher.addPaths({QFileInfo(file).path(), file});
}

ProjectWatch::Stamp ProjectWatch::stampNow() const
{
    const QFileInfo info(m_file);
    return info.isFile() ? Stamp{info.lastModified(), info.size()} : Stamp();
}

void ProjectWatch::compare()
{
    if (QFileInfo::exists(m_file) && !m_watcher.files().contains(m_file))
        m_watcher.addPath(m_file);
    const Stamp now = stampNow();
    if (std::exchange(m_stamp, now) != now)
        Q_EMIT changed();
}

} // namespace sconce::ui
