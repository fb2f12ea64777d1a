// SPDX-License-Identifier: Apache-2.0
#include "lock/read.h"

#include <QTest>

#include "kit/golden.h"
#include "lock/write.h"

using namespace Qt::StringLiterals;
using namespace sconce;

namespace {

const QString Folder = QStringLiteral(CASES "/");

QByteArray bytesOf(const QString &name)
{
    return kit::slurp(Folder + name);
}

lock::Lock parsed(const QByteArray &bytes)
{
    auto lock = lock::parse(bytes, u"uv.lock"_s);
    if (!lock)
        qFatal("%s", qPrintable(lock.error().forLog()));
    return *lock;
}

names::Name name(QStringView text)
{
    return *names::Name::parse(text);
}

} // namespace

class ReadCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackByteForByte_data()
    {
        QTest::addColumn<QString>("file");
        const QStringList files = QDir(Folder).entryList({u"*.lock"_s}, QDir::Files);
        QVERIFY(files.size() >= 20);
        for (const QString &file : files)
            QTest::newRow(qPrintable(file)) << file;
    }

    void comesBackByteForByte()
    {
        QFETCH(const QString, file);
        const QByteArray bytes = bytesOf(file);
        const auto lock = lock::parse(bytes, file);
        QVERIFY2(lock, qPrintable(lock ? QString() : lock.error().forLog()));
        QCOMPARE(lock::bytes(*lock), bytes);
    }

    void layoutDoesNotCount_data() { comesBackByteForByte_data(); }

    void layoutDoesNotCount()
    {
        QFETCH(const QString, file);
        const QByteArray bytes = bytesOf(file);
        const lock::Lock lock = parsed(bytes);
        QByteArray windows = bytes;
        windows.replace("\n", "\r\n");
        QCOMPARE(lock::bytes(parsed(windows)), bytes);
        QByteArray wide = "# by hand\n" + bytes;
        wide.replace(" = ", "  =\t")
            .replace("]\n", "]  # end\n")
            .replace("{ ", "{")
            .replace("\n[[", "\n\n\n[[");
        QCOMPARE(lock::bytes(parsed(wide)), bytes);
        // A float and an escape are beyond the fast reader: everything takes the other way.
        QByteArray other = "unknown = 1.5\n" + bytes;
        other.replace("name = \"demo\"", "name = \"\\u0064emo\"");
        QVERIFY(parsed(other) == lock);
        QCOMPARE(lock::bytes(parsed(other)), lock::bytes(lock));
    }

    void olderSpellings()
    {
        const QByteArray bytes = bytesOf(u"groups.lock"_s);
        QByteArray old = bytes;
        old.replace("[[package]]", "[[distribution]]")
            .replace("[package.", "[distribution.")
            .replace("dev-dependencies", "dependency-groups")
            .replace("requires-dev", "dependency-groups")
            .replace("upload-time", "upload_time");
        QVERIFY(old != bytes);
        QCOMPARE(lock::bytes(parsed(old)), bytes);
    }

    void unknownKeysArePassedOver()
    {
        const QByteArray bytes = bytesOf(u"extras.lock"_s);
        QByteArray future = bytes;
        future.replace("[[package]]\n", "[[package]]\nmood = { colour = \"blue\", days = [1, 2, 3] }\n");
        future += "\n[future]\nkey = true\n";
        QCOMPARE(lock::bytes(parsed(future)), bytes);
    }

    void revisionStays_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("revision");
        QTest::newRow("none") << QByteArray() << 0;
        QTest::newRow("1") << QByteArray("revision = 1\n") << 1;
        QTest::newRow("from the future") << QByteArray("revision = 99\n") << 99;
    }

    void revisionStays()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const int, revision);
        const QByteArray bytes = bytesOf(u"extras.lock"_s).replace("revision = 5\n", line);
        const lock::Lock lock = parsed(bytes);
        QCOMPARE(lock.revision, revision);
        QCOMPARE(lock::bytes(lock), bytes);
        QVERIFY(lock == parsed(bytesOf(u"extras.lock"_s))); // the revision is no difference
    }

    void head()
    {
        const lock::Lock lock = parsed(bytesOf(u"rare.lock"_s));
        QCOMPARE(lock.requiresPython.text(), u">=3.10, !=3.11.*, <4"_s);
        QCOMPARE(lock.resolutionMarkers.size(), 2U);
        QCOMPARE(lock.resolutionMarkers[0].marker, *markers::Marker::parse(lock.resolutionMarkers[0].text));
        QVERIFY(lock.supportedMarkers && lock.supportedMarkers->empty());
        QCOMPARE(lock.requiredMarkers->size(), 1U);
        QCOMPARE(lock.conflicts.size(), 2U);
        QCOMPARE(lock.conflicts[0][0].markerName().text(), u"extra-4-demo-cpu"_s);
        QCOMPARE(lock.conflicts[0][1].markerName().text(), u"group-4-demo-gpu"_s);
        QCOMPARE(lock.conflicts[0][2].markerName().text(), u"project-4-demo"_s);
        QCOMPARE(lock.options.resolutionMode, u"lowest-direct"_s);
        QCOMPARE(lock.options.excludeNewer->span, u"P7D"_s);
        QVERIFY(lock.options.excludeNewer->time.isEmpty());
        QCOMPARE(lock.options.excludeNewerPackages.size(), 3U);
        QVERIFY(!lock.options.excludeNewerPackages[0].second);
        QCOMPARE(lock.manifest.overrides[0].scope->package, name(u"tool"));
        QCOMPARE(lock.manifest.excludes[1].names, std::vector{name(u"werkzeug")});
        QCOMPARE(lock.manifest.dependencyMetadata[0].requiresDist[1], u"beta ; platform_version == \"1\"");
    }

    void packages()
    {
        const lock::Lock lock = parsed(bytesOf(u"rare.lock"_s));
        QCOMPARE(lock.packages.size(), 7U);
        QCOMPARE(lock.named(name(u"zeta")), (std::vector<std::size_t>{5, 6}));
        QCOMPARE(lock.roots(), (std::vector<std::size_t>{0, 1, 4}));
        const lock::Package &demo = lock.packages[1];
        QVERIFY(!demo.version);
        QVERIFY(demo.defaultGroups->isAll);
        QCOMPARE(demo.dependencies.size(), 6U);
        QCOMPARE(demo.dependencies[4].target, 5U);
        QCOMPARE(demo.dependencies[5].target, 6U);
        QCOMPARE(demo.dependencies[3].extras, std::vector{name(u"fast")});
        QCOMPARE(demo.groupRequiresPython.at(name(u"gpu")), u">=3.10,<3.13"_s);
        QCOMPARE(demo.metadata.providesExtras.size(), 2U);
        QVERIFY(demo.metadata.requiresDev.at(name(u"gpu")).empty());
        QVERIFY(lock.packages[2].source.isFolderRegistry());
        QCOMPARE(lock.packages[2].wheels[0].name(), u"from_folder-2.0rc1-py3-none-any.whl"_s);
        QVERIFY(lock.packages[3].source.kind == lock::Source::Kind::Git);
        QCOMPARE(lock.packages[6].wheels[0].name(), u"zeta-1.0+cpu-py3-none-any.whl"_s);
        QCOMPARE(lock.packages[5].wheels[0].zstd->size, std::optional<qint64>(12));
    }

    void markerTextStaysAsItWas()
    {
        QByteArray bytes = bytesOf(u"rare.lock"_s);
        bytes.replace("\"sys_platform == 'linux'\",", "\"'linux' == sys_platform or python_version < '2'\",");
        const lock::Lock lock = parsed(bytes);
        QCOMPARE(lock::bytes(lock), bytes);
        QVERIFY(lock.requiredMarkers->front() != parsed(bytesOf(u"rare.lock"_s)).requiredMarkers->front());
        QVERIFY(
            lock::LockedMarker::of(lock.requiredMarkers->front().marker) == lock.requiredMarkers->front());
    }

    void textsNeedingQuotes()
    {
        lock::Lock lock = parsed(bytesOf(u"trees.lock"_s));
        for (const QString &location :
            {u"a\"b"_s, u"a\\b"_s, u"a\\\"b'c"_s, u"tab\tand\nline"_s, u"ä\u2028€"_s, u"'''\"\"\""_s}) {
            lock.packages.back().source.location = location;
            const lock::Lock again = parsed(lock::bytes(lock));
            QCOMPARE(again.packages.back().source.location, location);
        }
    }

    void wheelNamesCanBeTrusted()
    {
        QByteArray bytes = bytesOf(u"archives.lock"_s);
        bytes.replace("filename = \"p-1.0-", "filename = \"p-1.1-");
        QVERIFY(!lock::parse(bytes, u"uv.lock"_s));
        QVERIFY(lock::parse(bytes, u"uv.lock"_s, lock::WheelNames::Trust));
    }
};

QTEST_GUILESS_MAIN(ReadCheck)
#include "read.moc"
