// SPDX-License-Identifier: Apache-2.0
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include "files/files.h"
#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;

class TreeCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void removesFilesFoldersAndNothing();
    void neverFollowsLinks();
    void removesFoldersThatMayNotBeRead();
    void removesDeepFolders();
    void removesOnlyEmptyFolders();
};

void TreeCheck::removesFilesFoldersAndNothing()
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"tree/a/b/c"_s), "1");
    kit::spill(folder.filePath(u"tree/.hidden"_s), "1");
    kit::spill(folder.filePath(u"tree/new\nline"_s), "1");
    kit::spill(folder.filePath(u"file"_s), "1");
    for (const QString &name : {u"tree"_s, u"file"_s, u"absent"_s, u"absent/below"_s})
        QVERIFY2(files::remove(folder.filePath(name)), qPrintable(name));
    QVERIFY(
        QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot));
}

void TreeCheck::neverFollowsLinks()
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"outside/kept"_s), "1");
    kit::spill(folder.filePath(u"tree/x"_s), "1");
    QFile::link(folder.filePath(u"outside"_s), folder.filePath(u"tree/link"_s));
    QFile::link(folder.filePath(u"outside"_s), folder.filePath(u"link"_s));
    QVERIFY(files::remove(folder.filePath(u"tree"_s)));
    QVERIFY(files::remove(folder.filePath(u"link"_s)));
    QVERIFY(!files::exists(folder.filePath(u"link"_s)));
    QCOMPARE(kit::slurp(folder.filePath(u"outside/kept"_s)), "1"_ba);
}

void TreeCheck::removesFoldersThatMayNotBeRead()
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"tree/shut/x"_s), "1");
    QCOMPARE(::chmod(QFile::encodeName(folder.filePath(u"tree/shut"_s)).constData(), 0), 0);
    QVERIFY(files::remove(folder.filePath(u"tree"_s)));
}

void TreeCheck::removesDeepFolders()
{
    const QTemporaryDir folder;
    QString path = folder.filePath(u"tree"_s);
    for (int i = 0; i < 200; ++i)
        path += u"/d"_s;
    QVERIFY(files::makeFolder(path));
    QVERIFY(files::remove(folder.filePath(u"tree"_s)));
    QVERIFY(!files::exists(folder.filePath(u"tree"_s)));
}

void TreeCheck::removesOnlyEmptyFolders()
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"full/x"_s), "1");
    QVERIFY(files::makeFolder(folder.filePath(u"empty"_s)));
    QCOMPARE(files::removeIfEmpty(folder.filePath(u"full"_s)).value(), false);
    QCOMPARE(files::removeIfEmpty(folder.filePath(u"empty"_s)).value(), true);
    QVERIFY(!files::removeIfEmpty(folder.filePath(u"absent"_s)));
}

QTEST_GUILESS_MAIN(TreeCheck)
#include "tree.moc"
