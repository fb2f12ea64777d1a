// SPDX-License-Identifier: Apache-2.0
#include <cerrno>

#include <QTemporaryDir>
#include <QTest>

#include "files/files.h"
#include "files/system.h"
#include "kit/golden.h"
#include "kit/wheel_writer.h"
#include "kit/zip_catalogue.h"
#include "wheel/contents.h"
#include "wheel/install.h"

using namespace sconce;
using namespace Qt::StringLiterals;
using files::system::FaultPlan;
using kit::Wheel;
using wheel::ArchiveDigest;
using wheel::openUnpacked;
using wheel::unpackChecked;
using wheel::UnpackedWheel;

namespace {

constexpr QDir::Filters Everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

Wheel plain()
{
    Wheel made;
    made.file("pkg/__init__.py", "X = 1\n").file("pkg/tool.sh", "#!/bin/sh\n", 0100755);
    return made;
}

/// An archive and a cache beside it.
class Cache {
public:
    Cache(const QByteArray &archive, const QString &fileName)
        : m_name(metadata::WheelName::parse(fileName).value())
    {
        kit::spill(m_folder.filePath(fileName), archive);
        m_archive = m_folder.filePath(fileName);
    }
    explicit Cache(const Wheel &made)
        : Cache(made.bytes(), made.fileName())
    {}

    const metadata::WheelName &name() const { return m_name; }
    QString unpackedFolder() const { return m_folder.filePath(u"cache/it"_s); }
    /// What is visible or left behind in the cache.
    QStringList entries() const { return QDir(m_folder.filePath(u"cache"_s)).entryList(Everything); }
    Result<UnpackedWheel> unpack(const JobContext &context = JobContext::unwatched(),
        ArchiveDigest digest = ArchiveDigest::Checked) const
    {
        return unpackChecked(m_archive, m_name, unpackedFolder(), context, digest);
    }

private:
    QTemporaryDir m_folder;
    metadata::WheelName m_name;
    QString m_archive;
};

template <class Change>
Wheel with(Change change)
{
    Wheel made = plain();
    change(made);
    return made;
}

} // namespace

class UnpackedCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesHostileWheels_data();
    void refusesHostileWheels();
    void refusesHostileArchives();
    void acceptsOddOnesWithANote_data();
    void acceptsOddOnesWithANote();
    void trustsRecordOnlyAsFarAsTheArchive_data();
    void trustsRecordOnlyAsFarAsTheArchive();
    void keepsWhatItUnpacked();
    void takesWhatIsThere();
    void seesDamage_data();
    void seesDamage();
    void isWholeOrAbsentAtEveryFault_data();
    void isWholeOrAbsentAtEveryFault();
    void stopsWithoutATrace();
};

void UnpackedCheck::refusesHostileWheels_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const Wheel &made, const QString &sentence) {
        QTest::addRow("%s", name) << made.bytes() << sentence;
    };
    const auto data = [](const QByteArray &path) {
        return with([&](Wheel &w) { w.file("pkg-1.0.data/" + path, "#!python\n"); });
    };
    const auto points = [](const QByteArray &text) {
        return with([&](Wheel &w) { w.entryPoints = "[console_scripts]\n" + text + '\n'; });
    };

    row("A58 no RECORD", with([](Wheel &w) { w.recordText = ""; }), u"no “pkg-1.0.dist-info/RECORD”"_s);
    row("A58 RECORD is no CSV", with([](Wheel &w) { w.recordText = "\"pkg,x\n"; }), u"never closed"_s);
    row("A58 RECORD is no UTF-8", with([](Wheel &w) { w.recordText = "\xff\xfe,,\n"; }), u"RECORD"_s);
    row("A61 RECORD leads up", with([](Wheel &w) { w.moreRecord = "../../../x,,\n"; }),
        u"leaves its folder"_s);
    row("A61 RECORD leads up with backslashes", with([](Wheel &w) { w.moreRecord = "..\\..\\x,,\n"; }),
        u"leaves its folder"_s);
    row("A61 RECORD is absolute", with([](Wheel &w) { w.moreRecord = "/etc/passwd,,\n"; }), u"absolute"_s);
    row("A63 no dist-info", with([](Wheel &w) { w.stem = "other"; }), u"other.dist-info"_s);
    row("A63 of another project", with([](Wheel &w) { w.stem = "other-1.0"; }),
        u"does not belong to pkg-1.0"_s);
    row("A63 of another version", with([](Wheel &w) { w.stem = "pkg-2.0"; }),
        u"does not belong to pkg-1.0"_s);
    row("A63 two of them", with([](Wheel &w) { w.file("other-1.0.dist-info/METADATA"); }),
        u"does not belong"_s);
    row("A63 two of them, in two spellings", with([](Wheel &w) { w.file("Pkg-1.0.dist-info/METADATA"); }),
        u"two .dist-info"_s);
    row("A64 no METADATA", with([](Wheel &w) { w.metadataText = ""; }), u"no “pkg-1.0.dist-info/METADATA”"_s);
    row("A64 METADATA of another project",
        with([](Wheel &w) { w.metadataText = "Metadata-Version: 2.1\nName: other\nVersion: 1.0\n"; }),
        u"METADATA is for other"_s);
    row("A64 METADATA of another version",
        with([](Wheel &w) { w.metadataText = "Metadata-Version: 2.1\nName: pkg\nVersion: 3\n"; }),
        u"METADATA is for pkg 3"_s);
    row("A64 two names", with([](Wheel &w) {
        w.metadataText = "Metadata-Version: 2.1\nName: pkg\nName: other\nVersion: 1.0\n";
    }),
        u"more than one field"_s);
    row("A64 METADATA of a future format",
        with([](Wheel &w) { w.metadataText = "Metadata-Version: 9.0\nName: pkg\nVersion: 1.0\n"; }),
        u"9.0"_s);
    row("A65 no WHEEL", with([](Wheel &w) { w.wheelText = ""; }), u"no “pkg-1.0.dist-info/WHEEL”"_s);
    row("A65 no version of the format", with([](Wheel &w) { w.wheelText = "Root-Is-Purelib: true\n"; }),
        u"does not say which version"_s);
    row("A65 version that is none", with([](Wheel &w) { w.wheelText = "Wheel-Version: new\n"; }),
        u"does not say which version"_s);
    row("A65 version 2.0", with([](Wheel &w) { w.wheelText = "Wheel-Version: 2.0\n"; }),
        u"version 2.0 of the wheel format"_s);
    row("A67 unknown scheme", data("stdlib/x.py"), u"unknown place"_s);
    row("A67 file outside the schemes", data("x.py"), u"lies in no folder"_s);
    row("A67 absolute below a scheme", data("data//tmp/x"), u"may mean another place"_s);
    row("A67 dot below a scheme", data("purelib/./x"), u"may mean another place"_s);
    row("A67 two .data folders",
        with([](Wheel &w) { w.file("pkg-1.0.data/data/x").file("Pkg-1.0.data/data/y"); }), u"two .data"_s);
    row("A67 .data of another project", with([](Wheel &w) { w.file("other-2.0.data/data/x"); }),
        u"does not belong"_s);
    row("A67 part of a dist-info", data("purelib/numpy-2.0.dist-info/METADATA"), u"another .dist-info"_s);
    row("A67 its own RECORD by .data", data("platlib/pkg-1.0.dist-info/RECORD"), u"another .dist-info"_s);
    row("A68 replaces python", data("scripts/python"), u"would replace “bin/python”"_s);
    row("A68 replaces python in other letters", data("scripts/PYTHON3.12"), u"would replace"_s);
    row("A68 replaces python by data", data("data/bin/python3"), u"would replace"_s);
    row("A68 replaces activate", data("scripts/activate"), u"would replace"_s);
    row("A68 replaces activate by data", data("data/bin/activate.fish"), u"would replace"_s);
    row("A68 replaces pyvenv.cfg", data("data/pyvenv.cfg"), u"would replace"_s);
    row("A69 entry point that leads up", points("../x = pkg:main"), u"../x"_s);
    row("A69 entry point with a separator", points("a/b = pkg:main"), u"a/b"_s);
    row("A69 entry point with a backslash", points("a\\b = pkg:main"), u"a\\b"_s);
    row("A69 entry point with a drive", points("C:x = pkg:main"), u"C"_s);
    row("A69 entry point without a name", points("= pkg:main"), u"no name"_s);
    row("A69 entry point of 300 bytes", points(QByteArray(300, 'n') + " = pkg:main"), u"too long"_s);
    row("A70 entry point python", points("python = pkg:main"), u"python"_s);
    row("A70 entry point of other letters", points("PyThOn3 = pkg:main"), u"PyThOn3"_s);
    row("A70 entry point pypy3", points("pypy3 = pkg:main"), u"pypy3"_s);
    row("A71 value with code", points("x = pkg:main();import os"), u"module:function"_s);
    row("A71 value with code in the module", points("x = os;import sys:main"), u"module:function"_s);
    row("A71 value without a function", points("x = pkg"), u"module:function"_s);
}

void UnpackedCheck::refusesHostileWheels()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, sentence);
    const Cache cache(bytes, u"pkg-1.0-py3-none-any.whl"_s);
    const auto unpacked = cache.unpack();
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind(), ErrorKind::BadInput);
    QVERIFY2(unpacked.error().summary().contains(sentence), qPrintable(unpacked.error().forLog()));
    QVERIFY(unpacked.error().forLog().contains(u"pkg-1.0-py3-none-any.whl"_s));
    QCOMPARE(cache.entries(), QStringList());
}

// A01–A54 once more, as wheels: nothing of a hostile archive becomes visible.
void UnpackedCheck::refusesHostileArchives()
{
    for (const kit::ZipCase &one : kit::zipCatalogue()) {
        const Cache cache(one.archive, u"pkg-1.0-py3-none-any.whl"_s);
        QVERIFY(!cache.unpack()); // the good ones have no .dist-info
        QCOMPARE(cache.entries(), QStringList());
    }
}

void UnpackedCheck::acceptsOddOnesWithANote_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("note");
    const auto row = [](const char *name, const Wheel &made, const QString &note) {
        QTest::addRow("%s", name) << made.bytes() << note;
    };
    row("plain", plain(), {});
    row("A06 link", with([](Wheel &w) { w.file("pkg/link", "/etc/hostname", 0120777); }),
        u"“pkg/link” is a link"_s);
    row("A14 name of Windows", with([](Wheel &w) { w.file("pkg/nul.txt"); }),
        u"“pkg/nul.txt” has a name that Windows"_s);
    row("A15 case alone", with([](Wheel &w) { w.file("pkg/X.py", "1").file("pkg/x.py", "2"); }),
        u"one name where case does not count"_s);
    row("A59 unlisted file", with([](Wheel &w) { w.recordText = "pkg/__init__.py,,\n"; }),
        u"RECORD does not list “pkg/tool.sh”"_s);
    row("A59 listed, not there", with([](Wheel &w) { w.moreRecord = "pkg/ghost.py,,\n"; }),
        u"“pkg/ghost.py”, which is not in the wheel"_s);
    row("A59 wrong size", with([](Wheel &w) { w.recordText = "pkg/__init__.py,,99\n"; }),
        u"“pkg/__init__.py” is not the file"_s);
    row("A60 md5 is not looked at", with([](Wheel &w) {
        w.recordText = "pkg/__init__.py,md5=x,\npkg/tool.sh,,\n"
                       "pkg-1.0.dist-info/METADATA,,\npkg-1.0.dist-info/WHEEL,,\n"
                       "pkg-1.0.dist-info/RECORD,,\n";
    }),
        {});
    row("A63 nested dist-info", with([](Wheel &w) { w.file("pkg/_vendor/inner-2.0.dist-info/METADATA"); }),
        {});
    row("A63 other spelling", with([](Wheel &w) { w.stem = "Pkg-1.0"; }), {});
    row("A64 newer minor version",
        with([](Wheel &w) { w.metadataText = "Metadata-Version: 2.99\nName: pkg\nVersion: 1.0\n"; }),
        u"version 2.99"_s);
    row("A65 newer minor version",
        with([](Wheel &w) { w.wheelText = "Wheel-Version: 1.9\nRoot-Is-Purelib: true\n"; }),
        u"version 1.9"_s);
    row("A66 another tag",
        with([](Wheel &w) { w.wheelText = "Wheel-Version: 1.0\nTag: cp39-cp39-win_amd64\n"; }),
        u"“cp39-cp39-win_amd64”"_s);
    row("A67 a folder that only ends in .data",
        with([](Wheel &w) { w.file("pkg.data/x").file("my-set.data/y"); }), {});
    row("A70 names that only begin like python",
        with([](Wheel &w) { w.entryPoints = "[console_scripts]\npython-x = pkg:main\n"; }), {});
    row("A72 letters of all kinds", with([](Wheel &w) {
        w.entryPoints = "[console_scripts]\n\u00e9t\u00e9 = pkg:main\nA.b-c = pkg:main [x]\n";
    }),
        {});
    row("A75 runs at start", with([](Wheel &w) { w.file("pkg.pth", "import pkg\n"); }),
        u"“pkg.pth” runs whenever"_s);
    row("A75 runs at start, by .data",
        with([](Wheel &w) { w.file("pkg-1.0.data/purelib/sitecustomize.py"); }),
        u"sitecustomize.py” runs whenever"_s);
}

void UnpackedCheck::acceptsOddOnesWithANote()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, note);
    const Cache cache(bytes, u"pkg-1.0-py3-none-any.whl"_s);
    const JobContext context = JobContext::unwatched();
    const auto unpacked = cache.unpack(context);
    QVERIFY2(unpacked, unpacked ? "" : qPrintable(unpacked.error().forLog()));
    const QStringList log = context.progress().logFrom(0);
    if (note.isEmpty())
        QCOMPARE(log, QStringList());
    else
        QVERIFY2(log.join(u'\n').contains(note), qPrintable(log.join(u'\n')));
    QCOMPARE(cache.entries(), QStringList{u"it"_s});
}

// A60
void UnpackedCheck::trustsRecordOnlyAsFarAsTheArchive_data()
{
    QTest::addColumn<ArchiveDigest>("digest");
    QTest::addColumn<bool>("isTaken");
    QTest::addRow("digest from lock or index") << ArchiveDigest::Checked << true;
    QTest::addRow("no digest") << ArchiveDigest::Unknown << false;
}

void UnpackedCheck::trustsRecordOnlyAsFarAsTheArchive()
{
    QFETCH(ArchiveDigest, digest);
    QFETCH(bool, isTaken);
    const Cache twice(with([](Wheel &w) { w.recordText = "pkg/__init__.py,sha256=AAAA,6\n"; }));
    const auto unpacked = twice.unpack(JobContext::unwatched(), digest);
    QCOMPARE(unpacked.has_value(), isTaken);
    if (!isTaken) {
        QCOMPARE(unpacked.error().kind(), ErrorKind::BadHash);
        QVERIFY(unpacked.error().summary().contains(u"pkg/__init__.py"_s));
        QCOMPARE(twice.entries(), QStringList());
    }
    QVERIFY(Cache(plain()).unpack(JobContext::unwatched(), digest));
}

void UnpackedCheck::keepsWhatItUnpacked()
{
    Wheel made = plain();
    made.files.push_back(kit::wheelMember("pkg/empty/"));
    made.file("pkg/odd name, \"quoted\".txt", "q");
    const Cache cache(made);
    const UnpackedWheel first = cache.unpack().value();
    const UnpackedWheel again =
        openUnpacked(cache.unpackedFolder(), cache.name(), JobContext::unwatched()).value();
    QCOMPARE(again.contents->files.size(), first.contents->files.size());
    for (std::size_t i = 0; i < first.contents->files.size(); ++i) {
        QCOMPARE(again.contents->files[i].path, first.contents->files[i].path);
        QCOMPARE(again.contents->files[i].digest, first.contents->files[i].digest);
        QCOMPARE(again.contents->files[i].isExecutable, first.contents->files[i].isExecutable);
    }
    QCOMPARE(again.contents->folders, QStringList{u"pkg/empty/"_s});
    QCOMPARE(again.contents->distInfo, u"pkg-1.0.dist-info"_s);
    QCOMPARE(
        openUnpacked(cache.unpackedFolder() + u"x"_s, cache.name(), JobContext::unwatched()).error().kind(),
        ErrorKind::NotFound);
}

void UnpackedCheck::takesWhatIsThere()
{
    const Cache cache(plain());
    QVERIFY(cache.unpack());
    const auto inode = [&] {
        return QFileInfo(cache.unpackedFolder() + u"/manifest"_s).metadataChangeTime();
    };
    const QDateTime before = inode();
    QVERIFY(cache.unpack());
    QCOMPARE(inode(), before);
    kit::spill(cache.unpackedFolder() + u"/files/pkg/__init__.py"_s, "changed by hand\n");
    QVERIFY(cache.unpack());
    QCOMPARE(kit::slurp(cache.unpackedFolder() + u"/files/pkg/__init__.py"_s), "X = 1\n"_ba);
    QCOMPARE(cache.entries(), QStringList{u"it"_s});
}

// F27, F28
void UnpackedCheck::seesDamage_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("damage");
    for (const QString &file :
        {u"manifest"_s, u"files/pkg/__init__.py"_s, u"files/pkg-1.0.dist-info/RECORD"_s}) {
        for (const QString &damage : {u"gone"_s, u"empty"_s, u"cut"_s, u"edited"_s, u"folder"_s, u"link"_s})
            QTest::addRow("%s %s", qPrintable(file), qPrintable(damage)) << file << damage;
    }
}

void UnpackedCheck::seesDamage()
{
    QFETCH(QString, file);
    QFETCH(QString, damage);
    const Cache cache(plain());
    QVERIFY(cache.unpack());
    const QString path = cache.unpackedFolder() + u'/' + file;
    QByteArray text = kit::slurp(path);
    QVERIFY(files::remove(path));
    if (damage == u"empty")
        kit::spill(path, {});
    else if (damage == u"cut")
        kit::spill(path, text.chopped(1));
    else if (damage == u"edited")
        kit::spill(path, text.replace('1', '2')); // of one length
    else if (damage == u"folder")
        QVERIFY(files::makeFolder(path));
    else if (damage == u"link")
        QFile::link(u"/etc/hostname"_s, path);
    const auto opened = openUnpacked(cache.unpackedFolder(), cache.name(), JobContext::unwatched());
    QVERIFY(!opened);
    if (file != u"manifest")
        QCOMPARE(opened.error().kind(), ErrorKind::BadHash);
    QVERIFY(cache.unpack()); // made anew
    QVERIFY(openUnpacked(cache.unpackedFolder(), cache.name(), JobContext::unwatched()));
}

// F06, F10
void UnpackedCheck::isWholeOrAbsentAtEveryFault_data()
{
    QTest::addColumn<FaultPlan::Reach>("reach");
    QTest::addRow("disk full") << FaultPlan::Reach::OneCall;
    QTest::addRow("killed") << FaultPlan::Reach::Crash;
}

void UnpackedCheck::isWholeOrAbsentAtEveryFault()
{
    QFETCH(FaultPlan::Reach, reach);
    int faults = 0;
    for (bool isReached = true; isReached;) {
        const Cache cache(plain());
        {
            const FaultPlan plan(++faults, ENOSPC, reach);
            const auto unpacked = cache.unpack();
            isReached = plan.isReached();
            QVERIFY(isReached || unpacked);
            if (!unpacked)
                QCOMPARE(unpacked.error().kind(), ErrorKind::DiskFull);
        }
        if (files::exists(cache.unpackedFolder()))
            QVERIFY(openUnpacked(cache.unpackedFolder(), cache.name(), JobContext::unwatched()));
        if (reach == FaultPlan::Reach::OneCall && !files::exists(cache.unpackedFolder()))
            QCOMPARE(cache.entries(), QStringList());
        QVERIFY(cache.unpack()); // I8: simply again
    }
    QVERIFY(faults > 12);
}

void UnpackedCheck::stopsWithoutATrace()
{
    const Cache cache(plain());
    std::stop_source stop;
    stop.request_stop();
    const auto unpacked = cache.unpack(JobContext(stop.get_token(), std::make_shared<Progress>()));
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind(), ErrorKind::Stopped);
    QCOMPARE(cache.entries(), QStringList());
}

QTEST_GUILESS_MAIN(UnpackedCheck)
#include "unpacked.moc"
