// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/clerk.h"
#include "net/retry.h"

namespace sconce::net {

/// One request of a caller from start to end, on the caller's thread: hops, logins, retries, resumption. Each
/// hop is one exchange on the network thread.
class Transfer {
public:
    enum class Resume { No, Yes };
    struct Tools {
        Clerk &clerk;
        RetryBudget &budget;
        Credentials *credentials;
        const FetcherSettings &settings;
    };

    Transfer(Tools tools, const Request &request, const Sink &sink, Resume resume, const JobContext &context);
    Result<Reply> run();

private:
    /// An answer whose head has come, with the exchange that brings the rest.
    struct Answer {
        std::unique_ptr<Clerk::Call> call;
        Head head;
        QUrl url;
    };

    Outcome<Reply> attempt();
    /// Follows redirects and answers 401 once with what the keyring has.
    Outcome<Answer> ask();
    Headers headersFor(const QUrl &url, const std::optional<Login> &login) const;
    Outcome<QUrl> redirected(const QUrl &from, const Headers &headers) const;
    /// Makes sure that the answer goes on where the sink stands, or starts the sink anew.
    Outcome<void> join(const Head &head);
    Outcome<void> startAnew(qint64 from);
    std::unexpected<Fault> cut(Fault fault);
    /// `length`: of what this answer brings, where it says so.
    Outcome<void> takeBody(Answer &answer, std::optional<qint64> length);
    Outcome<QByteArray> takeErrorBody(Answer &answer);
    std::unexpected<Fault> giveUp(Error error) const;

    Tools m_tools;
    const Request &m_request;
    const Sink &m_sink;
    const Resume m_resume;
    const JobContext &m_context;
    /// Where in the file the sink began.
    qint64 m_start;
    /// Bytes that the sink has since then.
    qint64 m_received = 0;
    /// What If-Range may carry for the answer that the sink's bytes came from; empty: it cannot be resumed.
    QByteArray m_validator;
    bool m_mayUseHttp2 = true;
};

} // namespace sconce::net
