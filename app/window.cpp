// SPDX-License-Identifier: Apache-2.0
#include "window.h"

#include <cstdio>
#include <optional>

#include "composition.h"
#include "library.h"
#include "window_entry.h"
#include "words.h"

namespace sconce::app {

using namespace Qt::StringLiterals;

int runWindow(int &argc, char **argv)
{
    Library library(u"sconce_window"_s);
    const auto run = reinterpret_cast<ui::RunWindow>(library.resolve("sconce_run_window"));
    if (!run) {
        std::fprintf(
            stderr, "%s\n", qPrintable(Words::tr("The window cannot be opened: %1").arg(library.error())));
        return 2;
    }
    std::optional<Composition> composition;
    return run(argc, argv, [&]() -> const actions::Tools & {
        if (!composition)
            composition.emplace(ToolOptions());
        return composition->tools();
    });
}

} // namespace sconce::app
