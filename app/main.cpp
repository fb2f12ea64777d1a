// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstring>

#include "headless.h"
#include "verbs.h"
#include "window.h"

int main(int argc, char **argv)
{
    // Answered before anything of Qt is made: other programs ask this often.
    if (argc == 2 && (std::strcmp(argv[1], "--version") == 0 || std::strcmp(argv[1], "-V") == 0)) {
        std::puts("sconce " SCONCE_VERSION);
        return 0;
    }
    if (argc > 1 && sconce::app::isHeadless(argv[1]))
        return sconce::app::runHeadless(argc, argv);
    return sconce::app::runWindow(argc, argv);
}
