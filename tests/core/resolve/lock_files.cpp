// SPDX-License-Identifier: Apache-2.0
#include "resolve/lock_files.h"

#include <QTest>
#include <QTimeZone>

using namespace sconce;
using namespace Qt::StringLiterals;
using metadata::IndexFile;

namespace {

const QString Address = u"https://index.test/simple"_s;

IndexFile fileNamed(const QString &fileName)
{
    const auto name = *names::PackageName::parse(u"pack");
    IndexFile file{.fileName = fileName, .package = name, .version = versions::Version::of({1})};
    file.address = u"https://files.test/"_s + fileName;
    file.urlAsWritten = file.address;
    if (fileName.endsWith(".whl"_L1))
        file.wheel = *metadata::WheelName::parse(fileName);
    return file;
}

resolve::UniversalRequest requestFor(const QString &python)
{
    resolve::UniversalRequest request;
    const auto range = versions::ReleaseRange::of(*versions::SpecifierSet::parse(python));
    request.python = {range.lower(), range.upper()};
    request.workspace.root.folder = u"/project"_s;
    request.indexes = {{.url = QUrl(Address)}};
    return request;
}

lock::Package packageOf(const resolve::UniversalRequest &request, const std::vector<IndexFile> &files,
    const markers::Marker &known = {}, const QString &address = Address)
{
    resolve::Distribution distribution{
        .name = files.front().package, .version = files.front().version, .source = {.location = address}};
    for (const IndexFile &file : files)
        distribution.files.push_back(&file);
    lock::Package package{.name = distribution.name};
    resolve::LockFiles(request).add(package, distribution, known);
    return package;
}

lock::File lockedFile(const IndexFile &file)
{
    const lock::Package package = packageOf(requestFor(u">=3.10"_s), {file});
    return package.sdist ? *package.sdist : package.wheels.at(0);
}

QStringList namesOf(const lock::Package &package)
{
    QStringList names;
    if (package.sdist)
        names.append(package.sdist->name());
    for (const lock::File &wheel : package.wheels)
        names.append(wheel.name());
    return names;
}

} // namespace

class LockFilesCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stampsTimes_data();
    void stampsTimes();
    void takesTheBestHash_data();
    void takesTheBestHash();
    void showsAddresses_data();
    void showsAddresses();
    void choosesSources_data();
    void choosesSources();
    void keepsWhatIsNeeded();
    void hidesNewFiles();
    void namesFilesOfFolders();
    void namesArchives();
};

void LockFilesCheck::stampsTimes_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"2026-10-31T15:10:16Z", "2026-10-31T15:10:16.5Z", "2026-02-28T00:00:00.012Z",
             "2024-02-29T23:59:59.999Z", "1999-12-31T08:09:10.1Z"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void LockFilesCheck::stampsTimes()
{
    QFETCH(const QString, text);
    IndexFile file = fileNamed(u"pack-1.tar.gz"_s);
    file.uploadTime = QDateTime::fromString(text, Qt::ISODateWithMs);
    QCOMPARE(lockedFile(file).uploadTime, text);
    file.uploadTime = file.uploadTime->toTimeZone(QTimeZone(7200));
    QCOMPARE(lockedFile(file).uploadTime, text);
}

void LockFilesCheck::takesTheBestHash_data()
{
    QTest::addColumn<QStringList>("algorithms");
    QTest::addColumn<QString>("best");
    QTest::newRow("one") << QStringList{u"sha256"_s} << u"sha256:0"_s;
    QTest::newRow("none") << QStringList() << QString();
    QTest::newRow("unknown ones only") << QStringList{u"sha1"_s, u"crc"_s} << QString();
    QTest::newRow("unknown besides") << QStringList{u"sha1"_s, u"md5"_s} << u"md5:1"_s;
    QTest::newRow("best first") << QStringList{u"sha512"_s, u"sha384"_s, u"sha256"_s} << u"sha512:0"_s;
    QTest::newRow("best last") << QStringList{u"md5"_s, u"sha512"_s, u"blake2b"_s} << u"blake2b:2"_s;
}

void LockFilesCheck::takesTheBestHash()
{
    QFETCH(const QStringList, algorithms);
    QFETCH(const QString, best);
    IndexFile file = fileNamed(u"pack-1.tar.gz"_s);
    for (const QString &algorithm : algorithms)
        file.hashes.append(algorithm + u':' + QString::number(file.hashes.size()));
    QCOMPARE(lockedFile(file).hash, best);
}

void LockFilesCheck::showsAddresses_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *written, const char *shown) {
        QTest::newRow(written) << QString::fromLatin1(written) << QString::fromLatin1(shown);
    };
    row("https://files.test/a/pack-1%2Bcpu.tar.gz", "https://files.test/a/pack-1%2Bcpu.tar.gz");
    row("HTTPS://Files.test/a b", "HTTPS://Files.test/a b"); // as the index wrote it
    row("../../a/pack-1%2Bcpu.tar.gz", "https://index.test/a/pack-1%2Bcpu.tar.gz");
    row("pack-1.tar.gz#sha256=0", "https://index.test/simple/pack/pack-1.tar.gz");
    row("/pack-1.tar.gz?from=https://b.test/", "https://index.test/pack-1.tar.gz?from=https://b.test/");
    row("https://me:secret@files.test/pack-1.tar.gz", "https://files.test/pack-1.tar.gz");
}

void LockFilesCheck::showsAddresses()
{
    QFETCH(const QString, written);
    QFETCH(const QString, shown);
    IndexFile file = fileNamed(u"pack-1.tar.gz"_s);
    file.urlAsWritten = written;
    file.address =
        QUrl(u"https://index.test/simple/pack/"_s).resolved(QUrl(written)).toString(QUrl::FullyEncoded);
    QCOMPARE(lockedFile(file).url, shown);
}

void LockFilesCheck::choosesSources_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("chosen");
    const QString gz = u"pack-1.tar.gz"_s;
    const QString zip = u"pack-1.zip"_s;
    const QString bz2 = u"pack-1.tar.bz2"_s;
    QTest::newRow("gz before zip") << QStringList{zip, gz} << gz;
    QTest::newRow("zip before others") << QStringList{bz2, zip} << zip;
    QTest::newRow("no other") << QStringList{bz2} << bz2;
}

void LockFilesCheck::choosesSources()
{
    QFETCH(const QStringList, files);
    QFETCH(const QString, chosen);
    std::vector<IndexFile> all;
    std::ranges::transform(files, std::back_inserter(all), fileNamed);
    QCOMPARE(namesOf(packageOf(requestFor(u">=3.10"_s), all)), QStringList{chosen});
}

void LockFilesCheck::keepsWhatIsNeeded()
{
    const std::vector<IndexFile> files{fileNamed(u"pack-1-cp310-cp310-win_amd64.whl"_s),
        fileNamed(u"pack-1-cp39-cp39-win_amd64.whl"_s),
        fileNamed(u"pack-1-cp310-cp310-macosx_11_0_arm64.whl"_s),
        fileNamed(u"pack-1-cp310-foo-win_amd64.whl"_s), fileNamed(u"pack-1-py3-none-any.whl"_s)};
    auto request = requestFor(u">=3.10"_s);
    const auto windows = *markers::Marker::parse(u"sys_platform == 'win32'");
    const QStringList forWindows{files[0].fileName, files[4].fileName};
    QCOMPARE(namesOf(packageOf(request, files)),
        (QStringList{files[0].fileName, files[2].fileName, files[4].fileName}));
    QCOMPARE(namesOf(packageOf(request, files, windows)), forWindows);
    request.environments = {windows, *markers::Marker::parse(u"sys_platform == 'linux'")};
    QCOMPARE(namesOf(packageOf(request, files)), forWindows);
}

void LockFilesCheck::hidesNewFiles()
{
    std::vector<IndexFile> files{fileNamed(u"pack-1-py2.py3-none-any.whl"_s),
        fileNamed(u"pack-1-py3-none-any.whl"_s), fileNamed(u"pack-1.tar.gz"_s)};
    const QDateTime day(QDate(2026, 3, 1), QTime(0, 0), QTimeZone::UTC);
    files[0].uploadTime = day.addMSecs(-1);
    files[1].uploadTime = day;
    auto request = requestFor(u">=3.10"_s);
    request.excludeNewer.everywhere = resolve::CutOff{day, {}};
    QCOMPARE(namesOf(packageOf(request, files)), QStringList{files[0].fileName});
    request.excludeNewer.packages[files[0].package] = std::nullopt;
    QCOMPARE(namesOf(packageOf(request, files)).size(), 3);
}

void LockFilesCheck::namesFilesOfFolders()
{
    const QString folder = u"file:///project/wheels"_s;
    std::vector<IndexFile> files{
        fileNamed(u"pack-1-py2.py3-none-any.whl"_s), fileNamed(u"pack-1-py3-none-any.whl"_s)};
    files[0].address = folder + u"/sub/pack-1-py2.py3-none-any.whl"_s;
    auto request = requestFor(u">=3.10"_s);
    request.indexes.push_back({.url = QUrl(folder), .isFlat = true});
    const lock::Package package = packageOf(request, files, {}, folder);
    QCOMPARE(package.source, (lock::Source{lock::Source::Kind::Registry, u"wheels"_s, {}}));
    QCOMPARE(package.wheels[0].path, u"sub/pack-1-py2.py3-none-any.whl"_s);
    QCOMPARE(package.wheels[0].url, QString());
    QCOMPARE(package.wheels[1].path, QString()); // the folder only links to it
    QCOMPARE(package.wheels[1].url, files[1].address);
}

void LockFilesCheck::namesArchives()
{
    const auto add = [](const QString &fileName, lock::Source::Kind kind, const QString &location) {
        auto file = std::make_shared<IndexFile>(fileNamed(fileName));
        file->hashes = {u"sha256:1f"_s};
        file->size = 10;
        lock::Package package{.name = file->package, .source = {kind, location, {}}};
        const resolve::UniversalRequest::Place place{.name = file->package, .file = file};
        resolve::LockFiles::add(package, place);
        return package;
    };
    using Kind = lock::Source::Kind;
    const QString wheel = u"pack-1-py3-none-any.whl"_s;
    const QString address = u"https://files.test/pack-1-py3-none-any.whl"_s;
    QCOMPARE(add(wheel, Kind::Url, address).wheels,
        (std::vector{lock::File{.url = address, .hash = u"sha256:1f"_s}}));
    QCOMPARE(add(wheel, Kind::Path, u"dist/"_s + wheel).wheels,
        (std::vector{lock::File{.filename = wheel, .hash = u"sha256:1f"_s}}));
    QCOMPARE(
        add(u"pack-1.tar.gz"_s, Kind::Path, u"pack-1.tar.gz"_s).sdist, lock::File{.hash = u"sha256:1f"_s});
}

QTEST_GUILESS_MAIN(LockFilesCheck)
#include "lock_files.moc"
