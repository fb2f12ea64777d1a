// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/fetcher.h"

namespace sconce::net {

/// Answers a file:// address as a server would: 200, 206 for a range, 404 for what is not there. A folder
/// answers with its index.html.
Result<Reply> readLocal(const Request &request, const JobContext &context);
Result<Reply> readLocal(const Request &request, const Sink &sink, const JobContext &context);

} // namespace sconce::net
