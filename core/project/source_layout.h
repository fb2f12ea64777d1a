// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "project/project.h"

namespace sconce::project {

/// What of a project's folder is imported, as its build backend would find it by its rules alone.
struct SourceLayout {
    struct Module {
        /// Absolute: the folder that is searched by imports.
        QString root;
        /// A folder or file below it: "demo", "names/demo", "demo.py".
        QString path;
    };
    std::vector<Module> modules;
    /// A wheel holds the files of the modules and nothing else.
    bool isWhole = false;

    /// Each once.
    QStringList roots() const;
};

/// Known for uv_build, hatchling, flit_core, poetry-core, pdm-backend and setuptools, as long as they have
/// nothing to run. BadInput says what only a build could do: other backends, code of the project's own,
/// compiled parts, fields that are dynamic. NotFound where the module is missing.
Result<SourceLayout> sourceLayout(const Project &project);

/// What the files of a .dist-info folder say of a project whose fields are all written down.
struct WheelTexts {
    /// METADATA: https://packaging.python.org/en/latest/specifications/core-metadata/
    QByteArray metadata;
    /// entry_points.txt; empty: no such file.
    QByteArray entryPoints;
};
Result<WheelTexts> wheelTexts(const Project &project);

} // namespace sconce::project
