// SPDX-License-Identifier: Apache-2.0
#include "network.h"

#include <QTest>

#include "kit/http_server.h"
#include "kit/quick_fetcher.h"
#include "work/background.h"

using namespace sconce;
using namespace Qt::StringLiterals;

class NetworkCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksOnTheFirstRequest();
    void makesRoomWhileItWaits();
};

void NetworkCheck::asksOnTheFirstRequest()
{
    kit::HttpServer server;
    server.serve("/page", "hello");
    app::Network network(kit::quickSettings());
    const auto reply = network.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
    VERIFY_RESULT(reply);
    QCOMPARE(reply->body, "hello");
}

/// The network is a library of its own, and the tasks that wait for it are those of the program.
void NetworkCheck::makesRoomWhileItWaits()
{
    kit::HttpServer server;
    server.tell("/page", {.body = "hello", .delay = 200});
    app::Network network(kit::quickSettings());
    {
        std::atomic<int> answered = 0;
        Background background(8, 1);
        for (int count = 0; count < 8; ++count) {
            background.add([&] {
                const auto reply = network.fetch({.url = server.url(u"/page"_s)}, JobContext::unwatched());
                answered += reply && reply->body == "hello";
            });
        }
        QTRY_COMPARE(answered, 8);
    }
    QVERIFY2(server.connections() > 1, "one at a time, as if the tasks were computing");
}

QTEST_GUILESS_MAIN(NetworkCheck)
#include "network.moc"
