// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "actions/requirement_sources.h"

namespace sconce::actions {

struct CompileRequest {
    RequirementSources sources;
    ResolveOptions options;
    /// `--python`: any interpreter, also outside of an environment; it says what `options` leave open.
    QString python;
    /// Pins in this file, where it exists, are kept as long as they fit; counted from the sources' folder.
    QString outputFile;
    bool isUpgrade = false;
    QStringList upgradePackages;
};
/// Versions for one Python on one platform. A conflict is a result.
Result<std::variant<resolve::Resolution, resolve::Conflict>> pipCompile(
    const CompileRequest &request, const Tools &tools, const JobContext &context);

struct CompiledFormat {
    /// The command that made it, for the header; empty: no header.
    QString command;
    bool hasAnnotations = true;
    bool hasIndexAnnotations = false;
};
/// As the reference writes a requirements file: a pin a package, why it is there, where it comes from.
QString compiledText(const resolve::Resolution &resolution, const CompiledFormat &format);

} // namespace sconce::actions
