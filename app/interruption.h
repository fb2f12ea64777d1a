// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

namespace sconce::app {

/// From here on Ctrl+C and a request to end (SIGINT, SIGTERM, SIGHUP) stop the work that has this token; a
/// second one ends the program at once. Call it once, before any thread is made.
std::stop_token stopOnInterruption();

} // namespace sconce::app
