// SPDX-License-Identifier: Apache-2.0
#include "project/source_layout.h"

#include <functional>

#include <QDir>
#include <QFileInfo>

#include "files/files.h"
#include "project/reader.h"

namespace sconce::project {

using namespace Qt::StringLiterals;

QStringList SourceLayout::roots() const
{
    QStringList roots;
    for (const Module &module : modules)
        roots.append(module.root);
    roots.removeDuplicates();
    return roots;
}

namespace {

std::unexpected<Error> needsBuild(const QString &why)
{
    return std::unexpected(Error(ErrorKind::BadInput, why));
}

/// The value at a dotted path; nothing where a table is missing or is none.
const TomlValue *valueAt(const TomlValue &root, const QString &path)
{
    const TomlValue *value = &root;
    for (const QString &key : path.split(u'.')) {
        const TomlEntry *entry = value->find(key);
        if (!entry)
            return nullptr;
        value = &entry->value;
    }
    return value;
}

QString textAt(const TomlValue &root, const QString &path, const QString &otherwise = {})
{
    const TomlValue *value = valueAt(root, path);
    return value && value->kind == TomlValue::Kind::Text ? value->text : otherwise;
}

/// A text, or a list of them.
QStringList textsAt(const TomlValue &root, const QString &path)
{
    const TomlValue *value = valueAt(root, path);
    if (!value)
        return {};
    if (value->kind == TomlValue::Kind::Text)
        return {value->text};
    QStringList texts;
    for (const TomlValue &item : value->items)
        texts.append(item.text);
    return texts;
}

/// Rules of one project: what its backend finds in its folder.
class Finder {
public:
    Finder(const Project &project, const TomlValue &root)
        : m_project(project)
        , m_root(root)
        , m_folder(project.folder)
    {}

    Result<SourceLayout> byUv();
    Result<SourceLayout> byHatch();
    Result<SourceLayout> byFlit();
    Result<SourceLayout> byPoetry();
    Result<SourceLayout> byPdm();
    Result<SourceLayout> bySetuptools();

private:
    QString absolute(const QString &path) const { return QDir::cleanPath(m_folder.absoluteFilePath(path)); }
    /// The first of the folders that has the module, as a package or a file.
    Result<SourceLayout> firstWith(const QString &module, const QStringList &folders) const;
    /// "src/demo" is the module "demo" in "src".
    SourceLayout::Module moduleAt(const QString &path) const;
    /// Names the first of the keys that the table has.
    Result<> refuseKeys(const QString &table, const QStringList &keys) const;
    Result<> refuseFiles(const QStringList &names) const;

    const Project &m_project;
    const TomlValue &m_root;
    QDir m_folder;
};

Result<SourceLayout> Finder::firstWith(const QString &module, const QStringList &folders) const
{
    for (const QString &folder : folders) {
        const QDir root(absolute(folder));
        for (const QString &entry : root.entryList(QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot)) {
            const bool isFolder = QFileInfo(root.filePath(entry)).isDir();
            const QString stem = isFolder ? entry : entry.chopped(entry.endsWith(".py"_L1) ? 3 : 0);
            if (stem.compare(module, Qt::CaseInsensitive) == 0 && (isFolder || stem != entry))
                return SourceLayout{{{root.path(), entry}}, true};
        }
    }
    return std::unexpected(Error(ErrorKind::NotFound,
        Words::tr("there is no module “%1” in “%2”").arg(module, absolute(folders.front()))));
}

SourceLayout::Module Finder::moduleAt(const QString &path) const
{
    const QFileInfo place(absolute(path));
    return {place.path(), place.fileName()};
}

Result<> Finder::refuseKeys(const QString &table, const QStringList &keys) const
{
    for (const QString &key : keys) {
        if (const QString path = table + u'.' + key; valueAt(m_root, path))
            return needsBuild(Words::tr("“%1” takes effect in a build only").arg(path));
    }
    return {};
}

Result<> Finder::refuseFiles(const QStringList &names) const
{
    for (const QString &name : names) {
        if (m_folder.exists(name))
            return needsBuild(Words::tr("“%1” takes effect in a build only").arg(name));
    }
    return {};
}

/// https://docs.astral.sh/uv/concepts/build-backend/
Result<SourceLayout> Finder::byUv()
{
    const QString table = u"tool.uv.build-backend"_s;
    const QString root = textAt(m_root, table + u".module-root"_s, u"src"_s);
    QStringList modules = textsAt(m_root, table + u".module-name"_s);
    if (modules.isEmpty())
        modules = {m_project.name->fileText()};
    SourceLayout layout{.modules = {}, .isWhole = true};
    for (const QString &key : {u"source-exclude"_s, u"wheel-exclude"_s, u"data"_s})
        layout.isWhole = layout.isWhole && !valueAt(m_root, table + u'.' + key);
    for (const QString &module : modules) {
        const QString path = QString(module).replace(u'.', u'/');
        if (!QFileInfo(absolute(root) + u'/' + path).isDir()) {
            return std::unexpected(Error(ErrorKind::NotFound,
                Words::tr("there is no module “%1” in “%2”").arg(module, absolute(root))));
        }
        layout.modules.push_back({absolute(root), path});
    }
    return layout;
}

/// https://hatch.pypa.io/latest/plugins/builder/wheel/
Result<SourceLayout> Finder::byHatch()
{
    SCONCE_TRY(refuseKeys(u"tool.hatch.build"_s,
        {u"hooks"_s, u"force-include"_s, u"sources"_s, u"dev-mode-dirs"_s, u"dev-mode-exact"_s}));
    SCONCE_TRY(refuseKeys(u"tool.hatch.metadata"_s, {u"hooks"_s}));
    const QString table = u"tool.hatch.build.targets.wheel"_s;
    SCONCE_TRY(refuseKeys(table,
        {u"hooks"_s, u"force-include"_s, u"sources"_s, u"only-include"_s, u"shared-data"_s,
            u"shared-scripts"_s}));
    const QStringList packages = textsAt(m_root, table + u".packages"_s);
    SourceLayout layout;
    for (const QString &package : packages)
        layout.modules.push_back(moduleAt(package));
    if (packages.isEmpty())
        layout = SCONCE_TRY(firstWith(m_project.name->fileText(), {u"."_s, u"src"_s}));
    layout.isWhole = true;
    for (const QString &key : {u"include"_s, u"exclude"_s, u"artifacts"_s}) {
        layout.isWhole = layout.isWhole && !valueAt(m_root, table + u'.' + key)
            && !valueAt(m_root, u"tool.hatch.build."_s + key);
    }
    return layout;
}

/// https://flit.pypa.io/en/stable/pyproject_toml.html#module-section
Result<SourceLayout> Finder::byFlit()
{
    SCONCE_TRY(refuseKeys(u"tool.flit"_s, {u"metadata"_s, u"external-data"_s}));
    return firstWith(
        textAt(m_root, u"tool.flit.module.name"_s, m_project.name->fileText()), {u"."_s, u"src"_s});
}

/// https://python-poetry.org/docs/pyproject/#packages
Result<SourceLayout> Finder::byPoetry()
{
    SCONCE_TRY(refuseKeys(u"tool.poetry"_s, {u"build"_s}));
    const TomlValue *packages = valueAt(m_root, u"tool.poetry.packages"_s);
    if (!packages)
        return firstWith(m_project.name->fileText(), {u"."_s, u"src"_s});
    SourceLayout layout;
    for (const TomlValue &package : packages->items)
        layout.modules.push_back(
            {absolute(textAt(package, u"from"_s, u"."_s)), textAt(package, u"include"_s)});
    return layout;
}

/// https://backend.pdm-project.org/build_config/
Result<SourceLayout> Finder::byPdm()
{
    SCONCE_TRY(refuseKeys(u"tool.pdm.build"_s, {u"custom-hook"_s, u"run-setuptools"_s, u"is-purelib"_s}));
    SCONCE_TRY(refuseFiles({u"pdm_build.py"_s}));
    const QString usual = m_folder.exists(u"src"_s) ? u"src"_s : u"."_s;
    return firstWith(m_project.name->fileText(), {textAt(m_root, u"tool.pdm.build.package-dir"_s, usual)});
}

/// https://setuptools.pypa.io/en/latest/userguide/package_discovery.html
Result<SourceLayout> Finder::bySetuptools()
{
    SCONCE_TRY(refuseFiles({u"setup.py"_s, u"setup.cfg"_s}));
    SCONCE_TRY(refuseKeys(u"tool.setuptools"_s, {u"ext-modules"_s, u"cmdclass"_s, u"data-files"_s}));
    const TomlValue *folders = valueAt(m_root, u"tool.setuptools.package-dir"_s);
    const TomlEntry *whole = folders ? folders->find(u"") : nullptr;
    if (folders && (!whole || folders->entries.size() > 1))
        return needsBuild(
            Words::tr("“%1” takes effect in a build only").arg("tool.setuptools.package-dir"_L1));
    QStringList roots = textsAt(m_root, u"tool.setuptools.packages.find.where"_s);
    if (roots.isEmpty() && whole)
        roots = {whole->value.text};
    if (roots.isEmpty())
        roots = {m_folder.exists(u"src"_s) ? u"src"_s : u"."_s};
    SourceLayout layout;
    for (const QString &root : roots)
        layout.modules.push_back({absolute(root), {}});
    // A flat folder holds more than what is imported, so there the module has to be seen.
    if (roots == QStringList{u"."_s} && textsAt(m_root, u"tool.setuptools.packages"_s).isEmpty()
        && textsAt(m_root, u"tool.setuptools.py-modules"_s).isEmpty())
        layout = SCONCE_TRY(firstWith(m_project.name->fileText(), roots));
    layout.isWhole = false;
    return layout;
}

struct Backend {
    QString name;
    Result<SourceLayout> (Finder::*find)();
};

const std::vector<Backend> &knownBackends()
{
    static const std::vector<Backend> known{{u"uv_build"_s, &Finder::byUv},
        {u"hatchling.build"_s, &Finder::byHatch}, {u"flit_core.buildapi"_s, &Finder::byFlit},
        {u"poetry.core.masonry.api"_s, &Finder::byPoetry}, {u"pdm.backend"_s, &Finder::byPdm},
        {u"setuptools.build_meta"_s, &Finder::bySetuptools}};
    return known;
}

} // namespace

Result<SourceLayout> sourceLayout(const Project &project)
{
    const QString text = SCONCE_TRY(files::readText(project.file));
    const TomlDocument document = SCONCE_TRY(TomlDocument::parse(text, project.file));
    const TomlValue &root = document.root();
    // What a wheel says of these cannot be left out.
    for (const QString &field : {u"version"_s, u"dependencies"_s, u"optional-dependencies"_s,
             u"requires-python"_s, u"scripts"_s, u"gui-scripts"_s, u"entry-points"_s}) {
        if (project.dynamicFields.contains(field))
            return needsBuild(
                Words::tr("“%1” is dynamic: only a build of the project can say it").arg(field));
    }
    if (!project.name || !project.version)
        return needsBuild(Words::tr("it has no [project] table"));
    if (valueAt(root, u"build-system.backend-path"_s))
        return needsBuild(Words::tr("its build backend is code of its own"));
    const QString backend = textAt(root, u"build-system.build-backend"_s, u"setuptools.build_meta"_s);
    const auto known = std::ranges::find(knownBackends(), backend, &Backend::name);
    if (known == knownBackends().end())
        return needsBuild(Words::tr("its build backend “%1” would have to run").arg(backend));
    return std::invoke(known->find, Finder(project, root));
}

} // namespace sconce::project
