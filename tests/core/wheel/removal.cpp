// SPDX-License-Identifier: Apache-2.0
#include "wheel/removal.h"

#include <QTest>

#include "files/files.h"
#include "kit/small_environment.h"
#include "wheel/install.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using kit::SmallEnvironment;

namespace {

/// A distribution as another installer may have left it.
void putDistribution(const SmallEnvironment &environment, const QString &name, const QByteArray &record)
{
    kit::spill(environment.library(name + u"-1.0.dist-info/METADATA"_s),
        "Metadata-Version: 2.1\nName: x\nVersion: 1.0\n");
    kit::spill(environment.library(name + u"-1.0.dist-info/RECORD"_s), record);
}

environment::Installed find(const SmallEnvironment &environment, const QString &name)
{
    for (const environment::Installed &one : environment.installed()) {
        if (one.name.text() == name)
            return one;
    }
    qFatal("not installed");
}

/// Removes it for good and gives what was told.
QStringList removed(const SmallEnvironment &environment, const QString &name)
{
    const JobContext context = JobContext::unwatched();
    wheel::Transaction transaction = wheel::Transaction::begin(environment.interpreter(), context).value();
    const Result<> marked = transaction.remove(find(environment, name), context);
    if (!marked)
        return {u"refused: "_s + marked.error().summary()};
    if (const Result<> done = transaction.commit(context); !done)
        return {u"refused: "_s + done.error().forLog()};
    return context.progress().logFrom(0);
}

} // namespace

class RemovalCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void removesNothingElse_data();
    void removesNothingElse();
    void doesNotFollowLinksOut();
    void followsTheEnvironmentsOwnLink();
    void removesBytecodeOfWhatGoes();
    void leavesFoldersThatAreNotItsOwn();
    void removesTheRestOfTheDistInfo();
    void removesHollowDistInfo();
    void copesWithoutARecord_data();
    void copesWithoutARecord();
    void staysWithItsEnvironment();
};

// A61, A68: RECORD is text of somebody else.
void RemovalCheck::removesNothingElse_data()
{
    QTest::addColumn<QString>("row"); // with ENV and OUT for the environment and the folder around it
    QTest::addColumn<QString>("victim");
    const auto rows = [](const char *name, const QString &row, const QString &victim) {
        QTest::addRow("%s", name) << row << victim;
    };
    rows("A61 up and out", u"../../../../victim"_s, u"OUT/victim"_s);
    rows("A61 absolute", u"OUT/victim"_s, u"OUT/victim"_s);
    rows("A61 up, out and back", u"../../../../env/../victim"_s, u"OUT/victim"_s);
    rows("A05 beside, with the same beginning", u"../../../../env-evil/victim"_s, u"OUT/env-evil/victim"_s);
    rows("A61 drive", u"C:/victim"_s, u"OUT/victim"_s);
    rows("A68 configuration", u"../../../pyvenv.cfg"_s, u"ENV/pyvenv.cfg"_s);
    rows("A68 interpreter", u"../../../bin/python"_s, u"ENV/bin/python"_s);
    rows("A68 interpreter by the long way", u"../../../bin/../bin/python3"_s, u"ENV/bin/python3"_s);
    rows("A68 activation", u"../../../bin/activate.fish"_s, u"ENV/bin/activate.fish"_s);
    rows("A76 another distribution", u"other.py"_s, u"ENV/lib/python3.12/site-packages/other.py"_s);
    rows("A76 another distribution's RECORD", u"other-1.0.dist-info/RECORD"_s,
        u"ENV/lib/python3.12/site-packages/other-1.0.dist-info/RECORD"_s);
    rows("A61 a folder", u"folder"_s, u"ENV/lib/python3.12/site-packages/folder/x"_s);
}

void RemovalCheck::removesNothingElse()
{
    QFETCH(QString, row);
    QFETCH(QString, victim);
    const SmallEnvironment environment;
    const auto placed = [&](QString text) {
        return text.replace(u"ENV"_s, environment.root())
            .replace(u"OUT"_s, QFileInfo(environment.root()).path());
    };
    for (const QString &path : {environment.outside(u"victim"_s), environment.outside(u"env-evil/victim"_s),
             environment.library(u"other.py"_s), environment.library(u"folder/x"_s),
             environment.library(u"own.py"_s)})
        kit::spill(path, "mine");
    putDistribution(environment, u"other"_s, "other.py,,\nother-1.0.dist-info/RECORD,,\n");
    putDistribution(
        environment, u"own"_s, "own.py,,\n" + placed(row).toUtf8() + ",,\nown-1.0.dist-info/RECORD,,\n");
    QVERIFY(QFileInfo(placed(victim)).exists() || QFileInfo(placed(victim)).isSymLink());
    const QStringList log = removed(environment, u"own"_s);
    QVERIFY2(QFileInfo(placed(victim)).exists() || QFileInfo(placed(victim)).isSymLink(),
        qPrintable(log.join(u'\n')));
    QVERIFY(!files::exists(environment.library(u"own.py"_s)));
    QVERIFY(!files::exists(environment.library(u"own-1.0.dist-info"_s)));
    QVERIFY(!files::exists(environment.outside(u"env/victim"_s)));
}

void RemovalCheck::doesNotFollowLinksOut()
{
    const SmallEnvironment environment;
    kit::spill(environment.outside(u"data/victim"_s), "mine");
    QFile::link(environment.outside(u"data"_s), environment.library(u"linked"_s));
    QFile::link(environment.outside(u"data/victim"_s), environment.library(u"own_link"_s));
    putDistribution(environment, u"own"_s, "linked/victim,,\nown_link,,\nown-1.0.dist-info/RECORD,,\n");
    const QStringList log = removed(environment, u"own"_s);
    QCOMPARE(log.size(), 1);
    QVERIFY(log[0].contains(u"linked/victim"_s));
    QCOMPARE(kit::slurp(environment.outside(u"data/victim"_s)), "mine"_ba);
    QVERIFY(!files::exists(environment.library(u"own_link"_s))); // the link itself was the package's
    QVERIFY(files::exists(environment.library(u"linked"_s)));
}

void RemovalCheck::followsTheEnvironmentsOwnLink()
{
    const SmallEnvironment environment;
    kit::spill(environment.library(u"own.py"_s), "1");
    kit::spill(environment.library(u"twice.py"_s), "1");
    putDistribution(environment, u"own"_s,
        "../../../lib64/python3.12/site-packages/own.py,,\ntwice.py,,\n../site-packages/twice.py,,\n");
    QCOMPARE(removed(environment, u"own"_s), QStringList());
    QVERIFY(QDir(environment.library()).isEmpty());
}

void RemovalCheck::removesBytecodeOfWhatGoes()
{
    const SmallEnvironment environment;
    for (const char *path :
        {"own/a.py", "own/__pycache__/a.cpython-312.pyc", "own/__pycache__/a.cpython-311.opt-2.pyc",
            "own/__pycache__/a.f-12.py312.nbi", "mod.py", "__pycache__/mod.cpython-312.pyc", "keep.py",
            "__pycache__/keep.cpython-312.pyc", "__pycache__/mod_like.cpython-312.pyc", "mod_like.py"})
        kit::spill(environment.library(QString::fromLatin1(path)), "x");
    putDistribution(environment, u"own"_s, "own/a.py,,\nmod.py,,\n");
    QCOMPARE(removed(environment, u"own"_s), QStringList());
    QStringList left;
    QDirIterator entries(environment.library(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (entries.hasNext())
        left.append(entries.next().sliced(environment.library().size()));
    left.sort();
    QCOMPARE(left,
        QStringList({u"__pycache__/keep.cpython-312.pyc"_s, u"__pycache__/mod_like.cpython-312.pyc"_s,
            u"keep.py"_s, u"mod_like.py"_s}));
    QVERIFY(!files::exists(environment.library(u"own"_s)));
}

void RemovalCheck::leavesFoldersThatAreNotItsOwn()
{
    const SmallEnvironment environment;
    kit::spill(environment.library(u"own/a.py"_s), "x");
    kit::spill(environment.library(u"own/mine.txt"_s), "mine");
    kit::spill(environment.library(u"own/sub/b.py"_s), "x");
    kit::spill(environment.path(u"share/own/c"_s), "x");
    QVERIFY(files::makeFolder(environment.library(u"void/own"_s)));
    putDistribution(environment, u"own"_s, "own/a.py,,\nown/sub/b.py,,\n../../../share/own/c,,\n");
    QCOMPARE(removed(environment, u"own"_s), QStringList());
    QCOMPARE(QDir(environment.library(u"own"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
        QStringList{u"mine.txt"_s});
    QVERIFY(files::exists(environment.path(u"share/own"_s)));
    QVERIFY(files::exists(environment.library(u"void/own"_s)));
}

void RemovalCheck::removesTheRestOfTheDistInfo()
{
    const SmallEnvironment environment;
    putDistribution(environment, u"own"_s, "own-1.0.dist-info/RECORD,,\n");
    kit::spill(environment.library(u"own-1.0.dist-info/RECORD.jws"_s), "{}");
    kit::spill(environment.library(u"own-1.0.dist-info/licenses/deep/LICENSE"_s), "");
    QVERIFY(files::makeFolder(environment.library(u"own-1.0.dist-info/sboms/none"_s)));
    QCOMPARE(removed(environment, u"own"_s), QStringList());
    QVERIFY(QDir(environment.library()).isEmpty());
}

// L39
void RemovalCheck::removesHollowDistInfo()
{
    const SmallEnvironment environment;
    QVERIFY(files::makeFolder(environment.library(u"own-1.0.dist-info"_s)));
    QCOMPARE(removed(environment, u"own"_s).size(), 1);
    QVERIFY(QDir(environment.library()).isEmpty());
}

// L39
void RemovalCheck::copesWithoutARecord_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addRow("none") << QByteArray();
    QTest::addRow("no CSV") << "\"own.py,,\n"_ba;
    QTest::addRow("no UTF-8") << "\xff\xfe,,\n"_ba;
}

void RemovalCheck::copesWithoutARecord()
{
    QFETCH(QByteArray, record);
    const SmallEnvironment environment;
    kit::spill(environment.library(u"own.py"_s), "x");
    putDistribution(environment, u"own"_s, record);
    if (record.isNull())
        QVERIFY(files::remove(environment.library(u"own-1.0.dist-info/RECORD"_s)));
    const QStringList log = removed(environment, u"own"_s);
    QCOMPARE(log.size(), 1);
    QVERIFY(log[0].contains(u"no RECORD"_s));
    QCOMPARE(QDir(environment.library()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
        QStringList{u"own.py"_s});
}

void RemovalCheck::staysWithItsEnvironment()
{
    const SmallEnvironment one;
    const SmallEnvironment other;
    putDistribution(other, u"own"_s, "");
    const JobContext context = JobContext::unwatched();
    wheel::Transaction transaction = wheel::Transaction::begin(one.interpreter(), context).value();
    const auto marked = transaction.remove(find(other, u"own"_s), context);
    QVERIFY(!marked);
    QCOMPARE(marked.error().kind(), ErrorKind::BadInput);
}

QTEST_GUILESS_MAIN(RemovalCheck)
#include "removal.moc"
