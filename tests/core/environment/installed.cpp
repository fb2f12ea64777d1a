// SPDX-License-Identifier: Apache-2.0
#include <QTemporaryDir>
#include <QTest>

#include "environment/virtual_environment.h"
#include "kit/golden.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

class Environment {
public:
    void put(const QString &path, const QByteArray &text) const
    {
        kit::spill(m_folder.filePath(u"lib/site-packages/"_s + path), text);
    }
    python::Interpreter interpreter() const
    {
        python::Interpreter made;
        made.prefix = m_folder.path();
        made.purelib = made.platlib = u"lib/site-packages"_s;
        return made;
    }
    QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

} // namespace

class InstalledCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void listsDistributions();
    void leavesDamagedOnesOut();
    void readsMetadata();
    void readsConfigurationsOfOthers();
};

void InstalledCheck::listsDistributions()
{
    const Environment environment;
    environment.put(u"zope_interface-6.0.dist-info/METADATA"_s,
        "Metadata-Version: 2.1\nName: zope.interface\nVersion: 6.0\n");
    environment.put(u"Abc.Def-1!2.0+local.1.dist-info/INSTALLER"_s, "pip\n");
    environment.put(u"local-1.0.dist-info/direct_url.json"_s,
        R"({"url": "file:///home/me/local", "dir_info": {"editable": true}})");
    environment.put(u"zope_interface/__init__.py"_s, "");
    environment.put(u"not_a_folder-1.0.dist-info"_s, "");
    const auto installed =
        environment::installedIn(environment.interpreter(), JobContext::unwatched()).value();
    QStringList names;
    for (const auto &one : installed)
        names.append(one.name.text() + u' ' + one.version.text());
    QCOMPARE(names, QStringList({u"abc-def 1!2.0+local.1"_s, u"local 1.0"_s, u"zope-interface 6.0"_s}));
    QCOMPARE(installed[0].installer, u"pip"_s);
    QVERIFY(installed[1].directUrl->isEditable);
    QVERIFY(!installed[2].directUrl);
    QCOMPARE(installed[2].distInfo, environment.path(u"lib/site-packages/zope_interface-6.0.dist-info"_s));
}

void InstalledCheck::leavesDamagedOnesOut()
{
    const Environment environment;
    environment.put(u"good-1.0.dist-info/METADATA"_s, "");
    environment.put(u"noversion.dist-info/METADATA"_s, "");
    environment.put(u"odd-x.y.z.dist-info/METADATA"_s, "");
    environment.put(u"-1.0.dist-info/METADATA"_s, "");
    environment.put(u"~ood-1.0.dist-info/METADATA"_s, "");
    const JobContext context = JobContext::unwatched();
    const auto installed = environment::installedIn(environment.interpreter(), context).value();
    QCOMPARE(installed.size(), std::size_t(1));
    QCOMPARE(context.progress().logFrom(0).size(), 4);
    python::Interpreter empty;
    empty.prefix = environment.path(u"absent"_s);
    empty.purelib = empty.platlib = u"lib"_s;
    QVERIFY(environment::installedIn(empty, context).value().empty());
}

void InstalledCheck::readsMetadata()
{
    const Environment environment;
    environment.put(
        u"a-1.0.dist-info/METADATA"_s, "Metadata-Version: 2.1\nName: a\nVersion: 1.0\nRequires-Dist: b>=2\n");
    environment.put(u"c-1.0.dist-info/METADATA"_s, "Name: c\n");
    environment.put(u"d-1.0.dist-info/RECORD"_s, "");
    const auto installed =
        environment::installedIn(environment.interpreter(), JobContext::unwatched()).value();
    QCOMPARE(environment::metadataOf(installed.at(0)).value().requiresDist.size(), std::size_t(1));
    const auto broken = environment::metadataOf(installed.at(1));
    QVERIFY(!broken);
    QVERIFY(broken.error().forLog().contains(installed.at(1).distInfo));
    QCOMPARE(environment::metadataOf(installed.at(2)).error().kind(), ErrorKind::NotFound);
}

void InstalledCheck::readsConfigurationsOfOthers()
{
    const QTemporaryDir folder;
    kit::spill(folder.filePath(u"pyvenv.cfg"_s),
        "Home = /usr/bin\r\n\n# words\ncommand = python -m venv --x=y /a\nempty =\n");
    const auto config = environment::readConfig(folder.path()).value();
    QCOMPARE(config.value(u"home"_s), u"/usr/bin"_s);
    QCOMPARE(config.value(u"command"_s), u"python -m venv --x=y /a"_s);
    QCOMPARE(config.value(u"empty"_s), u""_s);
    QCOMPARE(config.size(), 3);
    QVERIFY(environment::isEnvironment(folder.path()));
}

QTEST_GUILESS_MAIN(InstalledCheck)
#include "installed.moc"
