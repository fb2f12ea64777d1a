// SPDX-License-Identifier: Apache-2.0
#include "environment/audit.h"

#include <QTest>

#include "files/files.h"
#include "kit/small_environment.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using environment::OwnFault;
using kit::SmallEnvironment;

namespace {

QStringList found(const QString &folder)
{
    static const QStringList words{u"NoConfig"_s, u"HomeGone"_s, u"NoInterpreter"_s, u"Moved"_s};
    QStringList lines;
    for (const OwnFault &fault : environment::ownFaults(folder))
        lines.append(QStringList{words[qsizetype(fault.kind)], fault.path, fault.names}.join(u' ').trimmed());
    return lines;
}

} // namespace

class OwnFilesCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsNothingInANewEnvironment();
    void L38_findsWhatIsGone_data();
    void L38_findsWhatIsGone();
    void findsMovedFolders();
    void readsActivationOfOthers_data();
    void readsActivationOfOthers();
    void tellsInstallationsApart();
    void knowsThePythonItWasMadeWith();
};

void OwnFilesCheck::findsNothingInANewEnvironment()
{
    const SmallEnvironment environment;
    QCOMPARE(found(environment.root()), QStringList());
    // By another way to the same folder.
    QVERIFY(files::makeLink(environment.root(), environment.outside(u"link"_s)));
    QCOMPARE(found(environment.outside(u"link"_s)), QStringList());
}

void OwnFilesCheck::L38_findsWhatIsGone_data()
{
    QTest::addColumn<QString>("gone");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::addRow("no pyvenv.cfg") << u"pyvenv.cfg"_s << QString() << QString() << u"NoConfig pyvenv.cfg"_s;
    QTest::addRow("link to nothing") << u"bin/python"_s << u"/nowhere/python3.12"_s << QString()
                                     << u"NoInterpreter bin/python /nowhere/python3.12"_s;
    QTest::addRow("no link") << u"bin/python"_s << QString() << QString() << u"NoInterpreter bin/python"_s;
    QTest::addRow("home gone") << u"pyvenv.cfg"_s << QString() << u"home = /nowhere/bin\n"_s
                               << u"HomeGone pyvenv.cfg /nowhere/bin"_s;
}

void OwnFilesCheck::L38_findsWhatIsGone()
{
    QFETCH(QString, gone);
    QFETCH(QString, target);
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const SmallEnvironment environment;
    QVERIFY(files::remove(environment.path(gone)));
    if (!target.isEmpty())
        QVERIFY(files::makeLink(target, environment.path(gone)));
    if (!text.isEmpty())
        kit::spill(environment.path(gone), text.toUtf8());
    QCOMPARE(found(environment.root()), QStringList{expected});
    QVERIFY(environment::isOrWasEnvironment(environment.root()));
}

void OwnFilesCheck::findsMovedFolders()
{
    const SmallEnvironment environment;
    const QString now = environment.outside(u"it's elsewhere"_s);
    QVERIFY(files::rename(environment.root(), now));
    QCOMPARE(found(now), QStringList{u"Moved bin/activate "_s + environment.root()});
    // Also when somebody made another one in its old place.
    QVERIFY(files::makeFolder(environment.root()));
    QCOMPARE(found(now), QStringList{u"Moved bin/activate "_s + environment.root()});
}

void OwnFilesCheck::readsActivationOfOthers_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("names");
    QTest::addRow("venv") << "VIRTUAL_ENV=\"/old/env\"\nexport VIRTUAL_ENV\n"_ba << u"/old/env"_s;
    QTest::addRow("venv, without quotes") << "    export VIRTUAL_ENV=/old/env\n"_ba << u"/old/env"_s;
    QTest::addRow("uv")
        << "if x ; then\n    VIRTUAL_ENV=$(cygpath '/a')\nelse\n    VIRTUAL_ENV='/old/env'\nfi\n"_ba
        << u"/old/env"_s;
    QTest::addRow("a quote in the path") << "VIRTUAL_ENV='/it'\\''s'\n"_ba << u"/it's"_s;
    QTest::addRow("worked out") << "VIRTUAL_ENV=\"$(dirname \"$0\")\"\n"_ba << QString();
    QTest::addRow("never closed") << "VIRTUAL_ENV='/old\n"_ba << QString();
    QTest::addRow("nothing") << "echo hello\n"_ba << QString();
}

void OwnFilesCheck::readsActivationOfOthers()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, names);
    const SmallEnvironment environment;
    kit::spill(environment.path(u"bin/activate"_s), script);
    const QStringList expected =
        names.isEmpty() ? QStringList() : QStringList{u"Moved bin/activate "_s + names};
    QCOMPARE(found(environment.root()), expected);
    // One that may be moved names no folder.
    kit::spill(environment.path(u"pyvenv.cfg"_s), "home = /usr/bin\nrelocatable = true\n");
    QCOMPARE(found(environment.root()), QStringList());
}

void OwnFilesCheck::tellsInstallationsApart()
{
    const SmallEnvironment environment;
    QVERIFY(files::remove(environment.path(u"pyvenv.cfg"_s)));
    kit::spill(environment.path(u"lib/python3.12/os.py"_s), "");
    QVERIFY(!environment::isOrWasEnvironment(environment.root()));
    QVERIFY(!environment::isOrWasEnvironment(u"/usr"_s));
    kit::spill(environment.outside(u"data/mine.txt"_s), "mine");
    QVERIFY(!environment::isOrWasEnvironment(environment.outside(u"data"_s)));
}

void OwnFilesCheck::knowsThePythonItWasMadeWith()
{
    const SmallEnvironment environment;
    QCOMPARE(environment::pythonMadeWith(environment.root()), u"3.12"_s);
    kit::spill(environment.path(u"pyvenv.cfg"_s), "version = 3.9.18\n");
    QCOMPARE(environment::pythonMadeWith(environment.root()), u"3.9"_s);
    QVERIFY(files::remove(environment.path(u"pyvenv.cfg"_s)));
    QCOMPARE(environment::pythonMadeWith(environment.root()), u"3.12"_s);
    QVERIFY(files::makeFolder(environment.path(u"lib/python3.13"_s)));
    QCOMPARE(environment::pythonMadeWith(environment.root()), QString());
}

QTEST_GUILESS_MAIN(OwnFilesCheck)
#include "audit.moc"
