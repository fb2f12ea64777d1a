// SPDX-License-Identifier: Apache-2.0
#include "wheel/scripts.h"

#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"
#include "process/runner.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using wheel::entryPointScript;
using wheel::interpreterLine;
using wheel::withInterpreter;

class ScriptsCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsPythonsOfEveryPath_data();
    void startsPythonsOfEveryPath();
    void runsFromOddPlaces_data();
    void runsFromOddPlaces();
    void rewritesFirstLines_data();
    void rewritesFirstLines();
    void writesProgramsOfEntryPoints();
};

void ScriptsCheck::startsPythonsOfEveryPath_data()
{
    QTest::addColumn<QString>("python");
    QTest::addColumn<bool>("isDirect");
    QTest::addRow("plain") << u"/env/bin/python"_s << true;
    QTest::addRow("quote") << u"/it's/bin/python"_s << true;
    QTest::addRow("dollar and backslash") << u"/a$b\\c/bin/python"_s << true;
    QTest::addRow("letters of all kinds") << u"/caf\u00e9\u6587/bin/python"_s << true;
    QTest::addRow("blank") << u"/with space/bin/python"_s << false;
    QTest::addRow("line of 126 bytes") << u'/' + QString(123, u'p') << true;
    QTest::addRow("line of 127 bytes") << u'/' + QString(124, u'p') << false;
    QTest::addRow("line of 127 bytes and fewer letters")
        << u"/p"_s + QString(61, u'\u00e9') + u"p"_s << false;
}

// A73
void ScriptsCheck::startsPythonsOfEveryPath()
{
    QFETCH(QString, python);
    QFETCH(bool, isDirect);
    const QByteArray line = interpreterLine(python);
    if (isDirect)
        QCOMPARE(line, "#!" + python.toUtf8() + '\n');
    else
        QCOMPARE(line, "#!/bin/sh\n'''exec' '" + python.toUtf8() + "' \"$0\" \"$@\"\n' '''\n");
    const bool isPython = python.endsWith("/python"_L1);
    QCOMPARE(wheel::startedPython(line + "import sys\n"), isPython ? std::optional(python) : std::nullopt);
}

void ScriptsCheck::runsFromOddPlaces_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addRow("A73 plain") << u"env"_s;
    QTest::addRow("A73 blank, quotes and a command") << u"with space/it's \"quoted\" $(touch ran)"_s;
    QTest::addRow("A73 very long") << QString(120, u'p') + u'/' + QString(120, u'q');
}

void ScriptsCheck::runsFromOddPlaces()
{
    QFETCH(QString, folder);
    const QTemporaryDir place;
    const QString bin = place.filePath(folder);
    QVERIFY(QDir().mkpath(bin));
    QFile::link(u"/usr/bin/python3"_s, bin + u"/python"_s);
    const QString script = bin + u"/tool"_s;
    kit::spill(script,
        entryPointScript({u"tool"_s, u"os.path"_s, u"basename.__class__"_s}, bin + u"/python"_s)
            .replace("sys.exit(basename.__class__())", "print(sys.argv[1:])"));
    QFile(script).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    process::SystemRunner runner;
    const auto outcome =
        runner.run({.program = script, .arguments = {u"a b"_s, u"$x"_s}, .folder = place.path()},
            JobContext::unwatched());
    QCOMPARE(outcome.value().output + outcome->errorOutput, "['a b', '$x']\n"_ba);
    QVERIFY(!QFileInfo::exists(place.filePath(u"ran"_s)));
}

void ScriptsCheck::rewritesFirstLines_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("rewritten"); // without its first line; "no": left as it is
    const auto row = [](const char *name, const QByteArray &script, const QByteArray &rewritten) {
        QTest::addRow("A74 %s", name) << script << rewritten;
    };
    row("plain", "#!python\nprint(1)\n", "print(1)\n");
    row("window", "#!pythonw\nprint(1)\n", "print(1)\n");
    row("arguments", "#!python -E -s\nprint(1)\n", "print(1)\n");
    row("version", "#!python3\nprint(1)\n", "print(1)\n");
    row("path behind it", "#!python/../../../bin/sh\necho\n", "echo\n");
    row("NUL behind it", QByteArray("#!python\0/bin/sh\nx\n", 19), "x\n");
    row("line ends of Windows", "#!python\r\nprint(1)\r\n", "print(1)\r\n");
    row("line ends of old computers", "#!python\r-c x\nprint(1)\n", "-c x\nprint(1)\n");
    row("no line end", "#!python", "");
    row("binary behind it", QByteArray("#!python\n\xff\0\xfe", 12), QByteArray("\xff\0\xfe", 3));
    row("blank in front", "#! python\nprint(1)\n", "no");
    row("byte order mark", "\xEF\xBB\xBF#!python\n", "no");
    row("second line", "\n#!python\n", "no");
    row("another interpreter", "#!/usr/bin/python\n", "no");
    row("env", "#!/usr/bin/env python\n", "no");
    row("nothing", "", "no");
    row("binary",
        QByteArray("\x7f"
                   "ELF\0#!python\n",
            14),
        "no");
}

void ScriptsCheck::rewritesFirstLines()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, rewritten);
    const auto made = withInterpreter(script, u"/env/bin/python"_s);
    QCOMPARE(made.has_value(), rewritten != "no");
    if (made)
        QCOMPARE(*made, "#!/env/bin/python\n" + rewritten);
}

void ScriptsCheck::writesProgramsOfEntryPoints()
{
    COMPARE_KEPT(entryPointScript({u"tool"_s, u"own_entry.cli"_s, u"Tool.start"_s}, u"/env/bin/python"_s),
        u"tool.py"_s);
}

QTEST_GUILESS_MAIN(ScriptsCheck)
#include "scripts.moc"
