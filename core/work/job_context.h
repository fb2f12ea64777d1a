// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include <QString>
#include <QStringList>

#include "base/result.h"

namespace sconce {

/// Where a running operation writes how far it is. Written by workers, read by the interface
/// whenever it next paints: nothing is posted, so a fast download cannot flood the event loop.
class Progress {
public:
    /// One of several things that go on inside an operation: a download, a package being installed.
    struct Item {
        enum class State { Waiting, Running, Done, Failed };
        QString name;
        qint64 done = 0;
        /// In bytes; -1 when nobody said how much there is.
        qint64 total = -1;
        State state = State::Waiting;
    };
    struct Reading {
        qint64 done = 0;
        /// 0 while nothing is known: the interface shows a busy bar.
        qint64 total = 0;
        /// What is being done now: "Reading versions: torchaudio".
        QString label;
        /// Which stage of how many, from 1; 0 of 0 for an operation without stages.
        int stage = 0;
        int stages = 0;
    };

    void setTotal(qint64 total) { m_total.store(total, std::memory_order_relaxed); }
    void setDone(qint64 done) { m_done.store(done, std::memory_order_relaxed); }
    void add(qint64 amount) { m_done.fetch_add(amount, std::memory_order_relaxed); }
    /// Also written to the log when it differs from the label before.
    void setLabel(QString label);
    /// Starts a stage: counters go back to zero.
    void setStage(int stage, int stages, QString label);
    Reading read() const;

    /// Rows keep their number for the life of the operation.
    std::size_t addItem(QString name, qint64 total);
    void updateItem(std::size_t row, qint64 done, Item::State state);
    std::vector<Item> items() const;

    /// A step that a person would recognise; never a secret.
    void log(QString line);
    /// Lines from `first` on, for a view that follows the log.
    QStringList logFrom(qsizetype first) const;

private:
    std::atomic<qint64> m_done{0};
    std::atomic<qint64> m_total{0};
    mutable std::mutex m_lock;
    QString m_label;
    int m_stage = 0;
    int m_stages = 0;
    std::vector<Item> m_items;
    QStringList m_log;
};

/// What every long operation in core takes as its last argument:
/// how it is told to stop, and where it tells how far it is.
class JobContext {
public:
    JobContext(std::stop_token stop, std::shared_ptr<Progress> progress)
        : m_stop(std::move(stop))
        , m_progress(std::move(progress))
    {}

    /// For tests and for calls that nobody watches.
    static JobContext unwatched() { return {std::stop_token(), std::make_shared<Progress>()}; }

    /// Call between steps: `SCONCE_TRY(context.goOn())` leaves the function once a stop was asked for.
    Result<> goOn() const;

    const std::stop_token &stopToken() const { return m_stop; }
    Progress &progress() const { return *m_progress; }

private:
    std::stop_token m_stop;
    std::shared_ptr<Progress> m_progress;
};

} // namespace sconce
