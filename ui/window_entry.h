// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace sconce::actions {
struct Tools;
}

/// The one way into libsconce_window, which app/ loads only when a window is wanted. Makes the QApplication,
/// reads
///     [FOLDER|FILE]         the window, with that project open
///     screenshots DIR       every page and state as PNG files, from staged data
/// and returns the exit status. `makeTools` is called once at most, after the QApplication exists; what it
/// hands back must live until the call returns.
extern "C" int sconce_run_window(
    int &argc, char **argv, const std::function<const sconce::actions::Tools &()> &makeTools);

namespace sconce::ui {

/// What QLibrary::resolve("sconce_run_window") is cast to.
using RunWindow = decltype(&sconce_run_window);

} // namespace sconce::ui
