// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <QTest>

#include "kit/golden.h"
#include "lock/read.h"
#include "lock/write.h"

using namespace Qt::StringLiterals;
using namespace sconce;

namespace {

const QString Good = QStringLiteral(CASES "/../read/");

// One line for each thing that can go wrong.
const QByteArray Base = kit::slurp(QStringLiteral(CASES "/base.lock"));

Result<lock::Lock> parsed(const QByteArray &bytes)
{
    return lock::parse(bytes, u"uv.lock"_s);
}

} // namespace

class RefuseCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QByteArray>("old");
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const char *old, const char *now, int line, int column,
                             const char *sentence) {
            QVERIFY2(Base.contains(old), old);
            QTest::newRow(name) << QByteArray(old) << QByteArray(now) << line << column
                                << QString::fromUtf8(sentence);
        };
        row("no version", "version = 1\nrev", "rev", 1, 1, "“version” is missing here");
        row("version 2", "version = 1\n", "version = 2\n", 1, 11,
            "The lock has format version 2; only version 1 is understood");
        row("version text", "version = 1\n", "version = \"1\"\n", 1, 11, "“version” must be a whole number");
        row("version negative", "version = 1\n", "version = -1\n", 1, 11, "“version” must be a whole number");
        row("revision text", "revision = 5", "revision = \"5\"", 2, 12, "“revision” must be a whole number");
        row("no python", "requires-python", "requires-pythons", 1, 1, "“requires-python” is missing here");
        row("bad python", ">=3.12\"", "3.12\"", 3, 20,
            "“3.12” has no operator in front of the version; “==3.12” accepts only that version");
        row("bad fork", "sys_platform == 'linux'", "sys_platform = 'linux'", 5, 19,
            "“=” has no meaning in a marker");
        row("bad mode", "\"lowest\"", "\"deepest\"", 9, 19, "“resolution-mode” cannot be “deepest”");
        row("bad name", "name = \"demo\"", "name = \"-demo\"", 12, 9, "");
        row("no name", "name = \"demo\"\n", "", 11, 1, "“name” is missing here");
        row("name number", "name = \"demo\"", "name = 5", 12, 8, "“name” must be a text in quotes");
        row("bad version", "version = \"0.1.0\"", "version = \"zero\"", 13, 12, "");
        row("no source", "source = { virtual = \".\" }\n", "", 11, 1, "“source” is missing here");
        row("odd source", "virtual = \".\"", "cloud = \".\"", 14, 10, "This source is of no known kind");
        row("empty source", "virtual = \".\"", "virtual = \"\"", 14, 22, "“virtual” must not be empty");
        row("edges no list",
            "dependencies = [\n    { name = \"numpy\", marker = \"python_full_version < '3.13'\" },\n]",
            "dependencies = 1", 15, 16, "“dependencies” must be a list");
        row("edge no table", "{ name = \"numpy\", marker = \"python_full_version < '3.13'\" }", "\"numpy\"",
            16, 5, "This element must be a table");
        row("edge to nowhere", "{ name = \"numpy\", marker", "{ name = \"numbats\", marker", 16, 5,
            "“numbats” is needed here, but the lock has no such package");
        row("edge to another version", "{ name = \"numpy\", marker",
            "{ name = \"numpy\", version = \"2\", marker", 16, 5,
            "“numpy” 2 is needed here, but the lock has no such package");
        row("edge to another source", "{ name = \"numpy\", marker",
            "{ name = \"numpy\", source = { registry = \"https://b.test\" }, marker", 16, 5,
            "“numpy” is needed here, but the lock has no such package");
        row("edge twice", "},\n]\n\n[package.metadata]",
            "},\n    { name = \"numpy\", marker = \"'3.13' > python_full_version\" "
            "},\n]\n\n[package.metadata]",
            17, 5, "This dependency stands here twice");
        row("bad edge marker", "python_full_version < '3.13'", "python_fullversion < '3.13'", 16, 33,
            "“python_fullversion” is no variable of markers");
        row("bad specifier", "specifier = \">=1\"", "specifier = \">=one\"", 20, 51, "");
        row("package twice", "[[package]]\nname = \"numpy\"",
            "[[package]]\nname = \"numpy\"\nversion = \"1.0\"\nsource = { registry = "
            "\"https://index.test/simple\" }\n\n[[package]]\nname = \"numpy\"",
            27, 1, "“numpy” 1.0 stands in the lock twice");
        row("several of a name", "[[package]]\nname = \"numpy\"",
            "[[package]]\nname = \"numpy\"\nversion = \"0.9\"\nsource = { registry = "
            "\"https://index.test/simple\" }\n\n[[package]]\nname = \"numpy\"",
            16, 5, "It is not clear which package is meant: the lock has several called “numpy”");
        row("no version from index", "version = \"1.0\"\n", "", 22, 1,
            "“numpy” comes from an index and needs a version");
        row("wheel of another version", "numpy-1.0-py3", "numpy-1.1-py3", 27, 5,
            "“numpy-1.1-py3-none-any.whl” is not a file of “numpy” 1.0");
        row("no wheel", "numpy-1.0-py3-none-any.whl", "numpy-1.0.zip", 27, 5,
            "“numpy-1.0.zip” is no file name of a wheel");
        row("short hash", "sha256:9885", "sha256:985", 27, 69,
            "This is no hash of a known kind; it looks like “sha256:…” with 64 hexadecimal digits");
        row("odd hash", "sha256:9885", "crc32:9885", 27, 69,
            "This is no hash of a known kind; it looks like “sha256:…” with 64 hexadecimal digits");
        row("hash with other letters", "sha256:9885", "sha256:98g5", 27, 69,
            "This is no hash of a known kind; it looks like “sha256:…” with 64 hexadecimal digits");
        row("size text", "size = 5", "size = \"5\"", 27, 151, "“size” must be a whole number");
        row("url without hash", "registry = \"https://index.test/simple\"",
            "url = \"https://index.test/numpy-1.0-py3-none-any.whl\"", 0, 0, "");
        row("tree with wheels", "registry = \"https://index.test/simple\"", "directory = \"numpy\"", 22, 1,
            "“numpy” is a folder of sources and cannot have files");
        row("orphan", "{ name = \"numpy\", marker = \"python_full_version < '3.13'\" },\n", "", 21, 1,
            "“numpy” is needed by nothing: part of the lock is missing");
        row("member missing", "[options]\n",
            "[manifest]\nmembers = [\n    \"demo\",\n    \"other\",\n]\n\n[options]\n", 1, 1,
            "“other” is a member of the workspace, but the lock has no such package");
        row("no TOML", "version = 1\n", "version = 1 2\n", 1, 13, "“uv.lock” is no valid TOML from here on");
        row("key twice", "revision = 5\n", "revision = 5\nrevision = 5\n", 3, 12,
            "“uv.lock” is no valid TOML from here on");
        row("table twice", "[options]\n", "[options]\n[options]\n", 9, 1,
            "“uv.lock” is no valid TOML from here on");
        row("text without end", "name = \"demo\"", "name = \"demo", 12, 13,
            "“uv.lock” is no valid TOML from here on");
    }

    void saysWhatIsWrongAndWhere()
    {
        QFETCH(const QByteArray, old);
        QFETCH(const QByteArray, now);
        QFETCH(const int, line);
        QFETCH(const int, column);
        QFETCH(const QString, sentence);
        QVERIFY(parsed(Base));
        QByteArray bytes = Base;
        bytes.replace(bytes.indexOf(old), old.size(), now);
        const auto lock = parsed(bytes);
        if (line == 0) { // a change that is fine
            QVERIFY2(lock, qPrintable(lock ? QString() : lock.error().forLog()));
            return;
        }
        QVERIFY(!lock);
        const Error &error = lock.error();
        QVERIFY(error.kind() == ErrorKind::BadInput);
        QVERIFY(!error.hints().isEmpty());
        QVERIFY(error.place());
        QCOMPARE(error.place()->text().section(u'\n', 0, 0), u"uv.lock:%1:%2"_s.arg(line).arg(column));
        QCOMPARE(error.place()->lineText.toUtf8(), bytes.split('\n')[line - 1]);
        if (sentence.isEmpty())
            QVERIFY(!error.summary().isEmpty()); // words of another module
        else
            QCOMPARE(error.summary(), sentence);
    }

    /// Wherever a file is cut, it is refused or means the same. Only behind complete keys of the last package
    /// the cut leaves no trace.
    void cutAnywhere_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString &file : {u"conflicts.lock"_s, u"unlabelled.lock"_s})
            QTest::newRow(qPrintable(file)) << file;
    }

    void cutAnywhere()
    {
        QFETCH(const QString, file);
        const QByteArray bytes = kit::slurp(Good + file);
        const auto whole = parsed(bytes);
        QVERIFY(whole);
        int accepted = 0;
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            auto part = parsed(bytes.first(size));
            if (!part || *part == *whole)
                continue;
            const std::size_t count = part->packages.size();
            QVERIFY(count <= whole->packages.size());
            for (std::size_t i = 0; i + 1 < count; ++i)
                QVERIFY2(part->packages[i] == whole->packages[i], qPrintable(QString::number(size)));
            ++accepted;
        }
        QVERIFY2(accepted < 40, qPrintable(QString::number(accepted)));
    }

    /// One changed byte: refused, or read without harm.
    void changedAnywhere()
    {
        const quint32 seed = qEnvironmentVariableIsSet("SCONCE_SEED")
            ? quint32(qEnvironmentVariableIntValue("SCONCE_SEED"))
            : std::random_device()();
        qInfo("SCONCE_SEED=%u", seed);
        std::mt19937 random(seed);
        const QByteArray bytes = kit::slurp(Good + u"rare.lock"_s);
        QVERIFY(parsed(bytes));
        int refused = 0;
        for (int round = 0; round < 700; ++round) {
            QByteArray changed = bytes;
            const auto at = qsizetype(random() % std::size_t(bytes.size()));
            const auto byte = char(random());
            switch (random() % 3) {
            case 0: changed[at] = byte; break;
            case 1: changed.insert(at, byte); break;
            default: changed.remove(at, 1 + qsizetype(random() % 8)); break;
            }
            const auto lock = parsed(changed);
            if (lock)
                QVERIFY(parsed(lock::bytes(*lock)));
            else
                QVERIFY(!lock.error().summary().isEmpty() && lock.error().place());
            refused += !lock;
        }
        QVERIFY(refused > 150);
    }

    void mergeConflict()
    {
        QByteArray bytes = Base;
        bytes.replace("version = \"1.0\"\n",
            "<<<<<<< HEAD\nversion = \"1.0\"\n=======\nversion = \"1.1\"\n>>>>>>> other\n");
        const auto lock = parsed(bytes);
        QVERIFY(!lock);
        QCOMPARE(lock.error().summary(), u"“uv.lock” still holds both sides of a merge"_s);
        QCOMPARE(lock.error().place()->line, 24);
        QCOMPARE(lock.error().place()->lineText, u"<<<<<<< HEAD"_s);
        QCOMPARE(lock.error().hints().size(), 2);
    }

    void hostile_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("repeated");
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<QByteArray>("tail");
        const QByteArray lock = "version = 1\nrequires-python = \">=3.12\"\n";
        const auto row = [](const char *name, const QByteArray &head, const QByteArray &repeated,
                             qsizetype megabytes, const QByteArray &tail = {}) {
            QTest::newRow(name) << head << repeated << (megabytes << 20) << tail;
        };
        row("nothing", {}, {}, 0);
        row("zeros", {}, QByteArray(1, '\0'), 50);
        row("one character", {}, "x", 50);
        row("open lists", lock + "x = ", "[", 50);
        row("open lists, less", lock + "x = ", "[", 4);
        row("open tables", lock + "x = ", "{a=", 4);
        row("deep key", lock, "a.", 4, "a = 1\n");
        row("deep header", lock + "[", "a.", 4, "a]\n");
        row("numbers", lock + "x = [", "1,", 10, "]\n");
        row("text without end", lock + "x = \"", "x", 50);
        row("no UTF-8", lock + "x = \"\xff\xfe\"\n", {}, 0);
        row("UTF-16", QByteArray("\xff\xfev\0e\0r\0s\0i\0o\0n\0", 16), {}, 0);
        row("HTML", "<!DOCTYPE html><title>Not found</title>", {}, 0);
        row("blocks", lock, "[[package]]\n", 10);
    }

    void hostile()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const QByteArray, repeated);
        QFETCH(const qsizetype, size);
        QFETCH(const QByteArray, tail);
        const QByteArray bytes =
            head + (repeated.isEmpty() ? repeated : repeated.repeated(size / repeated.size())) + tail;
        QElapsedTimer timer;
        timer.start();
        const auto lock = parsed(bytes);
        QVERIFY(!lock);
        QVERIFY(!lock.error().summary().isEmpty());
        QVERIFY(lock.error().place());
        QVERIFY(lock.error().place()->lineText.size() <= 500);
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void missingFile()
    {
        const auto lock = lock::read(QStringLiteral(CASES "/none.lock"));
        QVERIFY(!lock);
        QVERIFY(lock.error().kind() == ErrorKind::NotFound);
        QVERIFY(lock::read(Good + u"rare.lock"_s));
    }
};

QTEST_GUILESS_MAIN(RefuseCheck)
#include "refuse.moc"
