// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QByteArray>
#include <QStringList>

#include "base/result.h"

namespace sconce::environment {

struct ActivationScript {
    QString name;
    QByteArray text;
};

/// The scripts of an environment's bin/ that make a shell or a running Python use it. `folder` and `prompt`
/// arrive in each language as a literal that stands for exactly them, whatever quotes, blanks and signs they
/// hold (reliability.md A73); `sitePackages` is relative to `folder`.
Result<std::vector<ActivationScript>> activationScripts(
    const QString &folder, const QString &prompt, const QString &sitePackages);

/// Names of the scripts above.
QStringList activationNames();

} // namespace sconce::environment
