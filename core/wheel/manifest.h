// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wheel/contents.h"

namespace sconce::wheel {

/// What an unpacked wheel was when it was unpacked, kept beside its files, so that damage is seen before it
/// spreads (reliability.md § 4.5): size, time of change, execute bit and SHA-256 of each file, and a checksum
/// of itself.
Result<> writeManifest(const QString &path, const Contents &contents);
/// `files` and `folders` of the contents. NotFound, or BadHash when it does not have its own checksum.
Result<Contents> readManifest(const QString &path);

/// Size and time of change of each file below `folder` against the manifest; BadHash names the first that
/// differs.
Result<> compareWithManifest(const QString &folder, const Contents &contents, const JobContext &context);
/// Every byte of each file, several files at once; BadHash names the first that differs.
Result<> compareDigests(const QString &folder, const Contents &contents, const JobContext &context);
/// Sets `changed` of each file from the disk.
Result<> noteTimes(const QString &folder, Contents &contents);

} // namespace sconce::wheel
