// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QTemporaryDir>

#include "actions/tools.h"

namespace sconce::app {

struct ToolOptions {
    /// --cache-dir
    QString cacheFolder;
    /// --no-cache: the cache is made for this run, and removed after it.
    bool isWithoutCache = false;
    /// --link-mode, in place of $UV_LINK_MODE
    QString linkMode{};
    /// --offline
    bool isOffline = false;
};

/// The real tools, made once in a process: network, programs, this computer, places. Needs a
/// QCoreApplication.
class Composition {
public:
    explicit Composition(const ToolOptions &options);
    ~Composition();
    const actions::Tools &tools() const { return m_tools; }

private:
    // Goes last: the others have files open in it.
    std::unique_ptr<QTemporaryDir> m_passingCache;
    std::unique_ptr<process::Runner> m_runner;
    std::unique_ptr<net::Fetcher> m_network;
    std::unique_ptr<net::Fetcher> m_fetcher;
    actions::Tools m_tools;
};

/// This process's environment variables.
QHash<QString, QString> environmentVariables();

} // namespace sconce::app
