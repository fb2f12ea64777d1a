// SPDX-License-Identifier: Apache-2.0
#include "project/toml_editor.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace sconce;
using project::TomlEditor;

/// Single values change, and nothing else does.
class TomlEditorCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void edits_data();
    void edits();
    void replacesTexts();
    void addsTables();
    void refuses_data();
    void refuses();
    void quotes();
};

void TomlEditorCheck::edits_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *before, const char *what, const char *value,
                         const char *after) {
        QTest::addRow("%s", name) << QString::fromUtf8(before) << QString::fromUtf8(what)
                                  << QString::fromUtf8(value) << QString::fromUtf8(after);
    };
    row("a value in place of another",
        "[project]\nname = \"a\" # the name\nrequires-python = '>=3.8'  # old\n",
        "set project requires-python", "\">=3.10\"",
        "[project]\nname = \"a\" # the name\nrequires-python = \">=3.10\"  # old\n");
    row("a list over several lines", "[tool.uv]\nenvironments = [\n    \"a == 'b'\", # one\n]\nx = 1\n",
        "set tool.uv environments", "[\"c\"]", "[tool.uv]\nenvironments = [\"c\"]\nx = 1\n");
    row("a new key",
        "[project]\nname = \"a\"\n\n# settings\n[tool.uv]\nx = [\n  1,\n]\n\n[tool.other]\ny = 2\n",
        "set tool.uv k", "1",
        "[project]\nname = \"a\"\n\n# settings\n[tool.uv]\nx = [\n  1,\n]\nk = 1\n\n[tool.other]\ny = 2\n");
    row("a new key in an empty table", "[tool.uv]\n\n[tool.other]\n", "set tool.uv k", "1",
        "[tool.uv]\nk = 1\n\n[tool.other]\n");
    row("a new table", "[project]\nname = \"a\"\n", "set tool.uv k", "1",
        "[project]\nname = \"a\"\n\n[tool.uv]\nk = 1\n");
    row("a new table without a line break before it", "a = 1", "set tool.uv k", "1",
        "a = 1\n\n[tool.uv]\nk = 1\n");
    row("a table above one that is there", "[tool.uv.sources]\nx = { index = \"y\" }\n", "set tool.uv k", "1",
        "[tool.uv.sources]\nx = { index = \"y\" }\n\n[tool.uv]\nk = 1\n");
    row("line breaks of Windows", "[project]\r\nname = \"a\"\r\n", "set project k", "1",
        "[project]\r\nname = \"a\"\r\nk = 1\r\n");
    row("a header with blanks and quotes", "[ tool . \"uv\" ]\nx = 1\n", "set tool.uv k", "2",
        "[ tool . \"uv\" ]\nx = 1\nk = 2\n");
    row("brackets in texts", "[project]\nx = \"[a]\" # ]\ny = '''\n[project]\n'''\n", "set project k", "1",
        "[project]\nx = \"[a]\" # ]\ny = '''\n[project]\n'''\nk = 1\n");
    row("an inline table", "[tool]\nuv = { x = 1, y = [2, 3] }\n", "set tool.uv y", "[]",
        "[tool]\nuv = { x = 1, y = [] }\n");
    row("an item of a new list", "[tool.uv]\n", "append tool.uv conflicts", "[{ extra = \"a\" }]",
        "[tool.uv]\nconflicts = [[{ extra = \"a\" }]]\n");
    row("an item of an empty list", "[a]\nb = [ ] # none\n", "append a b", "1", "[a]\nb = [1] # none\n");
    row("an item on the line", "[a]\nb = [1, 2] # some\n", "append a b", "3", "[a]\nb = [1, 2, 3] # some\n");
    row("an item on a line of its own", "[a]\nb = [\n    \"x\", # first\n    \"y\", # last\n]\n",
        "append a b", "\"z\"", "[a]\nb = [\n    \"x\", # first\n    \"y\", # last\n    \"z\",\n]\n");
    row("an item behind one without a comma", "[a]\nb = [\n  \"x\",\n  \"y\" # last\n]\n", "append a b",
        "\"z\"", "[a]\nb = [\n  \"x\",\n  \"y\", # last\n  \"z\"\n]\n");
    row("behind letters of two units", "[a]\nb = [\"\xF0\x9D\x84\x9E\", 2]\n", "append a b", "3",
        "[a]\nb = [\"\xF0\x9D\x84\x9E\", 2, 3]\n");
}

void TomlEditorCheck::edits()
{
    QFETCH(const QString, before);
    QFETCH(const QString, what);
    QFETCH(const QString, value);
    QFETCH(const QString, after);
    auto editor = TomlEditor::open(before, u"pyproject.toml"_s);
    QVERIFY2(editor, qPrintable(editor ? QString() : editor.error().forLog()));
    const QStringList words = what.split(u' ');
    const QStringList path = words[1].split(u'.');
    const Result<> done =
        words[0] == u"set" ? editor->set(path, words[2], value) : editor->append(path, words[2], value);
    QVERIFY2(done, qPrintable(done ? QString() : done.error().forLog()));
    QCOMPARE(editor->text(), after);
}

void TomlEditorCheck::replacesTexts()
{
    auto editor =
        TomlEditor::open(u"d = [\n    'torch >=2', # GPU\n    \"numpy\",\n]\n"_s, u"pyproject.toml"_s);
    QVERIFY(editor);
    const Place place{.file = u"pyproject.toml"_s, .line = 2, .column = 5};
    QCOMPARE(editor->textAt(place).value(), u"torch >=2"_s);
    QVERIFY(editor->replaceText(place, u"torch ; os_name == \"nt\""_s));
    QCOMPARE(editor->text(), u"d = [\n    \"torch ; os_name == \\\"nt\\\"\", # GPU\n    \"numpy\",\n]\n"_s);
    QVERIFY(!editor->replaceText({.file = u"pyproject.toml"_s, .line = 1, .column = 1}, u"x"_s));
}

void TomlEditorCheck::addsTables()
{
    auto editor = TomlEditor::open(u"a = 1"_s, u"pyproject.toml"_s);
    QVERIFY(editor);
    QVERIFY(editor->appendTable({u"tool"_s, u"uv"_s, u"index"_s}, {u"name = \"x\""_s}));
    QVERIFY(editor->appendTable({u"tool"_s, u"uv"_s, u"index"_s}, {u"name = \"y\""_s}));
    QCOMPARE(
        editor->text(), u"a = 1\n\n[[tool.uv.index]]\nname = \"x\"\n\n[[tool.uv.index]]\nname = \"y\"\n"_s);
}

void TomlEditorCheck::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::newRow("a table that is closed") << u"tool = { uv = { x = 1 } }\n"_s << u"k"_s;
    QTest::newRow("keys with dots") << u"[tool]\nuv.x = 1\n"_s << u"k"_s;
}

/// What cannot be written there is an error, and the text stays.
void TomlEditorCheck::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, key);
    auto editor = TomlEditor::open(text, u"pyproject.toml"_s);
    QVERIFY(editor);
    QVERIFY(!editor->set({u"tool"_s, u"uv"_s}, key, u"1"_s));
    QCOMPARE(editor->text(), text);
    QVERIFY(!editor->append({u"tool"_s}, u"uv"_s, u"1"_s));
    QCOMPARE(editor->text(), text);
}

void TomlEditorCheck::quotes()
{
    QCOMPARE(TomlEditor::quoted(u"a\"b\\c\n"_s), u"\"a\\\"b\\\\c\\u000a\""_s);
}

QTEST_GUILESS_MAIN(TomlEditorCheck)
#include "toml_editor.moc"
