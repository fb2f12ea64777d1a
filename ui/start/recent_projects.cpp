// SPDX-License-Identifier: Apache-2.0
#include "start/recent_projects.h"

#include <QFileInfo>
#include <QSettings>

#include "parts/text.h"

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

constexpr qsizetype EntriesKept = 12;

} // namespace

RecentProjects::RecentProjects(QSettings &settings, QThreadPool &pool, QObject *parent)
    : QAbstractListModel(parent)
    , m_settings(settings)
    , m_pool(pool)
{
    const int count = m_settings.beginReadArray("recent"_L1);
    for (int i = 0; i < count; ++i) {
        m_settings.setArrayIndex(i);
        const QString path = m_settings.value("path"_L1).toString();
        if (!path.isEmpty())
            m_entries.append({path, m_settings.value("name"_L1).toString()});
    }
    m_settings.endArray();
}

void RecentProjects::save()
{
    m_settings.beginWriteArray("recent"_L1, int(m_entries.size()));
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        m_settings.setArrayIndex(int(i));
        m_settings.setValue("path"_L1, m_entries[i].path);
        m_settings.setValue("name"_L1, m_entries[i].name);
    }
    m_settings.endArray();
}

void RecentProjects::add(const QString &path, const QString &name)
{
    for (int row = int(m_entries.size()) - 1; row >= 0; --row) {
        if (m_entries[row].path == path)
            take(row);
    }
    m_missing.remove(path);
    putBack(0, {path, name});
    while (m_entries.size() > EntriesKept)
        take(int(m_entries.size()) - 1);
}

RecentProjects::Entry RecentProjects::take(int row)
{
    beginRemoveRows({}, row, row);
    const Entry entry = m_entries.takeAt(row);
    endRemoveRows();
    save();
    return entry;
}

void RecentProjects::putBack(int row, const Entry &entry)
{
    const int place = std::min(row, int(m_entries.size()));
    beginInsertRows({}, place, place);
    m_entries.insert(place, entry);
    endInsertRows();
    save();
}

void RecentProjects::relocate(int row, const QString &newPath)
{
    m_entries[row].path = newPath;
    m_missing.remove(newPath);
    save();
    Q_EMIT dataChanged(index(row), index(row));
}

void RecentProjects::lookForMissing()
{
    QStringList paths;
    for (const Entry &entry : std::as_const(m_entries))
        paths << entry.path;
    m_search = std::make_unique<Job<QSet<QString>>>(
        QString(), m_pool, [paths](const JobContext &context) -> Result<QSet<QString>> {
            QSet<QString> missing;
            for (const QString &path : paths) {
                SCONCE_TRY(context.goOn());
                if (!QFileInfo::exists(path))
                    missing.insert(path);
            }
            return missing;
        });
    connect(m_search.get(), &JobBase::finished, this, [this] {
        if (const Result<QSet<QString>> &found = *m_search->result(); found && *found != m_missing) {
            m_missing = *found;
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        }
    });
}

int RecentProjects::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant RecentProjects::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries[index.row()];
    const bool isMissing = m_missing.contains(entry.path);
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return entry.name;
    case PathRole: return entry.path;
    case MissingRole: return isMissing;
    case Qt::ToolTipRole: return shortPath(entry.path);
    case Qt::AccessibleTextRole:
        return isMissing ? tr("%1, folder not found: %2").arg(entry.name, entry.path)
                         : tr("%1 in %2").arg(entry.name, entry.path);
    default: return {};
    }
}

} // namespace sconce::ui
