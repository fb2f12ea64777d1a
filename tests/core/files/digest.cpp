// SPDX-License-Identifier: Apache-2.0
#include "files/digest.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;

class DigestCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsTheStandardsExamples_data();
    void knowsTheStandardsExamples();
    void addsUpPieces();
    void readsFiles();
    void stopsOnTheWay();
    void writesRecordHashes();
};

// FIPS 180-4, examples of NIST.
void DigestCheck::knowsTheStandardsExamples_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("hex");
    QTest::addRow("nothing") << ""_ba
                             << u"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_s;
    QTest::addRow("abc") << "abc"_ba << u"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_s;
    QTest::addRow("two blocks") << "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"_ba
                                << u"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"_s;
}

void DigestCheck::knowsTheStandardsExamples()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, hex);
    QCOMPARE(files::sha256Hex(text), hex);
}

void DigestCheck::addsUpPieces()
{
    files::Sha256 sum;
    QByteArray whole;
    for (int i = 0; i < 300; ++i) {
        const QByteArray piece(i, char(i));
        sum.add(piece);
        whole += piece;
    }
    QCOMPARE(sum.finish(), QCryptographicHash::hash(whole, QCryptographicHash::Sha256));
    sum.add("abc");
    QCOMPARE(sum.finish(), files::sha256("abc"));
}

void DigestCheck::readsFiles()
{
    const QTemporaryDir folder;
    const QByteArray bytes(3'000'001, 'q');
    kit::spill(folder.filePath(u"file"_s), bytes);
    QCOMPARE(files::sha256HexOfFile(folder.filePath(u"file"_s), JobContext::unwatched()).value(),
        files::sha256Hex(bytes));
    QCOMPARE(files::sha256HexOfFile(folder.filePath(u"absent"_s), JobContext::unwatched()).error().kind(),
        ErrorKind::NotFound);
}

void DigestCheck::stopsOnTheWay()
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"file"_s), "x");
    std::stop_source stop;
    stop.request_stop();
    const auto hex = files::sha256HexOfFile(
        folder.filePath(u"file"_s), JobContext(stop.get_token(), std::make_shared<Progress>()));
    QCOMPARE(hex.error().kind(), ErrorKind::Stopped);
}

void DigestCheck::writesRecordHashes()
{
    QCOMPARE(files::recordHash(files::sha256("")), u"sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"_s);
}

QTEST_GUILESS_MAIN(DigestCheck)
#include "digest.moc"
