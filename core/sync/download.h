// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/fetcher.h"
#include "sync/wheel_cache.h"

namespace sconce::sync {

/// How many bytes of the file are here; called often. Less than before when a download starts anew.
using ReportBytes = std::function<void(qint64 bytes)>;

/// The unpacked wheel of this file: from the cache, or downloaded, its SHA-256 compared, and unpacked into
/// the cache. Two programs that want the same file download it once. BadHash when the contents are not those
/// the index lists; NotFound, Denied, Broken by the server's answer.
Result<wheel::UnpackedWheel> fetchWheel(const metadata::IndexFile &file, const WheelCache &cache,
    net::Fetcher &fetcher, const ReportBytes &report, const JobContext &context);

} // namespace sconce::sync
