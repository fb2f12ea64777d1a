// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace sconce;

/// Wanted and installed packages as short words: "torch==2.8.0+cpu".
class PlanCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesEveryChange_data();
    void namesEveryChange();
    void saysWhy();
    void warnsOfWhatNeedsALook();
    void countsBytes();
    void comparesAddresses();
};

namespace {

names::PackageName name(QStringView text)
{
    return *names::PackageName::parse(text);
}

std::pair<names::PackageName, versions::Version> pin(const QString &text)
{
    const QStringList parts = text.split(u"=="_s);
    return {name(parts[0]), *versions::Version::parse(parts[1])};
}

environment::Installed installed(const QString &text)
{
    const auto [package, version] = pin(text);
    return {package, version, u"/env/"_s + text + u".dist-info"_s, std::nullopt, u"uv"_s};
}

resolve::ResolvedPackage wanted(const QString &text)
{
    const auto [package, version] = pin(text);
    const QString fileName = u"%1-%2-py3-none-any.whl"_s.arg(package.fileText(), version.text());
    metadata::IndexFile file{.fileName = fileName,
        .address = u"https://files.example/"_s + fileName,
        .hashes = {u"sha256:"_s + QString(64, u'a')},
        .size = 100,
        .package = package,
        .version = version,
        .wheel = *metadata::WheelName::parse(fileName)};
    return {.name = package,
        .version = version,
        .extras = {},
        .index = {.url = QUrl(u"https://index.example/simple"_s)},
        .file = std::move(file),
        .metadata = nullptr,
        .dependencies = {},
        .wishedBy = {},
        .neededBy = {}};
}

resolve::Resolution resolution(const QStringList &texts)
{
    resolve::Resolution all;
    for (const QString &text : texts)
        all.packages.push_back(wanted(text));
    return all;
}

std::vector<environment::Installed> allInstalled(const QStringList &texts)
{
    std::vector<environment::Installed> all;
    for (const QString &text : texts)
        all.push_back(installed(text));
    return all;
}

QString asText(const plan::Plan &plan)
{
    static const QStringList kinds{
        u"add"_s, u"upgrade"_s, u"downgrade"_s, u"switch"_s, u"reinstall"_s, u"remove"_s};
    QStringList parts;
    for (const plan::Operation &operation : plan.operations) {
        parts.append(u"%1 %2 %3 %4"_s.arg(kinds[qsizetype(operation.kind)], operation.name.text(),
            operation.from ? operation.from->text() : u"-"_s, operation.to ? operation.to->text() : u"-"_s));
    }
    for (const names::PackageName &unchanged : plan.unchanged)
        parts.append(u"keep "_s + unchanged.text());
    return parts.join(u", ");
}

} // namespace

void PlanCheck::namesEveryChange_data()
{
    QTest::addColumn<QString>("have");
    QTest::addColumn<QString>("want");
    QTest::addColumn<bool>("removes");
    QTest::addColumn<QString>("reinstalls");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *have, const char *want, const char *expected, bool removes = false,
                         const char *reinstalls = "") {
        QTest::addRow("%s -> %s%s%s", have, want, removes ? ", exact" : "", reinstalls)
            << QString::fromLatin1(have) << QString::fromLatin1(want) << removes
            << QString::fromLatin1(reinstalls) << QString::fromLatin1(expected);
    };
    row("", "", "");
    row("", "numpy==2.0", "add numpy - 2.0");
    row("numpy==2.0", "numpy==2.0", "keep numpy");
    row("numpy==2.0.0", "numpy==2.0", "keep numpy");
    row("numpy==1.9", "numpy==2.0", "upgrade numpy 1.9 2.0");
    row("numpy==2.1", "numpy==2.0", "downgrade numpy 2.1 2.0");
    row("torch==2.8.0+cpu", "torch==2.8.0+cu128", "switch torch 2.8.0+cpu 2.8.0+cu128");
    row("torch==2.8.0+cu128", "torch==2.8.0", "switch torch 2.8.0+cu128 2.8.0");
    row("torch==2.8.0+cu128", "torch==2.9.0+cpu", "upgrade torch 2.8.0+cu128 2.9.0+cpu");
    row("numpy==2.0", "numpy==2.0", "reinstall numpy 2.0 2.0", false, "*");
    row("numpy==2.0 tqdm==4", "numpy==2.0 tqdm==4", "reinstall tqdm 4 4, keep numpy", false, "tqdm");
    row("old==1 numpy==2.0", "numpy==2.0", "keep numpy");
    row("old==1 numpy==2.0", "numpy==2.0", "remove old 1 -, keep numpy", true);
    row("numpy==2.0 numpy==1.0", "numpy==2.0", "reinstall numpy 2.0 2.0, remove numpy 1.0 -");
    row("numpy==1.0 numpy==0.9", "numpy==2.0", "upgrade numpy 1.0 2.0, remove numpy 0.9 -");
}

void PlanCheck::namesEveryChange()
{
    QFETCH(QString, have);
    QFETCH(QString, want);
    QFETCH(bool, removes);
    QFETCH(QString, reinstalls);
    QFETCH(QString, expected);
    plan::Reinstall reinstall{.isEverything = reinstalls == u"*"};
    if (!reinstalls.isEmpty() && !reinstall.isEverything)
        reinstall.packages.push_back(name(reinstalls));
    const plan::Plan plan = plan::make(resolution(want.split(u' ', Qt::SkipEmptyParts)),
        allInstalled(have.split(u' ', Qt::SkipEmptyParts)),
        removes ? plan::Extraneous::Remove : plan::Extraneous::Keep, reinstall);
    QCOMPARE(asText(plan), expected);
}

void PlanCheck::saysWhy()
{
    resolve::Resolution all = resolution({u"numba==0.60"_s, u"numpy==2.1.3"_s, u"torch==2.8.0"_s});
    all.packages[0].wishedBy = {u"[project] dependencies"_s};
    all.packages[1].neededBy = {name(u"numba"), name(u"torch")};
    all.packages[0].metadata = std::make_shared<metadata::CoreMetadata>(*metadata::CoreMetadata::parse(
        "Metadata-Version: 2.1\nName: numba\nVersion: 0.60\nRequires-Dist: numpy<2.2\n\n"));
    const plan::Plan fresh = plan::make(all, {}, plan::Extraneous::Keep);
    QCOMPARE(fresh.operations[0].why, u"you asked"_s);
    QVERIFY(fresh.operations[0].isRequested);
    QCOMPARE(fresh.operations[1].why, u"numba"_s);
    QVERIFY(!fresh.operations[1].isRequested);
    const plan::Plan down = plan::make(all, {installed(u"numpy==2.3.1"_s)}, plan::Extraneous::Keep);
    QCOMPARE(down.operations[1].kind, plan::Operation::Kind::Downgrade);
    QCOMPARE(down.operations[1].why, u"numba <2.2"_s);
}

void PlanCheck::warnsOfWhatNeedsALook()
{
    resolve::Resolution all = resolution({u"a==1"_s, u"b==1+cpu"_s, u"c==1"_s, u"d==1"_s, u"e==2"_s});
    all.packages[2].file.yanked = u"broken metadata"_s;
    all.packages[3].file.hashes.clear();
    const plan::Plan plan = plan::make(all,
        {installed(u"a==2"_s), installed(u"b==1+cu128"_s), installed(u"e==1"_s)}, plan::Extraneous::Keep);
    QStringList sentences;
    for (const plan::Warning &warning : plan.warnings)
        sentences.append(warning.sentence);
    QCOMPARE(sentences.size(), 4);
    QVERIFY2(sentences[0].startsWith(u"a goes down from 2 to 1"), qPrintable(sentences[0]));
    QVERIFY2(sentences[1].contains(u"1+cu128") && sentences[1].contains(u"1+cpu"), qPrintable(sentences[1]));
    QVERIFY2(sentences[2].contains(u"broken metadata"), qPrintable(sentences[2]));
    QVERIFY2(sentences[3].contains(u"SHA-256"), qPrintable(sentences[3]));
}

void PlanCheck::countsBytes()
{
    resolve::Resolution all = resolution({u"a==1"_s, u"b==1"_s, u"c==1"_s});
    all.packages[1].file.size.reset();
    const plan::Plan plan = plan::make(all, {installed(u"z==1"_s)}, plan::Extraneous::Remove);
    QCOMPARE(plan.knownBytes(), 200);
    QCOMPARE(plan.unknownSizes(), std::size_t(1));
    QCOMPARE(plan.count(plan::Operation::Kind::Add), std::size_t(3));
    QCOMPARE(plan.count(plan::Operation::Kind::Remove), std::size_t(1));
}

void PlanCheck::comparesAddresses()
{
    resolve::Resolution all = resolution({u"a==1"_s});
    all.packages[0].index = {};
    environment::Installed same = installed(u"a==1"_s);
    same.directUrl = metadata::DirectUrl{.url = all.packages[0].file.address};
    QCOMPARE(asText(plan::make(all, {same}, plan::Extraneous::Keep)), u"keep a"_s);
    QCOMPARE(asText(plan::make(all, {installed(u"a==1"_s)}, plan::Extraneous::Keep)), u"reinstall a 1 1"_s);
    // A package from an index is content with any origin.
    QCOMPARE(asText(plan::make(resolution({u"a==1"_s}), {same}, plan::Extraneous::Keep)), u"keep a"_s);
}

QTEST_APPLESS_MAIN(PlanCheck)
#include "plan.moc"
