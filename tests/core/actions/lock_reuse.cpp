// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "actions/lock_settings.h"
#include "files/files.h"
#include "lock/order.h"
#include "lock/read.h"
#include "lock/write.h"
#include "resolve/lock_head.h"
#include "world.h"

using namespace Qt::StringLiterals;
using namespace sconce;
using resolve::Reuse;

/// A lock is made for one text of a project; what is it good for with another?
class LockReuseCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void takesVersionsAndForksOver();
    void upgradedPackagesHaveNoPreference();

private:
    actions::LockSettings settingsOf(const QString &project)
    {
        m_world.write(u"pyproject.toml"_s, project.toUtf8());
        const auto python = []() -> Result<versions::Version> { return versions::Version::parse(u"3.12.1"); };
        auto workspace = project::openWorkspaceAround(m_world.folder());
        if (!workspace)
            qFatal() << workspace.error().forLog();
        auto settings = actions::lockSettings(*std::move(workspace),
            actions::ResolveOptions::fromVariables(m_world.tools().variables), m_world.folder(), python);
        if (!settings)
            qFatal() << settings.error().forLog();
        return *std::move(settings);
    }

    /// A lock with a 2 and b 1, as it is read from its file.
    lock::Lock lockFor(const QString &project, const QString &index)
    {
        const resolve::UniversalRequest request = settingsOf(project).request;
        lock::Lock made = resolve::lockHead(request);
        for (const QString &name : {u"a"_s, u"b"_s}) {
            lock::Package package{.name = *names::PackageName::parse(name),
                .version = *versions::Version::parse(name == u"a" ? u"2" : u"1")};
            package.source.location = index;
            package.wheels.push_back(
                {.url = u"https://files.test/%1-%2-py3-none-any.whl"_s.arg(name, package.version->text()),
                    .hash = u"sha256:"_s + QString(64, u'0')});
            made.packages.push_back(package);
        }
        for (const auto &[name, member] : request.workspace.members) {
            lock::Package package = resolve::locked(member);
            package.dependencies = {{.target = 0}, {.target = 1}};
            made.packages.push_back(package);
        }
        lock::arrange(made);
        const auto read = lock::parse(lock::bytes(made), u"uv.lock"_s);
        if (!read)
            qFatal() << read.error().forLog();
        return *read;
    }

    checks::World m_world;
};

void LockReuseCheck::judges_data()
{
    QTest::addColumn<QJsonObject>("row");
    const auto bytes = files::read(QStringLiteral(CASES "/cases.json"));
    const QJsonArray rows = QJsonDocument::fromJson(bytes.value_or(QByteArray())).array();
    QVERIFY(!rows.isEmpty());
    for (const QJsonValue &row : rows)
        QTest::newRow(row["says"_L1].toString().toUtf8().constData()) << row.toObject();
}

void LockReuseCheck::judges()
{
    QFETCH(QJsonObject, row);
    const lock::Lock old =
        lockFor(row["before"_L1].toString(), row["index"_L1].toString(u"https://pypi.test/simple"_s));
    const actions::LockSettings now = settingsOf(row["after"_L1].toString());
    resolve::Upgrade upgrade{.isForAll = row["upgrade"_L1].toBool(), .packages = {}};
    for (const QJsonValue &package : row["upgradePackages"_L1].toArray())
        upgrade.packages.push_back(*requirements::Requirement::parse(package.toString()));
    const Reuse reuse = resolve::reuseOf(old, now.request, upgrade, now.checkIndexes);
    const std::map<Reuse::Kind, QString> words{{Reuse::Kind::Nothing, u"nothing"_s},
        {Reuse::Kind::Versions, u"versions"_s}, {Reuse::Kind::VersionsAndForks, u"versions and forks"_s},
        {Reuse::Kind::Everything, u"everything"_s}};
    QCOMPARE(words.at(reuse.kind), row["expect"_L1].toString());
    QCOMPARE(reuse.reason.isEmpty(), reuse.kind == Reuse::Kind::Everything);
}

namespace {

const QString Project = u"[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.12\"\n"
                        "dependencies = [\"a\", \"b\"]\n"_s;

lock::LockedMarker marker(const QString &text)
{
    return lock::LockedMarker::of(*markers::Marker::parse(text));
}

} // namespace

void LockReuseCheck::takesVersionsAndForksOver()
{
    lock::Lock old = lockFor(Project, u"https://pypi.test/simple"_s);
    old.resolutionMarkers = {marker(u"sys_platform == 'win32'"_s), marker(u"sys_platform != 'win32'"_s)};
    old.packages.front().resolutionMarkers = {old.resolutionMarkers.front()};
    for (const Reuse::Kind kind : {Reuse::Kind::Versions, Reuse::Kind::VersionsAndForks}) {
        resolve::UniversalRequest request = settingsOf(Project).request;
        resolve::takeOver(old, kind, {}, request);
        QCOMPARE(request.preferences.size(), 2U);
        const auto &preference = request.preferences.find(*names::PackageName::parse(u"a"))->second;
        QCOMPARE(preference.version.text(), u"2"_s);
        // The lock's Pythons belong to each of its forks, although it does not say so.
        QCOMPARE(preference.marker.text(), u"python_full_version >= '3.12' and sys_platform == 'win32'"_s);
        QCOMPARE(preference.index, u"https://pypi.test/simple"_s);
        QCOMPARE(request.initialForks.size(), kind == Reuse::Kind::Versions ? 0U : 2U);
    }
}

void LockReuseCheck::upgradedPackagesHaveNoPreference()
{
    const lock::Lock old = lockFor(Project, u"https://pypi.test/simple"_s);
    resolve::UniversalRequest request = settingsOf(Project).request;
    const resolve::Upgrade upgrade{
        .isForAll = false, .packages = {*requirements::Requirement::parse(u"a==3")}};
    resolve::takeOver(old, Reuse::Kind::VersionsAndForks, upgrade, request);
    QCOMPARE(request.preferences.size(), 1U);
    QCOMPARE(request.preferences.begin()->first.text(), u"b"_s);
    resolve::takeOver(old, Reuse::Kind::Nothing, upgrade, request);
    QCOMPARE(request.preferences.size(), 1U);
}

QTEST_GUILESS_MAIN(LockReuseCheck)
#include "lock_reuse.moc"
