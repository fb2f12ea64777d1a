// SPDX-License-Identifier: Apache-2.0
#include "lock/merge_conflict.h"

#include <QTest>

using namespace sconce;

class MergeConflictCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sides_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("line");
        QTest::addColumn<QByteArray>("ours");
        QTest::addColumn<QByteArray>("theirs");
        const auto row = [](const char *name, const char *bytes, int line, const char *ours,
                             const char *theirs) {
            QTest::newRow(name) << QByteArray(bytes) << line << QByteArray(ours) << QByteArray(theirs);
        };
        row("one", "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> topic\nd\n", 2, "a\nb\nd\n", "a\nc\nd\n");
        row("two", "<<<<<<< A\n1\n=======\n2\n>>>>>>> B\nx\n<<<<<<< A\n3\n=======\n>>>>>>> B\n", 1,
            "1\nx\n3\n", "2\nx\n");
        row("with base", "<<<<<<< A\n1\n||||||| base\n0\n=======\n2\n>>>>>>> B\n", 1, "1\n", "2\n");
        row("nested in base",
            "<<<<<<< A\n1\n||||||||| x\n<<<<<<<<< p\n7\n=========\n8\n>>>>>>>>> q\n=======\n2\n>>>>>>> B\n",
            1, "1\n", "2\n");
        row("nested", "<<<<<<< A\n1\n<<<<<<< C\n3\n=======\n4\n>>>>>>> D\n=======\n2\n>>>>>>> B\n", 1,
            "1\n3\n", "2\n");
        row("Windows", "a\r\n<<<<<<< HEAD\r\nb\r\n=======\r\nc\r\n>>>>>>> topic\r\n", 2, "a\r\nb\r\n",
            "a\r\nc\r\n");
    }

    void sides()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, line);
        QFETCH(const QByteArray, ours);
        QFETCH(const QByteArray, theirs);
        QCOMPARE(lock::firstConflictLine(bytes), std::optional<quint32>(line));
        const auto sides = lock::mergeSides(bytes);
        QVERIFY(sides);
        QCOMPARE(sides->ours, ours);
        QCOMPARE(sides->theirs, theirs);
    }

    void none()
    {
        for (const char *bytes :
            {"", "a = 1\n", "x = \"<<<<<<< HEAD\"\n", " <<<<<<< HEAD\n", "======\n", "=======x\n"}) {
            QVERIFY(!lock::firstConflictLine(bytes));
            QVERIFY(!lock::mergeSides(bytes));
        }
    }

    void halfResolved()
    {
        QVERIFY(lock::firstConflictLine("a\n=======\nb\n>>>>>>> topic\n"));
        QVERIFY(!lock::mergeSides("a\n=======\nb\n>>>>>>> topic\n"));
        QVERIFY(!lock::mergeSides("<<<<<<< A\n1\n=======\n2\n"));
    }
};

QTEST_GUILESS_MAIN(MergeConflictCheck)
#include "merge_conflict.moc"
