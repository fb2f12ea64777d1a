// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actions/tools.h"

namespace sconce::actions {

/// Bytes of all files in the cache, each file once however many environments link to it.
Result<qint64> cacheSize(const Tools &tools, const JobContext &context);
/// Empties the cache; gives the bytes that lay in it. Environments keep their files: they hold links or
/// copies of their own. A download that goes on beside it ends with an error and starts anew when asked
/// again.
Result<qint64> cleanCache(const Tools &tools, const JobContext &context);

} // namespace sconce::actions
