// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sconce::app {

/// Loads the window's library, which lies beside the program or in its library folder, and hands over to it.
int runWindow(int &argc, char **argv);

} // namespace sconce::app
