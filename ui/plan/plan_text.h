// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/plan.h"
#include "session/work.h"
#include "theme/colours.h"

namespace sconce::ui {

/// "Add", "Upgrade", … as a word for a column, a filter, an export.
QString kindText(plan::Operation::Kind kind);
QLatin1StringView kindIcon(plan::Operation::Kind kind);
Tone kindTone(plan::Operation::Kind kind);
/// Downgrades and changes of backend are confirmed by the person before Apply becomes the default.
bool needsConsent(plan::Operation::Kind kind);

/// The name of a package source as a person knows it: "PyPI", "PyTorch CUDA 12.8", the index's own name, or
/// its host.
QString sourceText(const metadata::IndexLocation &index);
/// "902 MB measured", "in the cache", "unknown size".
QString operationSizeText(const plan::Operation &operation);
/// "42 packages to install, 1 to remove", or that there is nothing to do.
QString changesText(const plan::Plan &plan);
/// "2.9 GB to download, 3 sizes unknown"
QString downloadText(const plan::Plan &plan);
/// "uv.lock: new, 42 packages"
QString fileText(const plan::FileChange &change, const plan::Plan &plan);
/// The whole plan for a pull request or a colleague.
QString planMarkdown(const Proposal &proposal, const QString &projectName);

} // namespace sconce::ui
