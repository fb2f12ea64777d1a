// SPDX-License-Identifier: Apache-2.0
#include "activity/job_model.h"

#include <algorithm>

#include <QLocale>

#include "parts/text.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace sconce::ui {

namespace {

using ItemState = Progress::Item::State;

JobModel::State stateOf(const JobBase &job)
{
    if (job.isRunning())
        return job.isStopping() ? JobModel::State::Stopping : JobModel::State::Running;
    if (!job.error())
        return JobModel::State::Done;
    return job.error()->kind() == ErrorKind::Stopped ? JobModel::State::Stopped : JobModel::State::Failed;
}

JobModel::State stateOf(const Progress::Item &item)
{
    switch (item.state) {
    case ItemState::Waiting: return JobModel::State::Waiting;
    case ItemState::Running: return JobModel::State::Running;
    case ItemState::Done: return JobModel::State::Done;
    case ItemState::Failed: return JobModel::State::Failed;
    }
    return JobModel::State::Waiting;
}

int percentOf(qint64 done, qint64 total)
{
    return total > 0 ? int(std::clamp<qint64>(done * 100 / total, 0, 100)) : -1;
}

/// Items count bytes; a reading counts whatever its stage counts, so it is shown as bytes only while items
/// move.
bool countsBytes(const std::vector<Progress::Item> &items, const Progress::Reading &reading)
{
    return reading.total > 0 && std::ranges::any_of(items, [&reading](const Progress::Item &item) {
        return item.state == ItemState::Running && item.total > 0 && item.total <= reading.total;
    });
}

} // namespace

QString stageText(const Progress::Reading &reading)
{
    if (reading.stages == 0)
        return reading.label;
    return JobModel::tr("%1, step %2 of %3")
        .arg(reading.label, QLocale().toString(reading.stage), QLocale().toString(reading.stages));
}

JobModel::JobModel(QObject *parent)
    : QAbstractItemModel(parent)
{
    m_clock.start();
    m_repaint.setInterval(50ms);
    connect(&m_repaint, &QTimer::timeout, this, &JobModel::refresh);
}

void JobModel::watch(JobBase *job)
{
    beginInsertRows({}, 0, 0);
    m_entries.push_front({job, ++m_lastId, job->reading(), {}, {}, 0});
    endInsertRows();
    connect(job, &JobBase::finished, this, &JobModel::refresh);
    connect(job, &QObject::destroyed, this, &JobModel::drop);
    m_repaint.start();
    Q_EMIT progressed();
}

JobModel::Entries::const_iterator JobModel::find(const QObject *job) const
{
    return std::ranges::find_if(m_entries, [job](const Entry &entry) { return entry.job == job; });
}

/// Takes an address, not a job: it also runs while the job is being destroyed.
void JobModel::drop(const QObject *address)
{
    const auto place = find(address);
    if (place == m_entries.end())
        return;
    const int row = int(place - m_entries.begin());
    m_entries[std::size_t(row)].job = nullptr; // views ask once more for a row that is about to go
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
    Q_EMIT progressed();
}

void JobModel::refresh()
{
    for (int row = 0; row < int(m_entries.size()); ++row)
        refreshEntry(row);
    if (runningCount() == 0)
        m_repaint.stop();
    Q_EMIT progressed();
}

void JobModel::refreshEntry(int row)
{
    Entry &entry = m_entries[std::size_t(row)];
    const QModelIndex job = index(row, 0);
    std::vector<Progress::Item> items = entry.job->progress().items();
    if (items.size() > entry.items.size()) {
        beginInsertRows(job, int(entry.items.size()), int(items.size()) - 1);
        entry.items.insert(
            entry.items.end(), items.begin() + std::ptrdiff_t(entry.items.size()), items.end());
        endInsertRows();
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].done == entry.items[i].done && items[i].state == entry.items[i].state)
            continue;
        entry.items[i] = items[i];
        Q_EMIT dataChanged(index(int(i), 0, job), index(int(i), ColumnCount - 1, job));
    }
    entry.reading = entry.job->reading();
    if (std::exchange(entry.stage, entry.reading.stage) != entry.reading.stage)
        entry.rate.clear();
    if (countsBytes(entry.items, entry.reading))
        entry.rate.add(std::chrono::milliseconds(m_clock.elapsed()), entry.reading.done);
    Q_EMIT dataChanged(job, index(row, ColumnCount - 1));
}

JobBase *JobModel::jobAt(const QModelIndex &index) const
{
    const Entry *entry = entryAt(index.parent().isValid() ? index.parent() : index);
    return entry ? entry->job : nullptr;
}

JobBase *JobModel::newestRunning() const
{
    const auto place = std::ranges::find_if(
        m_entries, [](const Entry &entry) { return entry.job && entry.job->isRunning(); });
    return place == m_entries.end() ? nullptr : place->job;
}

int JobModel::runningCount() const
{
    return int(std::ranges::count_if(
        m_entries, [](const Entry &entry) { return entry.job && entry.job->isRunning(); }));
}

const JobModel::Entry *JobModel::entryAt(const QModelIndex &index) const
{
    const bool isJob = index.isValid() && index.model() == this && index.internalId() == 0;
    return isJob && index.row() < int(m_entries.size()) ? &m_entries[std::size_t(index.row())] : nullptr;
}

/// A job's row has the internal id 0; an item's row has the id of its job, which outlives moves of the job's
/// row.
QModelIndex JobModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const Entry *entry = entryAt(parent);
    return createIndex(row, column, entry ? entry->id : 0);
}

QModelIndex JobModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    const auto place = std::ranges::find(m_entries, child.internalId(), &Entry::id);
    return place == m_entries.end() ? QModelIndex()
                                    : createIndex(int(place - m_entries.begin()), 0, quintptr(0));
}

int JobModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_entries.size());
    const Entry *entry = parent.column() == 0 ? entryAt(parent) : nullptr;
    return entry ? int(entry->items.size()) : 0;
}

int JobModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant JobModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Job");
    case ProgressColumn: return tr("Progress");
    case DetailsColumn: return tr("Details");
    default: return {};
    }
}

QVariant JobModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (const Entry *entry = entryAt(index))
        return jobData(*entry, index.column(), role);
    const Entry *entry = entryAt(index.parent());
    return entry ? itemData(entry->items[std::size_t(index.row())], index.column(), role) : QVariant();
}

QVariant JobModel::jobData(const Entry &entry, int column, int role) const
{
    if (!entry.job)
        return {};
    const State state = stateOf(*entry.job);
    const Progress::Reading &reading = entry.reading;
    const bool isRunning = state == State::Running || state == State::Stopping;
    if (role == StateRole)
        return QVariant::fromValue(state);
    if (role == PercentRole)
        return isRunning ? percentOf(reading.done, reading.total) : state == State::Done ? 100 : 0;
    if (role != Qt::DisplayRole)
        return {};
    if (column == NameColumn)
        return entry.job->title();
    if (column == ProgressColumn) {
        switch (state) {
        case State::Waiting: return tr("Waiting");
        case State::Stopping: return tr("Cancelling…");
        case State::Done: return tr("Done");
        case State::Stopped: return tr("Cancelled, nothing was changed");
        case State::Failed: return tr("Did not work");
        case State::Running: break;
        }
        const int percent = percentOf(reading.done, reading.total);
        return percent < 0 ? tr("Running") : percentText(percent);
    }
    if (state == State::Failed)
        return entry.job->error()->summary();
    if (!isRunning)
        return QString();
    QStringList parts{stageText(reading)};
    if (countsBytes(entry.items, reading))
        parts << transferText(
            reading.done, reading.total, entry.rate.bytesPerSecond(), entry.rate.remaining(reading.total));
    else if (reading.total > 0)
        parts << tr("%1 of %2").arg(QLocale().toString(reading.done), QLocale().toString(reading.total));
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QVariant JobModel::itemData(const Progress::Item &item, int column, int role) const
{
    const State state = stateOf(item);
    if (role == StateRole)
        return QVariant::fromValue(state);
    if (role == PercentRole)
        return state == State::Done ? 100 : percentOf(item.done, item.total);
    if (role != Qt::DisplayRole)
        return {};
    if (column == NameColumn)
        return item.name;
    if (column == ProgressColumn) {
        switch (state) {
        case State::Waiting: return tr("Waiting");
        case State::Done: return tr("Done");
        case State::Failed: return tr("Did not work");
        default: break;
        }
        const int percent = percentOf(item.done, item.total);
        return percent < 0 ? tr("Running") : percentText(percent);
    }
    if (state == State::Running)
        return transferText(item.done, item.total, std::nullopt, std::nullopt);
    return item.total > 0 ? sizeText(item.total) : QString();
}

} // namespace sconce::ui
