// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include <QAbstractItemModel>
#include <QElapsedTimer>
#include <QTimer>

#include "activity/transfer_rate.h"
#include "work/job.h"

namespace sconce::ui {

/// All jobs of a window, newest first, each with the items that go on inside it. Reads their progress twenty
/// times a second while one runs; a finished job stays, with its outcome, until it is destroyed.
class JobModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { NameColumn, ProgressColumn, DetailsColumn, ColumnCount };
    enum Role {
        StateRole = Qt::UserRole,
        /// 0 to 100; -1 while nobody knows how much there is.
        PercentRole,
    };
    enum class State { Waiting, Running, Stopping, Done, Stopped, Failed };
    Q_ENUM(State)

    explicit JobModel(QObject *parent = nullptr);
    void watch(JobBase *job);
    /// The job of a row, or of the row above an item; nothing for a foreign index.
    JobBase *jobAt(const QModelIndex &index) const;
    JobBase *newestRunning() const;
    int runningCount() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// After each reading, and when a job came or ended.
    void progressed();

private:
    struct Entry {
        /// Nothing while the row goes away because its job did.
        JobBase *job = nullptr;
        quintptr id = 0;
        Progress::Reading reading;
        std::vector<Progress::Item> items;
        TransferRate rate;
        int stage = 0;
    };
    using Entries = std::deque<Entry>;

    Entries::const_iterator find(const QObject *job) const;
    const Entry *entryAt(const QModelIndex &index) const;
    void refresh();
    void refreshEntry(int row);
    void drop(const QObject *address);
    QVariant jobData(const Entry &entry, int column, int role) const;
    QVariant itemData(const Progress::Item &item, int column, int role) const;

    Entries m_entries;
    quintptr m_lastId = 0;
    QTimer m_repaint;
    QElapsedTimer m_clock;
};

/// "Download, step 2 of 4", or the label alone for a job without stages.
QString stageText(const Progress::Reading &reading);

} // namespace sconce::ui
