// SPDX-License-Identifier: Apache-2.0
#include "kit/canned_fetcher.h"

namespace sconce::kit {

namespace {

QByteArray addressOf(const net::Request &request)
{
    return request.url.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
}

QByteArray lineOf(const net::Request &request)
{
    QByteArray line = (request.method == net::Request::Method::Head ? "HEAD " : "GET ") + addressOf(request);
    if (request.first)
        line += ' ' + QByteArray::number(*request.first) + '-'
            + (request.last ? QByteArray::number(*request.last) : "");
    return line;
}

net::Reply serveFile(const net::Request &request, const QByteArray &body, const QByteArray &type)
{
    net::Reply reply{.status = 200, .headers = {{"content-type", type}}, .body = body, .url = request.url};
    if (request.first) {
        const qint64 last = std::min<qint64>(request.last.value_or(body.size()), body.size() - 1);
        if (*request.first > last)
            return {.status = 416, .url = request.url};
        reply.status = 206;
        reply.body = body.sliced(*request.first, last - *request.first + 1);
    }
    reply.headers["content-length"] = QByteArray::number(reply.body.size());
    if (request.method == net::Request::Method::Head)
        reply.body.clear();
    return reply;
}

} // namespace

void CannedFetcher::on(const QByteArray &url, Answer answer)
{
    const std::lock_guard guard(m_lock);
    m_answers[url] = std::move(answer);
}

void CannedFetcher::serve(const QByteArray &url, const QByteArray &body, const QByteArray &type)
{
    on(url, [body, type](const net::Request &request) -> Result<net::Reply> {
        return serveFile(request, body, type);
    });
}

void CannedFetcher::answer(const QByteArray &url, int status)
{
    on(url, [status](const net::Request &request) -> Result<net::Reply> {
        return net::Reply{.status = status, .url = request.url};
    });
}

void CannedFetcher::fail(const QByteArray &url, const Error &error)
{
    on(url, [error](const net::Request &) -> Result<net::Reply> { return std::unexpected(error); });
}

QList<QByteArray> CannedFetcher::asked() const
{
    const std::lock_guard guard(m_lock);
    return m_asked;
}

qsizetype CannedFetcher::timesAsked(const QByteArray &url) const
{
    const std::lock_guard guard(m_lock);
    return std::ranges::count_if(m_asked,
        [&](const QByteArray &line) { return line == "GET " + url || line.startsWith("GET " + url + ' '); });
}

Result<net::Reply> CannedFetcher::fetch(const net::Request &request, const JobContext &context)
{
    SCONCE_TRY(context.goOn());
    Answer answer;
    {
        const std::lock_guard guard(m_lock);
        m_asked.append(lineOf(request));
        const auto found = m_answers.find(addressOf(request));
        if (found == m_answers.end())
            return net::Reply{.status = 404, .url = request.url};
        answer = found->second;
    }
    return answer(request);
}

Result<net::Reply> CannedFetcher::download(
    const net::Request &request, const net::Sink &sink, const JobContext &context)
{
    net::Reply reply = SCONCE_TRY(fetch(request, context));
    if (reply.status >= 200 && reply.status < 300) {
        SCONCE_TRY(sink(reply.body));
        reply.body.clear();
    }
    return reply;
}

} // namespace sconce::kit
