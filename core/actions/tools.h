// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hardware/devices.h"
#include "index/index_client.h"
#include "net/fetcher.h"
#include "process/runner.h"

namespace sconce::actions {

/// What actions work with: made once by app/, handed down. Everything it points to outlives the jobs that use
/// it and may be used from several threads.
struct Tools {
    net::Fetcher *fetcher = nullptr;
    process::Runner *runner = nullptr;
    hardware::Computer computer;
    /// $SCONCE_CACHE_DIR, $UV_CACHE_DIR + "/sconce", or $XDG_CACHE_HOME/sconce.
    QString cacheFolder;
    /// The process's environment variables as read at start; actions never call getenv.
    QHash<QString, QString> variables;
};

} // namespace sconce::actions
