// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "kit/golden.h"
#include "project/project.h"

using namespace Qt::StringLiterals;
using namespace sconce;

/// Each folder of open/ is a project; expected.txt is what was read, or the error.
class OpenCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsOrRefuses_data();
    void readsOrRefuses();
    void refusesHugeFile();
    void readsLargeFileQuickly();
    void findsRootUpwards();
    void opensFileByName();
};

namespace {

QString asText(const std::vector<project::Declared> &list)
{
    QStringList texts;
    for (const project::Declared &declared : list)
        texts.append(u"%1 (%2:%3)"_s.arg(declared.requirement.text())
                .arg(declared.place.line)
                .arg(declared.place.column));
    return texts.join(u" | ");
}

template <class List>
QString namesOf(const List &list)
{
    QStringList texts;
    for (const names::Name &name : list)
        texts.append(name.text());
    return texts.join(u" | ");
}

QString asText(const project::Source &source)
{
    static const QStringList kinds{u"index"_s, u"url"_s, u"path"_s, u"workspace"_s, u"git"_s};
    QString text = kinds[qsizetype(source.kind)] + u' ' + source.index + source.url.toString() + source.path;
    if (source.isEditable)
        text += u" editable"_s;
    if (source.extra)
        text += u" extra "_s + source.extra->text();
    if (source.group)
        text += u" group "_s + source.group->text();
    if (!source.marker.isAlways())
        text += u" ; "_s + source.marker.text();
    return text + u" (%1:%2)"_s.arg(source.place.line).arg(source.place.column);
}

QString asText(const project::ConflictItem &item)
{
    QStringList parts;
    if (item.package)
        parts.append(u"package "_s + item.package->text());
    if (item.extra)
        parts.append(u"extra "_s + item.extra->text());
    if (item.group)
        parts.append(u"group "_s + item.group->text());
    return parts.join(u' ');
}

void addSettings(QStringList &lines, const project::UvSettings &uv)
{
    for (const project::Index &index : uv.indexes) {
        QString text = u"index: %1 %2"_s.arg(index.name, index.url.toString());
        text += index.isDefault ? u" default"_s : QString();
        text += index.isExplicit ? u" explicit"_s : QString();
        text += index.isFlat ? u" flat"_s : QString();
        for (const int code : index.ignoreErrorCodes.value_or(std::vector<int>()))
            text += u" ignores %1"_s.arg(code);
        lines.append(text + u' ' + index.authenticate + index.excludeNewer.value_or(QString()));
    }
    for (const auto &[package, sources] : uv.sources) {
        for (const project::Source &source : sources)
            lines.append(u"source of %1: %2"_s.arg(package.text(), asText(source)));
    }
    for (const auto &set : uv.conflicts) {
        QStringList items;
        for (const project::ConflictItem &item : set)
            items.append(asText(item));
        lines.append(u"conflict: "_s + items.join(u" | "));
    }
    for (const markers::Marker &marker : uv.environments)
        lines.append(u"environment: "_s + marker.text());
    for (const markers::Marker &marker : uv.requiredEnvironments)
        lines.append(u"required environment: "_s + marker.text());
    for (const auto &[group, python] : uv.groupPython)
        lines.append(u"python of group %1: %2"_s.arg(group.text(), python.text()));
    const auto add = [&](const QString &label, const QString &text) {
        if (!text.isEmpty())
            lines.append(label + u": "_s + text);
    };
    add(u"constraints"_s, asText(uv.constraints));
    add(u"overrides"_s, asText(uv.overrides));
    add(u"excludes"_s, namesOf(uv.excludes));
    add(u"default groups"_s, namesOf(uv.defaultGroups));
    add(u"resolution"_s, uv.resolution);
    add(u"prerelease"_s, uv.prerelease);
    add(u"index strategy"_s, uv.indexStrategy);
    add(u"fork strategy"_s, uv.forkStrategy);
    add(u"torch backend"_s, uv.torchBackend);
    add(u"torch backend of pip"_s, uv.pipTorchBackend);
    add(u"exclude newer"_s, uv.excludeNewer.value_or(QString()));
    add(u"no build"_s, uv.noBuild ? u"true"_s : QString());
    add(u"no build of"_s, namesOf(uv.noBuildPackages));
    add(u"no binary of"_s, namesOf(uv.noBinaryPackages));
    add(u"index url"_s, uv.indexUrl ? uv.indexUrl->toString() : QString());
    for (const QUrl &url : uv.extraIndexUrls)
        add(u"extra index url"_s, url.toString());
    add(u"no index"_s, uv.noIndex ? u"true"_s : QString());
    add(u"package"_s, uv.isPackage ? (*uv.isPackage ? u"true"_s : u"false"_s) : QString());
}

QString asText(const project::Project &project)
{
    QStringList lines{u"file: "_s + project.file};
    lines.append(u"name: %1 %2"_s.arg(
        project.name ? project.name->text() : u"–"_s, project.version ? project.version->text() : u"–"_s));
    if (project.requiresPython)
        lines.append(u"python: "_s + project.requiresPython->text());
    lines.append(u"dependencies: "_s + asText(project.dependencies));
    for (const auto &[extra, list] : project.extras)
        lines.append(u"extra %1: %2"_s.arg(extra.text(), asText(list)));
    for (const auto &[group, entries] : project.groups)
        lines.append(
            u"group %1: %2"_s.arg(group.text(), asText(*project::groupRequirements(project, group))));
    if (!project.dynamicFields.isEmpty())
        lines.append(u"dynamic: "_s + project.dynamicFields.join(u" | "));
    if (project.hasBuildSystem)
        lines.append(u"has a build system"_s);
    addSettings(lines, project.uv);
    if (project.requirementsFile) {
        for (const auto &entry : project.requirementsFile->constraints)
            lines.append(
                u"constraint: "_s + (entry.requirement ? entry.requirement->text() : entry.location));
        for (const QUrl &url : project.requirementsFile->extraIndexUrls)
            lines.append(u"extra index url: "_s + url.toString());
    }
    for (const project::Project::Note &note : project.notes)
        lines.append(u"note: %1\n%2"_s.arg(note.sentence, note.place.text()));
    return lines.join(u'\n');
}

} // namespace

void OpenCheck::readsOrRefuses_data()
{
    QTest::addColumn<QString>("folder");
    const QStringList folders = QDir(QStringLiteral(CASES)).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(folders.size() > 60);
    for (const QString &folder : folders)
        QTest::addRow("%s", qPrintable(folder)) << folder;
}

void OpenCheck::readsOrRefuses()
{
    QFETCH(QString, folder);
    const QString path = QStringLiteral(CASES "/") + folder;
    const Result<project::Project> opened = project::open(path);
    QString text = opened ? asText(*opened) : opened.error().forLog();
    if (!opened) {
        for (const QString &hint : opened.error().hints())
            text += u"\nhint: "_s + hint;
    }
    text.replace(path, u"@"_s);
    COMPARE_KEPT(text.toUtf8() + '\n', folder + u"/expected.txt"_s);
}

void OpenCheck::refusesHugeFile()
{
    QTemporaryDir folder;
    kit::spill(folder.filePath(u"pyproject.toml"_s), "# " + QByteArray(50 << 20, 'x') + '\n');
    const Result<project::Project> opened = project::open(folder.path());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind(), ErrorKind::BadInput);
    QVERIFY2(opened.error().summary().contains(u"pyproject.toml"), qPrintable(opened.error().summary()));
}

void OpenCheck::readsLargeFileQuickly()
{
    QByteArray text = "[project]\nname = \"demo\"\nversion = \"1\"\ndependencies = [\n";
    for (int i = 0; i < 20'000; ++i)
        text += "    \"package-number-" + QByteArray::number(i) + ">=1.0,<2 ; python_version < '3.13'\",\n";
    QTemporaryDir folder;
    kit::spill(folder.filePath(u"pyproject.toml"_s), text + "]\n");
    QElapsedTimer timer;
    timer.start();
    const Result<project::Project> opened = project::open(folder.path());
    QVERIFY(opened);
    QCOMPARE(opened->dependencies.size(), std::size_t(20'000));
    QCOMPARE(opened->dependencies.back().place.line, 20'004);
    // A quadratic step would take minutes; the sanitizers cost a factor of ten.
    QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
}

void OpenCheck::findsRootUpwards()
{
    QTemporaryDir folder;
    const QString root = QDir(folder.path()).canonicalPath();
    kit::spill(root + u"/pyproject.toml"_s, "");
    QVERIFY(QDir(root).mkpath(u"src/deep"_s));
    QCOMPARE(project::findRoot(root + u"/src/deep"_s), std::optional(root));
    QCOMPARE(project::findRoot(root), std::optional(root));
}

void OpenCheck::opensFileByName()
{
    const QString file = QStringLiteral(CASES "/whole/pyproject.toml");
    const Result<project::Project> opened = project::open(file);
    QVERIFY(opened);
    QCOMPARE(opened->file, file);
    const Result<project::Project> odd = project::open(QStringLiteral(CASES "/no-project/README.md"));
    QVERIFY(!odd);
    QCOMPARE(odd.error().kind(), ErrorKind::BadInput);
    const Result<project::Project> absent = project::open(QStringLiteral(CASES "/nowhere"));
    QVERIFY(!absent);
    QCOMPARE(absent.error().kind(), ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(OpenCheck)
#include "open.moc"
