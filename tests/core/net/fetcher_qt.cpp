// SPDX-License-Identifier: Apache-2.0
#include "net/fetcher_qt.h"

#include <QTest>

#include "kit/http_server.h"

using namespace sconce;
using namespace sconce::net;
using namespace Qt::StringLiterals;
using kit::HttpServer;

namespace {

FetcherSettings quick()
{
    FetcherSettings settings;
    settings.timeoutSeconds = 1;
    settings.retryDelay = 1;
    settings.credentials =
        std::make_shared<CredentialStore>(QHash<QString, QString>{{u"HOME"_s, u"/nowhere"_s}});
    return settings;
}

Request request(const QUrl &url)
{
    return Request{.url = url};
}

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : bytes)
        byte = char((state = state * 1664525 + 1013904223) >> 24);
    return bytes;
}

} // namespace

class QtFetcherCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bringsABody();
    void givesStatusesAsReplies();
    void continuesAfterACut();
};

void QtFetcherCheck::bringsABody()
{
    HttpServer server;
    server.serve("/page", "hello", "text/plain");
    QtFetcher fetcher(quick());
    const auto reply = fetcher.fetch(request(server.url(u"/page"_s)), JobContext::unwatched());
    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().forLog()));
    QCOMPARE(reply->status, 200);
    QCOMPARE(reply->body, "hello");
    QCOMPARE(reply->headers.value("content-type"), "text/plain");
    QVERIFY(server.asked()[0].headers.value("user-agent").startsWith("sconce/"));
}

void QtFetcherCheck::givesStatusesAsReplies()
{
    HttpServer server;
    QtFetcher fetcher(quick());
    for (const int status :
        {301, 400, 401, 403, 404, 405, 407, 410, 418, 429, 451, 500, 501, 503, 511, 599}) {
        server.tell("/x", {.status = status, .body = "why"});
        const auto reply = fetcher.fetch(request(server.url(u"/x"_s)), JobContext::unwatched());
        QVERIFY2(reply, reply ? "" : qPrintable(reply.error().forLog()));
        QCOMPARE(reply->status, status);
        QCOMPARE(reply->body, "why");
    }
}

void QtFetcherCheck::continuesAfterACut()
{
    const QByteArray body = pattern(3 << 20);
    HttpServer server;
    int times = 0;
    server.on("/wheel", [&](const kit::Asked &asked) {
        kit::Told told = kit::serveFile(asked, body, "application/octet-stream");
        told.cutAfter = ++times < 3 ? 1 << 20 : -1;
        return told;
    });
    QtFetcher fetcher(quick());
    QByteArray got;
    const auto reply = fetcher.download(
        request(server.url(u"/wheel"_s)),
        [&](QByteArrayView piece) -> Result<> {
            got += piece;
            return {};
        },
        JobContext::unwatched());
    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().forLog()));
    QCOMPARE(got.size(), body.size());
    QVERIFY(got == body);
    QCOMPARE(times, 3);
}

QTEST_GUILESS_MAIN(QtFetcherCheck)
#include "fetcher_qt.moc"
