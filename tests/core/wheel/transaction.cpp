// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <map>
#include <thread>

#include <QTest>

#include "core/wheel/small_wheels.h"
#include "files/files.h"
#include "files/system.h"
#include "wheel/journal.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using files::LinkMode;
using files::system::FaultPlan;
using kit::SmallEnvironment;
using kit::Wheel;
using small::changed;
using small::neighbourWheel;
using small::newWheel;
using small::oldWheel;
using small::unpacked;
using small::Wish;
using wheel::Transaction;
using wheel::UnpackedWheel;

namespace {

QStringList stagesIn(const SmallEnvironment &environment)
{
    return QDir(environment.root()).entryList({wheel::StagePrefix + u'*'}, QDir::Dirs | QDir::Hidden);
}

} // namespace

class TransactionCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ::umask(022); }
    void installsEveryScheme();
    void installsByEachWay_data();
    void installsByEachWay();
    void upgradesAndRemoves();
    void writesWhereItCameFrom();
    void changesNothingBeforeCommit();
    void replacesFilesOfNobody();
    void refusesWhatIsInTheWay_data();
    void refusesWhatIsInTheWay();
    void refusesOtherInterpreters();
    void settlesOneOwner_data();
    void settlesOneOwner();
    void isOldOrNewAtEveryFault_data();
    void isOldOrNewAtEveryFault();
    void isOldWhenStopped();
    void waitsForItsTurn();
};

void TransactionCheck::installsEveryScheme()
{
    Wheel made;
    made.name = "Big_Name";
    made.wheelText = "Wheel-Version: 1.0\nRoot-Is-Purelib: false\n";
    made.entryPoints =
        "[console_scripts]\ntool = big:main\n\n[gui_scripts]\ntool-gui = big.cli:Tool.start [extra]\n";
    made.file("big/__init__.py", "B = 1\n")
        .file("big/run", "#!/bin/sh\n", 0100755)
        .file("big/a, \"b\".txt", "q");
    made.files.push_back(kit::wheelMember("big/void/"));
    const QByteArray data = "Big_Name-1.0.data/";
    made.file(data + "purelib/big_pure.py", "P = 1\n").file(data + "platlib/big/plat.py", "P = 2\n");
    made.file(data + "headers/sub/big.h", "#define BIG\n").file(data + "data/share/big/x.txt", "x");
    made.file(data + "data/bin/raw", "#!python\n", 0100755)
        .file(data + "scripts/one", "#!python -E\nprint(1)\n", 0100755);
    made.file(data + "scripts/two", "#!/bin/sh\n").file(data + "scripts/three", "#!/bin/sh\n", 0100755);
    made.file("Big_Name-1.0.dist-info/RECORD.jws", "{}");
    const SmallEnvironment environment;
    const QByteArray before = environment.listing();
    const Result<> done = changed(environment, {.add = {unpacked(made)}});
    QVERIFY2(done, done ? "" : qPrintable(done.error().forLog()));
    QByteArrayList lines;
    for (const QByteArray &line : environment.listing().split('\n')) {
        if (!before.contains(line))
            lines.append(line.first(
                line.lastIndexOf(' ') < 0 || line.endsWith("755") ? line.size() : line.lastIndexOf(' ')));
    }
    const QByteArray library = environment.library().sliced(environment.root().size() + 1).toUtf8();
    QByteArray kept = lines.join('\n').replace(library, "SP/") + "\n\n";
    kept += kit::slurp(environment.library(u"Big_Name-1.0.dist-info/RECORD"_s)) + '\n';
    // Hashes and sizes of scripts depend on the environment's path.
    static const QRegularExpression script(u"(bin/(one|tool|tool-gui)),.*"_s);
    kept = QString::fromUtf8(kept).replace(script, u"\\1,(of the script)"_s).toUtf8();
    COMPARE_KEPT(kept, u"every_scheme.txt"_s);
    QCOMPARE(
        environment.text(u"bin/one"_s), "#!" + environment.path(u"bin/python"_s).toUtf8() + "\nprint(1)\n");
    QVERIFY(environment.text(u"bin/tool-gui"_s).contains("from big.cli import Tool\n"));
    QCOMPARE(environment.text(u"bin/raw"_s), "#!python\n"_ba);
    QCOMPARE(kit::slurp(environment.library(u"Big_Name-1.0.dist-info/INSTALLER"_s)), "sconce"_ba);
    QCOMPARE(stagesIn(environment), QStringList());
    QCOMPARE(environment.installed().at(0).installer, u"sconce"_s);
}

void TransactionCheck::installsByEachWay_data()
{
    QTest::addColumn<LinkMode>("first");
    QTest::addRow("clone") << LinkMode::Clone;
    QTest::addRow("hard link") << LinkMode::HardLink;
    QTest::addRow("copy") << LinkMode::Copy;
}

void TransactionCheck::installsByEachWay()
{
    QFETCH(LinkMode, first);
    const SmallEnvironment environment;
    QVERIFY(changed(environment, {.add = {oldWheel()}, .remove = {}, .first = first}));
    struct stat facts{};
    ::stat(QFile::encodeName(environment.library(u"own.py"_s)).constData(), &facts);
    if (first == LinkMode::Copy)
        QCOMPARE(facts.st_nlink, nlink_t(1));
    QCOMPARE(kit::slurp(environment.library(u"own.py"_s)), "V = 1\n"_ba);
    // Written for this environment alone, whatever the way: a change must not reach the cache.
    for (const QString &path : {environment.path(u"bin/own"_s), environment.path(u"bin/own-script"_s),
             environment.library(u"own-1.0.dist-info/RECORD"_s)}) {
        ::stat(QFile::encodeName(path).constData(), &facts);
        QCOMPARE(facts.st_nlink, nlink_t(1));
    }
}

void TransactionCheck::upgradesAndRemoves()
{
    const SmallEnvironment reference;
    QVERIFY(changed(reference, {.add = {neighbourWheel(), newWheel()}}));
    const SmallEnvironment environment;
    const QByteArray bare = environment.listing();
    QVERIFY(changed(environment, {.add = {oldWheel(), neighbourWheel()}}));
    // What the interpreter and the person leave behind.
    kit::spill(environment.library(u"__pycache__/own.cpython-312.pyc"_s), "c");
    kit::spill(environment.library(u"__pycache__/own.cpython-312.opt-1.pyc"_s), "c");
    kit::spill(environment.library(u"__pycache__/neighbour.cpython-312.pyc"_s), "c");
    kit::spill(environment.library(u"__pycache__/vanished.cpython-312.pyc"_s), "c");

    QVERIFY(changed(environment, {.add = {newWheel()}, .remove = {u"own"_s}}));
    QVERIFY(QFile::exists(environment.library(u"__pycache__/neighbour.cpython-312.pyc"_s)));
    QVERIFY(files::remove(environment.library(u"__pycache__/neighbour.cpython-312.pyc"_s)));
    QVERIFY(files::removeIfEmpty(environment.library(u"__pycache__"_s)).value());
    QCOMPARE(environment.listing(), reference.listing());

    QVERIFY(changed(environment, {.add = {}, .remove = {u"own"_s, u"neighbour"_s}}));
    // Folders outside of site-packages stay, as with the reference.
    QByteArray left = environment.listing();
    for (const char *folder : {"share/own/ 755\n", "\nshare/own/ 755", "include/site/python3.12/own/ 755\n"})
        left.replace(folder, "");
    QCOMPARE(left, bare);
    QVERIFY(QFileInfo(environment.path(u"share/own"_s)).isDir());
}

void TransactionCheck::writesWhereItCameFrom()
{
    const SmallEnvironment environment;
    const JobContext context = JobContext::unwatched();
    {
        Transaction transaction = Transaction::begin(environment.interpreter(), context).value();
        QVERIFY(transaction.add({.wheel = oldWheel(),
                                    .directUrl = metadata::DirectUrl{.url = u"file:///x/own.whl"_s},
                                    .isRequested = false},
            context));
        QVERIFY(transaction.commit(context));
    }
    const QString info = environment.library(u"own-1.0.dist-info/"_s);
    QCOMPARE(metadata::DirectUrl::parse(kit::slurp(info + u"direct_url.json"_s)).value().url,
        u"file:///x/own.whl"_s);
    QVERIFY(!QFile::exists(info + u"REQUESTED"_s));
    QVERIFY(kit::slurp(info + u"RECORD"_s).contains("own-1.0.dist-info/direct_url.json,sha256="));
}

void TransactionCheck::changesNothingBeforeCommit()
{
    const SmallEnvironment environment;
    QVERIFY(changed(environment, {.add = {oldWheel()}}));
    const QByteArray before = environment.listing();
    const JobContext context = JobContext::unwatched();
    {
        Transaction transaction = Transaction::begin(environment.interpreter(), context).value();
        QVERIFY(transaction.remove(environment.installed().at(0), context));
        QVERIFY(transaction.add({.wheel = newWheel(), .directUrl = std::nullopt}, context));
        QByteArray during = environment.listing();
        for (const QByteArray &line : before.split('\n'))
            QVERIFY(during.contains(line));
    }
    QCOMPARE(environment.listing(), before);
    QCOMPARE(stagesIn(environment), QStringList());
}

// A link or somebody's file in the place of a file is replaced, what the link leads to is not.
void TransactionCheck::replacesFilesOfNobody()
{
    const SmallEnvironment environment;
    kit::spill(environment.outside(u"precious"_s), "mine");
    kit::spill(environment.library(u"neighbour.py"_s), "mine");
    QVERIFY(QDir().mkpath(environment.library(u"shared"_s)));
    QFile::link(environment.outside(u"precious"_s), environment.library(u"shared/neighbour.txt"_s));
    QVERIFY(changed(environment, {.add = {neighbourWheel()}}));
    QCOMPARE(kit::slurp(environment.library(u"neighbour.py"_s)), "N = 1\n"_ba);
    QCOMPARE(kit::slurp(environment.library(u"shared/neighbour.txt"_s)), "n"_ba);
    QVERIFY(!QFileInfo(environment.library(u"shared/neighbour.txt"_s)).isSymLink());
    QCOMPARE(kit::slurp(environment.outside(u"precious"_s)), "mine"_ba);
}

void TransactionCheck::refusesWhatIsInTheWay_data()
{
    QTest::addColumn<QString>("inTheWay");
    QTest::addRow("a link for a folder") << u"link"_s;
    QTest::addRow("a file for a folder") << u"file"_s;
    QTest::addRow("a full folder for a file") << u"folder"_s;
}

void TransactionCheck::refusesWhatIsInTheWay()
{
    QFETCH(QString, inTheWay);
    const SmallEnvironment environment;
    kit::spill(environment.outside(u"kept/x"_s), "1");
    if (inTheWay == u"link")
        QFile::link(environment.outside(u"kept"_s), environment.library(u"shared"_s));
    else if (inTheWay == u"file")
        kit::spill(environment.library(u"shared"_s), "mine");
    else
        kit::spill(environment.library(u"neighbour.py/x"_s), "mine");
    const QByteArray before = environment.listing();
    const auto done = changed(environment, {.add = {neighbourWheel()}});
    QVERIFY(!done);
    QCOMPARE(done.error().kind(), ErrorKind::BadInput);
    QVERIFY(done.error().summary().contains(environment.library()));
    QCOMPARE(environment.listing(), before);
    QCOMPARE(QDir(environment.outside(u"kept"_s)).entryList(QDir::Files), QStringList{u"x"_s});
}

void TransactionCheck::refusesOtherInterpreters()
{
    const SmallEnvironment environment;
    QVERIFY(files::remove(environment.path(u"pyvenv.cfg"_s)));
    const auto transaction = Transaction::begin(environment.interpreter(), JobContext::unwatched());
    QVERIFY(!transaction);
    QCOMPARE(transaction.error().kind(), ErrorKind::BadInput);
}

// A76
void TransactionCheck::settlesOneOwner_data()
{
    QTest::addColumn<QStringList>("order");
    QTest::addColumn<bool>("isTogether");
    for (const bool isTogether : {true, false}) {
        QTest::addRow("a, b, %s", isTogether ? "together" : "one after the other")
            << QStringList{u"a"_s, u"b"_s} << isTogether;
        QTest::addRow("b, a, %s", isTogether ? "together" : "one after the other")
            << QStringList{u"b"_s, u"a"_s} << isTogether;
    }
}

void TransactionCheck::settlesOneOwner()
{
    QFETCH(QStringList, order);
    QFETCH(bool, isTogether);
    static const auto wheels = [] {
        std::map<QString, UnpackedWheel> made;
        for (const char *name : {"a", "b"}) {
            Wheel one;
            one.name = name;
            one.file("clash/same.py", "S = 1\n")
                .file("clash/other.py", QByteArray("O = ") + name)
                .file(QByteArray("clash/only_") + name);
            made.emplace(QString::fromLatin1(name), unpacked(one));
        }
        return made;
    }();
    const SmallEnvironment environment;
    const JobContext context = JobContext::unwatched();
    if (isTogether) {
        QVERIFY(changed(environment, {.add = {wheels.at(order[0]), wheels.at(order[1])}}, context));
        QVERIFY(context.progress().logFrom(0).join(u'\n').contains(
            u"clash/other.py” is in %1 and in %2"_s.arg(order[0], order[1])));
        QCOMPARE(kit::slurp(environment.library(u"clash/other.py"_s)), "O = b"_ba);
    } else {
        QVERIFY(changed(environment, {.add = {wheels.at(order[0])}}));
        QVERIFY(changed(environment, {.add = {wheels.at(order[1])}}));
        QCOMPARE(kit::slurp(environment.library(u"clash/other.py"_s)), "O = "_ba + order[1].toUtf8());
    }
    QVERIFY(!context.progress().logFrom(0).join(u'\n').contains(u"same.py"_s));
    // Without one of them, what is the other's too stays.
    QVERIFY(changed(environment, {.add = {}, .remove = {u"a"_s}}, context));
    QVERIFY(!QFile::exists(environment.library(u"clash/only_a"_s)));
    QCOMPARE(kit::slurp(environment.library(u"clash/same.py"_s)), "S = 1\n"_ba);
    QVERIFY(QFile::exists(environment.library(u"clash/other.py"_s)));
    QVERIFY(changed(environment, {.add = {}, .remove = {u"b"_s}}));
    QVERIFY(!QFile::exists(environment.library(u"clash"_s)));
}

// F02–F05, F10, F13, F14: whichever call fails or is the last, the environment is the old or the new one.
void TransactionCheck::isOldOrNewAtEveryFault_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<FaultPlan::Reach>("reach");
    QTest::addColumn<QString>("what");
    for (const QString &what : {u"install"_s, u"upgrade"_s, u"remove"_s}) {
        QTest::addRow("F10 %s, disk full", qPrintable(what)) << ENOSPC << FaultPlan::Reach::OneCall << what;
        QTest::addRow("F02 F03 F04 %s, killed", qPrintable(what)) << EIO << FaultPlan::Reach::Crash << what;
    }
    QTest::addRow("F19 upgrade, not supported here") << EINVAL << FaultPlan::Reach::OneCall << u"upgrade"_s;
    QTest::addRow("F13 F14 upgrade, not permitted") << EPERM << FaultPlan::Reach::OneCall << u"upgrade"_s;
}

void TransactionCheck::isOldOrNewAtEveryFault()
{
    QFETCH(int, error);
    QFETCH(FaultPlan::Reach, reach);
    QFETCH(QString, what);
    const Wish wish{
        .add = what == u"remove" ? std::vector<UnpackedWheel>() : std::vector{newWheel(), neighbourWheel()},
        .remove = what == u"install" ? QStringList() : QStringList{u"own"_s}};
    const auto prepare = [&](const SmallEnvironment &environment) {
        return what == u"install" ? Result<>() : changed(environment, {.add = {oldWheel()}});
    };

    const SmallEnvironment reference;
    QVERIFY(prepare(reference));
    const QByteArray old = reference.listing();
    QVERIFY(changed(reference, wish));
    const QByteArray made = reference.listing();

    int faults = 0;
    int olds = 0;
    for (bool isReached = true; isReached;) {
        const SmallEnvironment environment;
        QVERIFY(prepare(environment));
        Result<> done;
        {
            const FaultPlan plan(++faults, error, reach);
            done = changed(environment, wish);
            isReached = plan.isReached();
        }
        if (reach == FaultPlan::Reach::Crash && faults % 3 == 0) {
            // F05: killed again while the next command recovers.
            const FaultPlan plan(1 + faults % 7, error, reach);
            (void)wheel::recover(environment.root());
        }
        const auto recovered = wheel::recover(environment.root());
        QVERIFY2(recovered, recovered ? "" : qPrintable(recovered.error().forLog()));
        QCOMPARE(stagesIn(environment), QStringList());
        const QByteArray now = environment.listing();
        QVERIFY2(now == old || now == made, qPrintable(u"fault %1: "_s.arg(faults) + QString::fromUtf8(now)));
        olds += now == old;
        if (done)
            QVERIFY2(now == made, qPrintable(u"fault %1 was not told"_s.arg(faults)));
        else if (reach == FaultPlan::Reach::OneCall)
            QCOMPARE(now, old); // what reports a fault has changed nothing
        // I8: the same command again succeeds.
        if (now == old) {
            QVERIFY(changed(environment, wish));
            QCOMPARE(environment.listing(), made);
        }
    }
    QVERIFY2(faults > 20 && olds > 5 && olds < faults,
        qPrintable(u"%1 faults, %2 times old"_s.arg(faults).arg(olds)));
}

// F32: asked to stop at every place where it looks.
void TransactionCheck::isOldWhenStopped()
{
    const SmallEnvironment environment;
    QVERIFY(changed(environment, {.add = {oldWheel()}}));
    const QByteArray old = environment.listing();
    std::stop_source stop;
    const JobContext context(stop.get_token(), std::make_shared<Progress>());
    {
        Transaction transaction = Transaction::begin(environment.interpreter(), context).value();
        QVERIFY(transaction.remove(environment.installed().at(0), context));
        QVERIFY(transaction.add({.wheel = newWheel(), .directUrl = std::nullopt}, context));
        stop.request_stop();
        QCOMPARE(
            transaction.add({.wheel = neighbourWheel(), .directUrl = std::nullopt}, context).error().kind(),
            ErrorKind::Stopped);
        QCOMPARE(transaction.commit(context).error().kind(), ErrorKind::Stopped);
    }
    QCOMPARE(environment.listing(), old);
    QCOMPARE(Transaction::begin(environment.interpreter(), context).error().kind(), ErrorKind::Stopped);
}

// F21
void TransactionCheck::waitsForItsTurn()
{
    const SmallEnvironment environment;
    std::atomic<int> failed = 0;
    {
        std::vector<std::jthread> threads;
        for (const UnpackedWheel *one : {&oldWheel(), &neighbourWheel()}) {
            threads.emplace_back([&, one] {
                for (int round = 0; round < 3; ++round) {
                    failed += !changed(environment, {.add = {*one}});
                    failed += !changed(environment, {.add = {}, .remove = {one->name.name.text()}});
                }
                failed += !changed(environment, {.add = {*one}});
            });
        }
    }
    QCOMPARE(failed.load(), 0);
    const SmallEnvironment reference;
    QVERIFY(changed(reference, {.add = {oldWheel(), neighbourWheel()}}));
    QCOMPARE(environment.listing(), reference.listing());
}

QTEST_GUILESS_MAIN(TransactionCheck)
#include "transaction.moc"
