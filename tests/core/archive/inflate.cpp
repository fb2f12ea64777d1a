// SPDX-License-Identifier: Apache-2.0
#include "archive/inflate.h"

#include <QTest>

#include "kit/zip_writer.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using archive::ZipEntry;

namespace {

using Method = ZipEntry::Method;

Result<QByteArray> atOnce(const ZipEntry &entry, const QByteArray &packed)
{
    QByteArray contents(entry.size, Qt::Uninitialized);
    SCONCE_TRY(archive::unpackInto(contents, packed, entry));
    return contents;
}

Result<QByteArray> inPieces(const ZipEntry &entry, const QByteArray &packed, qsizetype piece)
{
    QByteArray contents;
    qsizetype at = 0;
    const auto next = [&]() -> Result<QByteArrayView> {
        const QByteArrayView part = QByteArrayView(packed).sliced(at, std::min(piece, packed.size() - at));
        at += part.size();
        return part;
    };
    SCONCE_TRY(archive::unpackThrough(entry, next, [&](QByteArrayView part) -> Result<> {
        contents += part;
        return {};
    }));
    return contents;
}

QByteArray packedBy(Method method, const QByteArray &contents)
{
    switch (method) {
    case Method::Deflated: return kit::deflated(contents);
    case Method::Zstandard: return kit::zstandard(contents);
    case Method::Stored: break;
    }
    return contents;
}

ZipEntry entryFor(Method method, const QByteArray &contents, const QByteArray &packed)
{
    ZipEntry entry;
    entry.name = u"x"_s;
    entry.method = method;
    entry.size = contents.size();
    entry.compressedSize = packed.size();
    entry.crc = kit::crc32(contents);
    return entry;
}

} // namespace

class InflateCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesTheContents_data();
    void givesTheContents();
    void refusesDamage_data();
    void refusesDamage();
    void stopsAtTheDeclaredSize();
    void refusesHugeWindows();
};

void InflateCheck::givesTheContents_data()
{
    QTest::addColumn<Method>("method");
    QTest::addColumn<QByteArray>("contents");
    for (const auto &[name, method] : {std::pair("stored", Method::Stored),
             std::pair("deflate", Method::Deflated), std::pair("zstd", Method::Zstandard)}) {
        QTest::addRow("%s, nothing", name) << method << ""_ba;
        QTest::addRow("%s, a byte", name) << method << "x"_ba;
        // Exactly one piece of output, and one byte more.
        QTest::addRow("%s, one piece", name) << method << QByteArray(256 << 10, 'a');
        QTest::addRow("%s, a byte more", name) << method << QByteArray((256 << 10) + 1, 'a');
        QTest::addRow("%s, much", name) << method << "0123456789"_ba.repeated(200'000);
    }
}

void InflateCheck::givesTheContents()
{
    QFETCH(Method, method);
    QFETCH(QByteArray, contents);
    const QByteArray packed = packedBy(method, contents);
    const ZipEntry entry = entryFor(method, contents, packed);
    QVERIFY(atOnce(entry, packed).value() == contents);
    for (const qsizetype piece : {7, 1000, 1 << 20})
        QVERIFY(inPieces(entry, packed, piece).value() == contents);
}

void InflateCheck::refusesDamage_data()
{
    QTest::addColumn<Method>("method");
    QTest::addColumn<QByteArray>("packed");
    const QByteArray contents = "contents of the file\n";
    for (const auto &[name, method] :
        {std::pair("deflate", Method::Deflated), std::pair("zstd", Method::Zstandard)}) {
        const QByteArray packed = packedBy(method, contents);
        QTest::addRow("A38 %s, cut off", name) << method << packed.chopped(1);
        QTest::addRow("A38 %s, nothing", name) << method << ""_ba;
        QTest::addRow("A38 %s, more behind", name) << method << packed + "x";
        QTest::addRow("A38 %s, twice", name) << method << packed + packed;
        QTest::addRow("A38 %s, other contents", name) << method << packedBy(method, "Contents of the file\n");
        QTest::addRow("A38 %s, fewer", name) << method << packedBy(method, "contents");
        QTest::addRow("A38 %s, noise", name) << method << QByteArray(40, '\xfe');
    }
    QTest::addRow("A38 stored, other contents") << Method::Stored << "Contents of the file\n"_ba;
}

void InflateCheck::refusesDamage()
{
    QFETCH(Method, method);
    QFETCH(QByteArray, packed);
    const ZipEntry entry = entryFor(method, "contents of the file\n", packed);
    const auto whole = atOnce(entry, packed);
    const auto pieces = inPieces(entry, packed, 3);
    QVERIFY(!whole);
    QVERIFY(!pieces);
    QCOMPARE(whole.error().kind(), ErrorKind::BadInput);
    QVERIFY(pieces.error().summary().contains(u"“x”"_s));
}

// A53
void InflateCheck::stopsAtTheDeclaredSize()
{
    const QByteArray packed = kit::deflated(QByteArray(50 << 20, '\0'));
    const ZipEntry entry = entryFor(Method::Deflated, QByteArray(1024, '\0'), packed);
    qint64 taken = 0;
    bool isGiven = false;
    const auto next = [&]() -> Result<QByteArrayView> {
        return std::exchange(isGiven, true) ? QByteArrayView() : QByteArrayView(packed);
    };
    QVERIFY(!archive::unpackThrough(entry, next, [&](QByteArrayView part) -> Result<> {
        taken += part.size();
        return {};
    }));
    QVERIFY(taken <= entry.size);
}

// A55
void InflateCheck::refusesHugeWindows()
{
    const QByteArray contents(5000, 'x'); // a frame that is there as a whole needs no window
    for (const int windowLog : {27, 28, 31}) {
        const QByteArray packed = kit::zstandard(contents, windowLog);
        QCOMPARE(inPieces(entryFor(Method::Zstandard, contents, packed), packed, 100).has_value(),
            windowLog <= 27);
    }
}

QTEST_GUILESS_MAIN(InflateCheck)
#include "inflate.moc"
