// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metadata/core_metadata.h"

namespace sconce::project {

/// What a pyproject.toml in an archive of sources says of every build of them (PEP 621); of [tool] nothing
/// counts. `known`: the version in the archive's name, which stands in for one that is dynamic or missing.
/// Nothing where only a build could tell: without [project] or a version, with dynamic dependencies,
/// optional-dependencies or requires-python, with requirements in Poetry's table or such that cannot be read.
/// BadInput with its place in `file` for what is no pyproject.toml.
Result<std::optional<metadata::CoreMetadata>> sourceMetadata(
    const QByteArray &bytes, const QString &file, const std::optional<versions::Version> &known);

} // namespace sconce::project
