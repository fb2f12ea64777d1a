// SPDX-License-Identifier: Apache-2.0
#include "actions/pip_compile.h"

#include <QTest>

#include "core/actions/world.h"

using namespace Qt::StringLiterals;
using namespace sconce;

/// Outputs of pip compile against indexes in memory; pip_compile/ keeps them.
class PipCompileCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesWhatTheReferenceWrites_data();
    void writesWhatTheReferenceWrites();
    void keepsEarlierPins();
    void choosesForOtherComputers_data();
    void choosesForOtherComputers();
    void hidesLogins();

private:
    actions::CompileRequest request(const QStringList &files) const;
    resolve::Resolution compile(const actions::CompileRequest &request);
    std::unique_ptr<checks::World> m_world;
};

void PipCompileCheck::init()
{
    m_world = std::make_unique<checks::World>();
    m_world->offer({{.name = u"alpha"_s, .version = u"1.0"_s, .requiresDist = {u"beta"_s, u"Gamma.Ray>=3"_s}},
        {.name = u"beta"_s, .version = u"1.0"_s},
        {.name = u"beta"_s,
            .version = u"2.0"_s,
            .requiresDist = {u"gamma-ray"_s, u"win; sys_platform == 'win32'"_s}},
        {.name = u"gamma-ray"_s, .version = u"3.0"_s}, {.name = u"win"_s, .version = u"1.0"_s},
        {.name = u"old"_s, .version = u"1.0"_s, .tag = u"cp39-cp39-manylinux_2_17_x86_64"_s},
        {.name = u"old"_s, .version = u"0.9"_s}});
    m_world->write(u"requirements.in"_s, "alpha\nbeta  # direct, too\n");
    m_world->write(u"limits.txt"_s, "gamma.ray<4\nunused<1\n");
    m_world->write(u"pyproject.toml"_s,
        "[project]\nname = \"Demo\"\nversion = \"1\"\ndependencies = [\"alpha\"]\n"
        "[project.optional-dependencies]\nx = [\"win\"]\n");
}

actions::CompileRequest PipCompileCheck::request(const QStringList &files) const
{
    return {.sources = {.folder = m_world->folder(), .files = files},
        .options = actions::ResolveOptions::fromVariables(m_world->tools().variables)};
}

resolve::Resolution PipCompileCheck::compile(const actions::CompileRequest &request)
{
    const auto outcome = actions::pipCompile(request, m_world->tools(), JobContext::unwatched());
    Q_ASSERT_X(outcome, "compile", outcome ? "" : qPrintable(outcome.error().forLog()));
    return std::get<resolve::Resolution>(*outcome);
}

void PipCompileCheck::writesWhatTheReferenceWrites_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QStringList>("constraints");
    QTest::addColumn<QStringList>("extras");
    QTest::addColumn<QString>("annotations");
    QTest::addRow("plain") << QStringList{u"requirements.in"_s} << QStringList() << QStringList() << u"via"_s;
    QTest::addRow("constraints") << QStringList{u"requirements.in"_s} << QStringList{u"limits.txt"_s}
                                 << QStringList() << u"via from"_s;
    QTest::addRow("project") << QStringList{u"pyproject.toml"_s} << QStringList() << QStringList{u"x"_s}
                             << u"via"_s;
    QTest::addRow("pins") << QStringList{u"requirements.in"_s} << QStringList() << QStringList() << QString();
}

void PipCompileCheck::writesWhatTheReferenceWrites()
{
    QFETCH(QStringList, files);
    QFETCH(QStringList, constraints);
    QFETCH(QStringList, extras);
    QFETCH(QString, annotations);
    actions::CompileRequest wanted = request(files);
    wanted.sources.constraints = constraints;
    wanted.sources.extras = extras;
    const QString text = actions::compiledText(compile(wanted),
        {.command = u"sconce pip compile …"_s,
            .hasAnnotations = annotations.contains(u"via"),
            .hasIndexAnnotations = annotations.contains(u"from")});
    COMPARE_KEPT(text.toUtf8(), QString::fromLatin1(QTest::currentDataTag()) + u".txt"_s);
}

void PipCompileCheck::keepsEarlierPins()
{
    const auto betaAfter = [&](const actions::CompileRequest &wanted) {
        const resolve::Resolution resolution = compile(wanted);
        const auto beta = std::ranges::find(
            resolution.packages, u"beta"_s, [](const auto &package) { return package.name.text(); });
        return beta->version.text();
    };
    m_world->write(u"requirements.txt"_s, "alpha==1.0\nbeta==1.0\n    # via alpha\ngamma-ray==3.0\n");
    actions::CompileRequest wanted = request({u"requirements.in"_s});
    QCOMPARE(betaAfter(wanted), u"2.0"_s);
    wanted.outputFile = u"requirements.txt"_s;
    QCOMPARE(betaAfter(wanted), u"1.0"_s);
    wanted.upgradePackages = {u"alpha"_s};
    QCOMPARE(betaAfter(wanted), u"1.0"_s);
    wanted.upgradePackages = {u"Beta"_s};
    QCOMPARE(betaAfter(wanted), u"2.0"_s);
    wanted.upgradePackages.clear();
    wanted.isUpgrade = true;
    QCOMPARE(betaAfter(wanted), u"2.0"_s);
}

void PipCompileCheck::choosesForOtherComputers_data()
{
    QTest::addColumn<QString>("platform");
    QTest::addColumn<QString>("python");
    QTest::addColumn<QString>("expected");
    QTest::addRow("windows") << u"windows"_s << u"3.12"_s
                             << u"alpha==1.0 beta==2.0 gamma-ray==3.0 old==0.9 win==1.0"_s;
    QTest::addRow("linux, 3.9") << u"x86_64-manylinux_2_28"_s << u"3.9"_s
                                << u"alpha==1.0 beta==2.0 gamma-ray==3.0 old==1.0"_s;
    QTest::addRow("linux, 3.12") << u"x86_64-manylinux_2_28"_s << u"3.12.4"_s
                                 << u"alpha==1.0 beta==2.0 gamma-ray==3.0 old==0.9"_s;
}

void PipCompileCheck::choosesForOtherComputers()
{
    QFETCH(QString, platform);
    QFETCH(QString, python);
    QFETCH(QString, expected);
    m_world->write(u"requirements.in"_s, "alpha\nold\n");
    actions::CompileRequest wanted = request({u"requirements.in"_s});
    wanted.options.pythonPlatform = platform;
    wanted.options.pythonVersion = python;
    QCOMPARE(actions::compiledText(compile(wanted), {.command = {}, .hasAnnotations = false})
                 .trimmed()
                 .replace(u'\n', u' '),
        expected);
    wanted.options.pythonVersion = u"three"_s;
    QVERIFY(!actions::pipCompile(wanted, m_world->tools(), JobContext::unwatched()));
    wanted.options.pythonVersion = python;
    wanted.options.pythonPlatform = u"amiga"_s;
    QVERIFY(!actions::pipCompile(wanted, m_world->tools(), JobContext::unwatched()));
}

void PipCompileCheck::hidesLogins()
{
    m_world->tools().variables.remove(u"UV_DEFAULT_INDEX"_s);
    actions::CompileRequest wanted = request({u"requirements.in"_s});
    wanted.options.index.defaultIndex = u"https://me:hush@pypi.test/simple"_s;
    const QString text = actions::compiledText(compile(wanted), {.command = {}, .hasIndexAnnotations = true});
    QVERIFY2(text.contains(u"https://pypi.test/simple") && !text.contains(u"hush"), qPrintable(text));
}

QTEST_GUILESS_MAIN(PipCompileCheck)
#include "pip_compile.moc"
