// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstring>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "headless.h"
#include "verbs.h"
#include "window.h"

namespace {

/// A verb takes memory, works and ends. The usual small steps of taking and giving back cost it a tenth of
/// its time.
void takeMemoryInLargeSteps()
{
#ifdef __GLIBC__
    mallopt(M_TOP_PAD, 8 << 20);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

} // namespace

int main(int argc, char **argv)
{
    // Answered before anything of Qt is made: other programs ask this often.
    if (argc == 2 && (std::strcmp(argv[1], "--version") == 0 || std::strcmp(argv[1], "-V") == 0)) {
        std::puts("sconce " SCONCE_VERSION);
        return 0;
    }
    if (argc > 1 && sconce::app::isHeadless(argv[1])) {
        takeMemoryInLargeSteps();
        return sconce::app::runHeadless(argc, argv);
    }
    return sconce::app::runWindow(argc, argv);
}
