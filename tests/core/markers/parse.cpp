// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "markers/marker.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using markers::Marker;

class ParseCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pointsAtTheMistake_data()
    {
        QTest::addColumn<QString>("marker");
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *marker, int column, int length, const char *sentence) {
            QTest::newRow(marker) << QString::fromUtf8(marker) << column << length
                                  << QString::fromUtf8(sentence);
        };
        row("", 1, 1, "The marker is empty");
        row("  ", 3, 1, "The marker is empty");
        row("sys_platfrom == 'linux'", 1, 12, "“sys_platfrom” is no variable of markers");
        row("sys_platform == linux", 17, 5, "“linux” is no variable of markers");
        row("python_version === '3.12'", 16, 3, "“===” cannot be used in a marker");
        row("sys_platform == 'it''s'", 21, 3,
            "“'s'” cannot stand here: conditions are joined by “and” or “or”");
        row("os_name 'nt'", 9, 4, "A comparison such as “==” or “in” is missing after os_name");
        row("os_name = 'nt'", 9, 1, "“=” has no meaning in a marker");
        row("os_name == 'nt", 12, 3, "A closing ' is missing");
        row("os_name == 'nt' and", 20, 1, "The marker ends where a variable or a quoted text should follow");
        row("os_name ==", 11, 1, "The marker ends where a variable or a quoted text should follow");
        row("os_name == 'nt' extra == 'a'", 17, 5,
            "“extra” cannot stand here: conditions are joined by “and” or “or”");
        row("(os_name == 'nt'", 1, 1, "This parenthesis is not closed");
        row("(os_name == 'nt' extra", 18, 5,
            "“extra” cannot stand here: conditions are joined by “and” or “or”");
        row("os_name == 'nt')", 16, 1, "“)” cannot stand here: conditions are joined by “and” or “or”");
        row("os_name == )", 12, 1, "“)” stands where a variable or a quoted text should be");
        row("os_name not 'nt'", 13, 4, "After “not” only “in” can follow");
        row("os_name == 'nt' && extra == 'a'", 17, 1, "“&” has no meaning in a marker");
        row("or os_name == 'nt'", 1, 2, "“or” is no variable of markers");
        row("os_name == 'ä' ü", 16, 1, "“ü” cannot stand here: conditions are joined by “and” or “or”");
    }

    void pointsAtTheMistake()
    {
        QFETCH(const QString, marker);
        QFETCH(const int, column);
        QFETCH(const int, length);
        QFETCH(const QString, sentence);
        const auto parsed = Marker::parse(marker);
        QVERIFY(!parsed);
        const Error &error = parsed.error();
        QCOMPARE(error.summary(), sentence);
        QVERIFY(error.kind() == ErrorKind::BadInput);
        QVERIFY(error.place());
        QCOMPARE(error.place()->line, 1);
        QCOMPARE(error.place()->column, column);
        QCOMPARE(error.place()->length, length);
        QCOMPARE(error.place()->lineText, marker);
    }

    void suggests()
    {
        QCOMPARE(Marker::parse(u"sys_platfrom == 'linux'").error().hints(),
            QStringList{u"Write “sys_platform”"_s});
        QCOMPARE(Marker::parse(u"sys_platform == linux").error().hints(),
            QStringList{u"Put quotes around a value"_s});
    }

    void blanksAreFree_data()
    {
        QTest::addColumn<QString>("marker");
        QTest::newRow("none") << u"sys_platform=='linux'and(extra=='a'or extra=='b')"_s;
        QTest::newRow("many") << u"  sys_platform  ==\t'linux'\n and ( extra == \"a\" or extra == 'b' ) "_s;
        QTest::newRow("nested")
            << u"((((sys_platform == 'linux')))) and ((extra == 'a') or (extra == 'b'))"_s;
    }

    void blanksAreFree()
    {
        QFETCH(const QString, marker);
        const auto parsed = Marker::parse(marker);
        QVERIFY(parsed);
        QCOMPARE(parsed->text(), u"sys_platform == 'linux' and (extra == 'a' or extra == 'b')"_s);
    }

    void andBindsTighter()
    {
        QCOMPARE(*Marker::parse(u"extra == 'a' or extra == 'b' and extra == 'c'"),
            *Marker::parse(u"extra == 'a' or (extra == 'b' and extra == 'c')"));
    }

    void hostile_data()
    {
        QTest::addColumn<QString>("marker");
        QTest::newRow("deep") << QString(100'000, u'(') + u"os_name == 'nt'"_s + QString(100'000, u')');
        QTest::newRow("open") << QString(1'000'000, u'(');
        QString many = u"extra == 'x'"_s;
        for (int i = 0; i < 5000; ++i)
            many += u" or extra == 'x%1'"_s.arg(i);
        QTest::newRow("many") << many;
        // Each pair lies far apart in the order of variables, so the diagram doubles with each.
        QString doubling = u"extra == 'x'"_s;
        for (int i = 0; i < 40; ++i)
            doubling += u" or '%1' in platform_machine and extra == 'e%1'"_s.arg(i);
        QTest::newRow("doubling") << doubling;
        // Small as a diagram, long as a text.
        QString paths = u"extra == 'x'"_s;
        for (int i = 0; i < 40; ++i)
            paths += u" and (extra == 'a%1' or extra == 'b%1')"_s.arg(i, 2, 10, QChar(u'0'));
        QTest::newRow("paths") << paths;
    }

    void hostile()
    {
        QFETCH(const QString, marker);
        QElapsedTimer timer;
        timer.start();
        const auto parsed = Marker::parse(marker);
        QVERIFY(!parsed);
        QVERIFY(parsed.error().summary().contains(u"too many combinations")
            || parsed.error().summary().contains(u"more than"));
        // What was refused leaves nothing wrong behind.
        QVERIFY(Marker::parse(u"'3' in platform_machine and extra == 'e3'")
                ->implies(*Marker::parse(u"extra == 'e3'")));
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void largeIsFine()
    {
        QString many = u"extra == 'x'"_s;
        for (int i = 0; i < 300; ++i)
            many += u" or extra == 'x%1'"_s.arg(i, 3, 10, QChar(u'0'));
        const auto parsed = Marker::parse(many);
        QVERIFY(parsed);
        QCOMPARE(parsed->text().count(u"or"), 300);
    }
};

QTEST_GUILESS_MAIN(ParseCheck)
#include "parse.moc"
