// SPDX-License-Identifier: Apache-2.0
#include "names/package_name.h"

#include <QTest>

using namespace sconce;
using namespace Qt::StringLiterals;
using names::Name;

class NameCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesNormalForm_data();
    void writesNormalForm();
    void refusesOthers_data();
    void refusesOthers();
    void sortsByText();
};

void NameCheck::writesNormalForm_data()
{
    QTest::addColumn<QString>("normal");
    QTest::addColumn<QString>("inFiles");
    const auto row = [](const char *text, const char *normal, const char *inFiles) {
        QTest::newRow(text) << QString::fromLatin1(normal) << QString::fromLatin1(inFiles);
    };
    row("torch", "torch", "torch");
    row("Jinja2", "jinja2", "jinja2");
    row("typing_extensions", "typing-extensions", "typing_extensions");
    row("zope.interface", "zope-interface", "zope_interface");
    row("A-_.-b", "a-b", "a_b");
    row("a--b__c", "a-b-c", "a_b_c");
    row("7", "7", "7");
    row("x", "x", "x");
}

void NameCheck::writesNormalForm()
{
    QFETCH(QString, normal);
    QFETCH(QString, inFiles);
    const Result<Name> name = Name::parse(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(name);
    QCOMPARE(name->text(), normal);
    QCOMPARE(name->fileText(), inFiles);
    QCOMPARE(*Name::parse(normal), *name);
    QCOMPARE(std::hash<Name>()(*Name::parse(normal)), std::hash<Name>()(*name));
}

void NameCheck::refusesOthers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("column");
    QTest::newRow("empty") << QString() << 1;
    QTest::newRow("dash in front") << u"-a"_s << 1;
    QTest::newRow("dot at the end") << u"a."_s << 2;
    QTest::newRow("only a separator") << u"_"_s << 1;
    QTest::newRow("space") << u"a b"_s << 2;
    QTest::newRow("umlaut") << u"bär"_s << 2;
    QTest::newRow("dotless i") << u"pıp"_s << 2;
    QTest::newRow("outside of the basic plane") << u"ab😀"_s << 3;
    QTest::newRow("slash") << u"../a"_s << 3;
    QTest::newRow("zero") << u"a"_s + QChar(0) << 2;
}

void NameCheck::refusesOthers()
{
    QFETCH(QString, text);
    QFETCH(int, column);
    const Result<Name> name = Name::parse(text);
    QVERIFY(!name);
    QCOMPARE(name.error().kind(), ErrorKind::BadInput);
    QCOMPARE(name.error().place()->column, column);
    QVERIFY(text.isEmpty() || name.error().summary().contains(text));
}

void NameCheck::sortsByText()
{
    QVERIFY(*Name::parse(u"torch") < *Name::parse(u"torch-geometric"));
    QVERIFY(*Name::parse(u"torch_geometric") < *Name::parse(u"torchvision"));
    QVERIFY(*Name::parse(u"Numpy") > *Name::parse(u"jinja2"));
}

QTEST_GUILESS_MAIN(NameCheck)
#include "package_name.moc"
