// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "resolve/supply.h"
#include "resolve/unusable.h"

namespace sconce::resolve {

/// The metadata of a file, or why its version is to be passed over: it says nonsense, or speaks of another
/// package.
Result<std::variant<std::shared_ptr<const metadata::CoreMetadata>, Unusable>> readMetadata(
    Supply &supply, const metadata::IndexFile &file, const JobContext &context);

} // namespace sconce::resolve
