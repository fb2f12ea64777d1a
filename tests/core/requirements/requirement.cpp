// SPDX-License-Identifier: Apache-2.0
#include "requirements/requirement.h"

#include <random>

#include <QTest>

#include "kit/random.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using requirements::Requirement;

class RequirementCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesNormalForm_data();
    void writesNormalForm();
    void takesApart();
    void refusesOthersAtTheirPlace_data();
    void refusesOthersAtTheirPlace();
    void keepsPasswordsOutOfMessages();
    void survivesDamage();
};

void RequirementCheck::writesNormalForm_data()
{
    QTest::addColumn<QString>("normal");
    const auto row = [](const char *text, const char *normal) {
        QTest::newRow(text) << QString::fromUtf8(normal);
    };
    row("torch", "torch");
    row("  Torch_Vision ", "torch-vision");
    row("torch>=2.5", "torch>=2.5");
    row("torch >= 2.5 , < 3", "torch>=2.5,<3");
    row("torch (>=2.5,<3)", "torch>=2.5,<3");
    row("torch()", "torch");
    row("torch>=2.5,!=2.5,<2", "torch<2,!=2.5,>=2.5"); // by version, then by operator
    row("A.B-C_D", "a-b-c-d");
    row("torch[]", "torch");
    row("torch [ Opt_A , opt.b ] == 2.*", "torch[opt-a,opt-b]==2.*");
    row("torch[a,A,b]", "torch[a,b]");
    row("torch==2.5.1+cu124", "torch==2.5.1+cu124");
    row("numpy; sys_platform=='linux'", "numpy ; sys_platform == 'linux'");
    row("numpy>=2;python_version<'3.9'", "numpy>=2 ; python_full_version < '3.9'");
    row("numpy ; extra == 'Test_1'", "numpy ; extra == 'test-1'");
    row("pip @ https://host.test/pip-1.0.zip", "pip @ https://host.test/pip-1.0.zip");
    row("pip@https://host.test/pip.whl", "pip @ https://host.test/pip.whl");
    row("pip[x] @ file:///a/b.whl ; os_name == 'nt'", "pip[x] @ file:///a/b.whl ; os_name == 'nt'");
    row("pip @ https://host.test/p.whl; os_name == 'nt'", "pip @ https://host.test/p.whl ; os_name == 'nt'");
    row("pip @ https://host.test/a;b.whl", "pip @ https://host.test/a;b.whl");
    row("pip @ git+https://host.test/pip@v1#egg=pip", "pip @ git+https://host.test/pip@v1#egg=pip");
    row("pip @ ./local folder", "pip @ ./local%20folder");
}

void RequirementCheck::writesNormalForm()
{
    QFETCH(QString, normal);
    const Result<Requirement> found = Requirement::parse(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY2(found, found ? "" : qPrintable(found.error().forLog()));
    QCOMPARE(found->text(), normal);
    QCOMPARE(*Requirement::parse(normal), *found);
}

void RequirementCheck::takesApart()
{
    const Requirement named = Requirement::parse(u"Torch[Opt]>=2,<3; os_name=='posix'").value();
    QCOMPARE(named.name.text(), u"torch"_s);
    QCOMPARE(named.extras.size(), 1U);
    QCOMPARE(named.extras.front().text(), u"opt"_s);
    QCOMPARE(named.specifiers.specifiers().size(), 2U);
    QVERIFY(!named.url);
    QVERIFY(!named.marker.isAlways());
    const Requirement direct = Requirement::parse(u"a @ https://host.test/a.whl").value();
    QCOMPARE(direct.url->host(), u"host.test"_s);
    QVERIFY(direct.specifiers.isEmpty() && direct.marker.isAlways());
}

void RequirementCheck::refusesOthersAtTheirPlace_data()
{
    QTest::addColumn<QString>("says");
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("length");
    const auto row = [](const char *text, const char *says, int column, int length) {
        QTest::newRow(text) << QString::fromUtf8(says) << column << length;
    };
    row("", "The requirement “” ends where the name of a package is needed", 1, 1);
    row(">=2.5", "“>=2.5” stands where the name of a package is needed", 1, 1);
    row("-torch", "“-torch” is not a name: it must begin and end with a letter or digit", 1, 1);
    row("tor ch", "“ch” stands where a version specifier, “@”, “;” or the end is needed", 5, 1);
    row("torch=2.5", "“=” is not an operator of version specifiers; “==” is meant in “=2.5”", 6, 1);
    row("torch 2.5", "“2.5” has no operator in front of the version; “==2.5” accepts only that version", 7,
        3);
    row("torch>=2.5,", "A version specifier is missing after “,”", 11, 1);
    row("torch>=2.5 <3", "“2.5 <3” is not a version: “<3” does not belong there", 12, 2);
    row("torch>=2,<x", "“x” is not a version: “x” does not belong there", 11, 1);
    row("torch>2+cpu", "“>” cannot be used with a version that has a local label (“2+cpu”)", 6, 6);
    row("torch (>=2.5", "“(” has no “)” that ends the version specifiers", 7, 1);
    row("torch>=2)", "“2)” is not a version: “)” does not belong there", 9, 1);
    row("torch[cpu", "The list of extras after “[” has no “]” at its end", 6, 1);
    row("torch[cpu,]", "“]” stands where the name of an extra is needed", 11, 1);
    row("torch[a b]", "“b]” stands where “,” or “]” is needed", 9, 1);
    row("torch[a-]", "“a-” is not a name: it must begin and end with a letter or digit", 8, 1);
    row("torch @", "The requirement “torch @” ends where a URL or path is needed", 8, 1);
    row("torch @ ; os_name=='nt'", "“; os_name=='nt'” stands where a URL or path is needed", 9, 1);
    row("torch @ https://[x/", "“https://[x/” is not a URL", 9, 11);
    row("torch # comment", "“# comment” stands where a version specifier, “@”, “;” or the end is needed", 7,
        1);
    row("törch",
        "“törch” is not a name: only letters of the English alphabet, digits, “-”, “_” and “.” are allowed, "
        "not “ö”",
        2, 1);
}

void RequirementCheck::refusesOthersAtTheirPlace()
{
    QFETCH(QString, says);
    QFETCH(int, column);
    QFETCH(int, length);
    const QString text = QString::fromUtf8(QTest::currentDataTag());
    const Result<Requirement> found = Requirement::parse(text);
    QVERIFY2(!found, found ? qPrintable(found->text()) : "");
    QCOMPARE(found.error().kind(), ErrorKind::BadInput);
    QCOMPARE(found.error().summary(), says);
    QCOMPARE(found.error().place()->column, column);
    QCOMPARE(found.error().place()->length, length);
    QCOMPARE(found.error().place()->lineText, text);
    // A fault in the marker is told by its own module; here only its place is moved.
    const QString withMarker = u"torch>=2; os_name = 'nt'"_s;
    QCOMPARE(Requirement::parse(withMarker).error().place()->lineText, withMarker);
    QVERIFY(Requirement::parse(withMarker).error().place()->column > 10);
}

void RequirementCheck::keepsPasswordsOutOfMessages()
{
    const Result<Requirement> found = Requirement::parse(u"torch @ https://user:secret@[x/");
    QVERIFY(!found);
    QVERIFY(!found.error().summary().contains(u"secret"));
}

void RequirementCheck::survivesDamage()
{
    std::mt19937 random(kit::seed());
    const QStringList good{
        u"Torch-Vision[a, b] (>=2.5rc1,<3,!=2.6.*) ; python_version < '3.13' and extra == 'x'"_s,
        u"pip[x] @ https://user:pw@host.test/pip-1.0.zip ; os_name == 'nt'"_s};
    for (int i = 0; i < 8000; ++i) {
        const QString text = kit::damaged(good[i % 2], random);
        const Result<Requirement> found = Requirement::parse(text);
        if (found)
            QVERIFY2(Requirement::parse(found->text()), qPrintable(text + u" → "_s + found->text()));
        else
            QVERIFY2(!found.error().summary().isEmpty()
                    && found.error().place()->column <= std::max(1, int(text.size()) + 1),
                qPrintable(text));
    }
}

QTEST_GUILESS_MAIN(RequirementCheck)
#include "requirement.moc"
