// SPDX-License-Identifier: Apache-2.0
#include "actions/project_edits.h"

#include <algorithm>

#include <QRegularExpression>

#include "actions/lock_project.h"
#include "actions/words.h"
#include "files/files.h"
#include "project/toml_editor.h"

namespace sconce::actions {

using namespace Qt::StringLiterals;
using project::Item;
using project::TomlEditor;
using Kind = resolve::Fix::Kind;

namespace {

const QStringList UvTable{u"tool"_s, u"uv"_s};

/// { extra = "cpu" }; with the package unless that is the project whose file it stands in.
QString itemText(const Item &item, const std::optional<names::PackageName> &owner)
{
    QStringList fields;
    if (item.package != owner || item.kind == Item::Kind::Project)
        fields.append(u"package = "_s + TomlEditor::quoted(item.package.text()));
    if (item.kind == Item::Kind::Extra)
        fields.append(u"extra = "_s + TomlEditor::quoted(item.name));
    else if (item.kind == Item::Kind::Group)
        fields.append(u"group = "_s + TomlEditor::quoted(item.name));
    return u"{ "_s + fields.join(u", ") + u" }"_s;
}

QString conflictText(const std::vector<Item> &items, const std::optional<names::PackageName> &owner)
{
    QStringList texts;
    for (const Item &item : items)
        texts.append(itemText(item, owner));
    return u'[' + texts.join(u", ") + u']';
}

/// "torch[cuda] >=2, <3 ; os_name == 'nt'" without its bounds. Nothing for one that names an address.
std::optional<QString> withoutBounds(const QString &requirement)
{
    static const QRegularExpression start(u"^\\s*[\\w.-]+\\s*(\\[[^\\]]*\\])?"_s);
    const QString name = start.match(requirement).captured();
    const QStringView rest = QStringView(requirement).sliced(name.size());
    if (rest.contains(u'@'))
        return std::nullopt;
    const qsizetype marker = rest.indexOf(u';');
    return name.trimmed() + (marker < 0 ? QString() : u" "_s + rest.sliced(marker).toString());
}

/// The lines that only one of the texts has, as a patch shows them: what stands around them is left out.
QStringList changedLines(const QString &before, const QString &after)
{
    QStringList old = before.split(u'\n');
    QStringList now = after.split(u'\n');
    while (!old.isEmpty() && !now.isEmpty() && old.first() == now.first()) {
        old.removeFirst();
        now.removeFirst();
    }
    while (!old.isEmpty() && !now.isEmpty() && old.last() == now.last()) {
        old.removeLast();
        now.removeLast();
    }
    QStringList lines;
    for (const QString &line : std::as_const(old))
        lines.append(u"- "_s + line);
    for (const QString &line : std::as_const(now))
        lines.append(u"+ "_s + line);
    return lines;
}

/// One fix as changes of the files of a workspace.
class FixEdit {
public:
    FixEdit(const resolve::Fix &fix, const project::Workspace &workspace,
        const std::vector<plan::FileChange> &edits)
        : m_fix(fix)
        , m_workspace(workspace)
        , m_edits(edits)
    {}

    Result<std::vector<plan::FileChange>> run()
    {
        SCONCE_TRY(edit());
        std::vector<plan::FileChange> changes = m_edits;
        for (const auto &[path, editor] : m_editors) {
            auto place = std::ranges::find(changes, path, &plan::FileChange::path);
            if (place == changes.end()) {
                QByteArray before = SCONCE_TRY(files::read(path));
                place = changes.insert(
                    changes.end(), plan::FileChange{.path = path, .before = std::move(before)});
            }
            place->after = editor.text().toUtf8();
            place->summary = place->summary.isEmpty() ? m_fix.text : place->summary + u"; "_s + m_fix.text;
            place->details = changedLines(QString::fromUtf8(*place->before), editor.text());
        }
        return changes;
    }

    /// What a person would write.
    QString byHand() const
    {
        const auto &owner = m_workspace.root.name;
        switch (m_fix.kind) {
        case Kind::DeclareConflict:
            return u"[tool.uv]\nconflicts = [%1]"_s.arg(conflictText(m_fix.items, owner));
        case Kind::RaisePython: return u"[project]\nrequires-python = "_s + TomlEditor::quoted(m_fix.value);
        case Kind::LeaveOutComputers:
            return u"[tool.uv]\nenvironments = [%1]"_s.arg(TomlEditor::quoted(m_fix.value));
        case Kind::UseIndex: {
            const QString name = knownIndex().value_or(newIndexName());
            return u"[tool.uv.sources]\n%1 = { index = \"%2\" }\n\n[[tool.uv.index]]\nname = \"%2\"\nurl = %3"_s
                .arg(m_fix.package->text(), name, TomlEditor::quoted(m_fix.value));
        }
        case Kind::RelaxBound: return m_fix.package->text();
        }
        return {};
    }

private:
    Result<TomlEditor *> editor(const QString &path)
    {
        if (const auto known = m_editors.find(path); known != m_editors.end())
            return &known->second;
        const auto edit = std::ranges::find(m_edits, path, &plan::FileChange::path);
        const QString text =
            edit != m_edits.end() ? QString::fromUtf8(edit->after) : SCONCE_TRY(files::readText(path));
        TomlEditor opened = SCONCE_TRY(TomlEditor::open(text, path));
        return &m_editors.emplace(path, std::move(opened)).first->second;
    }

    Result<> edit()
    {
        switch (m_fix.kind) {
        case Kind::DeclareConflict:
            return SCONCE_TRY(editor(m_workspace.root.file))
                ->append(UvTable, u"conflicts"_s, conflictText(m_fix.items, m_workspace.root.name));
        case Kind::RaisePython:
            return SCONCE_TRY(editor(firstProject().file))
                ->set({u"project"_s}, u"requires-python"_s, TomlEditor::quoted(m_fix.value));
        case Kind::LeaveOutComputers:
            return SCONCE_TRY(editor(m_workspace.root.file))
                ->set(UvTable, u"environments"_s, u'[' + TomlEditor::quoted(m_fix.value) + u']');
        case Kind::RelaxBound: return relaxBounds();
        case Kind::UseIndex: return useIndex();
        }
        return {};
    }

    /// All members share the Pythons that each of them states.
    const project::Project &firstProject() const
    {
        return m_workspace.hasRootProject() || m_workspace.members.empty()
            ? m_workspace.root
            : m_workspace.members.begin()->second.project;
    }

    Result<> relax(const project::Declared &declared)
    {
        if (declared.requirement.name != m_fix.package || declared.requirement.specifiers.isEmpty())
            return {};
        TomlEditor *editor = SCONCE_TRY(this->editor(declared.place.file));
        const std::optional<QString> text = withoutBounds(SCONCE_TRY(editor->textAt(declared.place)));
        return text ? editor->replaceText(declared.place, *text) : Result<>();
    }

    Result<> relaxBounds()
    {
        std::vector<const project::Project *> projects;
        if (!m_workspace.hasRootProject())
            projects.push_back(&m_workspace.root);
        for (const auto &[name, member] : m_workspace.members)
            projects.push_back(&member.project);
        // From the end of each file, so that places before stay right.
        std::vector<project::Declared> all;
        for (const project::Project *project : projects) {
            std::ranges::copy(project->dependencies, std::back_inserter(all));
            for (const auto &[extra, list] : project->extras)
                std::ranges::copy(list, std::back_inserter(all));
            for (const auto &[group, entries] : project->groups) {
                for (const project::GroupEntry &entry : entries) {
                    if (entry.requirement)
                        all.push_back(*entry.requirement);
                }
            }
        }
        std::ranges::sort(all, std::greater(), [](const project::Declared &declared) {
            return std::pair(declared.place.line, declared.place.column);
        });
        for (const project::Declared &declared : all)
            SCONCE_TRY(relax(declared));
        if (m_editors.empty())
            return std::unexpected(Error(ErrorKind::NotFound, Words::tr("Nothing to change was found")));
        return {};
    }

    std::optional<QString> knownIndex() const
    {
        for (const project::Index &index : m_workspace.root.uv.indexes) {
            if (!index.name.isEmpty() && index.url.matches(QUrl(m_fix.value), QUrl::RemoveUserInfo))
                return index.name;
        }
        return std::nullopt;
    }

    QString newIndexName() const
    {
        QString name = QUrl(m_fix.value).host().replace(u'.', u'-');
        const auto isTaken = [&] {
            return std::ranges::contains(m_workspace.root.uv.indexes, name, &project::Index::name);
        };
        while (name.isEmpty() || isTaken())
            name += u"-2"_s;
        return name;
    }

    Result<> useIndex()
    {
        const project::Project &root = m_workspace.root;
        if (!m_workspace.hasRootProject() || root.uv.sources.contains(*m_fix.package))
            return std::unexpected(
                Error(ErrorKind::BadInput, Words::tr("The source has to be written by hand")));
        TomlEditor *editor = SCONCE_TRY(this->editor(root.file));
        const auto isAskedFor = [&](const project::Declared &declared) {
            return declared.requirement.name == m_fix.package;
        };
        // A source counts only for what the project itself asks for.
        if (std::ranges::none_of(root.dependencies, isAskedFor))
            SCONCE_TRY(
                editor->append({u"project"_s}, u"dependencies"_s, TomlEditor::quoted(m_fix.package->text())));
        const std::optional<QString> known = knownIndex();
        const QString name = known.value_or(newIndexName());
        SCONCE_TRY(editor->set({u"tool"_s, u"uv"_s, u"sources"_s}, m_fix.package->text(),
            u"{ index = "_s + TomlEditor::quoted(name) + u" }"_s));
        if (known)
            return {};
        return editor->appendTable({u"tool"_s, u"uv"_s, u"index"_s},
            {u"name = "_s + TomlEditor::quoted(name), u"url = "_s + TomlEditor::quoted(m_fix.value),
                u"explicit = true"_s});
    }

    const resolve::Fix &m_fix;
    const project::Workspace &m_workspace;
    const std::vector<plan::FileChange> &m_edits;
    std::map<QString, TomlEditor> m_editors;
};

} // namespace

std::map<QString, QString> draftsOf(const std::vector<plan::FileChange> &edits)
{
    std::map<QString, QString> drafts;
    for (const plan::FileChange &edit : edits)
        drafts.insert_or_assign(edit.path, QString::fromUtf8(edit.after));
    return drafts;
}

Result<std::vector<OfferedFix>> offeredFixes(
    const std::vector<resolve::Fix> &fixes, const QString &folder, const std::vector<plan::FileChange> &edits)
{
    const std::map<QString, QString> drafts = draftsOf(edits);
    const project::Workspace workspace = SCONCE_TRY(project::openWorkspaceAround(folder, openWith(drafts)));
    std::vector<OfferedFix> offered;
    for (const resolve::Fix &fix : fixes) {
        FixEdit edit(fix, workspace, edits);
        // Where the file is laid out in a way that cannot be changed by itself, the person does it.
        offered.push_back({fix, edit.run().value_or(std::vector<plan::FileChange>()), edit.byHand()});
    }
    return offered;
}

} // namespace sconce::actions
