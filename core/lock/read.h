// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "lock/lock.h"

namespace sconce::lock {

/// Whether the version in a wheel's file name must be that of its package (UV_SKIP_WHEEL_FILENAME_CHECK).
enum class WheelNames { Check, Trust };

/// Reads any revision, in whatever layout (§ 15). BadInput with a Place in `file` for what is no lock, for a
/// newer format, and for a lock that does not fit together: an edge to nowhere, a package twice or needed by
/// nothing, a missing member. A cut file is such a lock, unless the cut is between the keys of the last
/// package.
Result<Lock> parse(const QByteArray &bytes, const QString &file, WheelNames wheelNames = WheelNames::Check);
/// The same from a file; NotFound, Denied, Broken as files::read.
Result<Lock> read(const QString &path, WheelNames wheelNames = WheelNames::Check);

} // namespace sconce::lock
