// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "work/job_context.h"

namespace sconce {

/// Calls work(0) … work(count - 1), at most `atOnce` at a time, on threads of its own, and waits for all.
/// After the first error no further call starts; that error is returned. `work` must be safe to call from
/// several threads and should look at context.goOn() when it takes long.
Result<> each(std::size_t count, std::size_t atOnce, const std::function<Result<>(std::size_t)> &work,
    const JobContext &context);

/// How many calls that only compute can run side by side here.
std::size_t processors();

} // namespace sconce
