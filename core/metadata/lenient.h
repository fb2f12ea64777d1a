// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "requirements/requirement.h"

namespace sconce::metadata {

/// What published metadata says, with the slips mended that the reference mends: ">=1.9.*", "!=3.0*",
/// ">=7.2<8", ">=3.6,",
/// "!=~5.0", ">dev", ">=9.0a1.0" and stray quotes. Text without a slip is read as it is; the error is that of
/// the text as written.
Result<requirements::Requirement> lenientRequirement(QStringView text);
Result<versions::SpecifierSet> lenientSpecifiers(QStringView text);

} // namespace sconce::metadata
