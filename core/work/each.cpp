// SPDX-License-Identifier: Apache-2.0
#include "work/each.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace sconce {

Result<> each(std::size_t count, std::size_t atOnce, const std::function<Result<>(std::size_t)> &work,
    const JobContext &context)
{
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> failed = false;
    std::mutex lock;
    std::optional<Error> first;
    const auto run = [&] {
        while (!failed) {
            const std::size_t index = next++;
            if (index >= count)
                return;
            Result<> done = context.goOn();
            if (done)
                done = work(index);
            if (done)
                continue;
            const std::lock_guard guard(lock);
            failed = true;
            if (!first)
                first = std::move(done).error();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 1; i < std::min(atOnce, count); ++i)
            threads.emplace_back(run);
        run();
    }
    if (first)
        return std::unexpected(std::move(*first));
    return {};
}

std::size_t processors()
{
    return std::max(1U, std::thread::hardware_concurrency());
}

} // namespace sconce
