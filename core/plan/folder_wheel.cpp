// SPDX-License-Identifier: Apache-2.0
#include "plan/folder_wheel.h"

#include <QCoreApplication>
#include <QDirIterator>

#include "project/source_layout.h"

namespace sconce::plan {

using namespace Qt::StringLiterals;
using wheel::ComposedWheel;

namespace {

/// The files of a module, without what running it leaves behind. Links are not followed: they may lead
/// anywhere.
void addModule(ComposedWheel &wheel, const project::SourceLayout::Module &module)
{
    const QDir root(module.root);
    const QString path = root.filePath(module.path);
    if (QFileInfo(path).isFile()) {
        wheel.files.push_back({module.path, {}, path});
        return;
    }
    QStringList paths;
    QDirIterator files(path, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext())
        paths.append(files.next());
    paths.sort();
    for (const QString &file : std::as_const(paths)) {
        if (!file.endsWith(".pyc"_L1) && !file.contains("/__pycache__/"_L1))
            wheel.files.push_back({root.relativeFilePath(file), {}, file});
    }
}

Result<> addContents(ComposedWheel &wheel, const project::SourceLayout &layout, Editable editable)
{
    if (editable == Editable::Yes) {
        wheel.files.push_back({wheel.name.name.fileText() + u".pth"_s, layout.roots().join(u'\n').toUtf8()});
        return {};
    }
    if (!layout.isWhole) {
        return std::unexpected(Error(ErrorKind::BadInput,
            QCoreApplication::translate(
                "plan", "only its build backend knows which of its files are installed")));
    }
    for (const project::SourceLayout::Module &module : layout.modules)
        addModule(wheel, module);
    return {};
}

} // namespace

Result<FolderWheel> folderWheel(const QString &folder, Editable editable)
{
    const project::Project project = SCONCE_TRY(project::open(folder + u"/pyproject.toml"_s));
    const project::SourceLayout layout = SCONCE_TRY(project::sourceLayout(project));
    const project::WheelTexts texts = SCONCE_TRY(project::wheelTexts(project));
    const QString fileName =
        u"%1-%2-py3-none-any.whl"_s.arg(project.name->fileText(), project.version->text());
    ComposedWheel wheel{.name = SCONCE_TRY(metadata::WheelName::parse(fileName)), .files = {}};
    SCONCE_TRY(addContents(wheel, layout, editable));
    const QString distInfo = ComposedWheel::distInfo(wheel.name);
    wheel.files.push_back({distInfo + u"/METADATA"_s, texts.metadata});
    wheel.files.push_back({distInfo + u"/WHEEL"_s,
        "Wheel-Version: 1.0\nGenerator: sconce\nRoot-Is-Purelib: true\nTag: py3-none-any\n"});
    if (!texts.entryPoints.isEmpty())
        wheel.files.push_back({distInfo + u"/entry_points.txt"_s, texts.entryPoints});
    return FolderWheel{.wheel = std::move(wheel),
        .origin = {.url = QUrl::fromLocalFile(folder).toString(QUrl::FullyEncoded),
            .isArchive = false,
            .isDirectory = true,
            .isEditable = editable == Editable::Yes}};
}

} // namespace sconce::plan
