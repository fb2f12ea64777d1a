// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

#include "headless.h"
#include "verbs.h"
#include "window.h"

namespace {

/// A verb takes memory, works and ends. The usual small steps of taking and giving back, and small pages,
/// cost it a fifth of its time.
void takeMemoryInLargeSteps()
{
#ifdef __GLIBC__
    constexpr std::size_t Step = 64 << 20;
    constexpr std::uintptr_t LargePage = 2 << 20;
    mallopt(M_TOP_PAD, Step);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    // More than the heap has left, so that it grows by the step, which is address space and no memory yet.
    void *volatile growing = std::malloc(1 << 20);
    std::free(growing);
    const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
    const std::uintptr_t begin = (end - Step + LargePage - 1) / LargePage * LargePage;
    madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE); // small pages do as well
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
