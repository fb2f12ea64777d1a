// SPDX-License-Identifier: Apache-2.0
#include "work/job.h"

#include <QPointer>

namespace sconce {

JobBase::JobBase(QString title, QObject *parent)
    : QObject(parent)
    , m_title(std::move(title))
{}

JobBase::~JobBase()
{
    m_stop.request_stop();
}

void JobBase::run(QThreadPool &pool, std::function<std::function<void()>()> work)
{
    // A stand-in that outlives this job receives the arrival, so the pool thread never touches
    // a QPointer or this object: both belong to the thread that made the job.
    auto *postbox = new QObject;
    m_running = true;
    const QPointer<JobBase> self(this);
    pool.start([postbox, self, work = std::move(work)] {
        auto arrive = work();
        QMetaObject::invokeMethod(postbox, [postbox, self, arrive = std::move(arrive)] {
            postbox->deleteLater();
            if (!self)
                return;
            arrive();
            self->m_running = false;
            Q_EMIT self->finished();
        });
    });
}

} // namespace sconce
