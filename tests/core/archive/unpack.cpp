// SPDX-License-Identifier: Apache-2.0
#include "archive/unpack.h"

#include <cerrno>

#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>

#include "files/digest.h"
#include "files/files.h"
#include "files/system.h"
#include "kit/golden.h"
#include "kit/zip_writer.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using archive::unpack;
using archive::ZipIndex;
using files::system::FaultPlan;

namespace {

int modeOf(const QString &path)
{
    struct stat facts{};
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0 ? int(facts.st_mode) : -1;
}

kit::ZipMember member(const QByteArray &name, const QByteArray &data, quint16 method = 8)
{
    kit::ZipMember made;
    made.name = name;
    made.data = data;
    made.method = method;
    return made;
}

/// Not compressible by much, so that its ratio is that of a real file.
QByteArray noise(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = char(state >> 27);
    }
    return bytes;
}

class Archive {
public:
    explicit Archive(const kit::ZipArchive &archive) { kit::spill(path(), archive.bytes()); }
    QString path() const { return m_folder.filePath(u"x.zip"_s); }
    QString out(const QString &name = {}) const
    {
        return m_folder.filePath(u"out"_s) + (name.isEmpty() ? name : u'/' + name);
    }
    Result<std::vector<archive::Unpacked>> unpacked(const JobContext &context = JobContext::unwatched()) const
    {
        const ZipIndex index = SCONCE_TRY(ZipIndex::open(path()));
        return unpack(path(), index, out(), context);
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

class UnpackCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesEverySizeAndMethod_data();
    void writesEverySizeAndMethod();
    void setsModes_data();
    void setsModes();
    void writesLinksAsFiles();
    void makesEmptyFolders();
    void comparesRepeats();
    void needsRoom();
    void stopsWhenAsked();
    void failsAtEveryFault();
    void keepsMemoryBounded();
};

void UnpackCheck::writesEverySizeAndMethod_data()
{
    QTest::addColumn<quint16>("method");
    QTest::addColumn<qsizetype>("size");
    for (const quint16 method : {0, 8, 93}) {
        for (const qsizetype size : {0, 1, 70'000, 5'000'000})
            QTest::addRow("A36 method %d, %lld bytes", method, qlonglong(size)) << method << size;
    }
    // Above 128 MiB contents come in pieces.
    QTest::addRow("A57 130 MiB") << quint16(8) << qsizetype(130 << 20);
}

void UnpackCheck::writesEverySizeAndMethod()
{
    QFETCH(quint16, method);
    QFETCH(qsizetype, size);
    const QByteArray data = noise(size);
    kit::ZipArchive archive;
    archive.members = {member("a/first", "1"), member("a/b/it", data, method), member("last", "2")};
    const Archive place(archive);
    const auto rows = place.unpacked();
    QVERIFY2(rows, rows ? "" : qPrintable(rows.error().forLog()));
    QCOMPARE(rows->size(), std::size_t(3));
    QCOMPARE(rows->at(1).name, u"a/b/it"_s);
    QCOMPARE(rows->at(1).size, qint64(size));
    QCOMPARE(rows->at(1).digest, files::sha256(data));
    QVERIFY(kit::slurp(place.out(u"a/b/it"_s)) == data);
    QCOMPARE(kit::slurp(place.out(u"last"_s)), "2"_ba);
}

void UnpackCheck::setsModes_data()
{
    QTest::addColumn<int>("stored");
    QTest::addColumn<int>("mask");
    QTest::addColumn<int>("wanted");
    const auto row = [](int stored, int mask, int wanted) {
        QTest::addRow("A11 %o less %o", stored, mask) << stored << mask << wanted;
    };
    for (const int stored : {0, 0600, 0644, 0666})
        row(stored, 022, 0644);
    for (const int stored : {0755, 0700, 0001, 0010, 0777, 04755, 02755, 01777})
        row(stored, 022, 0755);
    row(0644, 0, 0666);
    row(0755, 0, 0777);
    row(0644, 077, 0600);
    row(0755, 077, 0711);
    row(0644, 0777, 0);
    row(0755, 0777, 0111);
}

void UnpackCheck::setsModes()
{
    QFETCH(int, stored);
    QFETCH(int, mask);
    QFETCH(int, wanted);
    kit::ZipArchive archive;
    archive.members = {member("x", "1")};
    archive.members[0].mode = quint32(0100000 | stored);
    const Archive place(archive);
    QVERIFY(files::makeFolder(place.out()));
    const mode_t old = ::umask(mode_t(mask));
    const auto rows = place.unpacked();
    ::umask(old);
    QVERIFY(rows);
    QCOMPARE(modeOf(place.out(u"x"_s)), S_IFREG | wanted);
    QCOMPARE(rows->at(0).isExecutable, (stored & 0111) != 0);
}

void UnpackCheck::writesLinksAsFiles()
{
    kit::ZipArchive archive;
    archive.members = {member("link", "/etc/hostname", 0)};
    archive.members[0].mode = 0120777;
    const Archive place(archive);
    QVERIFY(place.unpacked());
    QVERIFY(S_ISREG(modeOf(place.out(u"link"_s))));
    QCOMPARE(kit::slurp(place.out(u"link"_s)), "/etc/hostname"_ba);
}

void UnpackCheck::makesEmptyFolders()
{
    kit::ZipArchive archive;
    archive.members = {member("a/empty/", "", 0), member("a/file", "1")};
    archive.members[0].mode = 040000;
    const Archive place(archive);
    QCOMPARE(place.unpacked().value().size(), std::size_t(1));
    QVERIFY(QFileInfo(place.out(u"a/empty"_s)).isDir());
    QVERIFY((modeOf(place.out(u"a/empty"_s)) & 0700) == 0700);
}

// A23: equal checksums prove nothing, since they can be made.
void UnpackCheck::comparesRepeats()
{
    kit::ZipArchive archive;
    archive.members = {member("x", "plumless", 0), member("x", "buckeroo", 0)};
    QCOMPARE(kit::crc32("plumless"), kit::crc32("buckeroo"));
    const Archive place(archive);
    QVERIFY(ZipIndex::open(place.path()));
    const auto rows = place.unpacked();
    QVERIFY(!rows);
    QVERIFY2(rows.error().summary().contains(u"not the same"_s), qPrintable(rows.error().summary()));
}

// A56
void UnpackCheck::needsRoom()
{
    kit::ZipArchive archive;
    constexpr quint64 Huge = 1ULL << 53;
    archive.members = {member("x", "1", 8)};
    archive.members[0].isZip64 = true;
    const QByteArray offsets = kit::number(quint64(kit::deflated("1").size()), 8);
    archive.members[0].local.zip64Field = kit::number(Huge, 8) + offsets;
    archive.members[0].central.zip64Field = kit::number(Huge, 8) + offsets + kit::number(0, 8);
    const Archive place(archive);
    constexpr archive::ZipLimits None{.totalSize = 1LL << 60, .ratioFrom = 1LL << 60};
    const ZipIndex index = ZipIndex::open(place.path(), None).value();
    const auto rows = unpack(place.path(), index, place.out(), JobContext::unwatched());
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind(), ErrorKind::DiskFull);
    QVERIFY(rows.error().summary().contains(u"free"_s));
    QVERIFY(!files::exists(place.out(u"x"_s)));
}

void UnpackCheck::stopsWhenAsked()
{
    kit::ZipArchive archive;
    archive.members = {member("x", "1")};
    const Archive place(archive);
    std::stop_source stop;
    stop.request_stop();
    const auto rows = place.unpacked(JobContext(stop.get_token(), std::make_shared<Progress>()));
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind(), ErrorKind::Stopped);
}

void UnpackCheck::failsAtEveryFault()
{
    kit::ZipArchive archive;
    archive.members = {member("a/small", "1"), member("a/tool", "2"), member("large", noise(5'000'000))};
    archive.members[1].mode = 0100755;
    int faults = 0;
    for (int nth = 1;; ++nth) {
        const Archive place(archive);
        const FaultPlan plan(nth, ENOSPC, FaultPlan::Reach::OneCall);
        const auto rows = place.unpacked();
        if (!plan.isReached())
            break;
        ++faults;
        if (!rows)
            QCOMPARE(rows.error().kind(), ErrorKind::DiskFull);
        else // a folder that could not be made at first is made with its parent
            QCOMPARE(kit::slurp(place.out(u"a/small"_s)), "1"_ba);
    }
    QVERIFY(faults >= 7);
}

// I7: contents that do not fit are not kept in memory.
void UnpackCheck::keepsMemoryBounded()
{
    const auto peak = [] {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss; // KiB
    };
    kit::ZipArchive archive;
    kit::ZipMember large = member("large", QByteArray(300 << 20, '\0'), 8);
    archive.members = {large};
    const Archive place(archive);
    large.data.clear();
    archive.members.clear();
    constexpr archive::ZipLimits Any{.ratio = 10'000};
    const ZipIndex index = ZipIndex::open(place.path(), Any).value();
    const long before = peak();
    QVERIFY(unpack(place.path(), index, place.out(), JobContext::unwatched()));
    QVERIFY2(peak() - before < 256 << 10, qPrintable(QString::number(peak() - before)));
}

QTEST_GUILESS_MAIN(UnpackCheck)
#include "unpack.moc"
