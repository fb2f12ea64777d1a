// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sconce::app {

/// Runs one verb without a window. Exit status as headless.md has it: 0 done, 1 an answer that is no, 2
/// breakdown or bad usage, 130 stopped.
int runHeadless(int argc, char **argv);

} // namespace sconce::app
