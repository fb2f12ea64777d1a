// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include <QObject>
#include <QThreadPool>

#include "work/job_context.h"

namespace sconce {

/// One running operation as the interface sees it. Lives on the thread that made it.
class JobBase : public QObject {
    Q_OBJECT
public:
    const QString &title() const { return m_title; }
    bool isRunning() const { return m_running; }
    Progress::Reading reading() const { return m_progress->read(); }
    const Progress &progress() const { return *m_progress; }
    bool isStopping() const { return m_stop.stop_requested(); }
    /// The error the work ended with; empty while it runs and after success.
    virtual const Error *error() const = 0;
    /// Asks the work to stop; finished() still follows, from the work's own return.
    void stop() { m_stop.request_stop(); }

Q_SIGNALS:
    void finished();

protected:
    JobBase(QString title, QObject *parent);
    ~JobBase() override;

    JobContext context() const { return {m_stop.get_token(), m_progress}; }
    /// Runs `work` on `pool`, then `arrive` back on this object's thread if it still lives.
    void run(QThreadPool &pool, std::function<std::function<void()>()> work);

private:
    QString m_title;
    std::stop_source m_stop;
    std::shared_ptr<Progress> m_progress = std::make_shared<Progress>();
    bool m_running = false;
};

template <class T>
class Job final : public JobBase {
public:
    using Work = std::function<Result<T>(const JobContext &)>;

    Job(QString title, QThreadPool &pool, Work work, QObject *parent = nullptr)
        : JobBase(std::move(title), parent)
    {
        run(pool, [this, work = std::move(work), context = context()]() -> std::function<void()> {
            auto result = std::make_shared<Result<T>>(work(context));
            return [this, result] { m_result.emplace(std::move(*result)); };
        });
    }

    /// Empty while the job runs.
    const std::optional<Result<T>> &result() const { return m_result; }
    const Error *error() const override { return m_result && !*m_result ? &m_result->error() : nullptr; }

private:
    std::optional<Result<T>> m_result;
};

} // namespace sconce
