// SPDX-License-Identifier: Apache-2.0
#include <QFile>
#include <QTemporaryDir>

#include "input.h"
#include "project/workspace.h"

using namespace sconce;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("pyproject.toml")));
    fuzz::require(file.open(QFile::WriteOnly) && file.write(fuzz::bytes(data, size)) == qint64(size),
        "the input can be laid out as a file");
    file.close();
    auto project = project::open(folder.path());
    if (!project) {
        fuzz::require(project.error().kind() == ErrorKind::BadInput, "the file is at fault, nothing else");
        fuzz::require(project.error().place().has_value(), "an error has a place");
        return 0;
    }
    for (const project::Project::Note &note : project->notes)
        fuzz::require(!note.sentence.isEmpty() && note.place.line > 0, "a note has a sentence and a place");
    const auto workspace = project::openWorkspace(*std::move(project));
    fuzz::require(workspace || !workspace.error().summary().isEmpty(), "an error has a sentence");
    return 0;
}
