// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QAbstractListModel>
#include <QSet>

#include "work/job.h"

class QSettings;

namespace sconce::ui {

/// Projects opened before, newest first, kept in the settings. Whether a folder still exists is asked on a
/// worker: a network drive that sleeps must not hold the window up.
class RecentProjects final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { PathRole = Qt::UserRole, NameRole, MissingRole };
    struct Entry {
        QString path;
        QString name;
        bool operator==(const Entry &) const = default;
    };

    /// Both outlive the model.
    RecentProjects(QSettings &settings, QThreadPool &pool, QObject *parent = nullptr);

    /// Puts a project first; the oldest beyond twelve goes.
    void add(const QString &path, const QString &name);
    Entry take(int row);
    void putBack(int row, const Entry &entry);
    void relocate(int row, const QString &newPath);
    void lookForMissing();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void save();

    QSettings &m_settings;
    QThreadPool &m_pool;
    QList<Entry> m_entries;
    QSet<QString> m_missing;
    std::unique_ptr<Job<QSet<QString>>> m_search;
};

} // namespace sconce::ui
