// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <QTest>

#include "kit/random.h"
#include "metadata/record.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using metadata::EntryPoint;
using metadata::EntryPoints;

class EntryPointsCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsScripts();
    void acceptsHarmlessNames_data();
    void acceptsHarmlessNames();
    void refusesDangerousNames_data();
    void refusesDangerousNames();
    void refusesDangerousValues_data();
    void refusesDangerousValues();
    void refusesBrokenFiles_data();
    void refusesBrokenFiles();
    void survivesDamage();
};

void EntryPointsCheck::readsScripts()
{
    const Result<EntryPoints> found = metadata::parseEntryPoints(
        "# a comment\n[console_scripts]\r\ntool = pack:main\r\n"
        "  Tool.Two=pack.cli : Tool.start [cli,other]\n; another\n"
        "t\xc3\xbc = pack:caf\xc3\xa9\ntool = pack:second\n\n[ gui_scripts ]\nwindow = pack.ui:run\n"
        "[pack.plugins]\nanything goes here\n../x = ;\n");
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QVERIFY(found->consoleScripts
        == (std::vector<EntryPoint>{{u"tool"_s, u"pack"_s, u"second"_s},
            {u"Tool.Two"_s, u"pack.cli"_s, u"Tool.start"_s}, {u"tü"_s, u"pack"_s, u"café"_s}}));
    QVERIFY(found->guiScripts == (std::vector<EntryPoint>{{u"window"_s, u"pack.ui"_s, u"run"_s}}));
    QVERIFY(*metadata::parseEntryPoints("") == EntryPoints());
}

void EntryPointsCheck::acceptsHarmlessNames_data()
{
    QTest::addColumn<QString>("name");
    for (const auto &name :
        {u"tool"_s, u"a.b-c"_s, u"UPPER"_s, u"own-été"_s, u"9odd"_s, u"-odd"_s, u"f2py3.12"_s, u"pip3"_s,
            u"pythonic"_s, u"ipython"_s, u"python-config"_s, u"python3-config"_s, u"activated"_s,
            u"my-activate"_s, u"pytest.exe"_s, u"..hidden"_s, u"with space"_s, QString(255, u'n')})
        QTest::newRow(qPrintable(name)) << name;
}

void EntryPointsCheck::acceptsHarmlessNames()
{
    QFETCH(QString, name);
    const Result<EntryPoints> found =
        metadata::parseEntryPoints("[console_scripts]\n" + name.toUtf8() + " = pack:main\n");
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(found->consoleScripts.front().name, name);
}

void EntryPointsCheck::refusesDangerousNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");
    const auto row = [](const QString &name, const QString &says) {
        QTest::newRow(qPrintable(name)) << name << says;
    };
    for (const auto &path :
        {u"../x"_s, u"/tmp/x"_s, u"a/b"_s, u"a\\b"_s, u"C:x"_s, u"."_s, u".."_s, u"a\tb"_s,
            u"a\x7f"
            "b"_s})
        row(path, u"The entry point “%1” cannot be a file in the scripts folder"_s.arg(path));
    for (const auto &reserved : {u"python"_s, u"Python3.12"_s, u"PYTHON3"_s, u"python3.13t"_s,
             u"python3.14td"_s, u"PythonW.exe"_s, u"python."_s, u"python3.exe. "_s, u"pypy3"_s, u"pypy3.10"_s,
             u"graalpy"_s, u"pythonw3.12"_s, u"activate"_s, u"Activate.PS1"_s, u"activate.fish"_s,
             u"activate_this.py"_s, u"deactivate.bat"_s, u"deactivate"_s, u"pydoc.bat"_s, u"pyvenv.cfg"_s})
        row(reserved,
            u"The entry point “%1” would replace a part of the environment itself"_s.arg(reserved.trimmed()));
    row(QString(), u"An entry point has no name"_s);
    row(QString(300, u'n'), u"The name of an entry point is too long for a file"_s);
    row(QString(130, u'ü'), u"The name of an entry point is too long for a file"_s);
}

void EntryPointsCheck::refusesDangerousNames()
{
    QFETCH(QString, name);
    QFETCH(QString, says);
    const Result<EntryPoints> found =
        metadata::parseEntryPoints("[gui_scripts]\nfirst = pack:main\n" + name.toUtf8() + " = pack:main\n");
    QVERIFY(!found);
    QCOMPARE(found.error().kind(), ErrorKind::BadInput);
    QCOMPARE(found.error().summary(), says);
    QCOMPARE(found.error().place()->line, 3);
}

void EntryPointsCheck::refusesDangerousValues_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value : {"", "pack", "pack:", ":main", "pack:main()",
             "pack:main() or __import__('os').getcwd", "os;import sys:main", "pack:main; x", "pack.:main",
             ".pack:main", "pack:main.", "pack..cli:main", "pack-age:main", "pack:ma-in", "1pack:main",
             "pack:1", "pack:main [a", "pack:main] [", "pack:main [a](b)", "pack main:x", "pack:main x",
             "pack:'main'", "pack:main # x", "pack:main:more"})
        QTest::newRow(*value ? value : "empty") << QByteArray(value);
}

void EntryPointsCheck::refusesDangerousValues()
{
    QFETCH(QByteArray, value);
    const Result<EntryPoints> found = metadata::parseEntryPoints("[console_scripts]\ntool = " + value + "\n");
    QVERIFY(!found);
    QCOMPARE(
        found.error().summary(), u"The entry point “tool” does not name a function as “module:function”"_s);
}

void EntryPointsCheck::refusesBrokenFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const QByteArray &bytes, const char *says) {
        QTest::newRow(bytes.toPercentEncoding().constData()) << bytes << QString::fromUtf8(says);
    };
    row("this is = not\n[unclosed\n", "entry_points.txt has an entry before its first section in line 1");
    row("[unclosed\n", "entry_points.txt has a section name without “]” at its end in line 1");
    row("[console_scripts]\ntool\n  -line = pack:main\n", "entry_points.txt has no “=” in line 2");
    row("[console_scripts]\ntool = pack:main\n    import os\n", "entry_points.txt has no “=” in line 3");
    row("[console_scripts]\nt\xe9 = pack:main\n", "entry_points.txt is not UTF-8 text");
}

void EntryPointsCheck::refusesBrokenFiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const Result<EntryPoints> found = metadata::parseEntryPoints(bytes);
    QVERIFY(!found);
    QCOMPARE(found.error().summary(), says);
}

void EntryPointsCheck::survivesDamage()
{
    std::mt19937 random(kit::seed());
    for (int i = 0; i < 10000; ++i) {
        const QByteArray bytes = kit::damaged(
            QByteArray("[console_scripts]\ntool = pack.cli:Tool.start [cli]\n[gui_scripts]\nwin=p:r\n"),
            random);
        const Result<EntryPoints> found = metadata::parseEntryPoints(bytes);
        if (!found)
            continue;
        for (const EntryPoint &script : found->consoleScripts) {
            const QString written = script.module + script.attribute;
            QVERIFY2(std::ranges::all_of(written,
                         [](QChar unit) {
                             return unit.isLetterOrNumber() || unit.isMark() || unit == u'_' || unit == u'.'
                                 || unit.isSurrogate();
                         }),
                bytes.constData());
            QVERIFY2(!script.name.contains(u'/'), bytes.constData());
        }
    }
}

QTEST_GUILESS_MAIN(EntryPointsCheck)
#include "entry_points.moc"
