// SPDX-License-Identifier: Apache-2.0
#include "project/workspace.h"

#include <algorithm>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "kit/golden.h"

using namespace sconce;
using namespace sconce::project;
using namespace Qt::StringLiterals;

namespace {

/// A row as the recorded cases write it.
QJsonObject asRow(const SourcedRequirement &requirement)
{
    QJsonObject row{{u"name"_s, requirement.name.text()}};
    QJsonArray extras;
    for (const names::ExtraName &extra : requirement.extras)
        extras.append(extra.text());
    if (!extras.isEmpty())
        row[u"extras"_s] = extras;
    if (!requirement.marker.isAlways())
        row[u"marker"_s] = requirement.marker.text();
    QStringList specifiers;
    for (const versions::Specifier &specifier : requirement.specifiers.specifiers())
        specifiers.append(specifier.text());
    if (!specifiers.isEmpty())
        row[u"specifier"_s] = specifiers.join(u',');
    static const QStringList kinds{
        u"index"_s, u"git"_s, u"url"_s, u"path"_s, u"directory"_s, u"editable"_s, u"virtual"_s};
    if (!requirement.source.location.isEmpty())
        row[kinds[qsizetype(requirement.source.kind)]] = requirement.source.location;
    if (const std::optional<Item> &item = requirement.source.conflict)
        row[u"conflict"_s] = QJsonObject{{u"package"_s, item->package.text()},
            {item->kind == Item::Kind::Extra ? u"extra"_s : u"group"_s, item->name}};
    return row;
}

/// Rows as a sorted list of texts: the order in a lock is the writer's business.
QStringList asTexts(const QJsonArray &rows)
{
    QStringList texts;
    for (const QJsonValue &row : rows)
        texts.append(QString::fromUtf8(QJsonDocument(row.toObject()).toJson(QJsonDocument::Compact)));
    texts.sort();
    return texts;
}

QStringList asTexts(const std::vector<SourcedRequirement> &requirements)
{
    QJsonArray rows;
    for (const SourcedRequirement &requirement : requirements)
        rows.append(asRow(requirement));
    return asTexts(rows);
}

QString asText(const Item &item)
{
    static const QStringList kinds{u"extra"_s, u"group"_s, u"project"_s};
    return u"%1 %2 %3 = %4"_s.arg(
        item.package.text(), kinds[qsizetype(item.kind)], item.name, item.asExtra().text());
}

Result<Workspace> openIn(const QString &folder)
{
    Result<Project> root = project::open(folder);
    return root ? openWorkspace(std::move(*root)) : std::unexpected(root.error());
}

} // namespace

class WorkspaceCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void appliesSourcesAsRecorded_data()
    {
        QTest::addColumn<QJsonObject>("recorded");
        const QJsonArray cases =
            QJsonDocument::fromJson(kit::slurp(QStringLiteral(CASES "/sources.json"))).array();
        QVERIFY(cases.size() > 10);
        for (const QJsonValue &one : cases)
            QTest::newRow(qPrintable(one[u"title"].toString())) << one.toObject();
    }
    void appliesSourcesAsRecorded()
    {
        QFETCH(QJsonObject, recorded);
        QTemporaryDir folder;
        kit::spill(folder.filePath(u"pyproject.toml"_s), recorded[u"pyproject"].toString().toUtf8());
        const QJsonObject files = recorded[u"files"].toObject();
        for (auto file = files.begin(); file != files.end(); ++file)
            kit::spill(folder.filePath(file.key()), file->toString().toUtf8());
        const Result<Workspace> workspace = openIn(folder.path());
        QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().forLog()));
        const Member &demo = workspace->members.at(*names::PackageName::parse(u"demo"));
        if (recorded.contains(u"requires_dist"))
            QCOMPARE(asTexts(demo.requirements), asTexts(recorded[u"requires_dist"].toArray()));
        const QJsonObject groups = recorded[u"requires_dev"].toObject();
        QCOMPARE(qsizetype(demo.groups.size()), groups.size());
        for (const auto &[name, requirements] : demo.groups)
            QCOMPARE(asTexts(requirements), asTexts(groups[name.text()].toArray()));
        QStringList extras;
        for (const names::ExtraName &extra : demo.project.extraOrder)
            extras.append(extra.text());
        QStringList recordedExtras;
        for (const QJsonValue &extra : recorded[u"provides_extras"].toArray())
            recordedExtras.append(extra.toString());
        QCOMPARE(extras, recordedExtras);
    }

    void infersConflictsOfGroupsThatInclude()
    {
        const Result<Workspace> workspace = openIn(QStringLiteral(CASES "/conflicts"));
        QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().forLog()));
        QStringList lines;
        for (const auto &[name, member] : workspace->members)
            lines.append(u"%1 at %2%3"_s.arg(
                name.text(), member.path, member.isPackage ? u", a package"_s : QString()));
        for (const ConflictSet &set : workspace->conflicts) {
            QStringList items;
            for (const Item &item : set)
                items.append(asText(item));
            lines.append(items.join(u" | "));
        }
        COMPARE_KEPT(lines.join(u'\n').toUtf8() + '\n', u"conflicts.txt"_s);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("toml");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("unknown index")
            << u"[tool.uv.sources]\na = { index = \"cu12\" }\n[[tool.uv.index]]\nname = \"cu128\"\nurl = \"http://i.test\""_s
            << u"There is no index called “cu12”"_s;
        QTest::newRow("no member") << u"[tool.uv.sources]\na = { workspace = true }"_s
                                   << u"“a” is not a member of the workspace"_s;
        QTest::newRow("git") << u"[tool.uv.sources]\na = { git = \"https://g.test/a\" }"_s
                             << u"“a” comes from a Git repository, which cannot be read yet"_s;
        QTest::newRow("member without source")
            << u"[tool.uv.workspace]\nmembers = [\"*\"]"_s
            << u"“a” is a member of the workspace, and nothing says to take it from there"_s;
    }
    void refuses()
    {
        QFETCH(QString, toml);
        QTemporaryDir folder;
        kit::spill(folder.filePath(u"a/pyproject.toml"_s), "[project]\nname = \"a\"\nversion = \"1\"\n");
        kit::spill(folder.filePath(u"pyproject.toml"_s),
            u"[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\"a\"]\n"_s.toUtf8()
                + toml.toUtf8());
        const Result<Workspace> workspace = openIn(folder.path());
        QVERIFY(!workspace);
        QTEST(workspace.error().summary(), "sentence");
        QVERIFY(workspace.error().place());
        QVERIFY(!workspace.error().hints().isEmpty());
    }

    void findsMembersByPattern_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("one level") << u"libs/*"_s << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("any depth") << u"libs/**"_s << QStringList{u"a"_s, u"b"_s, u"deep"_s};
        QTest::newRow("by name") << u"libs/a"_s << QStringList{u"a"_s};
        QTest::newRow("set") << u"libs/[bc]"_s << QStringList{u"b"_s};
        QTest::newRow("none") << u"other/*"_s << QStringList{};
    }
    void findsMembersByPattern()
    {
        QFETCH(QString, pattern);
        QTemporaryDir folder;
        const auto place = [&](const QString &path, const QString &name) {
            kit::spill(folder.filePath(path + u"/pyproject.toml"_s),
                u"[project]\nname = \"%1\"\nversion = \"1\"\n"_s.arg(name).toUtf8());
        };
        place(u"libs/a"_s, u"a"_s);
        place(u"libs/b"_s, u"b"_s);
        place(u"libs/x/deep"_s, u"deep"_s);
        place(u"libs/.hidden/c"_s, u"c"_s);
        kit::spill(folder.filePath(u"pyproject.toml"_s),
            u"[tool.uv.workspace]\nmembers = [\"%1\"]\n"_s.arg(pattern).toUtf8());
        const Result<Workspace> workspace = openIn(folder.path());
        QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().forLog()));
        QStringList names;
        for (const auto &[name, member] : workspace->members)
            names.append(name.text());
        QTEST(names, "found");
    }
};
QTEST_GUILESS_MAIN(WorkspaceCheck)
#include "workspace.moc"
