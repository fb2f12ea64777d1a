// SPDX-License-Identifier: Apache-2.0
#include <cerrno>

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include "files/files.h"
#include "files/system.h"
#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using files::LinkMode;
using files::linkOrCopy;
using files::system::FaultPlan;

namespace {

struct stat factsOf(const QString &path)
{
    struct stat facts{};
    ::stat(QFile::encodeName(path).constData(), &facts);
    return facts;
}

} // namespace

class LinkOrCopyCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hasTheContentsWhateverTheWay_data();
    void hasTheContentsWhateverTheWay();
    void triesTheNextWay_data();
    void triesTheNextWay();
    void leavesNothingHalf();
    void neverReplaces_data();
    void neverReplaces();
};

void LinkOrCopyCheck::hasTheContentsWhateverTheWay_data()
{
    QTest::addColumn<LinkMode>("first");
    QTest::addRow("clone") << LinkMode::Clone;
    QTest::addRow("hard link") << LinkMode::HardLink;
    QTest::addRow("copy") << LinkMode::Copy;
}

void LinkOrCopyCheck::hasTheContentsWhateverTheWay()
{
    QFETCH(LinkMode, first);
    const QTemporaryDir folder;
    const QString from = folder.filePath(u"from"_s);
    const QString to = folder.filePath(u"to"_s);
    kit::spill(from, QByteArray(700'000, 'x') + "end");
    QFile(from).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup);
    const LinkMode next = linkOrCopy(from, to, first).value();
    QVERIFY(next >= first);
    QCOMPARE(kit::slurp(to), kit::slurp(from));
    QCOMPARE(factsOf(to).st_mode, factsOf(from).st_mode);
    QCOMPARE(factsOf(to).st_ino == factsOf(from).st_ino, next == LinkMode::HardLink);
}

void LinkOrCopyCheck::triesTheNextWay_data()
{
    // Calls: clone makes a file (1), clones (2), removes it (3) where that fails; link is one call.
    QTest::addColumn<LinkMode>("first");
    QTest::addColumn<int>("nth");
    QTest::addColumn<int>("error");
    QTest::addColumn<LinkMode>("next");
    QTest::addRow("no clones here") << LinkMode::Clone << 2 << EOPNOTSUPP << LinkMode::HardLink;
    QTest::addRow("no clones over volumes") << LinkMode::Clone << 2 << EXDEV << LinkMode::HardLink;
    QTest::addRow("no links over volumes") << LinkMode::HardLink << 1 << EXDEV << LinkMode::Copy;
    QTest::addRow("no links on FAT") << LinkMode::HardLink << 1 << EPERM << LinkMode::Copy;
    QTest::addRow("no more links to this one") << LinkMode::HardLink << 1 << EMLINK << LinkMode::HardLink;
}

void LinkOrCopyCheck::triesTheNextWay()
{
    QFETCH(LinkMode, first);
    QFETCH(int, nth);
    QFETCH(int, error);
    QFETCH(LinkMode, next);
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"from"_s), "contents");
    const FaultPlan plan(nth, error, FaultPlan::Reach::OneCall);
    QCOMPARE(linkOrCopy(folder.filePath(u"from"_s), folder.filePath(u"to"_s), first).value(), next);
    QCOMPARE(kit::slurp(folder.filePath(u"to"_s)), "contents"_ba);
}

void LinkOrCopyCheck::leavesNothingHalf()
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"from"_s), "contents");
    const FaultPlan plan(2, ENOSPC, FaultPlan::Reach::OneCall); // the write of a copy
    const auto copied = linkOrCopy(folder.filePath(u"from"_s), folder.filePath(u"to"_s), LinkMode::Copy);
    QVERIFY(!copied);
    QCOMPARE(copied.error().kind(), ErrorKind::DiskFull);
    QVERIFY(!copied.error().hints().isEmpty());
    QVERIFY(!files::exists(folder.filePath(u"to"_s)));
}

void LinkOrCopyCheck::neverReplaces_data()
{
    hasTheContentsWhateverTheWay_data();
}

void LinkOrCopyCheck::neverReplaces()
{
    QFETCH(LinkMode, first);
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"from"_s), "new");
    kit::spill(folder.filePath(u"to"_s), "old");
    QVERIFY(!linkOrCopy(folder.filePath(u"from"_s), folder.filePath(u"to"_s), first));
    QCOMPARE(kit::slurp(folder.filePath(u"to"_s)), "old"_ba);
}

QTEST_GUILESS_MAIN(LinkOrCopyCheck)
#include "link_or_copy.moc"
