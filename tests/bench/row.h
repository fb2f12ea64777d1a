// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/result.h"

namespace sconce::bench {

/// Times `work` `repetitions` times, after one run that does not count, and prints a line each for run.py.
/// `prepare` runs before each, untimed. Work that fails ends the program: a figure of something that did not
/// happen means nothing.
template <class Prepare, class Work>
void row(const char *name, int repetitions, Prepare prepare, Work work)
{
    for (int i = -1; i < repetitions; ++i) {
        prepare();
        const auto start = std::chrono::steady_clock::now();
        const Result<> done = work();
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
        if (!done) {
            std::fprintf(stderr, "%s: %s\n", name, qPrintable(done.error().forLog()));
            std::exit(1);
        }
        if (i >= 0)
            std::printf("%s\t%.3f\n", name, took.count());
    }
}

template <class Work>
void row(const char *name, int repetitions, Work work)
{
    row(name, repetitions, [] {}, work);
}

/// The value, or the end of the program with the error.
template <class T>
T must(Result<T> result)
{
    if (result)
        return std::move(*result);
    std::fprintf(stderr, "%s\n", qPrintable(result.error().forLog()));
    std::exit(1);
}

} // namespace sconce::bench
