// SPDX-License-Identifier: Apache-2.0
#include "project/source_layout.h"

#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"

using namespace Qt::StringLiterals;
using namespace sconce;

/// What a project becomes importable by, without its backend being run.
class SourceLayoutCheck : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    Result<project::Project> made(const QByteArray &text, const QStringList &files)
    {
        QDir(m_folder.path()).removeRecursively();
        kit::spill(m_folder.filePath(u"pyproject.toml"_s), text);
        for (const QString &file : files)
            kit::spill(m_folder.filePath(file), "X = 1\n");
        return project::open(m_folder.path());
    }
    /// "src:demo whole", or the reason.
    QString shown(const Result<project::SourceLayout> &layout) const
    {
        if (!layout)
            return QString(layout.error().summary()).replace(m_folder.path(), u"@"_s);
        QStringList parts;
        for (const project::SourceLayout::Module &module : layout->modules)
            parts.append(QDir(m_folder.path()).relativeFilePath(module.root) + u':' + module.path);
        return parts.join(u' ') + (layout->isWhole ? u" whole"_s : QString());
    }

private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("files");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &backend, const QByteArray &more,
                             const QString &files, const QString &expected) {
            QByteArray text = "[project]\nname = \"my-Demo\"\nversion = \"1.0\"\n";
            if (!backend.isEmpty())
                text += "[build-system]\nrequires = []\nbuild-backend = \"" + backend + "\"\n";
            QTest::addRow("%s", name) << text + more << files << expected;
        };
        row("uv", "uv_build", {}, u"src/my_demo/__init__.py"_s, u"src:my_demo whole"_s);
        row("uv, without a folder between", "uv_build", "[tool.uv.build-backend]\nmodule-root = \"\"\n",
            u"my_demo/__init__.py"_s, u".:my_demo whole"_s);
        row("uv, modules named", "uv_build",
            "[tool.uv.build-backend]\nmodule-name = [\"one\", \"two.three\"]\nwheel-exclude = [\"x\"]\n",
            u"src/one/__init__.py src/two/three/__init__.py"_s, u"src:one src:two/three"_s);
        row("uv, module missing", "uv_build", {}, u"my_demo/__init__.py"_s,
            u"there is no module “my_demo” in “@/src”"_s);
        row("hatch, flat", "hatchling.build", {}, u"my_demo/__init__.py"_s, u".:my_demo whole"_s);
        row("hatch, below src", "hatchling.build", {}, u"src/my_demo/__init__.py tests/a.py"_s,
            u"src:my_demo whole"_s);
        row("hatch, one file", "hatchling.build", {}, u"my_demo.py"_s, u".:my_demo.py whole"_s);
        row("hatch, packages named", "hatchling.build",
            "[tool.hatch.build.targets.wheel]\npackages = [\"lib/other\"]\n", u"lib/other/__init__.py"_s,
            u"lib:other whole"_s);
        row("hatch, some left out", "hatchling.build", "[tool.hatch.build]\nexclude = [\"*.txt\"]\n",
            u"my_demo/__init__.py"_s, u".:my_demo"_s);
        row("hatch with a hook", "hatchling.build", "[tool.hatch.build.hooks.custom]\n",
            u"my_demo/__init__.py"_s, u"“tool.hatch.build.hooks” takes effect in a build only"_s);
        row("hatch, files moved", "hatchling.build",
            "[tool.hatch.build.targets.wheel.sources]\n\"src\" = \"x\"\n", u"my_demo/__init__.py"_s,
            u"“tool.hatch.build.targets.wheel.sources” takes effect in a build only"_s);
        row("flit", "flit_core.buildapi", "[tool.flit.module]\nname = \"other\"\n", u"src/other.py"_s,
            u"src:other.py whole"_s);
        row("poetry", "poetry.core.masonry.api",
            "[[tool.poetry.packages]]\ninclude = \"other\"\nfrom = \"lib\"\n", u"lib/other/__init__.py"_s,
            u"lib:other"_s);
        row("poetry with a script", "poetry.core.masonry.api", "[tool.poetry.build]\nscript = \"build.py\"\n",
            u"my_demo/__init__.py"_s, u"“tool.poetry.build” takes effect in a build only"_s);
        row("pdm", "pdm.backend", {}, u"src/my_demo/__init__.py"_s, u"src:my_demo whole"_s);
        row("pdm with code", "pdm.backend", {}, u"src/my_demo/__init__.py pdm_build.py"_s,
            u"“pdm_build.py” takes effect in a build only"_s);
        row("setuptools below src", "setuptools.build_meta", {}, u"src/my_demo/__init__.py"_s, u"src:"_s);
        row("setuptools, flat", "setuptools.build_meta", {}, u"my_demo/__init__.py docs/a.py"_s,
            u".:my_demo"_s);
        row("setuptools, where named", "setuptools.build_meta",
            "[tool.setuptools.packages.find]\nwhere = [\"lib\"]\n", u"lib/any/__init__.py"_s, u"lib:"_s);
        row("setuptools, root named", "setuptools.build_meta",
            "[tool.setuptools]\npackage-dir = { \"\" = \"lib\" }\n", u"lib/any/__init__.py"_s, u"lib:"_s);
        row("setuptools, packages moved", "setuptools.build_meta",
            "[tool.setuptools]\npackage-dir = { other = \"lib\" }\n", u"lib/any/__init__.py"_s,
            u"“tool.setuptools.package-dir” takes effect in a build only"_s);
        row("setuptools with setup.py", "setuptools.build_meta", {}, u"my_demo/__init__.py setup.py"_s,
            u"“setup.py” takes effect in a build only"_s);
        row("setuptools, compiled", "setuptools.build_meta",
            "[[tool.setuptools.ext-modules]]\nname = \"x\"\n", u"my_demo/__init__.py"_s,
            u"“tool.setuptools.ext-modules” takes effect in a build only"_s);
        row("no backend named", {}, {}, u"my_demo/__init__.py"_s, u".:my_demo"_s);
        row("compiled by another", "maturin", {}, u"my_demo/__init__.py"_s,
            u"its build backend “maturin” would have to run"_s);
        row("a backend of its own", "uv_build", "backend-path = [\"x\"]\n", u"src/my_demo/__init__.py"_s,
            u"its build backend is code of its own"_s);
        QTest::addRow("version dynamic")
            << "[project]\nname = \"a\"\ndynamic = [\"version\"]\n"_ba << u"a.py"_s
            << u"“version” is dynamic: only a build of the project can say it"_s;
    }
    void finds()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, files);
        QFETCH(QString, expected);
        const auto opened = made(text, files.split(u' '));
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().forLog()));
        QCOMPARE(shown(project::sourceLayout(*opened)), expected);
    }

    void saysWhatIsWritten()
    {
        const QString folder = QStringLiteral(CASES "/written");
        const auto opened = project::open(folder);
        QVERIFY(opened);
        const auto texts = project::wheelTexts(*opened);
        QVERIFY(texts);
        const QByteArray both = texts->metadata + "\n== entry_points.txt\n" + texts->entryPoints;
        COMPARE_KEPT(both, u"written/expected.txt"_s);
    }
};

QTEST_APPLESS_MAIN(SourceLayoutCheck)
#include "source_layout.moc"
