// SPDX-License-Identifier: Apache-2.0
#include "archive/entry_name.h"

#include <QTest>

using namespace sconce;
using namespace Qt::StringLiterals;

class EntryNameCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acceptsNamesThatStayInside_data();
    void acceptsNamesThatStayInside();
    void refusesTheOthers_data();
    void refusesTheOthers();
    void makesNamesPlain_data();
    void makesNamesPlain();
    void showsOddCharacters();
};

void EntryNameCheck::acceptsNamesThatStayInside_data()
{
    QTest::addColumn<QString>("name");
    const auto row = [](const char *name, const QString &text) { QTest::addRow("%s", name) << text; };
    row("A72 plain", u"pkg/sub/file.py"_s);
    row("A72 a folder", u"pkg/sub/"_s);
    row("A72 letters of all kinds", u"donn\u00e9es/\u6587\u4ef6_\U0001f9ea.txt"_s);
    row("A13 blanks, commas and quotes", u"a b/c,\"d'.txt"_s);
    row("A13 hidden", u".hidden/..keep/...x"_s);
    row("A14 reserved on Windows", u"aux/CON"_s);
    row("A14 a stream of Windows", u"pkg/f.py:stream"_s);
    row("A17 a part of 255 bytes", QString(255, u'n'));
    row("A19 128 deep", u"d/"_s.repeated(127) + u"f"_s);
}

void EntryNameCheck::acceptsNamesThatStayInside()
{
    QFETCH(QString, name);
    const auto checked = archive::checkEntryName(name);
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().summary()));
}

void EntryNameCheck::refusesTheOthers_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const QString &text, const QString &part) {
        QTest::addRow("%s", name) << text << part;
    };
    row("A01 up", u"../x"_s, u"leaves its folder"_s);
    row("A01 up in the middle", u"a/../../x"_s, u"leaves its folder"_s);
    row("A01 up and back", u"a/../x"_s, u"leaves its folder"_s);
    row("A01 up at the end", u"a/.."_s, u"leaves its folder"_s);
    row("A02 absolute", u"/etc/x"_s, u"absolute"_s);
    row("A02 absolute twice", u"//x"_s, u"absolute"_s);
    row("A03 drive", u"C:/x"_s, u"drive"_s);
    row("A03 drive, relative", u"C:x"_s, u"drive"_s);
    row("A03 drive further down", u"a/c:x"_s, u"drive"_s);
    row("A03 drive with a backslash", u"C:\\x"_s, u"backslash"_s);
    row("A03 a share", u"\\\\srv\\s\\x"_s, u"backslash"_s);
    row("A03 verbatim", u"\\\\?\\C:\\x"_s, u"backslash"_s);
    row("A04 backslash", u"a\\b"_s, u"backslash"_s);
    row("A12 NUL", u"a\0b"_s, u"invisible"_s);
    row("A12 line end", u"a\nb"_s, u"invisible"_s);
    row("A12 escape", u"a\x1b[31m"_s, u"invisible"_s);
    row("A12 delete", u"a\x7f"_s, u"invisible"_s);
    row("A12 control of the upper half", u"a\u0085"_s, u"invisible"_s);
    row("A12 line separator", u"a\u2028b"_s, u"invisible"_s);
    row("A12 right to left", u"a\u202etxt.exe"_s, u"invisible"_s);
    row("A12 isolate", u"a\u2066b"_s, u"invisible"_s);
    row("A12 mark", u"a\u200fb"_s, u"invisible"_s);
    row("A12 half a pair", u"a\xd800"_s + u"b"_s, u"invisible"_s);
    row("A13 empty", u""_s, u"empty"_s);
    row("A13 dot", u"."_s, u"“.” as a part"_s);
    row("A13 dot in the middle", u"a/./b"_s, u"“.” as a part"_s);
    row("A13 empty part", u"a//b"_s, u"empty part"_s);
    row("A13 two slashes at the end", u"a//"_s, u"empty part"_s);
    row("A13 blanks only", u"a/  /b"_s, u"spaces only"_s);
    row("A17 a part of 256 bytes", QString(256, u'n'), u"255 bytes"_s);
    row("A17 256 bytes of fewer letters", QString(128, u'\u00e9'), u"255 bytes"_s);
    row("A17 more than 1,024 bytes", QString(QString(200, u'n') + u'/').repeated(6), u"1,024 bytes"_s);
    row("A19 129 deep", u"d/"_s.repeated(128) + u"f"_s, u"128 folders"_s);
}

void EntryNameCheck::refusesTheOthers()
{
    QFETCH(QString, name);
    QFETCH(QString, sentence);
    const auto checked = archive::checkEntryName(name);
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind(), ErrorKind::BadInput);
    QVERIFY2(checked.error().summary().contains(sentence), qPrintable(checked.error().summary()));
    for (const QChar character : checked.error().summary())
        QVERIFY(character.category() != QChar::Other_Control && character.category() != QChar::Other_Format);
}

void EntryNameCheck::makesNamesPlain_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("plain"); // empty: refused
    const auto row = [](const QString &name, const QString &plain) {
        QTest::addRow("“%s”", qPrintable(name)) << name << plain;
    };
    row(u"a/b"_s, u"a/b"_s);
    row(u"./a"_s, u"a"_s);
    row(u"a/./b"_s, u"a/b"_s);
    row(u"a//b"_s, u"a/b"_s);
    row(u"a/./"_s, u"a/"_s);
    row(u"a/."_s, u"a/"_s);
    row(u"././/a//./b/"_s, u"a/b/"_s);
    row(u"a./b"_s, u"a./b"_s);
    row(u"."_s, {});
    row(u"./"_s, {});
    row(u".//"_s, {});
    row(u"//a"_s, {});
    row(u"/./a"_s, {});
    row(u"./../a"_s, {});
    row(u"a/.//../b"_s, {});
}

void EntryNameCheck::makesNamesPlain()
{
    QFETCH(QString, name);
    QFETCH(QString, plain);
    const auto made = archive::plainEntryName(name);
    QCOMPARE(made.has_value(), !plain.isEmpty());
    if (made)
        QCOMPARE(*made, plain);
}

void EntryNameCheck::showsOddCharacters()
{
    QCOMPARE(archive::escapedName(u"a\nb\u202ec"_s), u"a\\u{a}b\\u{202e}c"_s);
    QCOMPARE(archive::escapedName(u"\U0001f9ea"_s), u"\U0001f9ea"_s);
    QVERIFY(archive::escapedName(QString(5000, u'x')).size() < 200);
}

QTEST_GUILESS_MAIN(EntryNameCheck)
#include "entry_name.moc"
