// SPDX-License-Identifier: Apache-2.0
#include "archive/zip_index.h"

#include <map>

#include <QTemporaryDir>
#include <QTest>

#include "archive/unpack.h"
#include "kit/golden.h"
#include "kit/random.h"
#include "kit/zip_catalogue.h"
#include "process/runner.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using archive::ZipIndex;

namespace {

/// Names and contents.
using Tree = std::map<QString, QByteArray>;

archive::ReadRange rangesOf(const QByteArray &bytes)
{
    return [bytes](qint64 first, qint64 length) -> Result<QByteArray> {
        if (first < 0 || length < 0 || first + length > bytes.size())
            return std::unexpected(Error(ErrorKind::Broken, u"beyond the end"_s));
        return bytes.mid(first, length);
    };
}

Result<Tree> readByRanges(const QByteArray &bytes)
{
    const ZipIndex index = SCONCE_TRY(ZipIndex::open(bytes.size(), rangesOf(bytes)));
    Tree tree;
    for (const archive::ZipEntry &entry : index.entries()) {
        const QByteArray contents = SCONCE_TRY(index.read(entry));
        if (!entry.isFolder())
            tree[entry.name] = contents;
    }
    for (const archive::ZipEntry &entry : index.repeats()) {
        if (SCONCE_TRY(index.read(entry)) != tree[entry.name])
            return std::unexpected(Error(ErrorKind::BadInput, u"twice, and not the same"_s));
    }
    return tree;
}

Result<Tree> readFromFile(const QByteArray &bytes)
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"x.zip"_s), bytes);
    const ZipIndex index = SCONCE_TRY(ZipIndex::open(folder.filePath(u"x.zip"_s)));
    const auto rows = SCONCE_TRY(archive::unpack(
        folder.filePath(u"x.zip"_s), index, folder.filePath(u"out"_s), JobContext::unwatched()));
    Tree tree;
    for (const archive::Unpacked &row : rows)
        tree[row.name] = kit::slurp(folder.filePath(u"out/"_s + row.name));
    return tree;
}

bool saysOneOf(const Error &error, const QString &parts)
{
    const QStringList list = parts.split(u'|');
    return std::ranges::any_of(list, [&](const QString &part) { return error.summary().contains(part); });
}

QByteArray plainArchive()
{
    kit::ZipArchive archive;
    for (const char *name :
        {"pkg/__init__.py", "pkg/data.bin", "pkg/streamed.txt", "pkg/large", "pkg-1.dist-info/RECORD"}) {
        kit::ZipMember member;
        member.name = name;
        member.data = QByteArray(name).repeated(7);
        archive.members.push_back(member);
    }
    archive.members[1].method = 0;
    archive.members[2].descriptor = kit::ZipMember::Descriptor::Marked;
    archive.members[3].isZip64 = true;
    return archive.bytes();
}

} // namespace

class ZipIndexCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesTheCatalogue_data();
    void judgesTheCatalogue();
    void agreesWithPython();
    void neverMisreadsACutArchive();
    void neverMisreadsAFlippedBit();
    void readsAFewRangesOnly();
    void fetchesALargeDirectoryOnItsOwn();
    void looksUpNames();
    void keepsToItsLimits();
    void opensManyEntriesInLinearTime();
    void refusesAnUnbelievableCount();
};

void ZipIndexCheck::judgesTheCatalogue_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("refusal");
    for (const kit::ZipCase &one : kit::zipCatalogue())
        QTest::addRow("%s", one.name.constData()) << one.archive << one.refusal;
}

// A40: read from ranges or from a file, the verdict and the contents are the same.
void ZipIndexCheck::judgesTheCatalogue()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, refusal);
    const Result<Tree> ranges = readByRanges(bytes);
    const Result<Tree> file = readFromFile(bytes);
    for (const Result<Tree> *tree : {&ranges, &file}) {
        if (refusal.isEmpty()) {
            QVERIFY2(*tree, tree->has_value() ? "" : qPrintable(tree->error().forLog()));
        } else {
            QVERIFY(!*tree);
            QCOMPARE(tree->error().kind(), ErrorKind::BadInput);
            QVERIFY2(saysOneOf(tree->error(), refusal), qPrintable(tree->error().forLog()));
        }
    }
    if (ranges)
        QCOMPARE(*ranges, *file);
}

// A41: what another reader sees otherwise must be among what is refused here.
void ZipIndexCheck::agreesWithPython()
{
    const QTemporaryDir folder;
    std::vector<std::pair<QString, Tree>> accepted;
    int number = 0;
    for (const kit::ZipCase &one : kit::zipCatalogue()) {
        const Result<Tree> tree = readByRanges(one.archive);
        if (!tree || one.name.contains("zstd"))
            continue; // Python reads zstd from 3.14 on
        const QString path = folder.filePath(u"%1.zip"_s.arg(number++));
        kit::spill(path, one.archive);
        accepted.emplace_back(path, *tree);
    }
    QVERIFY(accepted.size() > 20);
    process::Command command{.program = u"python3"_s, .arguments = {u"-I"_s, u"-c"_s, uR"(
import sys, zipfile
for path in sys.argv[1:]:
    seen = {}
    for member in zipfile.ZipFile(path).infolist():
        seen["/".join(p for p in member.filename.split("/") if p not in ("", "."))] = zipfile.ZipFile(path).read(member)
    print(repr([(name.encode().hex(), seen[name].hex()) for name in sorted(seen, key=lambda n: n.encode("utf-16-be"))]))
)"_s}};
    for (const auto &[path, tree] : accepted)
        command.arguments.append(path);
    process::SystemRunner runner;
    const auto outcome = runner.run(command, JobContext::unwatched());
    QVERIFY(outcome);
    QVERIFY2(outcome->succeeded(), outcome->errorOutput.constData());
    const QList<QByteArray> lines = outcome->output.trimmed().split('\n');
    QCOMPARE(std::size_t(lines.size()), accepted.size());
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        QByteArrayList ours;
        for (const auto &[name, contents] : accepted[i].second)
            ours.append("('" + name.toUtf8().toHex() + "', '" + contents.toHex() + "')");
        QCOMPARE('[' + ours.join(", ") + ']', lines[qsizetype(i)]);
    }
}

// A39
void ZipIndexCheck::neverMisreadsACutArchive()
{
    const QByteArray whole = plainArchive();
    QVERIFY(readByRanges(whole));
    for (qsizetype size = 0; size < whole.size(); ++size) {
        QVERIFY2(!readByRanges(whole.first(size)), qPrintable(QString::number(size)));
        if (size % 16 == 0)
            QVERIFY2(!readFromFile(whole.first(size)), qPrintable(QString::number(size)));
    }
}

// A39
void ZipIndexCheck::neverMisreadsAFlippedBit()
{
    const QByteArray whole = plainArchive();
    const Tree tree = readByRanges(whole).value();
    std::mt19937 random(kit::seed());
    qsizetype refused = 0;
    for (int i = 0; i < 4000; ++i) {
        QByteArray bytes = whole;
        const unsigned bit =
            i < 2000 ? unsigned(i) % unsigned(8 * whole.size()) : random() % unsigned(8 * whole.size());
        bytes[bit / 8] = char(bytes[bit / 8] ^ 1 << bit % 8);
        const Result<Tree> read = i % 20 == 0 ? readFromFile(bytes) : readByRanges(bytes);
        refused += !read;
        if (read)
            QVERIFY2(*read == tree, qPrintable(QString::number(bit)));
    }
    QVERIFY(refused > 2000);
}

void ZipIndexCheck::readsAFewRangesOnly()
{
    kit::ZipArchive archive;
    for (int i = 0; i < 3; ++i) {
        kit::ZipMember member;
        member.name = "pkg/" + QByteArray::number(i);
        member.data = QByteArray(200'000, char('a' + i));
        member.method = 0;
        archive.members.push_back(member);
    }
    const QByteArray bytes = archive.bytes();
    QList<std::pair<qint64, qint64>> asked;
    const auto read = [&, ranges = rangesOf(bytes)](qint64 first, qint64 length) {
        asked.append({first, length});
        return ranges(first, length);
    };
    const ZipIndex index = ZipIndex::open(bytes.size(), read).value();
    QCOMPARE(asked.size(), 1); // the directory lies in the tail
    QCOMPARE(index.read(*index.find(u"pkg/1")).value(), QByteArray(200'000, 'b'));
    QCOMPARE(asked.size(), 2);
    QVERIFY(asked[1].second < 200'100);
}

void ZipIndexCheck::fetchesALargeDirectoryOnItsOwn()
{
    kit::ZipArchive archive;
    for (int i = 0; i < 2000; ++i) {
        kit::ZipMember member;
        member.name = "package/with/a/long/name/" + QByteArray::number(i);
        archive.members.push_back(member);
    }
    const QByteArray bytes = archive.bytes();
    int asked = 0;
    const auto read = [&, ranges = rangesOf(bytes)](qint64 first, qint64 length) {
        ++asked;
        return ranges(first, length);
    };
    const ZipIndex index = ZipIndex::open(bytes.size(), read).value();
    QCOMPARE(asked, 2);
    QCOMPARE(index.entries().size(), std::size_t(2000));
}

void ZipIndexCheck::looksUpNames()
{
    const QByteArray bytes = plainArchive();
    const ZipIndex index = ZipIndex::open(bytes.size(), rangesOf(bytes)).value();
    QCOMPARE(index.find(u"pkg/data.bin")->size, 12 * 7);
    QVERIFY(!index.find(u"pkg"));
    QVERIFY(!index.find(u"PKG/data.bin"));
    const auto tooLarge = index.read(*index.find(u"pkg/data.bin"), 50);
    QVERIFY(!tooLarge);
    QCOMPARE(tooLarge.error().kind(), ErrorKind::BadInput);
}

// A51, A54
void ZipIndexCheck::keepsToItsLimits()
{
    const QByteArray bytes = plainArchive();
    const auto refusal = [&](const archive::ZipLimits &limits) {
        const auto index = ZipIndex::open(bytes.size(), rangesOf(bytes), limits);
        return index ? QString() : index.error().summary();
    };
    QCOMPARE(refusal({}), QString());
    QVERIFY(refusal({.entries = 4}).contains(u"5 entries"_s));
    QVERIFY(refusal({.totalSize = 200}).contains(u"200"_s));
    QVERIFY(refusal({.ratioFrom = 0, .ratio = 0 + 1}).isEmpty());
}

// A19
void ZipIndexCheck::opensManyEntriesInLinearTime()
{
    kit::ZipArchive archive;
    archive.members.resize(60'000);
    for (std::size_t i = 0; i < archive.members.size(); ++i)
        archive.members[i].name =
            "pkg/" + QByteArray::number(qulonglong(i % 50)) + '/' + QByteArray::number(qulonglong(i));
    const QByteArray bytes = archive.bytes();
    const auto begin = std::chrono::steady_clock::now();
    QCOMPARE(ZipIndex::open(bytes.size(), rangesOf(bytes)).value().entries().size(), archive.members.size());
    QVERIFY(
        std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)); // a square would take minutes
}

// A54: the numbers of a zip64 end record alone must not cost memory.
void ZipIndexCheck::refusesAnUnbelievableCount()
{
    kit::ZipArchive archive;
    archive.end64 = kit::ZipArchive::End64::Only;
    QByteArray bytes = archive.bytes();
    const QByteArray many = kit::number(20'000'000, 8);
    bytes.replace(24, 16, many + many);
    const auto index = ZipIndex::open(bytes.size(), rangesOf(bytes));
    QVERIFY(!index);
    QVERIFY2(index.error().summary().contains(u"more entries"_s), qPrintable(index.error().summary()));
}

QTEST_GUILESS_MAIN(ZipIndexCheck)
#include "zip_index.moc"
