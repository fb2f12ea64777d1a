// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include <QPointer>

#include "work/job.h"

namespace sconce::ui {

/// One question to core: the job that works it out, the newest value that came, or why none did. A value
/// stays while a newer one is worked out, so that a page has something to show.
template <class T>
struct Answer {
    std::shared_ptr<const T> value;
    std::optional<Error> error;
    QPointer<JobBase> job;

    bool isRunning() const { return job; }
    bool wasStopped() const { return error && error->kind() == ErrorKind::Stopped; }
    /// Nothing known, nothing asked; a running job is stopped.
    void forget()
    {
        if (job)
            job->stop();
        *this = {};
    }
};

} // namespace sconce::ui
