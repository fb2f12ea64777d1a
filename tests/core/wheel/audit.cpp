// SPDX-License-Identifier: Apache-2.0
#include "wheel/audit.h"

#include <QElapsedTimer>
#include <QTest>

#include "files/files.h"
#include "kit/small_environment.h"
#include "kit/wheel_writer.h"
#include "wheel/install.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using kit::SmallEnvironment;
using Kind = wheel::Fault::Kind;

namespace {

const QString Library = u"lib/python3.12/site-packages/"_s;

/// Wheels installed as the program installs them.
void install(const SmallEnvironment &environment, const std::vector<kit::Wheel> &wheels)
{
    const JobContext context = JobContext::unwatched();
    wheel::Transaction transaction = wheel::Transaction::begin(environment.interpreter(), context).value();
    for (const kit::Wheel &one : wheels) {
        const QString archive = environment.outside(u"wheels/"_s + one.fileName());
        kit::spill(archive, one.bytes());
        const auto unpacked =
            wheel::unpackChecked(archive, metadata::WheelName::parse(one.fileName()).value(),
                environment.outside(u"cache/"_s + one.fileName()), context);
        QVERIFY2(unpacked, unpacked ? "" : qPrintable(unpacked.error().forLog()));
        QVERIFY(transaction.add({*unpacked, std::nullopt, true}, context));
    }
    QVERIFY(transaction.commit(context));
}

kit::Wheel small(const QByteArray &name, const QByteArray &version = "1.0")
{
    kit::Wheel wheel{.name = name, .version = version};
    wheel.file(name + "/__init__.py", "version = 1\n").file(name + "/data.bin", "1234");
    wheel.entryPoints = "[console_scripts]\n" + name + "-tool = " + name + ":main\n";
    return wheel;
}

/// A distribution as another program may have left it.
void putDistribution(
    const SmallEnvironment &environment, const QString &stem, const std::optional<QByteArray> &record)
{
    const QByteArray name = stem.section(u'-', 0, 0).toUtf8();
    const QByteArray version = stem.section(u'-', 1).toUtf8();
    kit::spill(environment.library(stem + u".dist-info/METADATA"_s),
        "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + '\n');
    kit::spill(environment.library(stem + u".dist-info/INSTALLER"_s), "pip\n");
    if (record)
        kit::spill(environment.library(stem + u".dist-info/RECORD"_s), *record);
}

QString kindText(Kind kind)
{
    static const QStringList words{u"NoRecord"_s, u"BadRecord"_s, u"NoMetadata"_s, u"NoInstaller"_s,
        u"Hollow"_s, u"Nameless"_s, u"NoCode"_s, u"EditableGone"_s, u"Missing"_s, u"Changed"_s,
        u"NotItsOwn"_s, u"BehindLink"_s, u"ForeignPython"_s, u"Shared"_s, u"Unlisted"_s, u"RunsAtStart"_s};
    return words[qsizetype(kind)];
}

/// A line a fault: kind, package, path without the library in front, detail, count.
QStringList found(const SmallEnvironment &environment, const QStringList &formerPlaces = {})
{
    const Result<wheel::Audit> audit =
        wheel::audit(environment.interpreter(), formerPlaces, JobContext::unwatched());
    if (!audit)
        return {u"error: "_s + audit.error().forLog()};
    QStringList lines;
    for (const wheel::Fault &fault : audit->faults) {
        QStringList words{kindText(fault.kind), fault.package ? fault.package->text() : u"-"_s,
            QString(fault.path).remove(Library)};
        if (!fault.detail.isEmpty())
            words.append(u'(' + QString(fault.detail).replace(environment.root(), u"ENV"_s) + u')');
        if (fault.count != 1)
            words.append(u'×' + QString::number(fault.count));
        lines.append(words.join(u' '));
    }
    return lines;
}

/// Writes into the file that is there, as an editor may.
void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

void breakInto(const SmallEnvironment &environment, const QString &damage)
{
    const QStringList words = damage.split(u' ');
    const QString path = environment.path(QString(words[1]).replace(u"SP/"_s, Library));
    const QString second =
        words.size() > 2 ? QString(words[2]).replace(u"SP/"_s, environment.library()) : QString();
    if (words[0] == u"delete")
        QVERIFY(files::remove(path));
    else if (words[0] == u"write")
        kit::spill(path, second.toUtf8());
    else if (words[0] == u"overwrite")
        overwrite(path, second.toUtf8());
    else if (words[0] == u"link")
        QVERIFY(files::remove(path) && files::makeLink(second, path));
    else if (words[0] == u"folder")
        QVERIFY(files::remove(path) && files::makeFolder(path));
    else
        QFAIL(qPrintable(u"no damage of that name: "_s + damage));
}

} // namespace

class AuditCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsNothingInWhatWasInstalled();
    void findsDamage_data();
    void findsDamage();
    void findsScriptsOfOtherEnvironments();
    void A61_looksAtNothingOutside_data();
    void A61_looksAtNothingOutside();
    void A76_tellsSharedFiles();
    void L40_findsEditThroughHardLink();
    void A58_readsHostileRecordsOnlySoFar_data();
    void A58_readsHostileRecordsOnlySoFar();
    void readsOtherDigests();
    void staysFastWithManyFiles();
    void stopsAndTellsHowFar();
};

void AuditCheck::findsNothingInWhatWasInstalled()
{
    const SmallEnvironment environment;
    QCOMPARE(found(environment), QStringList());
    kit::Wheel rich = small("rich");
    rich.file("rich-1.0.data/scripts/run", "#!python\nprint(1)\n");
    rich.file("rich-1.0.data/scripts/system", "#!/bin/sh\ntrue\n");
    rich.file("rich-1.0.data/data/share/rich.txt", "x");
    install(environment, {rich, small("other")});
    QCOMPARE(found(environment), QStringList());

    // What others put there in the course of things.
    kit::spill(environment.library(u"rich/__pycache__/__init__.cpython-312.pyc"_s), "bytecode");
    kit::spill(environment.library(u"rich-1.0.dist-info/uv_cache.json"_s), "{}");
    kit::spill(environment.library(u"_virtualenv.pth"_s), "import _virtualenv");
    kit::spill(environment.library(u"_virtualenv.py"_s), "pass");
    kit::spill(environment.library(u"__pycache__/_virtualenv.cpython-312.pyc"_s), "bytecode");
    kit::spill(environment.path(u"bin/mine"_s), "#!/usr/bin/env python3\n");
    QCOMPARE(found(environment), QStringList());
}

void AuditCheck::findsDamage_data()
{
    QTest::addColumn<QStringList>("damage"); // SP: the library
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QStringList &damage, const QStringList &expected) {
        QTest::addRow("%s", name) << damage << expected;
    };
    row("missing", {u"delete SP/pkg/data.bin"_s}, {u"Missing pkg pkg/data.bin"_s});
    row("missing script", {u"delete bin/pkg-tool"_s}, {u"Missing pkg bin/pkg-tool"_s});
    row("L39 distInfoWithoutCode", {u"delete SP/pkg"_s}, {u"NoCode pkg pkg-1.0.dist-info ×2"_s});
    row("L39 codeWithoutDistInfo", {u"delete SP/pkg-1.0.dist-info"_s}, {u"Unlisted - pkg/ ×2"_s});
    row("L39 withoutRecord", {u"delete SP/pkg-1.0.dist-info/RECORD"_s},
        {u"NoRecord pkg pkg-1.0.dist-info"_s});
    row("L39 badRecord", {u"write SP/pkg-1.0.dist-info/RECORD \"x"_s},
        {u"BadRecord pkg pkg-1.0.dist-info (RECORD has a quote in line 1 that is never closed)"_s});
    row("L39 withoutMetadata", {u"delete SP/pkg-1.0.dist-info/METADATA"_s},
        {u"NoMetadata pkg pkg-1.0.dist-info (it is not there)"_s});
    row("L39 withoutInstaller", {u"delete SP/pkg-1.0.dist-info/INSTALLER"_s},
        {u"Missing pkg pkg-1.0.dist-info/INSTALLER"_s});
    row("L39 emptyDistInfo", {u"folder SP/ghost-1.0.dist-info"_s}, {u"Hollow ghost ghost-1.0.dist-info"_s});
    row("L39 nameless", {u"folder SP/ghost.dist-info"_s}, {u"Nameless - ghost.dist-info"_s});
    row("L39 damaged origin", {u"write SP/pkg-1.0.dist-info/direct_url.json {"_s},
        {u"Unlisted - pkg/ ×2"_s, u"Nameless - pkg-1.0.dist-info"_s});
    row("changed", {u"write SP/pkg/data.bin 4321"_s}, {u"Changed pkg pkg/data.bin (other contents)"_s});
    row("other size", {u"write SP/pkg/data.bin 12345"_s},
        {u"Changed pkg pkg/data.bin (5 bytes instead of 4)"_s});
    row("F28 zeroLength", {u"write SP/pkg/data.bin "_s},
        {u"Changed pkg pkg/data.bin (0 bytes instead of 4)"_s});
    row("a folder in its place", {u"folder SP/pkg/data.bin"_s}, {u"Changed pkg pkg/data.bin (a folder)"_s});
    row("a link in its place", {u"link SP/pkg/data.bin /etc/hostname"_s},
        {u"Changed pkg pkg/data.bin (a link to “/etc/hostname”)"_s});
    row("a link to nothing in its place", {u"link SP/pkg/data.bin nowhere"_s},
        {u"Changed pkg pkg/data.bin (a link to “ENV/lib/python3.12/site-packages/pkg/nowhere”)"_s});
    row("F28 extra", {u"write SP/pkg/mine.txt x"_s}, {u"Unlisted - pkg/mine.txt"_s});
    row("foreign folder", {u"write SP/mine/a.py x"_s, u"write SP/mine/b/c.py x"_s},
        {u"Unlisted - mine/ ×2"_s});
    row("foreign link", {u"link SP/mine /etc"_s}, {u"Unlisted - mine"_s});
    row("bytecode of nothing", {u"write SP/pkg/__pycache__/gone.cpython-312.pyc x"_s},
        {u"Unlisted - pkg/__pycache__/"_s});
    row("A75 path file that runs code", {u"write SP/mine.pth import\tos"_s},
        {u"Unlisted - mine.pth"_s, u"RunsAtStart - mine.pth"_s});
    row("path file with folders only", {u"write SP/mine.pth /opt/important"_s}, {u"Unlisted - mine.pth"_s});
    row("A75 sitecustomize", {u"write SP/sitecustomize.py pass"_s},
        {u"Unlisted - sitecustomize.py"_s, u"RunsAtStart - sitecustomize.py"_s});
}

void AuditCheck::findsDamage()
{
    QFETCH(QStringList, damage);
    QFETCH(QStringList, expected);
    const SmallEnvironment environment;
    install(environment, {small("pkg"), small("healthy")});
    for (const QString &one : damage)
        breakInto(environment, one);
    QCOMPARE(found(environment), expected);
}

void AuditCheck::findsScriptsOfOtherEnvironments()
{
    const SmallEnvironment environment;
    const SmallEnvironment other;
    const auto script = [&](const char *name, const QString &python) {
        const QString path = environment.path(u"bin/"_s + QString::fromLatin1(name));
        kit::spill(path, "#!" + python.toUtf8() + "\nprint()\n");
        return QByteArray("../../../bin/") + name + ",,\n";
    };
    QByteArray record = script("own", environment.path(u"bin/python3"_s));
    record += script("systems", u"/usr/bin/python3"_s);
    record += script("by-name", u"/usr/bin/env python3"_s);
    record += script("program", u"/nowhere/.venv/bin/python"_s);
    record += script("brought", u"/nowhere/.venv/bin/python"_s);
    record += script("moved", u"/old/.venv/bin/python"_s);
    record += script("others", other.path(u"bin/python"_s));
    putDistribution(environment, u"own-1.0"_s, record);
    kit::spill(environment.library(u"own-1.0.dist-info/entry_points.txt"_s),
        "[console_scripts]\nprogram = own:main\n");
    QCOMPARE(found(environment, {u"/old/.venv"_s}),
        QStringList({u"ForeignPython own bin/moved (/old/.venv/bin/python)"_s,
            u"ForeignPython own bin/others (%1)"_s.arg(other.path(u"bin/python"_s)),
            u"ForeignPython own bin/program (/nowhere/.venv/bin/python)"_s}));
    QCOMPARE(found(environment),
        QStringList({u"ForeignPython own bin/others (%1)"_s.arg(other.path(u"bin/python"_s)),
            u"ForeignPython own bin/program (/nowhere/.venv/bin/python)"_s}));
}

void AuditCheck::A61_looksAtNothingOutside_data()
{
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QByteArray &rows, const QStringList &expected) {
        QTest::addRow("%s", name) << rows << expected;
    };
    row("up and out", "../../../../secret,,\n", {u"NotItsOwn own ../../../../secret"_s});
    row("absolute", "/etc/passwd,,\n/etc/group,,\n", {u"NotItsOwn own /etc/passwd ×2"_s});
    row("up, out and elsewhere", "../../../../env/../secret,,\n",
        {u"NotItsOwn own ../../../../env/../secret"_s});
    row("the environment's configuration", "../../../pyvenv.cfg,,\n",
        {u"NotItsOwn own ../../../pyvenv.cfg"_s});
    row("the interpreter", "../../../bin/python,,\n", {u"NotItsOwn own ../../../bin/python"_s});
    row("through a link", "linked/secret,,\nlinked/gone,,\n", {u"BehindLink own linked/secret ×2"_s});
    row("a drive", "C:/x,,\n", {u"Missing own C:/x"_s});
    row("through the environment's own link", "../../../lib64/python3.12/site-packages/own.py,,\n", {});
    row("one file by two names", "own.py,,1\n../site-packages/own.py,,1\n", {});
    row("one row many times", "own.py,,7\n"_ba.repeated(1000), {});
}

void AuditCheck::A61_looksAtNothingOutside()
{
    QFETCH(QByteArray, rows);
    QFETCH(QStringList, expected);
    const SmallEnvironment environment;
    kit::spill(environment.outside(u"secret"_s), "mine");
    kit::spill(environment.library(u"own.py"_s), "1");
    QVERIFY(files::makeLink(environment.outside({}), environment.library(u"linked"_s)));
    putDistribution(environment, u"own-1.0"_s, "own.py,,\n" + rows);
    QStringList lines = found(environment);
    QVERIFY(lines.removeOne(u"Unlisted - linked"_s));
    QCOMPARE(lines, expected);
}

void AuditCheck::A76_tellsSharedFiles()
{
    const SmallEnvironment environment;
    const auto row = [](const char *text) {
        return QByteArray("both.py,") + files::recordHash(files::sha256(text)).toUtf8() + ",1\n";
    };
    kit::spill(environment.library(u"both.py"_s), "b");
    putDistribution(environment, u"alpha-1.0"_s, row("a"));
    putDistribution(environment, u"beta-1.0"_s, row("b"));
    QCOMPARE(found(environment), QStringList{u"Shared alpha both.py (beta)"_s});
    kit::spill(environment.library(u"both.py"_s), "c");
    QCOMPARE(found(environment),
        QStringList(
            {u"Changed alpha both.py (other contents)"_s, u"Changed beta both.py (other contents)"_s}));
    // The same contents are nobody's trouble, and neither are two versions of one package.
    kit::spill(environment.library(u"both.py"_s), "a");
    putDistribution(environment, u"beta-1.0"_s, row("a"));
    QCOMPARE(found(environment), QStringList());
    putDistribution(environment, u"beta-1.0"_s, "");
    putDistribution(environment, u"alpha-0.9"_s, row("b"));
    QCOMPARE(found(environment), QStringList{u"Changed alpha both.py (other contents)"_s});
}

void AuditCheck::L40_findsEditThroughHardLink()
{
    const SmallEnvironment environment;
    install(environment, {small("pkg")});
    const QString path = environment.library(u"pkg/__init__.py"_s);
    struct stat before{};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &before), 0);
    overwrite(path, "version = 2\n");
    struct stat after{};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &after), 0);
    QCOMPARE(after.st_ino, before.st_ino);
    QCOMPARE(found(environment), QStringList{u"Changed pkg pkg/__init__.py (other contents)"_s});
}

void AuditCheck::A58_readsHostileRecordsOnlySoFar_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QString>("says");
    QTest::addRow("two million lines") << QByteArray("a,,\n").repeated(2'000'000) << u"500,000"_s;
    QTest::addRow("too large") << QByteArray(40 << 20, 'a') << u"is larger than"_s;
    QTest::addRow("binary") << QByteArray("\x7f"
                                          "ELF\x00\xff\xfe",
        7) << u"UTF-8"_s;
    QTest::addRow("no columns") << "a\nb\n"_ba << u"line 1"_s;
}

void AuditCheck::A58_readsHostileRecordsOnlySoFar()
{
    QFETCH(QByteArray, record);
    QFETCH(QString, says);
    const SmallEnvironment environment;
    kit::spill(environment.library(u"own.py"_s), "x");
    putDistribution(environment, u"own-1.0"_s, record);
    const QStringList lines = found(environment);
    QCOMPARE(lines.size(), 1);
    QVERIFY2(lines[0].startsWith(u"BadRecord own") && lines[0].contains(says), qPrintable(lines[0]));
}

void AuditCheck::readsOtherDigests()
{
    const SmallEnvironment environment;
    kit::spill(environment.library(u"a"_s), "x");
    const auto hash = [](QCryptographicHash::Algorithm algorithm, const char *text) {
        return QCryptographicHash::hash(text, algorithm).toBase64(QByteArray::Base64UrlEncoding);
    };
    const QByteArray good = hash(QCryptographicHash::Sha512, "x");
    putDistribution(environment, u"own-1.0"_s, "a,sha512=" + good + ",1\n");
    QCOMPARE(found(environment), QStringList());
    putDistribution(environment, u"own-1.0"_s, "a,sha384=" + hash(QCryptographicHash::Sha384, "y") + ",1\n");
    QCOMPARE(found(environment), QStringList{u"Changed own a (other contents)"_s});
    // Of others only the size counts.
    putDistribution(environment, u"own-1.0"_s, "a,blake9=abc,1\n");
    QCOMPARE(found(environment), QStringList());
}

/// Work that grows with the square of the files would take minutes here.
void AuditCheck::staysFastWithManyFiles()
{
    constexpr int Files = 3000;
    const SmallEnvironment environment;
    QByteArray record;
    const QByteArray hash = files::recordHash(files::sha256("x")).toUtf8();
    for (int i = 0; i < Files; ++i) {
        const QString path = u"many/part%1/file%2.py"_s.arg(i / 100).arg(i);
        if (i % 2 == 0)
            kit::spill(environment.library(path), "x");
        record += path.toUtf8() + ',' + hash + ",1\n";
    }
    putDistribution(environment, u"many-1.0"_s, record);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(found(environment).size(), Files / 2);
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void AuditCheck::stopsAndTellsHowFar()
{
    const SmallEnvironment environment;
    install(environment, {small("pkg")});
    const auto progress = std::make_shared<Progress>();
    const auto audit = wheel::audit(environment.interpreter(), {}, {std::stop_token(), progress});
    QVERIFY(audit);
    QVERIFY(progress->read().total > 0);
    QCOMPARE(progress->read().done, progress->read().total);
    QCOMPARE(audit->installed.size(), std::size_t(1));

    std::stop_source stop;
    stop.request_stop();
    const auto stopped =
        wheel::audit(environment.interpreter(), {}, {stop.get_token(), std::make_shared<Progress>()});
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind(), ErrorKind::Stopped);
}

QTEST_GUILESS_MAIN(AuditCheck)
#include "audit.moc"
