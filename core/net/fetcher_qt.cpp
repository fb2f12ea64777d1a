// SPDX-License-Identifier: Apache-2.0
#include "net/fetcher_qt.h"

#include <QThread>

#include "net/clerk.h"
#include "net/transfer.h"

namespace sconce::net {

using namespace Qt::StringLiterals;

QtFetcher::QtFetcher(FetcherSettings settings)
    : m_settings(std::move(settings))
    , m_thread(std::make_unique<QThread>())
    , m_budget(std::make_unique<RetryBudget>())
    , m_clerk(new Clerk(m_settings))
{
    m_thread->setObjectName(u"network"_s);
    m_clerk->moveToThread(m_thread.get());
    QObject::connect(m_thread.get(), &QThread::finished, m_clerk, &QObject::deleteLater);
    m_thread->start();
}

QtFetcher::~QtFetcher()
{
    m_thread->quit();
    m_thread->wait();
}

Result<Reply> QtFetcher::fetch(const Request &request, const JobContext &context)
{
    QByteArray body;
    Request asked = request;
    asked.restart = [&body]() -> Result<> {
        body.clear();
        return {};
    };
    const Sink sink = [&body](QByteArrayView piece) -> Result<> {
        body += piece;
        return {};
    };
    Transfer transfer({*m_clerk, *m_budget, m_settings.credentials.get(), m_settings}, asked, sink,
        Transfer::Resume::No, context);
    Reply reply = SCONCE_TRY(transfer.run());
    if (reply.status >= 200 && reply.status < 300)
        reply.body = std::move(body);
    return reply;
}

Result<Reply> QtFetcher::download(const Request &request, const Sink &sink, const JobContext &context)
{
    Transfer transfer({*m_clerk, *m_budget, m_settings.credentials.get(), m_settings}, request, sink,
        Transfer::Resume::Yes, context);
    return transfer.run();
}

} // namespace sconce::net
