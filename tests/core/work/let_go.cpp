// SPDX-License-Identifier: Apache-2.0
#include "work/let_go.h"

#include <future>

#include <QTest>

class LetGoCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void destroysOnAnotherThread();
};

void LetGoCheck::destroysOnAnotherThread()
{
    struct Large {
        std::promise<std::thread::id> *where;
        ~Large() { where->set_value(std::this_thread::get_id()); }
    };
    std::promise<std::thread::id> where;
    sconce::letGo(std::make_unique<Large>(&where));
    QVERIFY(where.get_future().get() != std::this_thread::get_id());
}

QTEST_GUILESS_MAIN(LetGoCheck)
#include "let_go.moc"
