// SPDX-License-Identifier: Apache-2.0
#include "actions/lock_settings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "files/files.h"
#include "world.h"

using namespace Qt::StringLiterals;
using namespace sconce;

class LockSettingsCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesPythons_data();
    void writesPythons();
    void refuses_data();
    void refuses();
    void ordersIndexes();
    void wordsGoBeforeTheProject();

private:
    static Result<actions::LockSettings> settings(
        const checks::World &world, const actions::ResolveOptions &options)
    {
        const auto python = []() -> Result<versions::Version> { return versions::Version::parse(u"3.12.1"); };
        auto workspace = SCONCE_TRY(project::openWorkspaceAround(world.folder()));
        return actions::lockSettings(std::move(workspace), options, world.folder(), python);
    }
};

void LockSettingsCheck::writesPythons_data()
{
    QTest::addColumn<QJsonObject>("row");
    const auto bytes = files::read(QStringLiteral(CASES "/pythons.json"));
    const QJsonArray rows = QJsonDocument::fromJson(bytes.value_or(QByteArray())).array();
    QVERIFY(!rows.isEmpty());
    for (const QJsonValue &row : rows)
        QTest::newRow(QJsonDocument(row["members"_L1].toArray()).toJson(QJsonDocument::Compact).constData())
            << row.toObject();
}

void LockSettingsCheck::writesPythons()
{
    QFETCH(QJsonObject, row);
    const checks::World world;
    const QJsonArray members = row["members"_L1].toArray();
    for (qsizetype i = 0; i < members.size(); ++i) {
        QString text = u"[project]\nname = \"%1\"\nversion = \"1\"\n"_s.arg(i == 0 ? u"demo"_s : u"member"_s);
        if (members[i].isString())
            text += u"requires-python = \"%1\"\n"_s.arg(members[i].toString());
        if (i == 0 && members.size() > 1)
            text += u"[tool.uv.workspace]\nmembers = [\"member\"]\n"_s;
        world.write(i == 0 ? u"pyproject.toml"_s : u"member/pyproject.toml"_s, text.toUtf8());
    }
    const auto settings = LockSettingsCheck::settings(world, {});
    if (!row["lock"_L1].isString()) {
        QVERIFY(!settings);
        QCOMPARE(settings.error().kind(), ErrorKind::BadInput);
        QVERIFY(settings.error().place());
        return;
    }
    QVERIFY2(settings, settings ? "" : qPrintable(settings.error().forLog()));
    QCOMPARE(settings->request.requiresPython.text(), row["lock"_L1].toString());
    if (row["warns"_L1].isBool())
        QCOMPARE(!settings->warnings.isEmpty(), row["warns"_L1].toBool());
}

void LockSettingsCheck::refuses_data()
{
    QTest::addColumn<QString>("settings");
    QTest::addColumn<int>("line");
    const auto row = [](const char *settings, int line) {
        QTest::addRow("%s", settings) << QString::fromLatin1(settings) << line;
    };
    row("environments = [\"sys_platform == 'linux'\", \"os_name == 'posix'\"]", 6);
    row("environments = \"python_version < '3.12'\"", 6);
    row("\nrequired-environments = [\"python_version < '3.8'\"]", 7);
    row("exclude-newer = \"soon\"", 6);
    row("exclude-newer-package = { a = \"1 month\" }", 6);
    row("index = [{ url = \"https://one.test/s\", exclude-newer = \"P1Y\" }]", 6);
}

void LockSettingsCheck::refuses()
{
    QFETCH(QString, settings);
    QFETCH(int, line);
    const checks::World world;
    world.write(u"pyproject.toml"_s,
        "[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.12\"\n[tool.uv]\n"
            + settings.toUtf8() + '\n');
    const auto read = LockSettingsCheck::settings(world, {});
    QVERIFY(!read);
    QCOMPARE(read.error().kind(), ErrorKind::BadInput);
    QVERIFY(read.error().place());
    QCOMPARE(read.error().place()->line, line);
}

/// The search ends with the default index of the person; that of the project then only answers for pins.
void LockSettingsCheck::ordersIndexes()
{
    const checks::World world;
    world.write(u"pyproject.toml"_s, R"([project]
name = "demo"
version = "1"
requires-python = ">=3.12"
[tool.uv.workspace]
members = ["member"]
[[tool.uv.index]]
name = "own"
url = "https://own.test/simple"
default = true
[[tool.uv.index]]
name = "wheels"
url = "https://wheels.test/simple"
explicit = true
exclude-newer = "2026-01-01T00:00:00Z"
[[tool.uv.index]]
name = "more"
url = "https://more.test/simple"
)");
    world.write(u"member/pyproject.toml"_s, R"([project]
name = "member"
version = "1"
[[tool.uv.index]]
name = "members"
url = "https://members.test/simple"
)");
    actions::ResolveOptions options;
    options.index.defaultIndex = u"https://default.test/simple"_s;
    const auto read = settings(world, options);
    QVERIFY2(read, read ? "" : qPrintable(read.error().forLog()));
    QStringList texts;
    for (const metadata::IndexLocation &index : read->request.indexes)
        texts.append(index.url.host() + (index.isExplicit ? u" for pins"_s : QString()));
    QCOMPARE(texts,
        (QStringList{u"more.test"_s, u"default.test"_s, u"own.test for pins"_s, u"wheels.test for pins"_s,
            u"members.test for pins"_s}));
    QCOMPARE(read->request.excludeNewer.indexes.size(), 1U);
    QCOMPARE(read->checkIndexes, resolve::CheckIndexes::Yes);
}

void LockSettingsCheck::wordsGoBeforeTheProject()
{
    const checks::World world;
    world.write(u"pyproject.toml"_s, R"([project]
name = "demo"
version = "1"
requires-python = ">=3.12"
[tool.uv]
resolution = "lowest"
fork-strategy = "fewest"
exclude-newer = "7 days"
prerelease-package = { a = "allow" }
no-build-package = ["a"]
)");
    const auto plain = settings(world, {});
    QVERIFY2(plain, plain ? "" : qPrintable(plain.error().forLog()));
    QCOMPARE(plain->request.order, resolve::Order::Lowest);
    QCOMPARE(plain->request.forkStrategy, resolve::ForkStrategy::Fewest);
    QCOMPARE(plain->request.excludeNewer.everywhere->written.span, u"P7D"_s);
    QCOMPARE(plain->request.packagePreReleases.size(), 1U);
    QVERIFY(!plain->request.noBuild);
    QCOMPARE(plain->request.noBuildPackages.size(), 1U);
    QCOMPARE(plain->checkIndexes, resolve::CheckIndexes::No);
    const auto worded = settings(world,
        {.resolution = u"highest"_s,
            .excludeNewer = u"2026-01-31"_s,
            .forkStrategy = u"requires-python"_s,
            .noBuild = true});
    QVERIFY2(worded, worded ? "" : qPrintable(worded.error().forLog()));
    QCOMPARE(worded->request.order, resolve::Order::Highest);
    QCOMPARE(worded->request.forkStrategy, resolve::ForkStrategy::RequiresPython);
    QCOMPARE(worded->request.excludeNewer.everywhere->written.time, u"2026-02-01T00:00:00Z"_s);
    QVERIFY(worded->request.noBuild);
    QVERIFY(!settings(world, {.forkStrategy = u"most"_s}));
}

QTEST_GUILESS_MAIN(LockSettingsCheck)
#include "lock_settings.moc"
