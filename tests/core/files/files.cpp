// SPDX-License-Identifier: Apache-2.0
#include "files/files.h"

#include <cerrno>
#include <thread>

#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/system.h"
#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using files::system::FaultPlan;

namespace {

int modeOf(const QString &path)
{
    struct stat facts{};
    return ::stat(QFile::encodeName(path).constData(), &facts) == 0 ? int(facts.st_mode & 07777) : -1;
}

QStringList namesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

} // namespace

class FilesCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatIsThere_data();
    void readsWhatIsThere();
    void readsFilesWithoutASize();
    void waitsForAPipe();
    void saysWhyItCannotRead_data();
    void saysWhyItCannotRead();
    void refusesMoreThanTheLimit();
    void readsText_data();
    void readsText();
    void placesTheByteThatIsNoText_data();
    void placesTheByteThatIsNoText();
    void writesWhole();
    void keepsModeAndLink();
    void refusesALinkToNothing();
    void leavesOldOrNewAtEveryFault_data();
    void leavesOldOrNewAtEveryFault();
    void makesFoldersAndExchanges();
    void removesItsTemporaryFolder();
};

void FilesCheck::readsWhatIsThere_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype size : {0, 1, 4095, 4096, 4097, 3'000'000})
        QTest::addRow("%lld bytes", qlonglong(size)) << size;
}

void FilesCheck::readsWhatIsThere()
{
    QFETCH(qsizetype, size);
    const QTemporaryDir folder;
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 7);
    kit::spill(folder.filePath(u"file"_s), bytes);
    QCOMPARE(files::read(folder.filePath(u"file"_s)).value(), bytes);
}

void FilesCheck::readsFilesWithoutASize()
{
    QVERIFY(files::read(u"/proc/self/status"_s).value().startsWith("Name:"));
}

void FilesCheck::waitsForAPipe()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    const int writer = ::open(QFile::encodeName(path).constData(), O_RDWR);
    {
        const std::jthread slow([writer] {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            QVERIFY(::write(writer, "late", 4) == 4);
            ::close(writer);
        });
        QCOMPARE(files::read(path).value(), "late"_ba);
    }
}

void FilesCheck::saysWhyItCannotRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addRow("nothing there") << u"absent"_s << ErrorKind::NotFound;
    QTest::addRow("below a file") << u"file/x"_s << ErrorKind::NotFound;
    QTest::addRow("a folder") << u"."_s << ErrorKind::Broken;
    QTest::addRow("a link to nothing") << u"dangling"_s << ErrorKind::NotFound;
}

void FilesCheck::saysWhyItCannotRead()
{
    QFETCH(QString, name);
    QFETCH(ErrorKind, kind);
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"file"_s), "x");
    QFile::link(u"nowhere"_s, folder.filePath(u"dangling"_s));
    const auto bytes = files::read(folder.filePath(name));
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().kind(), kind);
    QVERIFY2(bytes.error().summary().contains(folder.filePath(name)), qPrintable(bytes.error().summary()));
}

void FilesCheck::refusesMoreThanTheLimit()
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"file"_s), QByteArray(100, 'x'));
    QVERIFY(files::read(folder.filePath(u"file"_s), 100));
    const auto bytes = files::read(folder.filePath(u"file"_s), 99);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().kind(), ErrorKind::BadInput);
    QVERIFY(!files::read(u"/proc/self/status"_s, 10));
}

void FilesCheck::readsText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addRow("plain") << "a\nb\n"_ba << u"a\nb\n"_s;
    QTest::addRow("several bytes a letter") << "\u00e9\u6587\U0001f9ea"_ba << u"\u00e9\u6587\U0001f9ea"_s;
    QTest::addRow("byte order mark") << "\xEF\xBB\xBFx"_ba << u"x"_s;
    QTest::addRow("line ends of Windows") << "a\r\nb"_ba << u"a\r\nb"_s;
    QTest::addRow("a real replacement character") << "\xEF\xBF\xBD"_ba << u"\ufffd"_s;
}

void FilesCheck::readsText()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"file"_s), bytes);
    QCOMPARE(files::readText(folder.filePath(u"file"_s)).value(), text);
}

void FilesCheck::placesTheByteThatIsNoText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addRow("first") << "\xff"_ba << 1 << 1;
    QTest::addRow("third line") << "a\nbc\nd\xe9z\n"_ba << 3 << 2;
    QTest::addRow("behind letters of several bytes") << "\u00e9\u6587\U0001f9ea\xff"_ba << 1 << 5;
    QTest::addRow("behind a real replacement character") << "\xEF\xBF\xBD\xff"_ba << 1 << 2;
    QTest::addRow("behind a byte order mark") << "\xEF\xBB\xBFq\xff"_ba << 1 << 2;
    QTest::addRow("cut off") << "ab\xe6\x96"_ba << 1 << 3;
    QTest::addRow("UTF-16") << QByteArray("\xff\xfe\x61\0", 4) << 1 << 1;
}

void FilesCheck::placesTheByteThatIsNoText()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, line);
    QFETCH(int, column);
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"file"_s), bytes);
    const auto text = files::readText(folder.filePath(u"file"_s));
    QVERIFY(!text);
    QCOMPARE(text.error().kind(), ErrorKind::BadInput);
    QCOMPARE(text.error().place()->line, line);
    QCOMPARE(text.error().place()->column, column);
    QCOMPARE(text.error().summary().contains(u"UTF-16"_s), bytes.startsWith("\xff\xfe"));
}

void FilesCheck::writesWhole()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"file"_s);
    QVERIFY(files::writeWhole(path, "first"));
    QCOMPARE(kit::slurp(path), "first"_ba);
    QCOMPARE(modeOf(path), 0644);
    QVERIFY(files::writeWhole(path, {}));
    QCOMPARE(kit::slurp(path), ""_ba);
    QCOMPARE(namesIn(folder.path()), QStringList{u"file"_s});
    const auto nowhere = files::writeWhole(folder.filePath(u"absent/file"_s), "x");
    QCOMPARE(nowhere.error().kind(), ErrorKind::NotFound);
}

void FilesCheck::keepsModeAndLink()
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"real"_s), "old");
    QVERIFY(QFile(folder.filePath(u"real"_s))
            .setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QFile::link(u"real"_s, folder.filePath(u"link"_s));
    QVERIFY(files::writeWhole(folder.filePath(u"link"_s), "new"));
    QCOMPARE(kit::slurp(folder.filePath(u"real"_s)), "new"_ba);
    QVERIFY(QFileInfo(folder.filePath(u"link"_s)).isSymLink());
    QCOMPARE(modeOf(folder.filePath(u"real"_s)), 0700);
}

void FilesCheck::refusesALinkToNothing()
{
    const QTemporaryDir folder;
    QFile::link(u"nowhere"_s, folder.filePath(u"link"_s));
    QVERIFY(!files::writeWhole(folder.filePath(u"link"_s), "new"));
    QCOMPARE(namesIn(folder.path()), QStringList{u"link"_s});
}

void FilesCheck::leavesOldOrNewAtEveryFault_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<FaultPlan::Reach>("reach");
    QTest::addRow("disk full") << ENOSPC << FaultPlan::Reach::OneCall;
    QTest::addRow("broken disk") << EIO << FaultPlan::Reach::OneCall;
    QTest::addRow("killed") << EIO << FaultPlan::Reach::Crash;
}

void FilesCheck::leavesOldOrNewAtEveryFault()
{
    QFETCH(int, error);
    QFETCH(FaultPlan::Reach, reach);
    bool isReached = true;
    int faults = 0;
    for (int nth = 1; isReached; ++nth) {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"file"_s);
        kit::spill(path, "old");
        Result<> written;
        {
            const FaultPlan plan(nth, error, reach);
            written = files::writeWhole(path, "new");
            isReached = plan.isReached();
        }
        const QByteArray now = kit::slurp(path);
        QVERIFY2(now == "old" || now == "new", now.constData());
        if (written)
            QCOMPARE(now, "new"_ba);
        else
            QCOMPARE(written.error().kind(), error == ENOSPC ? ErrorKind::DiskFull : ErrorKind::Broken);
        if (reach == FaultPlan::Reach::OneCall)
            QCOMPARE(namesIn(folder.path()), QStringList{u"file"_s});
        faults += isReached;
    }
    QVERIFY(faults >= 5); // create, mode, write, fsync, rename, fsync of the folder
}

void FilesCheck::makesFoldersAndExchanges()
{
    const QTemporaryDir folder;
    QVERIFY(files::makeFolder(folder.filePath(u"a/b/c"_s)));
    QVERIFY(files::makeFolder(folder.filePath(u"a/b/c"_s)));
    kit::spill(folder.filePath(u"a/one"_s), "1");
    kit::spill(folder.filePath(u"two/inside"_s), "2");
    QVERIFY(files::exchange(folder.filePath(u"a/one"_s), folder.filePath(u"two"_s)));
    QCOMPARE(kit::slurp(folder.filePath(u"a/one/inside"_s)), "2"_ba);
    QCOMPARE(kit::slurp(folder.filePath(u"two"_s)), "1"_ba);
    const auto blocked = files::makeFolder(folder.filePath(u"two/sub"_s));
    QVERIFY(!blocked);
    QVERIFY(blocked.error().summary().contains(folder.filePath(u"two/sub"_s)));
    QVERIFY(files::freeBytes(folder.path()) > 0);
}

void FilesCheck::removesItsTemporaryFolder()
{
    const QTemporaryDir folder;
    {
        auto temporary = files::TemporaryFolder::make(folder.filePath(u"deep/er"_s), u".t-"_s).value();
        kit::spill(temporary.path() + u"/x/y"_s, "1");
        auto moved = std::move(temporary);
        QVERIFY(files::exists(moved.path()));
    }
    QCOMPARE(namesIn(folder.filePath(u"deep/er"_s)), QStringList());
}

QTEST_GUILESS_MAIN(FilesCheck)
#include "files.moc"
