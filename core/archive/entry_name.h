// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

namespace sconce::archive {

/// The one validator for names of archive members, RECORD rows and scripts: relative, "/" between, no "..",
/// ".", empty part, part of spaces only, backslash, drive, control character, bidi control, part over 255
/// bytes, name over 1,024 bytes, depth over 128; one "/" may end it. The same rules on every system
/// (reliability.md A01–A19). BadInput shows the name with odd characters escaped.
Result<> checkEntryName(QStringView name);
/// The name without "./" and "//" inside, checked. A leading "/" is not removed but refused.
Result<QString> plainEntryName(QStringView name);
/// For messages: odd characters as \u{202e}, the middle of long names left out.
QString escapedName(QStringView name);

} // namespace sconce::archive
