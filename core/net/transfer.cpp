// SPDX-License-Identifier: Apache-2.0
#include "net/transfer.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QElapsedTimer>

#include "base/safe_url.h"
#include "base/text.h"
#include "net/faults.h"

namespace sconce::net {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostHops = 10;
/// So much more of a body makes a broken transfer count as going on, and its retries start anew.
constexpr qint64 Progress = 64 << 10;
/// After so long no further try begins: a host that is dead should be known to be dead.
constexpr std::chrono::seconds LongestWithoutProgress{60};
/// Qt takes in the whole of an HTTP/2 body however slowly it is read. Larger ones come over HTTP/1.1, where a
/// full buffer holds up the sender.
constexpr qint64 LargestOverHttp2 = 8 << 20;
/// What is kept of the body of an answer that is no success.
constexpr qsizetype ErrorBodyLimit = 64 << 10;

QString tr(const char *text)
{
    return QCoreApplication::translate("net", text);
}

bool isRedirect(const Head &head)
{
    return (head.status == 301 || head.status == 302 || head.status == 303 || head.status == 307
               || head.status == 308)
        && !head.headers.value("location").isEmpty();
}

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

QUrl bare(QUrl url)
{
    url.setUserInfo(QString());
    url.setFragment(QString());
    return url;
}

/// "bytes 5-9/10" → 5.
std::optional<qint64> rangeStart(const Headers &headers)
{
    const QByteArray text = headers.value("content-range").trimmed();
    if (!text.toLower().startsWith("bytes "))
        return std::nullopt;
    bool isNumber = false;
    const qint64 first = text.mid(6, text.indexOf('-') - 6).trimmed().toLongLong(&isNumber);
    return isNumber ? std::optional(first) : std::nullopt;
}

/// What If-Range may carry (RFC 9110 § 13.1.5): a strong ETag, or the date.
QByteArray validatorOf(const Headers &headers)
{
    const QByteArray tag = headers.value("etag");
    if (!tag.isEmpty())
        return tag.startsWith("W/") ? QByteArray() : tag;
    return headers.value("last-modified");
}

/// Length of the body as it comes out, where the server said it and nothing is packed.
Outcome<std::optional<qint64>> bodyLength(const Head &head, const QUrl &url)
{
    const QByteArray text = head.headers.value("content-length");
    if (text.isEmpty() || !head.headers.value("content-encoding").isEmpty())
        return std::nullopt;
    // Several equal values are one (RFC 9110 § 8.6); different ones mean that someone cuts answers in two.
    const QList<QByteArray> values = text.split(',');
    bool isNumber = false;
    const qint64 length = values.first().trimmed().toLongLong(&isNumber);
    for (const QByteArray &value : values)
        isNumber &= value.trimmed() == values.first().trimmed();
    if (!isNumber || length < 0)
        return std::unexpected(Fault{
            Error(ErrorKind::Broken, tr("“%1” sent an answer that is not proper HTTP").arg(hostText(url)))
                .detail(safeText(url) + ": Content-Length"_L1)});
    return length;
}

} // namespace

Transfer::Transfer(
    Tools tools, const Request &request, const Sink &sink, Resume resume, const JobContext &context)
    : m_tools(tools)
    , m_request(request)
    , m_sink(sink)
    , m_resume(resume)
    , m_context(context)
    , m_start(request.first.value_or(0))
{}

Result<Reply> Transfer::run()
{
    const QString origin = originOf(m_request.url);
    QElapsedTimer sinceProgress;
    sinceProgress.start();
    for (int retry = 0, tries = 1;; ++retry, ++tries) {
        SCONCE_TRY(m_context.goOn());
        const qint64 before = m_received;
        Outcome<Reply> outcome = attempt();
        if (outcome && !isPassing(outcome->status)) {
            m_tools.budget.restore(origin);
            return std::move(*outcome);
        }
        if (m_received - before >= Progress) {
            retry = 0;
            m_tools.budget.restore(origin);
            sinceProgress.start();
        }
        std::chrono::milliseconds wait = retryPause(retry, m_tools.settings.retryDelay);
        bool isLast = retry >= m_tools.settings.retries;
        if (outcome) {
            const auto asked = retryAfter(outcome->headers, QDateTime::currentDateTimeUtc());
            isLast |= asked && *asked > LongestRetryAfter;
            wait = std::max<std::chrono::milliseconds>(wait, asked.value_or(std::chrono::seconds(0)));
        } else {
            isLast |= !outcome.error().mayPass;
            // Field reports blame HTTP/2 for some faults; a fresh connection of the older kind does no harm.
            m_mayUseHttp2 = false;
        }
        isLast |= sinceProgress.durationElapsed() > LongestWithoutProgress;
        if (isLast || !m_tools.budget.spend(origin)) {
            if (outcome)
                return std::move(*outcome);
            Error error = std::move(outcome.error().error);
            return std::unexpected(tries > 1 ? std::move(error).during(QCoreApplication::translate(
                                                   "net", "Tried %n time(s)", nullptr, tries))
                                             : std::move(error));
        }
        SCONCE_TRY(pause(wait, m_context));
    }
}

Outcome<Reply> Transfer::attempt()
{
    Answer answer = SCONCE_TRY(ask());
    Reply reply{.status = answer.head.status, .headers = answer.head.headers, .body = {}, .url = answer.url};
    if (m_request.method == Request::Method::Head)
        return reply;
    if (m_received > 0 && answer.head.status == 416) {
        // The file became shorter: from the start, without a range.
        SCONCE_TRY(startAnew(0));
        return attempt();
    }
    if (!isSuccess(answer.head.status)) {
        reply.body = SCONCE_TRY(takeErrorBody(answer));
        return reply;
    }
    // Somebody who wants a piece does not want the whole: the status says it, the rest is left on the wire.
    if (m_request.first && answer.head.status != 206 && m_resume == Resume::No)
        return reply;
    const std::optional<qint64> length = SCONCE_TRY(bodyLength(answer.head, answer.url));
    if (m_resume == Resume::Yes && answer.head.isHttp2
        && length.value_or(LargestOverHttp2 + 1) > LargestOverHttp2) {
        m_mayUseHttp2 = false;
        return attempt();
    }
    SCONCE_TRY(join(answer.head));
    SCONCE_TRY(takeBody(answer, length));
    return reply;
}

Outcome<Transfer::Answer> Transfer::ask()
{
    QUrl url = m_request.url;
    std::optional<Login> login = loginFor(url, m_tools.credentials);
    bool wasRefused = false;
    for (int hops = 0;;) {
        const QUrl address = bare(url);
        auto call = std::make_unique<Clerk::Call>(
            m_tools.clerk, Wire{address, headersFor(address, login), m_request.method, m_mayUseHttp2});
        Head head = SCONCE_TRY(call->head(m_context));
        if (head.status == 401 && !wasRefused && m_tools.credentials) {
            wasRefused = true;
            std::optional<Login> other =
                m_tools.credentials->findAfterRefusal(address, login ? login->user : url.userName());
            if (other && other != login) {
                login = std::move(other);
                continue;
            }
        }
        if (!isRedirect(head))
            return Answer{std::move(call), std::move(head), address};
        if (++hops > MostHops)
            return giveUp(Error(ErrorKind::Broken,
                tr("“%1” sends from one address to the next without end").arg(hostText(m_request.url)))
                    .detail(safeText(m_request.url)));
        url = SCONCE_TRY(redirected(url, head.headers));
        login = loginFor(url, m_tools.credentials);
        wasRefused = false;
    }
}

Headers Transfer::headersFor(const QUrl &url, const std::optional<Login> &login) const
{
    Headers headers = m_request.headers;
    if (originOf(url) != originOf(m_request.url)) {
        for (const char *name : {"authorization", "cookie", "proxy-authorization"})
            headers.remove(name);
    }
    if (login)
        headers["authorization"] = "Basic " + (login->user + u':' + login->password).toUtf8().toBase64();
    if (m_resume == Resume::Yes || m_request.first)
        headers["accept-encoding"] = "identity"; // offsets count in the file itself
    const qint64 first = m_start + m_received;
    if (first > 0 || m_request.last)
        headers["range"] = "bytes=" + QByteArray::number(first) + '-'
            + (m_request.last ? QByteArray::number(*m_request.last) : QByteArray());
    if (m_received > 0)
        headers["if-range"] = m_validator;
    return headers;
}

Outcome<QUrl> Transfer::redirected(const QUrl &from, const Headers &headers) const
{
    QUrl to = from.resolved(QUrl::fromEncoded(headers.value("location").trimmed(), QUrl::TolerantMode));
    const QString host = hostText(from);
    if (!to.isValid() || to.host().isEmpty() || (to.scheme() != "http"_L1 && to.scheme() != "https"_L1))
        return giveUp(
            Error(ErrorKind::Denied, tr("“%1” sends on to an address that is not followed").arg(host))
                .detail(safeText(to)));
    if (from.scheme() == "https"_L1 && to.scheme() == "http"_L1)
        return giveUp(Error(ErrorKind::Denied,
            tr("“%1” sends on from a secure address to an open one (http), which is not followed").arg(host))
                .detail(safeText(from) + u" → "_s + safeText(to)));
    // A relative Location would inherit the user info of the address it came from; that origin's login is
    // found anyway.
    if (!headers.value("location").contains("@"))
        to.setUserInfo(originOf(to) == originOf(from) ? from.userInfo(QUrl::FullyEncoded) : QString());
    return to;
}

Outcome<void> Transfer::join(const Head &head)
{
    const qint64 wanted = m_start + m_received;
    const std::optional<qint64> first =
        head.status == 206 ? rangeStart(head.headers) : std::optional<qint64>(0);
    const QByteArray validator = validatorOf(head.headers);
    const bool isSame =
        m_received == 0 || (head.status == 206 && (validator.isEmpty() || validator == m_validator));
    if (first == wanted && isSame) {
        m_validator = validator.isEmpty() && m_received > 0 ? m_validator : validator;
        return {};
    }
    SCONCE_TRY(startAnew(0));
    if (first != 0)
        return std::unexpected(Fault{
            Error(ErrorKind::Broken,
                tr("“%1” sent another piece of the file than was asked for").arg(hostText(m_request.url)))
                .detail(safeText(m_request.url))
                .hint(tr("Try again later")),
            true});
    m_validator = validator;
    return {};
}

Outcome<void> Transfer::startAnew(qint64 from)
{
    if (m_received > 0 || from < m_start) {
        if (!m_request.restart)
            return giveUp(Error(ErrorKind::Broken,
                tr("The file at “%1” changed while it was being downloaded").arg(hostText(m_request.url)))
                    .detail(safeText(m_request.url))
                    .hint(tr("Try again")));
        if (Result<> restarted = m_request.restart(); !restarted)
            return giveUp(restarted.error());
    }
    m_start = from;
    m_received = 0;
    m_validator.clear();
    return {};
}

/// A transfer broke off. Where it cannot be continued later, what the sink has is taken back.
std::unexpected<Fault> Transfer::cut(Fault fault)
{
    const bool canGoOn = m_received == 0 || (m_resume == Resume::Yes && !m_validator.isEmpty());
    if (fault.mayPass && !canGoOn) {
        if (!m_request.restart)
            fault.mayPass = false;
        else if (auto anew = startAnew(m_request.first.value_or(0)); !anew)
            fault = std::move(anew.error());
    }
    return std::unexpected(std::move(fault));
}

Outcome<void> Transfer::takeBody(Answer &answer, std::optional<qint64> length)
{
    const auto tooLarge = [this] {
        return giveUp(Error(ErrorKind::BadInput,
            tr("“%1” sent more than %2").arg(hostText(m_request.url), sizeText(m_request.limit)))
                .detail(safeText(m_request.url))
                .hint(tr("Check the address")));
    };
    if (length && m_received + *length > m_request.limit)
        return tooLarge();
    qint64 taken = 0;
    for (;;) {
        Outcome<QByteArray> piece = answer.call->next(m_context);
        if (!piece)
            return cut(std::move(piece.error()));
        if (piece->isEmpty())
            break;
        taken += piece->size();
        if (length && taken > *length)
            break; // two answers run into one; nothing of it is any good
        if (m_received + piece->size() > m_request.limit)
            return tooLarge();
        if (Result<> sunk = m_sink(*piece); !sunk)
            return giveUp(sunk.error());
        m_received += piece->size();
    }
    if (length && taken > *length)
        m_validator.clear();
    if (length && taken != *length)
        return cut(faultOf({.url = answer.url,
            .proxy = {},
            .step = Step::Receiving,
            .code = QNetworkReply::RemoteHostClosedError,
            .systemText = {},
            .certificateFaults = {}}));
    return {};
}

Outcome<QByteArray> Transfer::takeErrorBody(Answer &answer)
{
    QByteArray body;
    while (body.size() < ErrorBodyLimit) {
        const QByteArray piece = SCONCE_TRY(answer.call->next(m_context));
        if (piece.isEmpty())
            break;
        body += piece;
    }
    return body.first(std::min(body.size(), ErrorBodyLimit));
}

std::unexpected<Fault> Transfer::giveUp(Error error) const
{
    return std::unexpected(Fault{std::move(error)});
}

} // namespace sconce::net
