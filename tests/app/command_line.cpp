// SPDX-License-Identifier: Apache-2.0
#include "command_line.h"

#include <QTest>

#include "verbs.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

const std::vector<app::Option> Options{
    {u"python"_s, u'p', u"P"_s, {}, {}, false},
    {u"index"_s, {}, u"URL"_s, {}, {}, true},
    {u"no-deps"_s, {}, {}, {}, {}, false},
    {u"requirement"_s, u'r', u"FILE"_s, {}, {u"requirements"_s}, true},
};

} // namespace

class CommandLineCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("option");
        QTest::addColumn<QStringList>("values");
        QTest::addColumn<QStringList>("positional");
        const auto row = [](const char *name, const QString &words, const QString &option,
                             const QStringList &values, const QStringList &positional) {
            QTest::newRow(name) << words.split(u' ', Qt::SkipEmptyParts) << option << values << positional;
        };
        row("long", u"--python 3.12 torch"_s, u"python"_s, {u"3.12"_s}, {u"torch"_s});
        row("equals", u"torch --python=3.12"_s, u"python"_s, {u"3.12"_s}, {u"torch"_s});
        row("equals in value", u"--index=a=http://i.test"_s, u"index"_s, {u"a=http://i.test"_s}, {});
        row("short", u"-p 3.12"_s, u"python"_s, {u"3.12"_s}, {});
        row("short with value", u"-p3.12"_s, u"python"_s, {u"3.12"_s}, {});
        row("last one counts", u"-p 1 -p 2"_s, u"python"_s, {u"2"_s}, {});
        row("repeated", u"--index a --index b"_s, u"index"_s, {u"a"_s, u"b"_s}, {});
        row("alias", u"--requirements a -r b"_s, u"requirement"_s, {u"a"_s, u"b"_s}, {});
        row("switch", u"--no-deps x"_s, u"no-deps"_s, {QString()}, {u"x"_s});
        row("dashes end options", u"-- --python"_s, u"python"_s, {}, {u"--python"_s});
        row("a dash is a name", u"-"_s, u"python"_s, {}, {u"-"_s});
        row("value that looks like an option", u"--python -x"_s, u"python"_s, {u"-x"_s}, {});
    }
    void reads()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, option);
        const Result<app::Arguments> arguments = app::Arguments::parse(words, Options);
        QVERIFY2(arguments, arguments ? "" : qPrintable(arguments.error().summary()));
        QTEST(arguments->values(option), "values");
        QTEST(arguments->positional(), "positional");
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("hint");
        QTest::newRow("unknown") << u"--pyton"_s << u"There is no option “--pyton” here"_s
                                 << u"Write --python"_s;
        QTest::newRow("unknown short")
            << u"-z"_s << u"There is no option “-z” here"_s << u"Add --help to see the options"_s;
        QTest::newRow("no value") << u"--python"_s << u"“--python” needs a value: P"_s << QString();
        QTest::newRow("switch with value")
            << u"--no-deps=1"_s << u"“--no-deps” takes no value"_s << QString();
    }
    void refuses()
    {
        QFETCH(QString, word);
        QFETCH(QString, hint);
        const Result<app::Arguments> arguments = app::Arguments::parse({word}, Options);
        QVERIFY(!arguments);
        QTEST(arguments.error().summary(), "sentence");
        QCOMPARE(arguments.error().hints(), hint.isEmpty() ? QStringList() : QStringList{hint});
    }

    void theFastListOfVerbsIsTheRealOne()
    {
        for (const app::Verb &verb : app::verbs())
            QVERIFY2(
                app::isHeadless(verb.name.section(u' ', 0, 0).toUtf8().constData()), qPrintable(verb.name));
        QVERIFY(!app::isHeadless("/home/me/project"));
        QVERIFY(!app::isHeadless("screenshots"));
    }

    void everyOptionIsTold()
    {
        for (const app::Verb &verb : app::verbs()) {
            QVERIFY2(!verb.summary.isEmpty(), qPrintable(verb.name));
            for (const app::Option &option : verb.options)
                QVERIFY2(!option.help.isEmpty(), qPrintable(verb.name + u' ' + option.name));
        }
    }
};
QTEST_GUILESS_MAIN(CommandLineCheck)
#include "command_line.moc"
